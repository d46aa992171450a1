#pragma once
// InputStream: what the command line's INPUT… stands for, as a stream of articles in the order
// given. A file, a folder (all below it, by name), a glob, an address of the web (with a fetcher),
// "-" for standard input; plain, under gzip or zstd, or inside a zip, WACZ or tar.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/fetcher.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// kAuto: by content, then by name.
enum class InputFormat { kAuto, kText, kHtml, kJsonl, kFeed, kWarc };

// "auto", "text", "html", "jsonl", "feed", "warc"; nothing for another name.
[[nodiscard]] std::optional<InputFormat> parse_input_format(std::string_view name);

struct InputOptions {
  InputFormat format = InputFormat::kAuto;
  std::optional<TimePoint> published;  // for inputs that carry no date of their own
  // Articles in another language are passed over with a warning; "": none is. What cannot be told
  // is read.
  std::string language;
  std::size_t max_bytes = std::size_t{100} << 20U;  // of one document
  // Asked for inputs that are addresses; null: those are errors. Must outlive the stream.
  Fetcher* fetcher = nullptr;
  // With a fetcher: pages that feeds have only in part and sitemaps only list are fetched too.
  bool fetch_linked = false;
};

// What `head`, the first bytes of an input called `name`, is. Never kAuto.
[[nodiscard]] InputFormat detect_format(std::string_view head, std::string_view name);

// Holds one document at a time, whatever the size of the input. Not shared by threads.
class InputStream {
 public:
  InputStream(std::vector<std::string> inputs, InputOptions options);
  ~InputStream();
  InputStream(InputStream&&) noexcept;
  InputStream& operator=(InputStream&&) noexcept;

  // The next article; nothing at the end. An error is one input's (or one line's) and names it: the
  // next call goes on behind it. Errors: no such file, a folder without articles, a glob that
  // matches nothing, bytes that are no text, what JsonlReader::read and Fetcher::fetch say. A
  // linked page that cannot be read is a warning where the feed has a summary, which is given then.
  [[nodiscard]] Result<std::optional<Article>> next();
  // What is to be said of the articles given since the last call; empties the list.
  [[nodiscard]] Warnings take_warnings();

 private:
  [[nodiscard]] Result<std::optional<Article>> next_of_any_language();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::article
