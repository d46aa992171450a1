#include "dateline/store/pack.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>

namespace dateline::store {
namespace {

// Part of the file format: what stands in records most often, the commonest last. Never changed
// but with a new version of the store.
constexpr std::string_view kDictionary =
    R"("published_candidates":[{"value":"title":"authors":"publisher":"language":"published":)"
    R"("blocks":[{"span":[0,],"kind":"heading"},{"span":[,],"kind":"paragraph"}],"sentences":[[)"
    R"("times":[{"id":"t1","span":[],"type":"DATE","value":"2021-","interval":["2021-","2021-"],)"
    R"("anchor":"published"},"entities":[{"id":"e1","kind":"ORG","name":"","aliases":[],)"
    R"("descriptions":[],"mentions":[{"span":[,],"form":"nominal"},{"span":[,],"form":"pronoun"},)"
    R"({"span":[,],"form":"name"}]},{"id":"e","kind":"PERSON","name":"","attributions":[{"id":"a1",)"
    R"("form":"direct","content":[[,]],"cue":[[,]],"source":[[,]],"speaker":"e","source_kind":)"
    R"("named","parent":null,"confidence":0.9},"relations":[{"id":"r1","relation":"spouse",)"
    R"("subject":"e1","object":"e2","subject_span":[,],"object_span":[,],"evidence":[,],"status":)"
    R"("current","interval":[null,null],"timeline":[{"event":"v1","grain":"day","text":"","score":)"
    R"("events":[{"id":"v1","span":[,],"clause":[,],"lemma":"say","class":null,"participants":[)"
    R"({"role":"agent","span":[,],"entity":"e1"},{"role":"patient","span":[,],"entity":null}],)"
    R"("time":{"expression":"t1","interval":["20","20"],"basis":"expression"},"polarity":)"
    R"("positive","certainty":"certain","tense":"past","attribution":null,"confidence":0.)";

constexpr std::size_t kMost = std::size_t{256} << 20U;
constexpr std::size_t kWindow = 32768;   // of deflate: what lies further back cannot be referred to
constexpr std::size_t kLookAhead = 300;  // and not quite so far: deflate looks 262 bytes ahead
constexpr int kLevel = 6;

const Bytef* bytes_at(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

void give(z_stream& stream, std::string_view bytes) {
  stream.next_in = const_cast<Bytef*>(bytes_at(bytes));  // zlib reads only
  stream.avail_in = static_cast<uInt>(bytes.size());
}

// The keys last: they are needed most and lie nearest.
std::string dictionary_of(std::string_view text) {
  std::string all(text.substr(0, kWindow - kDictionary.size() - kLookAhead));
  return all.append(kDictionary);
}

struct Pair {
  std::int64_t a = 0, b = 0;
  std::size_t end = 0;  // behind the closing bracket
};

// "[12,34]" at `at`.
std::optional<Pair> pair_at(std::string_view json, std::size_t at) {
  Pair pair;
  const char* end = json.data() + json.size();
  const auto a = std::from_chars(json.data() + at + 1, end, pair.a);
  if (a.ec != std::errc() || a.ptr == end || *a.ptr != ',') return std::nullopt;
  const auto b = std::from_chars(a.ptr + 1, end, pair.b);
  if (b.ec != std::errc() || b.ptr == end || *b.ptr != ']') return std::nullopt;
  pair.end = static_cast<std::size_t>(b.ptr - json.data()) + 1;
  return pair;
}

// Where the string that opens at `at` ends: behind its closing quotation mark.
std::size_t behind_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at)
    if (json[at] == '\\') ++at;
  return std::min(at + 1, json.size());
}

// Every pair of `json` as `change` gives it: called with the pair, in order; it changes it in
// place.
template <class Change>
std::string with_pairs(std::string_view json, Change change) {
  std::string out;
  out.reserve(json.size());
  std::size_t copied = 0, at = 0;
  while ((at = json.find_first_of("[\"", at)) != std::string_view::npos) {
    if (json[at] == '"') {
      at = behind_string(json, at);
    } else if (auto pair = pair_at(json, at)) {
      out.append(json.substr(copied, at - copied));
      change(*pair);
      fmt::format_to(std::back_inserter(out), "[{},{}]", pair->a, pair->b);
      copied = at = pair->end;
    } else {
      ++at;
    }
  }
  return out.append(json.substr(copied));
}

std::string as_differences(std::string_view json) {
  return with_pairs(json, [before = std::int64_t{0}](Pair& pair) mutable {
    const std::int64_t begin = pair.a;
    pair.b -= pair.a;
    pair.a -= before;
    before = begin;
  });
}

std::string from_differences(std::string_view json) {
  return with_pairs(json, [before = std::int64_t{0}](Pair& pair) mutable {
    pair.a += before;
    pair.b += pair.a;
    before = pair.a;
  });
}

}  // namespace

std::string pack(std::string_view json, std::string_view text) {
  const std::string bytes = as_differences(json), dictionary = dictionary_of(text);
  z_stream stream{};
  deflateInit(&stream, kLevel);
  deflateSetDictionary(&stream, bytes_at(dictionary), static_cast<uInt>(dictionary.size()));
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  give(stream, bytes);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<std::string> unpack(std::string_view bytes, std::string_view text) {
  const std::string dictionary = dictionary_of(text);
  z_stream stream{};
  inflateInit(&stream);
  give(stream, bytes);
  std::string out;
  int code = Z_OK;
  while (code == Z_OK || code == Z_NEED_DICT) {
    if (code == Z_NEED_DICT && inflateSetDictionary(&stream, bytes_at(dictionary),
                                                    static_cast<uInt>(dictionary.size())) != Z_OK)
      break;
    const std::size_t had = out.size();
    if (had >= kMost) break;
    out.resize(had + (std::size_t{64} << 10U));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(out.size() - had);
    code = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (code != Z_STREAM_END) return fail(ErrorCode::kCorrupt, "a packed record cannot be read");
  return from_differences(out);
}

}  // namespace dateline::store
