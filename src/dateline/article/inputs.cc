#include "dateline/article/inputs.h"

#include <fmt/format.h>
#include <glob.h>

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <utility>

#include "dateline/article/archive.h"
#include "dateline/article/byte_source.h"
#include "dateline/article/charset.h"
#include "dateline/article/read_feed.h"
#include "dateline/article/read_html.h"
#include "dateline/article/read_jsonl.h"
#include "dateline/article/read_ninjs.h"
#include "dateline/article/read_text.h"
#include "dateline/article/read_warc.h"
#include "dateline/article/text_language.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

namespace fs = std::filesystem;

// The endings that a folder is searched for.
constexpr std::array<std::string_view, 16> kEndings = {
    ".txt",    ".text", ".md",   ".html", ".htm", ".xhtml", ".json", ".jsonl",
    ".ndjson", ".xml",  ".warc", ".rss",  ".zip", ".wacz",  ".tar",  ".tgz"};

// The name without ".gz" or ".zst", lower case.
std::string plain_name(std::string_view name) {
  std::string lower = to_lower(name);
  if (lower.ends_with(".gz")) lower.resize(lower.size() - 3);
  if (lower.ends_with(".zst")) lower.resize(lower.size() - 4);
  return lower;
}

bool has_known_ending(const fs::path& path) {
  const std::string name = plain_name(path.filename().string());
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

// Control characters that text does not have: one in thirty-two of them, or a NUL, is no text.
bool is_binary(std::string_view head) {
  std::size_t odd = 0;
  for (const char c : head.substr(0, 65536)) {
    if (c == '\0') return true;
    const auto byte = static_cast<unsigned char>(c);
    odd += (byte < 0x20 && !is_space(c) && c != '\b' && c != '\x1B') || byte == 0x7F ? 1U : 0U;
  }
  return odd * 32 > std::min<std::size_t>(head.size(), 65536);
}

bool has_magic(std::string_view head) {
  constexpr std::array<std::string_view, 6> kMagic = {"%PDF-",
                                                      "PK\x03\x04",
                                                      "\x7F"
                                                      "ELF",
                                                      "\x89PNG\r",
                                                      "\xFF\xD8\xFF",
                                                      "GIF8"};
  return std::any_of(kMagic.begin(), kMagic.end(),
                     [&](std::string_view magic) { return head.starts_with(magic); });
}

// The files below a folder, by name. Links to folders are not followed: they may go in circles.
Result<std::vector<std::string>> list_folder(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().filename().string().starts_with('.')) {
      if (entry->is_directory(ignored)) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(ignored) && has_known_ending(entry->path()))
      files.push_back(entry->path().string());
  }
  if (error) return fail(ErrorCode::kIo, fmt::format("{}: {}", folder, error.message()));
  if (files.empty())
    return fail(ErrorCode::kNotFound, fmt::format("{}: a folder without articles", folder));
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> match_glob(const std::string& pattern) {
  std::vector<std::string> files;
  glob_t found{};
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0)
    for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
  globfree(&found);
  return files;
}

// Bytes that are in memory.
class MemoryStream : public ByteStream {
 public:
  explicit MemoryStream(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<std::size_t> read(char* to, std::size_t size) override {
    const std::size_t taken = std::string_view(bytes_).substr(at_).copy(to, size);
    at_ += taken;
    return taken;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

// A page's bytes, less gzip and zstd (a server may send a packed file as it is).
Result<ByteSource> source_of(FetchedPage& page) {
  const bool packed = page.body.starts_with("\x1F\x8B") || packing_of(page.body) == Packing::kZstd;
  ByteSource plain =
      ByteSource::over(std::make_unique<MemoryStream>(std::move(page.body)), page.uri);
  return packed ? unpacked(std::move(plain), page.uri) : Result<ByteSource>(std::move(plain));
}

// A name whose ending says what the server does, for detect_format.
std::string telling_name(const FetchedPage& page) {
  std::string path = page.uri.substr(0, page.uri.find_first_of("?#"));
  if (page.media.is_page()) path += ".html";
  return path;
}

// What came with the bytes of an input.
struct Told {
  std::string uri, charset;
  std::optional<TimePoint> captured;
};

Told told_by(const FetchedPage& page) { return {page.uri, page.media.charset, page.taken}; }

std::string bytes_are(std::size_t count) {
  return count == 1 ? "1 byte is" : fmt::format("{} bytes are", count);
}

}  // namespace

std::optional<InputFormat> parse_input_format(std::string_view name) {
  if (name == "auto") return InputFormat::kAuto;
  if (name == "text") return InputFormat::kText;
  if (name == "html") return InputFormat::kHtml;
  if (name == "jsonl") return InputFormat::kJsonl;
  if (name == "feed") return InputFormat::kFeed;
  if (name == "warc") return InputFormat::kWarc;
  return std::nullopt;
}

InputFormat detect_format(std::string_view head, std::string_view name) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  head = trim(head.substr(0, 4096));
  const std::string lower = to_lower(head);
  const std::string_view front = lower;
  if (head.starts_with("WARC/")) return InputFormat::kWarc;
  if (head.starts_with('{')) {
    const std::string_view inner = trim(head.substr(1));
    if (lower.find("jsonfeed.org/version") != std::string::npos) return InputFormat::kFeed;
    if (inner.starts_with('"') && looks_like_ninjs(head)) return InputFormat::kFeed;
    if (inner.starts_with('"') || inner.starts_with('}')) return InputFormat::kJsonl;
  }
  if (head.starts_with('[') && trim(head.substr(1)).starts_with('{') && looks_like_ninjs(head))
    return InputFormat::kFeed;
  if (front.starts_with('<')) {
    for (const std::string_view root : {"<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"})
      if (front.find(root) != std::string_view::npos) return InputFormat::kFeed;
    for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<meta", "<div",
                                       "<p>", "<p ", "<!--", "<article", "<h1", "<title"})
      if (front.find(tag) != std::string_view::npos) return InputFormat::kHtml;
  }
  const std::string plain = plain_name(name);
  const auto ends = [&](std::string_view ending) { return plain.ends_with(ending); };
  if (ends(".html") || ends(".htm") || ends(".xhtml")) return InputFormat::kHtml;
  if (ends(".jsonl") || ends(".ndjson") || ends(".json")) return InputFormat::kJsonl;
  if (ends(".rss") || ends(".xml")) return InputFormat::kFeed;
  if (ends(".warc")) return InputFormat::kWarc;
  return InputFormat::kText;
}

struct InputStream::Impl {
  std::deque<std::string> inputs;  // as given, not yet expanded
  std::deque<std::string> files;   // of the input being read
  InputOptions options;
  Warnings warnings;
  JsonlReader jsonl;
  std::deque<FeedItem> items;      // of the feed being read
  std::optional<Archive> archive;  // the archive being read; what stands below comes out of it
  std::string archive_name;
  std::optional<WarcReader> warc;   // the archive being read
  std::optional<ByteSource> lines;  // the JSON Lines file being read
  std::string lines_name;
  std::size_t line_number = 0;
  std::string where;  // what the article given last is called in messages

  bool settle_language(Article& article);

  // Turns the next input into files.
  Result<void> expand() {
    const std::string input = std::move(inputs.front());
    inputs.pop_front();
    std::error_code error;
    if (input == "-" || is_web_address(input) || fs::is_regular_file(input, error)) {
      files.push_back(input);
      return {};
    }
    if (fs::is_directory(input, error)) {
      DATELINE_TRY(const auto found, list_folder(input));
      files.assign(found.begin(), found.end());
      return {};
    }
    if (!fs::exists(input, error) && input.find_first_of("*?[") != std::string::npos) {
      const auto found = match_glob(input);
      if (found.empty())
        return fail(ErrorCode::kNotFound, fmt::format("{}: no file matches", input));
      // What a pattern matches is expanded like any input: folders among them are read.
      inputs.insert(inputs.begin(), found.begin(), found.end());
      return {};
    }
    files.push_back(input);  // a pipe, or not there: opening it says so
    return {};
  }

  Result<std::optional<Article>> open_next() {
    const std::string path = std::move(files.front());
    files.pop_front();
    if (is_web_address(path)) return open_address(path);
    const std::string name = path == "-" ? "standard input" : path;
    where = name;
    DATELINE_TRY(ByteSource source, ByteSource::open(path));
    return open_file(std::move(source), name, path, {});
  }

  Result<FetchedPage> fetch(const std::string& uri) {
    if (options.fetcher == nullptr)
      return fail(ErrorCode::kUnsupported,
                  fmt::format("{}: an address, and nothing is fetched here", uri));
    DATELINE_TRY(FetchedPage page, options.fetcher->fetch(uri));
    if (!page.warning.empty()) warnings.push_back({std::exchange(page.warning, {})});
    return page;
  }

  Result<std::optional<Article>> open_address(const std::string& uri) {
    where = uri;
    DATELINE_TRY(FetchedPage page, fetch(uri));
    const std::string path = telling_name(page);
    Told told = told_by(page);
    DATELINE_TRY(ByteSource source, source_of(page));
    return open_file(std::move(source), uri, path, std::move(told));
  }

  Result<std::optional<Article>> open_file(ByteSource source, const std::string& name,
                                           const std::string& path, const Told& told) {
    DATELINE_TRY(const std::string_view start, source.peek());
    if (packing_of(start) == Packing::kZstd) {
      DATELINE_TRY(source, unpacked(std::move(source), name));
    }
    DATELINE_TRY(const std::string_view inside, source.peek());
    if (packing_of(inside) == Packing::kArchive) {
      DATELINE_TRY(archive, Archive::open(std::move(source), name));
      archive_name = name;
      return std::optional<Article>();
    }
    return open_source(std::move(source), name, path, told);
  }

  // The next file of the archive that has an article's ending.
  Result<std::optional<Article>> open_inside() {
    auto inside = archive->next();
    if (!inside || !*inside) archive.reset();
    if (!inside) return tl::unexpected<Error>(inside.error());
    if (!*inside) return std::optional<Article>();
    const fs::path path(**inside);
    // What a WACZ says of its WARCs is no article.
    const bool about =
        plain_name(archive_name).ends_with(".wacz") && !path.string().starts_with("archive/");
    if (about || path.filename().string().starts_with('.') || !has_known_ending(path))
      return std::optional<Article>();
    DATELINE_TRY(ByteSource source, archive->content(**inside));
    where = archive_name + ", " + **inside;
    return open_source(std::move(source), where, **inside, {});
  }

  Result<std::optional<Article>> open_source(ByteSource source, const std::string& name,
                                             const std::string& path, const Told& told) {
    DATELINE_TRY(const std::string_view head, source.peek());
    const bool wide = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    if (!wide && !head.starts_with("WARC/") && (has_magic(head) || is_binary(head)))
      return fail(ErrorCode::kCorrupt, fmt::format("{}: bytes that are no text", name));
    const InputFormat format =
        options.format == InputFormat::kAuto ? detect_format(head, path) : options.format;
    switch (format) {
      case InputFormat::kAuto:
      case InputFormat::kText:
        return read_text_file(source, name, told);
      case InputFormat::kJsonl:
        return open_jsonl(std::move(source), name);
      case InputFormat::kHtml:
        return read_html_file(source, name, told);
      case InputFormat::kFeed:
        return read_feed_file(source, name);
      case InputFormat::kWarc:
        warc.emplace(std::move(source), name, options.max_bytes);
        break;
    }
    return std::optional<Article>();
  }

  Result<std::optional<Article>> read_feed_file(ByteSource& source, const std::string& name) {
    DATELINE_TRY(const std::string bytes, source.read_all(options.max_bytes));
    if (const auto damage = source.damage()) warnings.push_back({damage->message});
    const bool linked = options.fetcher != nullptr && options.fetch_linked;
    DATELINE_TRY(
        auto found,
        read_feed(bytes, name, linked ? LinkedPages::kListed : LinkedPages::kNotRead, warnings));
    if (found.empty())
      return fail(ErrorCode::kCorrupt, fmt::format("{}: a feed without articles", name));
    items.insert(items.begin(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
    return std::optional<Article>();
  }

  // The article of a feed's entry, from the linked page where the feed has less.
  Result<std::optional<Article>> next_item() {
    FeedItem item = std::move(items.front());
    items.pop_front();
    if (item.linked) {
      auto read = item.sitemap ? read_listed_sitemap(item.linked->uri) : read_linked(*item.linked);
      if (read || !item.article) return read;
      warnings.push_back({read.error().message + "; the feed's summary is read"});
    }
    if (!item.article->published && options.published) {
      item.article->published = options.published;
      item.article->published_basis = DateBasis::kGiven;
    }
    return std::move(item.article);
  }

  // Its items come next. An index in an index is not followed, so that this ends.
  Result<std::optional<Article>> read_listed_sitemap(const std::string& uri) {
    where = uri;
    DATELINE_TRY(FetchedPage page, fetch(uri));
    DATELINE_TRY(ByteSource source, source_of(page));
    const std::size_t before = items.size();
    DATELINE_DO(read_feed_file(source, uri));
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(items.size() - before);
    if (std::none_of(items.begin(), end, [](const FeedItem& item) { return item.sitemap; }))
      return std::optional<Article>();
    items.erase(items.begin(), end);
    return fail(ErrorCode::kUnsupported,
                fmt::format("{}: an index of sitemaps within another is not read", uri));
  }

  // `said` is what the feed tells of the page.
  Result<std::optional<Article>> read_linked(TextOptions said) {
    const std::string uri = said.uri;
    where = uri;
    DATELINE_TRY(FetchedPage page, fetch(uri));
    if (!page.media.is_page() && !page.media.type.empty())
      return fail(ErrorCode::kUnsupported, fmt::format("{}: no page ({})", uri, page.media.type));
    const Told told = told_by(page);
    DATELINE_TRY(ByteSource source, source_of(page));
    said.captured = told.captured;
    return read_page(source, uri, told.charset, std::move(said));
  }

  Result<std::optional<Article>> read_text_file(ByteSource& source, const std::string& name,
                                                const Told& told) {
    DATELINE_TRY(std::string text, source.read_all(options.max_bytes));
    const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    if (wide || !told.charset.empty()) text = decode_page(text, told.charset).text;
    if (trim(text).empty())
      return fail(ErrorCode::kCorrupt, fmt::format("{}: empty, no article", name));
    std::size_t bad = 0;
    static_cast<void>(unicode::sanitize(text, &bad));
    if (bad > 0)
      warnings.push_back({fmt::format("{}: {} not UTF-8, read as U+FFFD", name, bytes_are(bad))});
    if (const auto damage = source.damage()) warnings.push_back({damage->message});
    TextOptions text_options;
    text_options.uri = told.uri;
    text_options.captured = told.captured;
    text_options.fallback_published = options.published;
    return read_text(std::move(text), text_options);
  }

  Result<std::optional<Article>> read_html_file(ByteSource& source, const std::string& name,
                                                const Told& told) {
    TextOptions text_options;
    text_options.uri = told.uri;
    text_options.captured = told.captured;
    return read_page(source, name, told.charset, std::move(text_options));
  }

  Result<std::optional<Article>> read_page(ByteSource& source, const std::string& name,
                                           const std::string& charset, TextOptions text_options) {
    DATELINE_TRY(std::string page, source.read_all(options.max_bytes));
    if (const auto damage = source.damage()) warnings.push_back({damage->message});
    text_options.fallback_published = options.published;
    const DecodedPage decoded = decode_page(page, charset);
    page = {};
    DATELINE_TRY(Article article, read_html(decoded.text, text_options, name, warnings));
    if (decoded.bad > 0)
      warnings.push_back({fmt::format("{}: {} not {}, read as U+FFFD", name, bytes_are(decoded.bad),
                                      decoded.charset)});
    return article;
  }

  // One object a line; or a file that is one object over many lines.
  Result<std::optional<Article>> open_jsonl(ByteSource source, const std::string& name) {
    DATELINE_TRY(const std::string_view head, source.peek());
    const std::string_view first = trim(head.substr(0, head.find('\n')));
    if (first == "{" && plain_name(name).ends_with(".json")) {
      DATELINE_TRY(const std::string whole, source.read_all(options.max_bytes));
      DATELINE_TRY(Article article, jsonl.read(whole, name, {options.published}, warnings));
      return article;
    }
    lines = std::move(source);
    lines_name = name;
    line_number = 0;
    return std::optional<Article>();
  }

  // Nothing when the file has ended.
  Result<std::optional<Article>> next_line() {
    std::string line;
    for (;;) {
      line.clear();
      ++line_number;
      where = fmt::format("{}, line {}", lines_name, line_number);
      const auto more = lines->next_line(line, options.max_bytes);
      if (!more) return fail(more.error().code, fmt::format("{}: {}", where, more.error().message));
      if (!*more) {
        const auto damage = lines->damage();
        lines.reset();
        if (damage) return tl::unexpected<Error>(*damage);
        return std::optional<Article>();
      }
      std::string_view body = line;
      if (line_number == 1 && body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
      body = trim(body);
      if (body.empty()) continue;
      DATELINE_TRY(Article article, jsonl.read(body, where, {options.published}, warnings));
      return article;
    }
  }
};

// True when the article is to be read. What it says of its language gives way to what it is.
bool InputStream::Impl::settle_language(Article& article) {
  const std::string found = text_language(article.text);
  if (!found.empty()) article.language = found;
  // What is only told ("eng", the frame's own) is no reason to lose an article.
  if (options.language.empty() || found.empty() || found == options.language) return true;
  warnings.push_back(
      {fmt::format("{}: in {}, passed over: articles in {} are read (--language any reads all)",
                   article.uri.empty() ? where : where + ", " + article.uri,
                   language_name(article.language), language_name(options.language))});
  return false;
}

InputStream::InputStream(std::vector<std::string> inputs, InputOptions options)
    : impl_(std::make_unique<Impl>()) {
  impl_->inputs.assign(std::make_move_iterator(inputs.begin()),
                       std::make_move_iterator(inputs.end()));
  impl_->options = options;
}
InputStream::~InputStream() = default;
InputStream::InputStream(InputStream&&) noexcept = default;
InputStream& InputStream::operator=(InputStream&&) noexcept = default;

Result<std::optional<Article>> InputStream::next() {
  for (;;) {
    DATELINE_TRY(auto article, next_of_any_language());
    if (!article || impl_->settle_language(*article)) return article;
  }
}

Result<std::optional<Article>> InputStream::next_of_any_language() {
  for (;;) {
    if (!impl_->items.empty()) {
      DATELINE_TRY(auto article, impl_->next_item());
      if (article) return article;
      continue;
    }
    if (impl_->warc) {
      DATELINE_TRY(auto article, impl_->warc->next(impl_->warnings));
      if (!article) {
        impl_->warc.reset();
        continue;
      }
      if (!article->published && impl_->options.published) {
        article->published = impl_->options.published;
        article->published_basis = DateBasis::kGiven;
      }
      return article;
    }
    if (impl_->lines) {
      DATELINE_TRY(auto article, impl_->next_line());
      if (article) return article;
    } else if (impl_->archive) {
      DATELINE_TRY(auto article, impl_->open_inside());
      if (article) return article;
    } else if (!impl_->files.empty()) {
      DATELINE_TRY(auto article, impl_->open_next());
      if (article) return article;
    } else if (!impl_->inputs.empty()) {
      DATELINE_DO(impl_->expand());
    } else {
      return std::optional<Article>();
    }
  }
}

Warnings InputStream::take_warnings() { return std::exchange(impl_->warnings, {}); }

}  // namespace dateline::article
