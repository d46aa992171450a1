#pragma once
// What stands in the container of a page's article and is no part of it: advertisements' labels,
// links to other articles, bylines and dates, numbers of pictures. And where a page carries its
// article a second time, in JSON-LD, which of the two is to be believed.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dateline/article/html_text.h"
#include "dateline/base/time_point.h"

namespace dateline::article {

// What the page says elsewhere, all may be empty.
struct PageSays {
  std::string_view body;  // the article as JSON-LD has it
  std::span<const std::string> authors;
};

// Takes out of `text` the blocks that are no part of the article, with their bytes; at least one
// stays. Where the text has nearly all of `says.body`, what follows its end and short paragraphs
// that it lacks go too. The answer is the date of a line taken out before the article's prose, the
// first one. Total; O(bytes).
std::optional<TimePoint> drop_other_lines(HtmlText& text, const PageSays& says);

// Share of the runs of four words of `body` that `text` has, 0 to 1; 0 for no words.
[[nodiscard]] double share_covered(std::string_view body, std::string_view text);

// Takes all blocks of `page` that `body` has, and the headings and captions between them.
void keep_lines_of(HtmlText& page, std::string_view body);

}  // namespace dateline::article
