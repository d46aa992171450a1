#pragma once
// The lines of a plain text and what can be seen of one line by itself: the clues from which
// read_text makes blocks. Internal to the step.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/page_date.h"
#include "dateline/base/span.h"

namespace dateline::article {

struct Line {
  ByteSpan span;              // white space at both ends left out; never empty
  bool after_blank = true;    // an empty line (or nothing) stands before it
  bool before_blank = false;  // an empty line (or nothing) stands behind it
};

// Lines end at LF, CR LF, CR or U+2029. Empty ones are left out. O(bytes).
[[nodiscard]] std::vector<Line> split_lines(std::string_view text);

// Whether a line ends as sentences do: a stop, perhaps inside closing quotation marks or brackets.
[[nodiscard]] bool ends_sentence(std::string_view line);

// Short, begins like a sentence or a name, has no stop at its end.
[[nodiscard]] bool looks_like_heading(std::string_view line);

// "• …", "- …", "3. …", "b) …".
[[nodiscard]] bool is_list_item(std::string_view line);

// Captions and boilerplate by data/article/line_marks.tsv.
[[nodiscard]] std::optional<BlockKind> marked_kind(std::string_view line);

// "Date: 3 May 2021", "published 2021-05-03", "Source: The Harbour Post": what stands at the front
// of a line. `size` bytes belong to it; behind a date other things may follow on the line.
struct HeaderPart {
  std::string field;  // of data/article/header_keys.tsv
  std::string value;
  std::optional<PageDate> date;
  std::uint32_t size = 0;
};
[[nodiscard]] std::optional<HeaderPart> read_header(std::string_view line);

// The names in a whole line "By Anna Kovacs and Joe Bell, Harbour Post"; nothing when the line is
// no byline. The list may be empty: "By staff".
[[nodiscard]] std::optional<std::vector<std::string>> read_byline(std::string_view line);

// "PARIS, 3 May (Agency) —" at the front of a paragraph.
struct DatelinePart {
  std::uint32_t size = 0;  // bytes, with the dash
  std::optional<PageDate> date;
};
[[nodiscard]] std::optional<DatelinePart> read_dateline(std::string_view line);

// The names in "Anna Kovacs and Joe Bell, Harbour Post correspondents".
[[nodiscard]] std::vector<std::string> split_names(std::string_view names);

}  // namespace dateline::article
