#include "dateline/times/find_times.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/times/grammar.h"
#include "dateline/times/guards.h"
#include "dateline/times/resolve.h"
#include "dateline/times/tables.h"

namespace dateline::times {
namespace {

// Walks over one text from left to right and takes the longest reading at each place.
class Finder {
 public:
  Finder(const Article& article, const Doc& doc)
      : article_(article),
        doc_(doc),
        scan_(doc, tables().lexicon),
        matcher_(tables().grammar, scan_),
        resolver_(article, doc, scan_, tables().lexicon) {}

  std::vector<TimeExpression> run() {
    std::uint32_t at = 0;
    while (at < scan_.size()) {
      if (!scan_.near_time(at) || in_header(at)) {
        ++at;
        continue;
      }
      const std::uint32_t end = take(at);
      at = end > at ? end : at + 1;
    }
    return std::move(out_);
  }

 private:
  // Takes the best reading at `at`; its end, or `at` when there is none.
  std::uint32_t take(std::uint32_t at) {
    for (const Reading* reading : matcher_.read_all(Grammar::kTop, at)) {
      if (!is_time(*reading, doc_, scan_)) continue;
      Meaning meaning = resolver_.resolve(*reading);
      if (!meaning.said) continue;
      emit(std::move(meaning), reading->begin, reading->end);
      return take_ranges(reading->end);
    }
    return at;
  }

  void emit(Meaning meaning, std::uint32_t begin, std::uint32_t end) {
    meaning.expression.span = {scan_[begin].span.begin, scan_[end - 1].span.end};
    auto& interval = meaning.expression.interval;
    // At the edge of the calendar (years 1 and 9999) and for "0 days" nothing is left of it.
    if (interval && interval->begin && interval->end && !(*interval->begin < *interval->end))
      interval.reset();
    out_.push_back(meaning.expression);
    resolver_.add({std::move(meaning), begin, end});
  }

  // "May 3-5", "Jan. 24 and 25", "1998-99": what goes on after an expression that ended at `at`.
  std::uint32_t take_ranges(std::uint32_t at) {
    const auto& last = resolver_.found().back();
    if (!last.meaning.element) return at;
    if (last.meaning.element->grain == Grain::kYear) return take_short_year(at);
    if (last.meaning.element->grain != Grain::kDay || !ends_in_day(at)) return at;
    const std::string_view sign = scan_.text(at);
    const bool dash = sign == "-";
    if (!dash && sign != "and" && sign != "to" && sign != "through" && sign != "or") return at;
    const auto day = scan_.match(Symbol::kDay, at + 1);
    if (!day || scan_[at + 1].after_break || !range_may_end(at + 2)) return at;
    Meaning meaning = resolver_.resolve_day_after(day->value.a, last);
    if (!meaning.said) return at;
    emit(std::move(meaning), at + 1, at + 2);
    return at + 2;
  }

  std::uint32_t take_short_year(std::uint32_t at) {
    const std::string_view digits = scan_.text(at + 1);
    if (scan_.text(at) != "-" || !scan_.glued(at - 1, 3) || digits.size() != 2) return at;
    const auto year = to_number<int>(digits);
    const int first = date_of(resolver_.found().back().meaning.element->first).year;
    if (!year || *year <= first % 100) return at;
    Meaning meaning;
    meaning.element = year_element(first / 100 * 100 + *year);
    meaning.expression.value = value_of(*meaning.element);
    meaning.expression.interval = interval_of(*meaning.element);
    emit(std::move(meaning), at + 1, at + 2);
    return at + 2;
  }

  // The expression that ended at `at` was written month first: its last atom is the day.
  [[nodiscard]] bool ends_in_day(std::uint32_t at) const { return scan_.is(at - 1, Symbol::kDay); }

  [[nodiscard]] bool range_may_end(std::uint32_t at) const {
    if (at >= scan_.size() || scan_[at].after_break || scan_.is(at, Symbol::kPunct)) return true;
    const std::string_view tag = doc_[scan_[at].token].tag;
    return !tag.starts_with("NN") && !tag.starts_with("JJ") && tag != "CD";
  }

  [[nodiscard]] bool in_header(std::uint32_t at) const {
    for (const Block& block : article_.blocks) {
      if (block.span.begin > scan_[at].span.begin) break;
      if (block.kind == BlockKind::kHeader && block.span.overlaps(scan_[at].span)) return true;
    }
    return false;
  }

  const Article& article_;
  const Doc& doc_;
  Scan scan_;
  Matcher matcher_;
  Resolver resolver_;
  std::vector<TimeExpression> out_;
};

}  // namespace

std::vector<TimeExpression> find_times(const Article& article, const Doc& doc) {
  return Finder(article, doc).run();
}

}  // namespace dateline::times
