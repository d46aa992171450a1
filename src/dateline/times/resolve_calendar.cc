// Resolver: weeks, months, quarters, seasons, years and what is larger.
#include <fmt/format.h>

#include <algorithm>

#include "dateline/times/resolve.h"

namespace dateline::times {
namespace {

std::string open_value(Grain grain) {
  switch (grain) {
    case Grain::kMinute:
    case Grain::kPart:
      return "XXXX-XX-XXTXX";
    case Grain::kDay:
      return "XXXX-XX-XX";
    case Grain::kWeekend:
      return "XXXX-WXX-WE";
    case Grain::kWeek:
      return "XXXX-WXX";
    case Grain::kMonth:
      return "XXXX-XX";
    case Grain::kQuarter:
      return "XXXX-QX";
    case Grain::kSeason:
    case Grain::kHalf:
    case Grain::kYear:
      return "XXXX";
    case Grain::kDecade:
      return "XXX";
    case Grain::kCentury:
      return "XX";
  }
  return "XXXX";
}

std::optional<Unit> unit_in(const Reading& reading, const Scan& scan) {
  const Value* value = reading.get(Symbol::kUnit);
  if (!value) value = reading.get(Symbol::kUnits);
  if (value) return unit_of(value->code);
  for (std::uint32_t at = reading.end; at-- > reading.begin;)
    if (const auto unit = scan.match(Symbol::kUnit, at)) return unit_of(unit->value.code);
  return std::nullopt;
}

}  // namespace

int relative_in(const Reading& reading, const Scan& scan) {
  if (const Value* rel = reading.get(Symbol::kRel)) return rel->a;
  if (const Value* ana = reading.get(Symbol::kAna)) return ana->a;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at) {
    const std::string_view word = scan.text(at);
    if (word == "last" || word == "past" || word == "previous" || word == "latest") return -1;
    if (word == "next" || word == "coming" || word == "upcoming") return 1;
  }
  return 0;
}

Meaning Resolver::rel(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  const Grain grain = grain_of(*unit);
  if (!published_) return open(open_value(grain));
  const int steps = relative_in(reading, scan_);
  if (*unit < Unit::kDay) return open(fmt::format("{}TXX", iso8601(*published_)), TimeType::kTime);
  Element element = step(element_at(grain, *published_), steps);
  // On a Monday "this weekend" is the one just gone, where the tense says so.
  if (grain == Grain::kWeekend && steps == 0 && weekday_of(*published_) <= 3 &&
      direction(reading) == Direction::kPast)
    element = step(element, -1);
  if (grain == Grain::kWeekend && steps > 0 && weekday_of(*published_) >= 6)
    element = step(element, 0);
  return date(element, TimeExpression::kPublished);
}

Meaning Resolver::rel2(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  if (!published_) return open(open_value(grain_of(*unit)));
  return date(
      step(element_at(grain_of(*unit), *published_), reading.rule->argument == "2" ? 2 : -2),
      TimeExpression::kPublished);
}

Meaning Resolver::ana(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  const Grain grain = grain_of(*unit);
  const auto from = focus(std::max(grain, Grain::kDay), reading);
  if (!from) return open(open_value(grain));
  int steps = relative_in(reading, scan_);
  if (reading.rule->argument == "-1") steps = -1;
  if (reading.rule->argument == "1") steps = 1;
  if (*unit < Unit::kDay)
    return open(fmt::format("{}TXX", iso8601(from->element.first)), TimeType::kTime);
  return date(step(element_at(grain, from->element.first), steps), from->anchor);
}

// "the week", "the year": the one of publication; "the weekend": the last one, or the coming one.
Meaning Resolver::the_unit(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  const Grain grain = grain_of(*unit);
  if (!published_) return open(open_value(grain));
  Element element = element_at(grain, *published_);
  if (grain == Grain::kWeekend && weekday_of(*published_) < 6) {
    const Direction way = direction(reading);
    if (way != Direction::kFuture && way != Direction::kPresent) element = step(element, -1);
  }
  return date(element, TimeExpression::kPublished);
}

Meaning Resolver::year(const Reading& reading) {
  const Value* value = reading.get(Symbol::kYear);
  if (!value) value = reading.get(Symbol::kShortYear);
  return value ? date(year_element(value->a)) : none();
}

Meaning Resolver::fiscal_year(const Reading& reading) { return pass(reading); }

Meaning Resolver::fiscal_rel(const Reading& reading) {
  if (!published_) return open("XXXX");
  return date(step(element_at(Grain::kYear, *published_), relative_in(reading, scan_)),
              TimeExpression::kPublished);
}

// ---- months, decades, centuries ----------------------------------------------------------------

Meaning Resolver::month(const Reading& reading) {
  const Value* value = month_value(reading);
  if (!value) return none();
  const auto context = focus_in_sentence(reading);
  if (!published_) return open(fmt::format("XXXX-{:02}", value->a));
  const int this_year = date_of(*published_).year;
  const auto same_sentence = [&] {
    const Found& found = found_[static_cast<std::size_t>(context->anchor)];
    return found.meaning.expression.anchor == TimeExpression::kNoAnchor &&
           doc_[scan_[found.begin].token].sentence == doc_[scan_[reading.begin].token].sentence;
  };
  if (context && context->anchor >= 0 && same_sentence()) {
    const int told = date_of(context->element.first).year;
    if (told < this_year - 1 && context->element.grain <= Grain::kYear)
      return date(month_element(told, value->a), context->anchor);
  }
  return near(month_element(this_year, value->a), reading);
}

Meaning Resolver::month_year(const Reading& reading) {
  const Value* value = month_value(reading);
  const Reading* year = reading.inner("year");
  if (!year) year = reading.inner("relyear");
  if (!value || !year) return none();
  const Meaning of = evaluate(*year);
  if (!of.element) return open(fmt::format("XXXX-{:02}", value->a));
  return date(month_element(date_of(of.element->first).year, value->a), of.expression.anchor);
}

Meaning Resolver::month_rel(const Reading& reading) {
  const Value* value = reading.get(Symbol::kMonth);
  if (!value) return none();
  if (!published_) return open(fmt::format("XXXX-{:02}", value->a));
  const Date now = date_of(*published_);
  const int relative = relative_in(reading, scan_);
  int year = now.year;
  if (relative < 0 && value->a >= now.month) --year;
  if (relative > 0 && value->a <= now.month) ++year;
  return date(month_element(year, value->a), TimeExpression::kPublished);
}

Meaning Resolver::month_ana(const Reading& reading) {
  const Value* value = reading.get(Symbol::kMonth);
  const auto from = focus(Grain::kYear, reading);
  if (!value) return none();
  if (!from) return open(fmt::format("XXXX-{:02}", value->a));
  const Date at = date_of(from->element.first);
  const int relative = relative_in(reading, scan_);
  int year = at.year;
  if (relative > 0 && (value->a <= at.month || from->element.grain == Grain::kYear)) ++year;
  if (relative < 0 && value->a >= at.month) --year;
  return date(month_element(year, value->a), from->anchor);
}

Meaning Resolver::decade(const Reading& reading) {
  const Value* value = reading.get(Symbol::kDecade);
  return value ? date(element_at(Grain::kDecade, day_of(value->a, 1, 1))) : none();
}

Meaning Resolver::century(const Reading& reading) {
  const Value* value = reading.get(Symbol::kOrdinal);
  if (!value || value->a < 1 || value->a > 40) return none();
  if (value->a == 1) return none();
  return date({.grain = Grain::kCentury, .first = day_of((value->a - 1) * 100, 1, 1)});
}

// ---- quarters and halves -----------------------------------------------------------------------

std::optional<Element> Resolver::quarter_of_number(int number, const Reading& reading) const {
  if (!published_ || number < 1 || number > 4) return std::nullopt;
  const int year = date_of(*published_).year;
  const Direction way = direction(reading);
  if (way == Direction::kFuture) {  // results are told after the quarter: it may just have ended
    const bool ended_lately = [&] {
      const auto since =
          (*published_ - interval_of(quarter_element(year, number)).end->day).count();
      return since >= 0 && since < 75;
    }();
    if (ended_lately) return quarter_element(year, number);
    for (int y = year - 1; y <= year + 1; ++y)
      if (interval_of(quarter_element(y, number)).end->day > *published_)
        return quarter_element(y, number);
  }
  const bool begun = quarter_element(year, number).first <= *published_;
  return quarter_element(begun ? year : year - 1, number);
}

// Quarters of a fiscal year may be others of the calendar: "second quarter ended Oct. 31" names the
// month, and "fiscal" alone allows a year from October.
void Resolver::tell_fiscal(Meaning& meaning, const Reading& reading) const {
  if (!meaning.element || meaning.element->grain != Grain::kQuarter) return;
  std::optional<Element> other;
  const std::string_view next = scan_.text(reading.end);
  if (next == "ended" || next == "ending") {
    auto month = scan_.match(Symbol::kMonth, reading.end + 1);
    if (!month) month = scan_.match(Symbol::kMonthAbbr, reading.end + 1);
    if (!month) return;
    const Date near = date_of(published_ ? *published_ : meaning.element->first);
    const int year =
        published_ && next == "ended" && month->value.a > near.month ? near.year - 1 : near.year;
    other = element_at(Grain::kQuarter, day_of(year, month->value.a, 1));
  }
  for (std::uint32_t at = reading.begin; at < reading.end && !other; ++at)
    if (scan_.text(at) == "fiscal") other = step(*meaning.element, -1);
  if (other && value_of(*other) != meaning.expression.value)
    meaning.expression.alternatives.push_back(value_of(*other));
}

Meaning Resolver::quarter(const Reading& reading) {
  const Value* ordinal = reading.get(Symbol::kOrdinal);
  if (!ordinal || ordinal->a > 4) return none();
  if (!published_) return open(fmt::format("XXXX-Q{}", ordinal->a));
  Meaning meaning = date(*quarter_of_number(ordinal->a, reading), TimeExpression::kPublished);
  tell_fiscal(meaning, reading);
  return meaning;
}

Meaning Resolver::quarter_year(const Reading& reading) {
  const Value* number = reading.get(Symbol::kOrdinal);
  if (!number) number = reading.get(Symbol::kQuarterName);
  if (!number || number->a > 4 || number->a < 1) return none();
  if (const Value* year = reading.get(Symbol::kYear))
    return date(quarter_element(year->a, number->a));
  const Reading* inner = reading.inner();
  if (inner) {
    const Meaning of = evaluate(*inner);
    if (!of.element) return open(fmt::format("XXXX-Q{}", number->a));
    Meaning meaning =
        date(quarter_element(date_of(of.element->first).year, number->a), of.expression.anchor);
    tell_fiscal(meaning, reading);
    return meaning;
  }
  if (reading.get(Symbol::kRel) || reading.get(Symbol::kAna)) {
    const bool narrative = reading.get(Symbol::kAna) != nullptr;
    const auto from = narrative ? focus(Grain::kYear, reading) : published(Grain::kYear);
    if (!from) return open(fmt::format("XXXX-Q{}", number->a));
    const int year = date_of(from->element.first).year + relative_in(reading, scan_);
    return date(quarter_element(year, number->a), from->anchor);
  }
  if (!published_) return open(fmt::format("XXXX-Q{}", number->a));
  return date(*quarter_of_number(number->a, reading), TimeExpression::kPublished);
}

// "the quarter", "the latest quarter": the one that the report is about, else the last full one.
Meaning Resolver::quarter_focus_action(const Reading& reading) {
  if (const auto quarter = quarter_focus()) {
    Meaning meaning = date(*quarter, TimeExpression::kPublished);
    tell_fiscal(meaning, reading);
    return meaning;
  }
  if (!published_) return open("XXXX-QX");
  const bool current = scan_.text(reading.end - 2) == "current";
  return date(step(element_at(Grain::kQuarter, *published_), current ? 0 : -1),
              TimeExpression::kPublished);
}

Meaning Resolver::quarter_rel(const Reading& reading) {
  if (!published_) return open("XXXX-QX");
  return date(step(element_at(Grain::kQuarter, *published_), relative_in(reading, scan_)),
              TimeExpression::kPublished);
}

Meaning Resolver::quarter_ana(const Reading& reading) {
  auto from = focus(Grain::kQuarter, reading);
  for (std::size_t i = found_.size(); i-- > 0;) {
    const auto& element = found_[i].meaning.element;
    if (!element || element->grain != Grain::kQuarter) continue;
    from = Focus{*element, static_cast<int>(i)};
    break;
  }
  if (!from) return open("XXXX-QX");
  return date(step(element_at(Grain::kQuarter, from->element.first), relative_in(reading, scan_)),
              from->anchor);
}

// "the 1988 period" beside a quarter of another year is that quarter.
Meaning Resolver::period_year(const Reading& reading) {
  const int year = reading.get(Symbol::kYear)->a;
  const auto quarter = sums_several_quarters(reading) ? std::nullopt : quarter_focus();
  if (!quarter) return date(year_element(year));
  return date(quarter_element(year, (date_of(quarter->first).month + 2) / 3));
}

Meaning Resolver::quarters_of(const Reading& reading) {
  const Reading* inner = reading.inner();
  const Meaning of = inner ? evaluate(*inner) : none();
  if (!of.element) return of;
  const std::string_view edge = scan_.text(reading.begin), count = scan_.text(reading.begin + 1);
  if (count == "two" || count == "2")
    return date(half_element(date_of(of.element->first).year, edge == "first" ? 1 : 2));
  return none();
}

Meaning Resolver::year_ago(const Reading& reading) {
  if (!published_) return open("XXXX");
  const Value* ordinal = reading.get(Symbol::kOrdinal);
  if (ordinal && ordinal->a <= 4)
    return date(step(*quarter_of_number(ordinal->a, reading), -4), TimeExpression::kPublished);
  auto quarter = quarter_focus();
  bool names_quarter = false;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at)
    names_quarter |= scan_.text(at) == "quarter";
  if (!quarter && names_quarter) quarter = step(element_at(Grain::kQuarter, *published_), -1);
  if (quarter) return date(step(*quarter, -4), TimeExpression::kPublished);
  return date(step(element_at(Grain::kYear, *published_), -1), TimeExpression::kPublished);
}

Meaning Resolver::half(const Reading& reading) {
  const Value* name = reading.get(Symbol::kHalfName);
  bool first = name && name->a == 1;
  for (std::uint32_t at = reading.begin; at < reading.end && !name; ++at) {
    const std::string_view word = scan_.text(at);
    if (word == "half") break;
    first |= word == "first" || word == "former";
  }
  const Reading* inner = reading.inner();
  Meaning of = inner ? evaluate(*inner) : none();
  if (const Value* year = reading.get(Symbol::kYear)) of = date(year_element(year->a));
  if (!inner && !of.element) {
    if (!published_) return open(first ? "XXXX-H1" : "XXXX-H2");
    of = date(element_at(Grain::kYear, *published_), TimeExpression::kPublished);
  }
  if (!of.element) return of;
  if (of.element->grain == Grain::kYear)
    return date(half_element(date_of(of.element->first).year, first ? 1 : 2), of.expression.anchor);
  set_mod(of, first ? "START" : "END");
  return of;
}

// ---- edges -------------------------------------------------------------------------------------

Meaning Resolver::week_of(const Reading& reading) {
  const Reading* inner = reading.inner();
  Meaning of = none();
  if (reading.get(Symbol::kHoliday)) {
    of = holiday(reading);
  } else if (inner) {
    of = inner->rule->group == "month" ? month_day(reading) : evaluate(*inner);
  }
  if (!of.element) return of;
  const auto unit = unit_in(reading, scan_);
  const bool weekend = unit == Unit::kWeekend;
  return date(element_at(weekend ? Grain::kWeekend : Grain::kWeek, of.element->first),
              of.expression.anchor);
}

Meaning Resolver::year_end(const Reading& reading) {
  if (!published_) return open("XXXX-12-31");
  int year = date_of(*published_).year;
  if (direction(reading) == Direction::kPast && date_of(*published_).month < 12) --year;
  return date(element_at(Grain::kDay, day_of(year, 12, 31)), TimeExpression::kPublished);
}

Meaning Resolver::end_of_unit(const Reading& reading) {
  Meaning of = the_unit(reading);
  if (of.element) set_mod(of, "END");
  return of;
}

Meaning Resolver::modify(const Reading& reading) {
  const Reading* inner = reading.inner();
  Meaning of = inner ? evaluate(*inner) : none();
  if (!of.said) return of;
  const Value* mod = reading.get(Symbol::kEarly);
  if (!mod) mod = reading.get(Symbol::kEdge);
  if (mod) {
    set_mod(of, mod->code);
    return of;
  }
  const Value* earlier = reading.get(Symbol::kEarlier);
  if (!earlier) return of;  // "sometime next year"
  of.expression.mod = earlier->code;
  if (!published_ || !of.expression.interval || !of.expression.interval->end) return of;
  Interval& interval = *of.expression.interval;
  if (interval.begin->day < *published_ && *published_ < interval.end->day)
    (earlier->code == "START" ? interval.end : interval.begin) = TimePoint{.day = *published_};
  return of;
}

// "later in the day", "earlier that year": of the time in focus.
Meaning Resolver::modify_unit(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  const Grain grain = grain_of(*unit);
  const auto from = focus(grain, reading);
  if (!from) return open(open_value(grain));
  bool narrative = false;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at)
    narrative |= scan_.text(at) == "that";
  const bool about_now = !narrative && grain != Grain::kDay && published_;
  Meaning of = about_now ? date(element_at(grain, *published_), TimeExpression::kPublished)
                         : date(element_at(grain, from->element.first), from->anchor);
  const Value* mod = reading.get(Symbol::kEarly);
  if (!mod) mod = reading.get(Symbol::kEarlier);
  if (mod) set_mod(of, mod->code);
  return of;
}

Meaning Resolver::approx(const Reading& reading) {
  Meaning of = pass(reading);
  of.expression.mod = "APPROX";
  return of;
}

Meaning Resolver::mod_after(const Reading& reading) {
  Meaning of = pass(reading);
  of.expression.mod = reading.rule->argument;
  if (!of.expression.interval) return of;
  if (of.expression.mod == "ON_OR_AFTER") of.expression.interval->end.reset();
  if (of.expression.mod == "ON_OR_BEFORE") of.expression.interval->begin.reset();
  return of;
}

Meaning Resolver::prefix_year(const Reading& reading) {
  Meaning of = year(reading);
  if (!of.element) return of;
  const bool after = scan_.text(reading.begin) == "post";
  of.expression.mod = after ? "AFTER" : "BEFORE";
  const Interval whole = interval_of(*of.element);
  of.expression.interval =
      after ? Interval{whole.end, std::nullopt} : Interval{std::nullopt, whole.begin};
  return of;
}

}  // namespace dateline::times
