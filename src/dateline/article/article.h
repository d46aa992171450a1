#pragma once
// Article: one dated text, as it came and with what its container said of it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"
#include "dateline/base/time_point.h"

namespace dateline {

enum class BlockKind {
  kHeader,  // a line of metadata in the text: "date 2021-12-01"
  kTitle,
  kHeading,
  kParagraph,
  kCaption,
  kListItem,
  kBlockquote,
  kByline,
  kDateline,  // "PARIS, 3 May (Agency) —"
  kBoilerplate,
};

// Blocks are in text order and do not overlap; white space between them belongs to none.
struct Block {
  ByteSpan span;
  BlockKind kind = BlockKind::kParagraph;
  bool pull_quote = false;  // words of the article, set apart once more
  friend bool operator==(const Block&, const Block&) = default;
};

// Where a publication date was found, best evidence first.
enum class DateBasis {
  kGiven,
  kHeader,
  kJsonLd,
  kMeta,
  kTimeElement,
  kUrl,
  kFeed,
  kDateline,
  kText,
  kNone
};

struct DateCandidate {
  std::string value;  // as found, ISO 8601 where it could be read
  DateBasis basis = DateBasis::kNone;
  friend bool operator==(const DateCandidate&, const DateCandidate&) = default;
};

// `size` bytes of the text are those of the page from `source` on. Between runs stand bytes that
// the page does not have as they are: resolved entities, spaces that were line ends.
struct SourceRun {
  std::uint32_t text = 0;
  std::uint32_t source = 0;  // of the page as UTF-8
  std::uint32_t size = 0;
  friend bool operator==(const SourceRun&, const SourceRun&) = default;
};

// What sort of article a page holds.
enum class PageKind { kArticle, kLiveBlog, kList, kQuestions };

// What is known of the page that an article was taken from.
struct PageFacts {
  PageKind kind = PageKind::kArticle;
  bool only_beginning = false;       // the page says that the rest is not free
  std::uint32_t other_articles = 0;  // that stand beside this one and were not read
  friend bool operator==(const PageFacts&, const PageFacts&) = default;
};

// Owns its text; every later span points into it.
struct Article {
  std::string id;  // the given id, else "sha256:" and the hash of text
  std::string uri, title, publisher, language;
  std::vector<std::string> authors;
  std::optional<TimePoint> published;  // anchor of relative times
  DateBasis published_basis = DateBasis::kNone;
  std::vector<DateCandidate> published_candidates;
  std::optional<TimePoint> modified;
  std::string text;  // less a byte-order mark; otherwise unchanged for plain text and JSON Lines
  std::vector<Block> blocks;
  std::uint64_t fingerprint = 0;  // of the text: alike for alike texts, see fingerprint.h
  PageFacts page;                 // of HTML
  std::vector<SourceRun> source;  // of HTML: where the text stands in the page, in text order
};

// The names of RECORD.md: "paragraph", "list_item"; "jsonld", "time_element"; "live_blog".
[[nodiscard]] std::string_view name_of(BlockKind kind);
[[nodiscard]] std::string_view name_of(DateBasis basis);
[[nodiscard]] std::string_view name_of(PageKind kind);

}  // namespace dateline
