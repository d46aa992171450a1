#include "dateline/article/read_warc.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <utility>

#include "dateline/article/charset.h"
#include "dateline/article/read_html.h"
#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

constexpr std::size_t kLongestHeader = 1 << 16;

struct Field {
  std::string name;  // lower case
  std::string_view value;
};

std::optional<Field> split_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return Field{to_lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1))};
}

Result<std::string> unchunk(std::string_view body) {
  std::string out;
  for (;;) {
    const std::size_t end = body.find("\r\n");
    std::size_t size = 0;
    const std::string_view digits = trim(body.substr(0, std::min(end, body.find(';'))));
    const auto [last, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
    if (end == std::string_view::npos || error != std::errc{} || last == digits.data())
      return fail(ErrorCode::kCorrupt, "broken chunked transfer");
    if (size == 0) return out;
    body.remove_prefix(end + 2);
    out += body.substr(0, size);
    if (body.size() < size + 2) return out;  // cut off: what there is
    body.remove_prefix(size + 2);
  }
}

Result<std::string> inflate_all(std::string_view bytes, int window, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return fail(ErrorCode::kIo, "no memory to inflate");
  std::string in(bytes), out;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  std::array<char, 65536> buffer{};
  int status = Z_OK;
  while (status == Z_OK && out.size() <= limit) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (out.size() > limit)
    return fail(ErrorCode::kUnsupported,
                fmt::format("inflates to more than the limit of {} bytes", limit));
  if (status != Z_STREAM_END && out.empty())
    return fail(ErrorCode::kCorrupt, "compressed content that cannot be inflated");
  return out;
}

Result<std::string> decode_content(std::string_view coding, std::string body, std::size_t limit) {
  if (coding.empty() || coding == "identity") return body;
  if (coding == "gzip" || coding == "x-gzip") {
    // Some crawlers store the body inflated and keep the header.
    if (!body.starts_with("\x1F\x8B")) return body;
    return inflate_all(body, 15 + 32, limit);
  }
  if (coding == "deflate") {
    auto wrapped = inflate_all(body, 15, limit);
    return wrapped || wrapped.error().code == ErrorCode::kUnsupported
               ? wrapped
               : inflate_all(body, -15, limit);
  }
  return fail(ErrorCode::kUnsupported, fmt::format("content coding '{}' is not read", coding));
}

}  // namespace

Result<HttpAnswer> read_http(std::string_view bytes, std::size_t limit) {
  HttpAnswer answer;
  std::string coding;
  bool chunked = false, first = true;
  while (true) {
    const std::size_t end = bytes.find('\n');
    std::string_view line = trim(bytes.substr(0, end));
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (first) {
      if (!line.starts_with("HTTP/")) return fail(ErrorCode::kCorrupt, "not an HTTP answer");
      const std::size_t space = line.find(' ');
      if (space != std::string_view::npos)
        answer.status = to_number(line.substr(space + 1, 3)).value_or(0);
      first = false;
      continue;
    }
    if (line.empty()) break;
    const auto field = split_field(line);
    if (!field) continue;
    if (field->name == "content-type") answer.media = parse_media_type(field->value);
    if (field->name == "content-encoding") coding = to_lower(field->value);
    if (field->name == "transfer-encoding")
      chunked = to_lower(field->value).find("chunked") != std::string::npos;
  }
  std::string body(bytes);
  if (chunked) {
    // Kept undone by some crawlers, with the header still there.
    if (auto whole = unchunk(bytes)) body = *std::move(whole);
  }
  DATELINE_TRY(answer.body, decode_content(coding, std::move(body), limit));
  return answer;
}

WarcReader::WarcReader(ByteSource source, std::string name, std::size_t max_bytes)
    : source_(std::move(source)), name_(std::move(name)), max_bytes_(max_bytes) {}

Result<std::optional<WarcReader::Record>> WarcReader::read_header() {
  std::string line;
  do {  // empty lines stand between records
    line.clear();
    const auto more = source_.next_line(line, kLongestHeader);
    if (!more || !*more) {
      ended_ = true;
      if (const auto damage = source_.damage()) return tl::unexpected<Error>(*damage);
      return std::optional<Record>();
    }
  } while (trim(line).empty());
  ++records_;
  if (!line.starts_with("WARC/")) {
    ended_ = true;
    return fail(ErrorCode::kCorrupt, fmt::format("{}, record {}: not a WARC record; what follows "
                                                 "is not read",
                                                 name_, records_));
  }
  Record record;
  bool has_length = false;
  for (;;) {
    line.clear();
    const auto more = source_.next_line(line, kLongestHeader);
    if (more && (!*more || trim(line).empty())) break;
    const auto field = split_field(line);
    if (!more || !field) continue;
    if (field->name == "warc-type") record.type = to_lower(field->value);
    if (field->name == "warc-date") record.date = field->value;
    if (field->name == "content-type") record.media = field->value;
    if (field->name == "warc-target-uri") {
      std::string_view uri = field->value;
      if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
      record.uri = uri;
    }
    if (field->name == "content-length") {
      const auto length = to_number<std::uint64_t>(field->value);
      has_length = length.has_value();
      record.length = length.value_or(0);
    }
  }
  if (has_length) return record;
  ended_ = true;
  return fail(ErrorCode::kCorrupt,
              fmt::format("{}, record {}: without Content-Length; what follows is not read", name_,
                          records_));
}

Result<Article> WarcReader::read_page(const Record& record, std::string_view block,
                                      Warnings& warnings) const {
  const std::string where = record.uri.empty() ? fmt::format("{}, record {}", name_, records_)
                                               : fmt::format("{}, {}", name_, record.uri);
  HttpAnswer answer;
  if (record.type == "response") {
    auto read = read_http(block, max_bytes_);
    if (!read) return fail(read.error().code, fmt::format("{}: {}", where, read.error().message));
    answer = *std::move(read);
  } else {
    answer = {200, parse_media_type(record.media), std::string(block)};
  }
  if (answer.status != 200 || (!answer.media.is_page() && answer.media.type != "text/plain"))
    return fail(ErrorCode::kNotFound, {});
  TextOptions options;
  options.uri = record.uri;
  if (const auto taken = parse_time_point(record.date)) options.captured = *taken;
  DecodedPage page = decode_page(answer.body, answer.media.charset);
  if (answer.media.is_page()) return read_html(page.text, options, where, warnings);
  return read_text(std::move(page.text), options);
}

Result<std::optional<Article>> WarcReader::next(Warnings& warnings) {
  while (!ended_) {
    DATELINE_TRY(const auto record, read_header());
    if (!record) break;
    const bool wanted =
        record->type == "response" || record->type == "resource" || record->type == "conversion";
    std::string block;
    const bool fits = record->length <= max_bytes_;
    const std::uint64_t got = source_.take(wanted && fits ? &block : nullptr, record->length);
    if (got < record->length) {
      ended_ = true;
      const auto damage = source_.damage();
      return fail(ErrorCode::kCorrupt,
                  fmt::format("{}, record {}: cut short ({} of {} bytes){}", name_, records_, got,
                              record->length, damage ? "; " + damage->message : ""));
    }
    if (!wanted) continue;
    if (!fits)
      return fail(ErrorCode::kUnsupported,
                  fmt::format("{}, record {}: longer than the limit of {} bytes", name_, records_,
                              max_bytes_));
    auto article = read_page(*record, block, warnings);
    if (article) return *std::move(article);
    if (article.error().code == ErrorCode::kNotFound) continue;  // no page: nothing to say
    return tl::unexpected<Error>(article.error());
  }
  return std::optional<Article>();
}

}  // namespace dateline::article
