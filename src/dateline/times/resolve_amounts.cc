// Resolver: times of day, durations, sets.
#include <fmt/format.h>

#include <algorithm>

#include "dateline/times/resolve.h"

namespace dateline::times {
namespace {

const Value* part_in(const Reading& reading) {
  const Value* part = reading.get(Symbol::kPart);
  return part ? part : reading.get(Symbol::kPartWord);
}

std::string_view part_code(const Reading& reading, const Scan& scan) {
  if (const Value* part = part_in(reading)) return part->code;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at) {
    const std::string_view word = scan.text(at);
    if (word == "overnight" || word == "tonight" || word == "night") return "NI";
    if (word == "evening") return "EV";
    if (const auto shape = scan.match(Symbol::kPartWord, at)) return shape->value.code;
  }
  return "NI";
}

std::optional<Unit> unit_in(const Reading& reading, const Scan& scan) {
  const Value* value = reading.get(Symbol::kUnit);
  if (!value) value = reading.get(Symbol::kUnits);
  if (value) return unit_of(value->code);
  for (std::uint32_t at = reading.end; at-- > reading.begin;) {
    auto unit = scan.match(Symbol::kUnit, at);
    if (!unit) unit = scan.match(Symbol::kUnits, at);
    if (unit) return unit_of(unit->value.code);
  }
  return std::nullopt;
}

}  // namespace

// ---- parts of the day --------------------------------------------------------------------------

Meaning Resolver::part(const Reading& reading) {
  const Reading* inner = reading.inner();
  const Meaning of = inner ? evaluate(*inner) : none();
  const std::string_view code = part_code(reading, scan_);
  if (!of.said) return none();
  if (!of.element)
    return open(fmt::format("{}T{}",
                            of.expression.value.empty() ? "XXXX-XX-XX" : of.expression.value, code),
                TimeType::kTime);
  if (of.element->grain != Grain::kDay) return none();
  Meaning meaning =
      date({.grain = Grain::kPart, .first = of.element->first, .part = code}, of.expression.anchor);
  for (const std::string& other : of.expression.alternatives)
    meaning.expression.alternatives.push_back(fmt::format("{}T{}", other, code));
  if (const Value* early = reading.get(Symbol::kEarly)) meaning.expression.mod = early->code;
  return meaning;
}

Meaning Resolver::part_rel(const Reading& reading) {
  const std::string_view code = part_code(reading, scan_);
  if (!published_) return open(fmt::format("XXXX-XX-XXT{}", code), TimeType::kTime);
  const int days = reading.rule->argument == "-1" ? -1 : 0;
  Meaning meaning =
      date({.grain = Grain::kPart, .first = move(*published_, days, Unit::kDay), .part = code},
           TimeExpression::kPublished);
  const Value* early = reading.get(Symbol::kEarly);
  if (!early) early = reading.get(Symbol::kEarlier);
  if (early) meaning.expression.mod = early->code;
  return meaning;
}

Meaning Resolver::part_ana(const Reading& reading) {
  const std::string_view code = part_code(reading, scan_);
  const auto from = focus(Grain::kDay, reading);
  if (!from) return open(fmt::format("XXXX-XX-XXT{}", code), TimeType::kTime);
  const Value* ana = reading.get(Symbol::kAna);
  int days = ana ? ana->a : 0;
  const std::string_view last = scan_.text(reading.end - 1);
  if (last == "before") days = -1;
  if (last == "after") days = 1;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at)
    if (scan_.text(at) == "next") days = 1;
  return date(
      {.grain = Grain::kPart, .first = move(from->element.first, days, Unit::kDay), .part = code},
      from->anchor);
}

// "in the morning", "overnight", "at midday": of the day in focus.
Meaning Resolver::part_bare(const Reading& reading) {
  const std::string_view code = part_code(reading, scan_);
  auto from = focus_in_sentence(reading);
  if (!from || from->element.grain > Grain::kDay) from = focus(Grain::kDay, reading);
  if (!from) return open(fmt::format("XXXX-XX-XXT{}", code), TimeType::kTime);
  Day day = from->element.first;
  if (scan_.text(reading.begin) == "overnight" && from->anchor == TimeExpression::kPublished)
    day = move(day, -1, Unit::kDay);
  Meaning meaning = date({.grain = Grain::kPart, .first = day, .part = code}, from->anchor);
  if (const Value* early = reading.get(Symbol::kEarly)) meaning.expression.mod = early->code;
  return meaning;
}

Meaning Resolver::clock(const Reading& reading) {
  const Reading* inner = reading.inner("clock");
  const Value* value = inner ? inner->get(Symbol::kClock) : nullptr;
  if (!value && inner) value = inner->get(Symbol::kNoon);
  if (!value) return none();
  int minute = value->a;
  const Value* part = part_in(reading);
  if (part && part->code != "MO" && minute < 720 && minute >= 60) minute += 720;
  const Reading* day = reading.inner("day");
  Meaning of = day ? evaluate(*day) : none();
  if (!day) {
    const auto from = focus(Grain::kDay, reading);
    if (from) of = date(element_at(Grain::kDay, from->element.first), from->anchor);
  }
  if (!of.element)
    return open(fmt::format("XXXX-XX-XXT{:02}:{:02}", minute / 60, minute % 60), TimeType::kTime);
  Element element{.grain = Grain::kMinute, .first = of.element->first, .minute = minute};
  if (const Value* zone = inner->get(Symbol::kZone)) element.zone = zone->a;
  Meaning meaning = date(element, of.expression.anchor);
  for (const std::string& other : of.expression.alternatives)
    meaning.expression.alternatives.push_back(
        fmt::format("{}T{:02}:{:02}", other, minute / 60, minute % 60));
  take_mod(meaning, reading);
  return meaning;
}

// "2:30 the next day".
Meaning Resolver::clock_ana(const Reading& reading) {
  Meaning meaning = clock(reading);
  if (!meaning.element) return meaning;
  const Value* ana = reading.get(Symbol::kAna);
  Element element = *meaning.element;
  element.first = move(element.first, ana ? ana->a : 1, Unit::kDay);
  return date(element, meaning.expression.anchor);
}

// ---- durations ---------------------------------------------------------------------------------

Meaning Resolver::dur(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  const Value* number = reading.get(Symbol::kNum);
  if (!unit || !number) return none();
  Meaning meaning = span(number->vague ? -1 : number->number, *unit);
  take_mod(meaning, reading);
  return meaning;
}

Meaning Resolver::dur_one(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  Meaning meaning = span(1, *unit);
  take_mod(meaning, reading);
  return meaning;
}

Meaning Resolver::dur_range(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  const Value* first = reading.get(Symbol::kNum);
  const Value* second = reading.get(Symbol::kNum, 1);
  if (!unit || !first || !second) return none();
  Meaning meaning = span(first->vague ? -1 : first->number, *unit);
  meaning.expression.mod = "APPROX";
  meaning.expression.alternatives.push_back(
      duration_value(second->vague ? -1 : second->number, *unit));
  return meaning;
}

Meaning Resolver::dur_plus_half(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  const Value* number = reading.get(Symbol::kNum);
  if (!unit) return none();
  Meaning meaning = span((number ? number->number : 1) + 0.5, *unit);
  take_mod(meaning, reading);
  return meaning;
}

Meaning Resolver::half_of(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  Meaning meaning = *unit == Unit::kDay ? open("PT12H", TimeType::kDuration) : span(0.5, *unit);
  take_mod(meaning, reading);
  return meaning;
}

// "the past two months": anchored at the day of publication, where the words say on which side.
Meaning Resolver::dur_past(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  const Value* number = reading.get(Symbol::kNum);
  if (!unit) return none();
  Meaning meaning = span(!number ? 1 : number->vague ? -1 : number->number, *unit);
  take_mod(meaning, reading);
  int side = 0;
  for (std::uint32_t at = reading.begin; at < reading.end; ++at) {
    const std::string_view word = scan_.text(at);
    if (word == "past" || word == "last") side = -1;
    if (word == "next" || word == "coming") side = 1;
  }
  if (!published_ || side == 0 || (number && number->vague) || *unit < Unit::kDay) return meaning;
  const int count = number ? static_cast<int>(std::min(number->number, 1e6)) : 1;
  const TimePoint now{.day = *published_}, then{.day = move(*published_, side * count, *unit)};
  meaning.expression.interval = side < 0 ? Interval{then, now} : Interval{now, then};
  meaning.expression.anchor = TimeExpression::kPublished;
  return meaning;
}

Meaning Resolver::dur_vague(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  if (!unit) return none();
  return span(-1, *unit);
}

// ---- sets --------------------------------------------------------------------------------------

Meaning Resolver::often(const Reading& reading) {
  Meaning meaning = open(std::string(reading.get(Symbol::kOften)->code), TimeType::kSet);
  meaning.expression.quant = "EVERY";
  return meaning;
}

Meaning Resolver::every(const Reading& reading) {
  std::string value;
  const Value* weekday = reading.get(Symbol::kWeekday);
  if (!weekday) weekday = reading.get(Symbol::kWeekdays);
  const Value* part = part_in(reading);
  if (!part) part = reading.get(Symbol::kParts);
  if (weekday) {
    value = fmt::format("XXXX-WXX-{}", weekday->a);
    if (part) value += fmt::format("T{}", part->code);
  } else if (const Value* month = reading.get(Symbol::kMonth)) {
    value = fmt::format("XXXX-{:02}", month->a);
  } else if (const Value* season = reading.get(Symbol::kSeason)) {
    value = fmt::format("XXXX-{}", season->code);
  } else if (part) {
    value = fmt::format("XXXX-XX-XXT{}", part->code);
  } else if (const auto unit = unit_in(reading, scan_)) {
    value = *unit == Unit::kWeekend ? "XXXX-WXX-WE" : duration_value(1, *unit);
  } else {
    value = "P1Y";  // every Christmas
  }
  Meaning meaning = open(std::move(value), TimeType::kSet);
  meaning.expression.quant = scan_.text(reading.begin) == "each" ? "EACH" : "EVERY";
  return meaning;
}

Meaning Resolver::every_n(const Reading& reading) {
  const auto unit = unit_in(reading, scan_);
  const Value* number = reading.get(Symbol::kNum);
  const bool other =
      scan_.text(reading.begin + 1) == "other" || scan_.text(reading.begin + 1) == "second";
  Meaning meaning;
  if (unit)
    meaning = span(number ? (number->vague ? -1 : number->number) : other ? 2 : 1, *unit);
  else
    meaning = every(reading);
  meaning.expression.type = TimeType::kSet;
  meaning.expression.quant = other ? "EVERY OTHER" : "EVERY";
  return meaning;
}

Meaning Resolver::times_a(const Reading& reading) {
  const Value* times = reading.get(Symbol::kTimesWord);
  const Value* count = reading.get(Symbol::kNum, times ? 0 : 1);
  if (!times) times = reading.get(Symbol::kNum);
  Meaning meaning;
  if (const Value* adverb = reading.get(Symbol::kOften))
    meaning = open(std::string(adverb->code), TimeType::kSet);
  else if (const auto unit = unit_in(reading, scan_))
    meaning = span(count ? count->number : 1, *unit);
  else
    return literal_set(reading);
  meaning.expression.type = TimeType::kSet;
  if (times && !times->vague) meaning.expression.freq = fmt::format("{:.0f}X", times->number);
  return meaning;
}

Meaning Resolver::literal_set(const Reading& reading) {
  Meaning meaning = open(std::string(reading.rule->argument), TimeType::kSet);
  meaning.expression.quant = "EVERY";
  return meaning;
}

Meaning Resolver::set_seasons(const Reading& reading) {
  const Value* season = reading.get(Symbol::kSeasons);
  return open(fmt::format("XXXX-{}", season ? season->code : "SU"), TimeType::kSet);
}

}  // namespace dateline::times
