#include "dateline/article/page_lines.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dateline/article/fingerprint.h"
#include "dateline/article/page_date.h"
#include "dateline/article/text_lines.h"
#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view article_life_verbs;
}  // namespace dateline::data

namespace dateline::article {
namespace {

using Shingles = std::unordered_set<std::uint64_t>;

Shingles shingles_of(std::string_view text) {
  const auto list = shingles(text);
  return {list.begin(), list.end()};
}

// Share of the line's runs of words that are in `known`.
double share_known(std::string_view line, const Shingles& known) {
  const auto own = shingles(line);
  if (own.empty()) return 0;
  const auto count = std::count_if(own.begin(), own.end(),
                                   [&](std::uint64_t hash) { return known.count(hash) > 0; });
  return static_cast<double>(count) / static_cast<double>(own.size());
}

// Keeps the blocks that are marked, and what belongs to them.
void keep(HtmlText& text, const std::vector<bool>& kept) {
  HtmlText out;
  std::size_t run = 0;
  for (std::size_t i = 0; i < text.blocks.size(); ++i) {
    if (!kept[i]) continue;
    const Block& block = text.blocks[i];
    if (!out.text.empty()) out.text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.text += slice(text.text, block.span);
    out.blocks.push_back(
        {{begin, static_cast<std::uint32_t>(out.text.size())}, block.kind, block.pull_quote});
    out.facts.push_back(text.facts[i]);
    while (run < text.source.size() && text.source[run].text < block.span.begin) ++run;
    for (; run < text.source.size() && text.source[run].text < block.span.end; ++run) {
      SourceRun moved = text.source[run];
      moved.text = begin + (moved.text - block.span.begin);
      out.source.push_back(moved);
    }
  }
  text = std::move(out);
}

// "5 May 2021", "Published 5 May 2021, 10:30 GMT", "22 Dec, 2016 22 Dec, 2016".
bool is_date_line(std::string_view line) {
  if (line.size() > 80) return false;
  if (const auto header = read_header(line))
    if (header->field == "published" || header->field == "modified") return true;
  std::size_t letters = 0, dates = 0;
  while (!line.empty()) {
    if (const auto date = read_page_date(line); date && date->size > 4) {
      line.remove_prefix(date->size);
      ++dates;
      continue;
    }
    letters += is_alpha(line.front()) ? 1U : 0U;
    line.remove_prefix(1);
  }
  return dates > 0 && letters < 3;
}

bool is_life_verb(std::string_view word) {
  static const auto rows = parse_tsv(data::article_life_verbs);
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row[0] == word; });
}

// Calls `take` with [begin, end) of each longest run of places below `count` that `is` holds for.
template <typename Is, typename Take>
void for_each_run(std::size_t count, const Is& is, const Take& take) {
  for (std::size_t begin = 0; begin < count; ++begin) {
    std::size_t end = begin;
    while (end < count && is(end)) ++end;
    if (end > begin) take(begin, end);
    begin = end;
  }
}

class LineFilter {
 public:
  LineFilter(const HtmlText& text, const PageSays& says) : text_(text), says_(says) {}

  std::vector<bool> kept() {
    const std::size_t count = text_.blocks.size();
    kept_.assign(count, true);
    mark_edges();
    for (std::size_t i = 0; i < count; ++i)
      if (is_boilerplate(i) || is_promotion(i) || is_dropped_at_edge(i) || is_life_of_author(i))
        kept_[i] = false;
    drop_repeated();
    drop_counters();
    drop_lists_of_links();
    if (!says_.body.empty()) drop_what_body_lacks();
    return kept_;
  }

  // The date of the first line left out before the prose that has one.
  [[nodiscard]] std::optional<TimePoint> date_before() const {
    for (std::size_t i = 0; i < second_; ++i) {
      if (kept_[i] || words(i).size() > 100) continue;
      if (const auto found = find_page_date(words(i)); found && !found->date.ambiguous)
        return found->date.point;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::string_view words(std::size_t i) const {
    return slice(text_.text, text_.blocks[i].span);
  }
  [[nodiscard]] BlockKind kind(std::size_t i) const { return text_.blocks[i].kind; }
  [[nodiscard]] bool is_paragraph(std::size_t i) const {
    return kind(i) == BlockKind::kParagraph && !text_.facts[i].cell;
  }
  [[nodiscard]] bool is_linked(std::size_t i) const {
    std::size_t visible = 0;
    for (const char c : words(i)) visible += is_space(c) ? 0U : 1U;
    return text_.facts[i].linked * 10 >= visible * 9;
  }
  void drop(std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) kept_[begin] = false;
  }
  // A sentence is prose even where all of it is a link.
  static bool is_sentence(std::string_view line) {
    return ends_sentence(line) && !line.ends_with('?') && !line.ends_with(':') &&
           !line.ends_with(',') && !line.ends_with('!') && !line.ends_with("\u2026") &&
           !line.ends_with("...");
  }

  // Where the prose of the article begins and ends.
  void mark_edges() {
    const auto is_prose = [&](std::size_t i) {
      return kind(i) == BlockKind::kParagraph && words(i).size() >= 100 && !is_linked(i);
    };
    const std::size_t count = text_.blocks.size();
    for (first_ = 0; first_ < count && !is_prose(first_);) ++first_;
    for (second_ = first_ + 1; second_ < count && !is_prose(second_);) ++second_;
    second_ = std::min(second_, count);
    for (last_ = count; last_ > first_ && !is_prose(last_ - 1);) --last_;
  }

  [[nodiscard]] bool is_boilerplate(std::size_t i) const {
    return marked_kind(words(i)) == BlockKind::kBoilerplate;
  }

  // A paragraph that is nothing but a link to something else.
  [[nodiscard]] bool is_promotion(std::size_t i) const {
    return is_paragraph(i) && words(i).size() < 250 && is_linked(i) && !is_sentence(words(i));
  }

  // Before and behind the prose stand bylines and dates: "Submitted by Ada Lind on 11/30/2020".
  [[nodiscard]] bool is_dropped_at_edge(std::size_t i) const {
    if (i >= second_ && i < last_) return false;
    if (kind(i) == BlockKind::kHeading || text_.facts[i].cell) return false;
    const std::string_view line = words(i);
    if (is_date_line(line) || (line.size() < 100 && read_byline(line))) return true;
    return i < first_ && line.size() < 100 && !ends_sentence(line) && find_page_date(line);
  }

  // "Ada Lind is the political editor of …" at the end, where she wrote the article.
  [[nodiscard]] bool is_life_of_author(std::size_t i) const {
    if (i + 4 < kept_.size() || i <= second_) return false;
    for (const std::string& author : says_.authors) {
      if (author.find(' ') == std::string::npos || !words(i).starts_with(author)) continue;
      const std::string_view rest = words(i).substr(author.size());
      if (rest.starts_with(", ")) return true;
      const std::string_view verb = rest.substr(0, rest.find(' ', 1));
      if (rest.size() > verb.size() && verb.starts_with(' ') && is_life_verb(verb.substr(1)))
        return true;
    }
    return false;
  }

  // The label of each picture, of each advertisement: no sentence, three times the same.
  void drop_repeated() {
    std::unordered_map<std::string_view, int> times;
    const auto is_label = [&](std::size_t i) {
      return is_paragraph(i) && words(i).size() < 80 && !ends_sentence(words(i));
    };
    for (std::size_t i = 0; i < kept_.size(); ++i)
      if (is_label(i)) ++times[words(i)];
    for (std::size_t i = 0; i < kept_.size(); ++i)
      if (is_label(i) && times[words(i)] >= 3) kept_[i] = false;
  }

  // "<<", "1", "2", "3", ">>", "1 / 5": what turns the pages of a gallery.
  void drop_counters() {
    const auto is_counter = [&](std::size_t i) {
      const std::string_view line = words(i);
      return is_paragraph(i) && line.size() <= 7 &&
             std::none_of(line.begin(), line.end(), [](char c) {
               return is_alpha(c) || static_cast<unsigned char>(c) > 127;
             });
    };
    for_each_run(kept_.size(), is_counter, [&](std::size_t begin, std::size_t end) {
      if (end - begin >= 2 || words(begin).find('/') != std::string_view::npos) drop(begin, end);
    });
  }

  // Several items in a row that are links and no sentences, and the line that announces them.
  void drop_lists_of_links() {
    const auto is_link_item = [&](std::size_t i) {
      return kind(i) == BlockKind::kListItem && is_linked(i) && !is_sentence(words(i));
    };
    for_each_run(kept_.size(), is_link_item, [&](std::size_t begin, std::size_t end) {
      if (end - begin < 2) return;
      drop(begin, end);
      if (begin > 0 && words(begin - 1).size() < 80 &&
          (kind(begin - 1) == BlockKind::kHeading || words(begin - 1).ends_with(':')))
        kept_[begin - 1] = false;
    });
  }

  // Only a body that is nearly all of the text says what is not in it: many are cut short.
  void drop_what_body_lacks() {
    constexpr double kNearlyAll = 0.75;
    const Shingles known = shingles_of(says_.body);
    std::vector<double> share(kept_.size());
    std::size_t all = 0, in_body = 0, end = 0;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!kept_[i]) continue;
      share[i] = share_known(words(i), known);
      all += words(i).size();
      if (share[i] < 0.5) continue;
      in_body += words(i).size();
      end = i + 1;
    }
    if (static_cast<double>(in_body) < kNearlyAll * static_cast<double>(all)) return;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      const bool promotion = is_paragraph(i) && i >= first_ && words(i).size() < 200 &&
                             std::count(words(i).begin(), words(i).end(), ' ') >= 4;
      if (share[i] < 0.1 && (i >= end || promotion)) kept_[i] = false;
    }
  }

  const HtmlText& text_;
  const PageSays& says_;
  std::vector<bool> kept_;
  // Blocks [first_, last_) are the prose; the first may be what the page says of the article.
  std::size_t first_ = 0, second_ = 0, last_ = 0;
};

}  // namespace

std::optional<TimePoint> drop_other_lines(HtmlText& text, const PageSays& says) {
  LineFilter filter(text, says);
  const std::vector<bool> kept = filter.kept();
  if (std::find(kept.begin(), kept.end(), true) == kept.end()) return std::nullopt;
  std::optional<TimePoint> date = filter.date_before();
  if (std::find(kept.begin(), kept.end(), false) != kept.end()) keep(text, kept);
  return date;
}

double share_covered(std::string_view body, std::string_view text) {
  return share_known(body, shingles_of(text));
}

void keep_lines_of(HtmlText& page, std::string_view body) {
  const Shingles known = shingles_of(body);
  std::vector<bool> kept(page.blocks.size());
  std::size_t first = kept.size(), last = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    kept[i] = share_known(slice(page.text, page.blocks[i].span), known) >= 0.6;
    if (!kept[i]) continue;
    first = std::min(first, i);
    last = i;
  }
  for (std::size_t i = first; i < last; ++i)
    if (page.blocks[i].kind == BlockKind::kHeading || page.blocks[i].kind == BlockKind::kCaption)
      kept[i] = true;
  keep(page, kept);
}

}  // namespace dateline::article
