#include "dateline/store/pack.h"

#include <zlib.h>

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

const Bytef* bytes_at(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

void give(z_stream& stream, std::string_view bytes) {
  stream.next_in = const_cast<Bytef*>(bytes_at(bytes));  // zlib reads only
  stream.avail_in = static_cast<uInt>(bytes.size());
}

}  // namespace

std::string pack(std::string_view bytes) {
  z_stream stream{};
  deflateInit(&stream, Z_BEST_COMPRESSION);
  deflateSetDictionary(&stream, bytes_at(kDictionary), static_cast<uInt>(kDictionary.size()));
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  give(stream, bytes);
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<std::string> unpack(std::string_view bytes) {
  z_stream stream{};
  inflateInit(&stream);
  give(stream, bytes);
  std::string out;
  int code = Z_OK;
  while (code == Z_OK || code == Z_NEED_DICT) {
    if (code == Z_NEED_DICT && inflateSetDictionary(&stream, bytes_at(kDictionary),
                                                    static_cast<uInt>(kDictionary.size())) != Z_OK)
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
  return out;
}

}  // namespace dateline::store
