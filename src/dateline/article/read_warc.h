#pragma once
// WARC/1.0 and 1.1: the archived pages of a crawl, one after another.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/article/article.h"
#include "dateline/article/byte_source.h"
#include "dateline/article/media_type.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// Holds one record at a time. Responses, resources and conversions of HTML and plain text are
// articles; revisits, requests, other media types and answers that are not 200 are passed over.
// WARC-Date is when the page was taken: no date of publication, but none can be later.
class WarcReader {
 public:
  WarcReader(ByteSource source, std::string name, std::size_t max_bytes);
  // The next article; nothing at the end. An error is one record's; the next call goes on behind
  // it, unless the archive itself is broken: then that is told once and the end follows.
  [[nodiscard]] Result<std::optional<Article>> next(Warnings& warnings);

 private:
  struct Record {
    std::string type, uri, date, media;
    std::uint64_t length = 0;
  };
  [[nodiscard]] Result<std::optional<Record>> read_header();
  [[nodiscard]] Result<Article> read_page(const Record& record, std::string_view block,
                                          Warnings& warnings) const;
  ByteSource source_;
  std::string name_;
  std::size_t max_bytes_;
  std::size_t records_ = 0;
  bool ended_ = false;
};

// The payload of an HTTP answer: status, media type and the body with chunked transfer and
// gzip or deflate undone. At most `limit` bytes; kUnsupported over that and for other codings.
struct HttpAnswer {
  int status = 0;
  MediaType media;
  std::string body;
};
[[nodiscard]] Result<HttpAnswer> read_http(std::string_view bytes, std::size_t limit);

}  // namespace dateline::article
