#pragma once
// JSON Lines to articles: one object a line with id, uri, title, text | html, published, modified,
// authors (a string or a list), publisher, language; all but the body may be missing.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/article/article.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

struct JsonlOptions {
  std::optional<TimePoint> fallback_published;  // for objects that carry no date of their own
};

// Holds the JSON parser's buffers, to be used for line after line. One a thread.
class JsonlReader {
 public:
  JsonlReader();
  ~JsonlReader();
  JsonlReader(JsonlReader&&) noexcept;
  JsonlReader& operator=(JsonlReader&&) noexcept;

  // `name` is what messages call the line: "news.jsonl, line 3". kCorrupt: not JSON, not an object,
  // no body (neither `text` nor `html`). A date that cannot be read, bytes that are not UTF-8 and
  // fields of a wrong type are warnings.
  [[nodiscard]] Result<Article> read(std::string_view line, std::string_view name,
                                     const JsonlOptions& options, Warnings& warnings);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::article
