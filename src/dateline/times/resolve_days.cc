// Resolver: single days.
#include <fmt/format.h>

#include "dateline/times/resolve.h"
#include "dateline/times/shapes.h"

namespace dateline::times {
namespace {

int relative_of(const Reading& reading, const Scan& scan) {
  if (const Value* rel = reading.get(Symbol::kRel)) return rel->a;
  if (const Value* ana = reading.get(Symbol::kAna)) return ana->a;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at) {
    const std::string_view word = scan.text(at);
    if (word == "last" || word == "past" || word == "previous" || word == "before") return -1;
    if (word == "next" || word == "coming" || word == "upcoming") return 1;
  }
  return 0;
}

const Value* weekday_value(const Reading& reading) {
  const Reading* group = reading.inner("wday");
  const Reading& holder = group ? *group : reading;
  const Value* value = holder.get(Symbol::kWeekday);
  return value ? value : holder.get(Symbol::kWeekdayAbbr);
}

}  // namespace

const Value* month_value(const Reading& reading) {
  const Reading* month = reading.inner("month");
  const Reading& holder = month ? *month : reading;
  const Value* value = holder.get(Symbol::kMonth);
  return value ? value : holder.get(Symbol::kMonthAbbr);
}

Meaning Resolver::month_day(const Reading& reading) {
  const Value* month = month_value(reading);
  const Value* day = reading.get(Symbol::kDay);
  if (!day) day = reading.get(Symbol::kOrdinal);
  const Value* year = reading.get(Symbol::kYear);
  if (!day || day->a < 1) return none();
  if (day->a > 31) return impossible("no such day");
  if (!month) {  // "the 25th", "Monday the 5th"
    const auto from = focus(Grain::kMonth, reading);
    if (!from) return open(fmt::format("XXXX-XX-{:02}", day->a));
    const Date at = date_of(from->element.first);
    return dated(at.year, at.month, day->a, from->anchor);
  }
  if (year) return dated(year->a, month->a, day->a, TimeExpression::kNoAnchor);
  if (!published_) {
    if (day->a > days_in_month(2000, month->a)) return impossible("no such day");
    return open(fmt::format("XXXX-{:02}-{:02}", month->a, day->a));
  }
  const int this_year = date_of(*published_).year;
  if (!make_day(this_year, month->a, day->a)) {
    if (day->a > days_in_month(2000, month->a)) return impossible("no such day");
    for (const int other : {this_year - 1, this_year + 1})  // 29 February
      if (make_day(other, month->a, day->a))
        return dated(other, month->a, day->a, TimeExpression::kPublished);
    return impossible("no such day");
  }
  Element element{.grain = Grain::kDay, .first = day_of(this_year, month->a, day->a)};
  return near(element, reading);
}

Meaning Resolver::month_day_rel(const Reading& reading) {
  const Reading* year = reading.inner("relyear");
  const Meaning of = year ? evaluate(*year) : none();
  const Value* month = month_value(reading);
  const Value* day = reading.get(Symbol::kDay);
  if (!month || !day) return none();
  if (!of.element) return open(fmt::format("XXXX-{:02}-{:02}", month->a, day->a));
  return dated(date_of(of.element->first).year, month->a, day->a, of.expression.anchor);
}

Meaning Resolver::numeric(const Reading& reading) {
  const Value* value = reading.get(Symbol::kNumericDate);
  auto readings = numeric_readings(value->a, value->b, value->c, static_cast<char>(value->number));
  if (readings.empty()) return impossible("no such day");
  const NumericDate& first = readings.front();
  Meaning meaning = dated(first.year, first.month, first.day, TimeExpression::kNoAnchor);
  if (value->other == 1 && make_day(2000 + value->a, value->b, value->c % 100))
    readings.push_back({2000 + value->a, value->b, value->c % 100});  // the year first
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const Day day = day_of(readings[i].year, readings[i].month, readings[i].day);
    if (iso8601(day) != meaning.expression.value)
      meaning.expression.alternatives.push_back(iso8601(day));
  }
  return meaning;
}

Meaning Resolver::deictic(const Reading& reading) {
  if (!published_) return open("XXXX-XX-XX");
  const std::string_view word = scan_.text(reading.begin);
  int days = word == "yesterday" ? -1 : word == "tomorrow" ? 1 : 0;
  if (reading.rule->argument == "-2") days = -2;
  if (reading.rule->argument == "2") days = 2;
  return date(element_at(Grain::kDay, move(*published_, days, Unit::kDay)),
              TimeExpression::kPublished);
}

Meaning Resolver::weekday(const Reading& reading) {
  const Value* value = weekday_value(reading);
  if (!value) return none();
  if (!published_) return open(fmt::format("XXXX-WXX-{}", value->a));
  const int back = (weekday_of(*published_) - value->a + 7) % 7;
  const Direction way = direction(reading);
  const bool future = way == Direction::kFuture || way == Direction::kPresent;
  const int ahead = (7 - back) % 7;
  Meaning meaning =
      date(element_at(Grain::kDay, move(*published_, future ? ahead : -back, Unit::kDay)),
           TimeExpression::kPublished);
  if (back != 0 && (way == Direction::kUnknown || way == Direction::kPresent))
    meaning.expression.alternatives.push_back(
        iso8601(move(*published_, future ? -back : ahead, Unit::kDay)));
  return meaning;
}

Meaning Resolver::weekday_rel(const Reading& reading) {
  const Value* value = weekday_value(reading);
  if (!value) return none();
  if (!published_) return open(fmt::format("XXXX-WXX-{}", value->a));
  const int back = (weekday_of(*published_) - value->a + 7) % 7;
  const int relative = reading.rule->argument == "1"    ? 1
                       : reading.rule->argument == "-1" ? -1
                                                        : relative_of(reading, scan_);
  int days = -back;
  std::optional<int> other;
  if (relative < 0) {
    days = back == 0 ? -7 : -back;
  } else if (relative > 0) {
    days = back == 0 ? 7 : 7 - back;
    const int week_after = 7 - weekday_of(*published_) + value->a;  // the one in the next week
    if (week_after != days) other = week_after;
  } else {  // "this Friday": of this week
    days = value->a - weekday_of(*published_);
  }
  Meaning meaning = date(element_at(Grain::kDay, move(*published_, days, Unit::kDay)),
                         TimeExpression::kPublished);
  if (other)
    meaning.expression.alternatives.push_back(iso8601(move(*published_, *other, Unit::kDay)));
  return meaning;
}

Meaning Resolver::weekday_ana(const Reading& reading) {
  const Value* value = weekday_value(reading);
  const auto from = focus(Grain::kDay, reading);
  if (!value) return none();
  if (!from) return open(fmt::format("XXXX-WXX-{}", value->a));
  const Day day = from->element.first;
  const int relative = relative_of(reading, scan_);
  const int back = (weekday_of(day) - value->a + 7) % 7;
  const int days = relative > 0 ? 7 - back : (relative < 0 && back == 0 ? -7 : -back);
  return date(element_at(Grain::kDay, move(day, days, Unit::kDay)), from->anchor);
}

Meaning Resolver::weekday_of_week(const Reading& reading) {
  const Value* value = weekday_value(reading);
  if (!value) return none();
  const bool narrative = reading.get(Symbol::kRel) == nullptr;
  const auto from = narrative ? focus(Grain::kWeek, reading) : published(Grain::kDay);
  if (!from) return open(fmt::format("XXXX-WXX-{}", value->a));
  const Element week =
      step(element_at(Grain::kWeek, from->element.first), relative_of(reading, scan_));
  return date(element_at(Grain::kDay, move(week.first, value->a - 1, Unit::kDay)), from->anchor);
}

Meaning Resolver::day_shift(const Reading& reading) {
  Meaning base = reading.get(Symbol::kWeekday) ? weekday_rel(reading) : weekday(reading);
  if (!base.element) return base;
  const int days = reading.rule->argument == "1" ? 1 : -1;
  return date(element_at(Grain::kDay, move(base.element->first, days, Unit::kDay)),
              TimeExpression::kPublished);
}

Meaning Resolver::shift_from(const Reading& reading) {
  const Reading* inner = reading.inner();
  Meaning base = inner ? evaluate(*inner) : none();
  if (!base.element) return base;
  const Value* number = reading.get(Symbol::kNum);
  const int weeks = number ? static_cast<int>(std::min(number->number, 1e5)) : 1;
  return date(element_at(Grain::kDay, move(base.element->first, weeks, Unit::kWeek)),
              TimeExpression::kPublished);
}

std::optional<Day> Resolver::holiday_in(int year, std::uint32_t index) const {
  if (index >= lexicon_.holidays().size()) return std::nullopt;
  const HolidayRule& rule = lexicon_.holidays()[index].rule;
  switch (rule.kind) {
    case HolidayRule::Kind::kFixed:
      return day_of(year, rule.a, rule.b);
    case HolidayRule::Kind::kNth:
      return nth_weekday(year, rule.a, rule.b, rule.c) + std::chrono::days(rule.offset);
    case HolidayRule::Kind::kEaster:
      return easter(year) + std::chrono::days(rule.a);
    case HolidayRule::Kind::kOrthodox:
      return orthodox_easter(year) + std::chrono::days(rule.a);
  }
  return std::nullopt;
}

Meaning Resolver::holiday(const Reading& reading) {
  const auto index = static_cast<std::uint32_t>(reading.get(Symbol::kHoliday)->a);
  const auto on = [&](int year, int anchor) {
    const auto day = holiday_in(year, index);
    return day ? date(element_at(Grain::kDay, *day), anchor) : none();
  };
  if (const Value* year = reading.get(Symbol::kYear)) return on(year->a, TimeExpression::kNoAnchor);
  if (const Reading* year = reading.inner("relyear")) {
    const Meaning of = evaluate(*year);
    if (of.element) return on(date_of(of.element->first).year, of.expression.anchor);
  }
  if (!published_) {
    const HolidayRule& rule = lexicon_.holidays()[index].rule;
    if (rule.kind == HolidayRule::Kind::kFixed)
      return open(fmt::format("XXXX-{:02}-{:02}", rule.a, rule.b));
    return open("XXXX-XX-XX");
  }
  const Value* rel = reading.get(Symbol::kRel);
  const int this_year = date_of(*published_).year;
  const Direction way = rel ? (rel->a < 0   ? Direction::kPast
                               : rel->a > 0 ? Direction::kFuture
                                            : Direction::kUnknown)
                            : direction(reading);
  int best = this_year;
  long best_cost = -1;
  for (int year = this_year - 1; year <= this_year + 1; ++year) {
    const long distance = (*holiday_in(year, index) - *published_).count();
    long cost = distance < 0 ? -distance : distance;
    if (way == Direction::kPast && distance > 0) cost += rel ? 1000 : 300;
    if (way == Direction::kFuture && distance < 0) cost += rel ? 1000 : 300;
    if (rel && rel->a != 0 && distance == 0) cost += 1000;
    if (best_cost < 0 || cost < best_cost) {
      best = year;
      best_cost = cost;
    }
  }
  return on(best, TimeExpression::kPublished);
}

Meaning Resolver::resolve_day_after(int day, const Found& last) {
  if (!last.meaning.element) return none();
  const Date at = date_of(last.meaning.element->first);
  return dated(at.year, at.month, day, static_cast<int>(found_.size()) - 1);
}

}  // namespace dateline::times
