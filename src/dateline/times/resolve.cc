#include "dateline/times/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dateline::times {

Resolver::Resolver(const Article& article, const Doc& doc, const Scan& scan, const Lexicon& lexicon)
    : article_(article), doc_(doc), scan_(scan), lexicon_(lexicon) {
  if (article.published) published_ = article.published->day;
}

Resolver::Action Resolver::action(std::string_view name) {
  using Row = std::pair<std::string_view, Action>;
  static constexpr std::array kActions{
      Row{"pass", &Resolver::pass},
      Row{"none", &Resolver::no_time},
      Row{"month_day", &Resolver::month_day},
      Row{"month_day_rel", &Resolver::month_day_rel},
      Row{"numeric", &Resolver::numeric},
      Row{"deictic", &Resolver::deictic},
      Row{"weekday", &Resolver::weekday},
      Row{"weekday_rel", &Resolver::weekday_rel},
      Row{"weekday_ana", &Resolver::weekday_ana},
      Row{"weekday_of_week", &Resolver::weekday_of_week},
      Row{"day_shift", &Resolver::day_shift},
      Row{"shift_from", &Resolver::shift_from},
      Row{"holiday", &Resolver::holiday},
      Row{"rel", &Resolver::rel},
      Row{"rel2", &Resolver::rel2},
      Row{"ana", &Resolver::ana},
      Row{"the_unit", &Resolver::the_unit},
      Row{"year", &Resolver::year},
      Row{"fiscal_year", &Resolver::fiscal_year},
      Row{"fiscal_rel", &Resolver::fiscal_rel},
      Row{"month", &Resolver::month},
      Row{"month_year", &Resolver::month_year},
      Row{"month_relyear", &Resolver::month_year},
      Row{"month_rel", &Resolver::month_rel},
      Row{"month_ana", &Resolver::month_ana},
      Row{"decade", &Resolver::decade},
      Row{"century", &Resolver::century},
      Row{"season", &Resolver::season},
      Row{"season_year", &Resolver::season_year},
      Row{"season_relyear", &Resolver::season_year},
      Row{"season_rel", &Resolver::season_rel},
      Row{"season_ana", &Resolver::season_ana},
      Row{"quarter", &Resolver::quarter},
      Row{"quarter_year", &Resolver::quarter_year},
      Row{"quarter_relyear", &Resolver::quarter_year},
      Row{"quarter_latest", &Resolver::quarter_focus_action},
      Row{"quarter_focus", &Resolver::quarter_focus_action},
      Row{"period_focus", &Resolver::quarter_focus_action},
      Row{"quarter_rel", &Resolver::quarter_rel},
      Row{"quarter_ana", &Resolver::quarter_ana},
      Row{"period_year", &Resolver::period_year},
      Row{"quarters_of", &Resolver::quarters_of},
      Row{"year_ago", &Resolver::year_ago},
      Row{"half", &Resolver::half},
      Row{"week_of", &Resolver::week_of},
      Row{"year_end", &Resolver::year_end},
      Row{"end_of_unit", &Resolver::end_of_unit},
      Row{"ago", &Resolver::ago},
      Row{"vague_ago", &Resolver::dur_vague},
      Row{"ago_day", &Resolver::ago_day},
      Row{"earlier", &Resolver::earlier},
      Row{"later", &Resolver::later},
      Row{"modify", &Resolver::modify},
      Row{"modify_unit", &Resolver::modify_unit},
      Row{"approx", &Resolver::approx},
      Row{"modify_none", &Resolver::pass},
      Row{"mod_after", &Resolver::mod_after},
      Row{"prefix_year", &Resolver::prefix_year},
      Row{"part", &Resolver::part},
      Row{"part_rel", &Resolver::part_rel},
      Row{"part_ana", &Resolver::part_ana},
      Row{"part_bare", &Resolver::part_bare},
      Row{"clock", &Resolver::clock},
      Row{"clock_ana", &Resolver::clock_ana},
      Row{"hours_later", &Resolver::hours_later},
      Row{"dur", &Resolver::dur},
      Row{"dur_one", &Resolver::dur_one},
      Row{"dur_range", &Resolver::dur_range},
      Row{"dur_half", &Resolver::dur_plus_half},
      Row{"dur_plus_half", &Resolver::dur_plus_half},
      Row{"half_of", &Resolver::half_of},
      Row{"dur_past", &Resolver::dur_past},
      Row{"dur_past_unit", &Resolver::dur_past},
      Row{"dur_vague", &Resolver::dur_vague},
      Row{"literal", &Resolver::literal},
      Row{"ref", &Resolver::ref},
      Row{"often", &Resolver::often},
      Row{"every", &Resolver::every},
      Row{"every_other", &Resolver::every_n},
      Row{"every_n", &Resolver::every_n},
      Row{"times_a", &Resolver::times_a},
      Row{"literal_set", &Resolver::literal_set},
      Row{"rate", &Resolver::every},
      Row{"set_seasons", &Resolver::set_seasons},
  };
  for (const auto& [key, function] : kActions)
    if (key == name) return function;
  return &Resolver::no_time;
}

Meaning Resolver::resolve(const Reading& reading) {
  top_ = &reading;
  return evaluate(reading);
}

Meaning Resolver::evaluate(const Reading& reading) {
  return (this->*action(reading.rule->action))(reading);
}

void Resolver::add(Found found) { found_.push_back(std::move(found)); }

TokenSpan Resolver::tokens(const Reading& reading) const {
  return {scan_[reading.begin].token, scan_[reading.end - 1].token + 1};
}

Direction Resolver::direction(const Reading& reading) const {
  return direction_of(doc_, tokens(top_ ? *top_ : reading));
}

// ---- what is counted from ----------------------------------------------------------------------

std::optional<Resolver::Focus> Resolver::published(Grain grain) const {
  if (!published_) return std::nullopt;
  return Focus{element_at(grain, *published_), TimeExpression::kPublished};
}

std::optional<Resolver::Focus> Resolver::focus(Grain coarsest, const Reading&) const {
  for (std::size_t i = found_.size(); i-- > 0;) {
    const auto& element = found_[i].meaning.element;
    if (!element || element->grain > coarsest) continue;
    if (coarsest == Grain::kDay &&
        dates_telling(doc_, {scan_[found_[i].begin].token, scan_[found_[i].end - 1].token + 1}))
      continue;  // "relatives said Monday"
    // "This morning" in somebody's mouth does not move the story on.
    if (scan_.text(found_[i].begin) == "this" || scan_.text(found_[i].begin) == "today") continue;
    return Focus{*element, static_cast<int>(i)};
  }
  return published(Grain::kDay);
}

std::optional<Resolver::Focus> Resolver::focus_in_sentence(const Reading& reading) const {
  const std::uint32_t sentence = doc_[scan_[reading.begin].token].sentence;
  for (std::size_t i = found_.size(); i-- > 0;) {
    const auto& found = found_[i];
    if (doc_[scan_[found.begin].token].sentence + 1 < sentence) break;
    if (found.meaning.element) return Focus{*found.meaning.element, static_cast<int>(i)};
  }
  return std::nullopt;
}

// The quarter a report is about: the last one spoken of that had begun and is not a year old.
std::optional<Element> Resolver::quarter_focus() const {
  for (std::size_t i = found_.size(); i-- > 0;) {
    const auto& element = found_[i].meaning.element;
    if (!element || element->grain != Grain::kQuarter) continue;
    if (!published_) return element;
    const auto since = (*published_ - interval_of(*element).end->day).count();
    if (since >= -15 && since < 230) return element;
  }
  return std::nullopt;
}

// "For the nine months …, a year earlier": not one quarter of a year before.
bool Resolver::sums_several_quarters(const Reading& reading) const {
  const std::uint32_t sentence = doc_[scan_[reading.begin].token].sentence;
  for (std::size_t i = found_.size(); i-- > 0;) {
    if (doc_[scan_[found_[i].begin].token].sentence != sentence) return false;
    const TimeExpression& other = found_[i].meaning.expression;
    if (other.type == TimeType::kDuration)
      return other.value == "P9M" || other.value == "P6M" || other.value == "P1Y";
    if (found_[i].meaning.element && found_[i].meaning.element->grain == Grain::kQuarter)
      return false;
  }
  return false;
}

// ---- makers ------------------------------------------------------------------------------------

Meaning Resolver::date(const Element& element, int anchor) {
  Meaning meaning;
  meaning.element = element;
  meaning.expression.type = element.grain <= Grain::kPart ? TimeType::kTime : TimeType::kDate;
  meaning.expression.value = value_of(element);
  meaning.expression.interval = interval_of(element);
  meaning.expression.anchor = anchor;
  return meaning;
}

Meaning Resolver::open(std::string value, TimeType type) {
  Meaning meaning;
  meaning.expression.type = type;
  meaning.expression.value = std::move(value);
  return meaning;
}

Meaning Resolver::none() {
  Meaning meaning;
  meaning.said = false;
  return meaning;
}

Meaning Resolver::impossible(std::string reason) {
  Meaning meaning;
  meaning.expression.reason = std::move(reason);
  return meaning;
}

Meaning Resolver::span(double amount, Unit unit) {
  return open(duration_value(amount, unit), TimeType::kDuration);
}

Meaning Resolver::dated(int year, int month, int day, int anchor) {
  const auto made = make_day(year, month, day);
  if (!made) return impossible("no such day");
  return date({.grain = Grain::kDay, .first = *made}, anchor);
}

void Resolver::set_mod(Meaning& meaning, std::string_view mod) const {
  meaning.expression.mod = mod;
  if (meaning.element && (mod == "START" || mod == "MID" || mod == "END"))
    meaning.expression.interval = third_of(*meaning.element, mod);
}

void Resolver::take_mod(Meaning& meaning, const Reading& reading) const {
  for (const Capture& capture : reading.captures)
    if (capture.group && capture.group->rule->group == "mod")
      meaning.expression.mod = capture.group->rule->argument;
  if (const Value* early = reading.get(Symbol::kEarly)) set_mod(meaning, early->code);
  const Value* number = reading.get(Symbol::kNum);
  if (number && number->approx && meaning.expression.mod.empty()) meaning.expression.mod = "APPROX";
  for (std::uint32_t at = reading.begin; at + 1 < reading.end; ++at)
    if (scan_.text(at) == "or" && (scan_.text(at + 1) == "so" || scan_.text(at + 1) == "less" ||
                                   scan_.text(at + 1) == "more" || scan_.text(at + 1) == "two"))
      meaning.expression.mod = "APPROX";
}

// The element of this name nearest to the day of publication in the direction that the text tells;
// `this_year` is the one in the year of publication.
Meaning Resolver::near(const Element& this_year, const Reading& reading) {
  const Direction way = direction(reading);
  const int years = 1;
  Element best = this_year, other = this_year;
  long best_cost = -1, other_cost = -1;
  const bool months = this_year.grain == Grain::kMonth;
  const bool happened = happened_then(doc_, tokens(top_ ? *top_ : reading));
  for (int shift = -years; shift <= years; ++shift) {
    Element candidate = this_year;
    candidate.first = move(this_year.first, shift, Unit::kYear);
    long distance = (candidate.first - *published_).count();
    if (months && distance < 0) distance = std::min(0L, distance + 30);
    long cost = distance < 0 ? -distance : distance;
    const bool past = way == Direction::kPast;
    if (past && distance > 0) cost += happened ? 400 : months ? 230 : 170;
    // Where nothing tells, news is rather of what was.
    if (way == Direction::kUnknown && distance > 0) cost += 60;
    if (way == Direction::kFuture && distance < 0) cost += months ? 400 : 240;
    if (best_cost < 0 || cost < best_cost) {
      other = best;
      other_cost = best_cost;
      best = candidate;
      best_cost = cost;
    } else if (other_cost < 0 || cost < other_cost) {
      other = candidate;
      other_cost = cost;
    }
  }
  Meaning meaning = date(best, TimeExpression::kPublished);
  if (way == Direction::kUnknown && other_cost < best_cost + 120)
    meaning.expression.alternatives.push_back(value_of(other));
  return meaning;
}

Meaning Resolver::pass(const Reading& reading) {
  const Reading* inner = reading.inner();
  return inner ? evaluate(*inner) : none();
}

Meaning Resolver::no_time(const Reading&) { return none(); }

Meaning Resolver::vague_reference(double sign) const {
  return open(sign < 0 ? "PAST_REF" : "FUTURE_REF");
}

Meaning Resolver::literal(const Reading& reading) {
  return open(std::string(reading.rule->argument), TimeType::kDuration);
}

Meaning Resolver::ref(const Reading& reading) { return open(std::string(reading.rule->argument)); }

// ---- ago, earlier, later -----------------------------------------------------------------------

namespace {

const Value* unit_value(const Reading& reading) {
  const Value* unit = reading.get(Symbol::kUnit);
  return unit ? unit : reading.get(Symbol::kUnits);
}

}  // namespace

Meaning Resolver::shifted(const Element& from, int anchor, double amount, Unit unit, int sign) {
  const int whole = static_cast<int>(std::min(amount, 1e6));
  if (unit < Unit::kDay) {
    if (amount >= 24 && unit == Unit::kHour)
      return date(element_at(Grain::kDay, move(from.first, sign * whole, unit)), anchor);
    Meaning meaning = open(fmt::format("{}TXX", iso8601(from.first)), TimeType::kTime);
    meaning.element = element_at(Grain::kDay, from.first);
    meaning.expression.interval = interval_of(*meaning.element);
    meaning.expression.anchor = anchor;
    return meaning;
  }
  Grain grain = unit >= Unit::kYear ? Grain::kYear : grain_of(unit);
  if (from.grain == Grain::kQuarter && unit == Unit::kYear) grain = Grain::kQuarter;
  Day day = move(from.first, sign * whole, unit);
  if (amount != whole && unit == Unit::kYear) day = move(day, sign * 6, Unit::kMonth);
  return date(element_at(grain, day), anchor);
}

Meaning Resolver::counted(const Reading& reading, std::optional<Focus> from, int sign) {
  const Value* unit_code = unit_value(reading);
  const auto unit = unit_code ? unit_of(unit_code->code) : std::nullopt;
  if (!unit) return none();
  const Value* number = reading.get(Symbol::kNum);
  if (number && number->vague) {
    const bool narrative = reading.rule->action != "ago";
    return narrative ? span(-1, *unit) : vague_reference(sign);
  }
  const double amount = number ? number->number : 1;
  if (!from) return open("XXXX");
  Meaning meaning = shifted(from->element, from->anchor, amount, *unit, sign);
  take_mod(meaning, reading);
  return meaning;
}

Meaning Resolver::ago(const Reading& reading) {
  const Value* unit = unit_value(reading);
  const bool one = !reading.get(Symbol::kNum) || reading.get(Symbol::kNum)->number == 1;
  const auto quarter = sums_several_quarters(reading) ? std::nullopt : quarter_focus();
  if (unit && unit->code == "Y" && one && quarter) {
    Meaning meaning = date(step(*quarter, -4), TimeExpression::kPublished);
    meaning.expression.alternatives.push_back(
        value_of(step(element_at(Grain::kYear, quarter->first), -1)));
    return meaning;
  }
  return counted(reading, published(Grain::kDay), -1);
}

// "20 years ago today", "two years ago this month".
Meaning Resolver::ago_day(const Reading& reading) {
  if (!published_) return open("XXXX-XX-XX");
  const Reading* inner = reading.inner();
  std::optional<Element> from = element_at(Grain::kDay, *published_);
  for (std::uint32_t at = reading.begin; at < reading.end; ++at) {
    if (scan_.text(at) == "yesterday") from->first -= std::chrono::days(1);
    const auto unit = scan_.match(Symbol::kUnit, at);
    if (unit && at > reading.begin + 1 && scan_.text(at - 1) == "this")
      from = element_at(grain_of(*unit_of(unit->value.code)), *published_);
  }
  if (inner) {
    const Value* number = inner->get(Symbol::kMonth);
    if (!number) number = inner->get(Symbol::kMonthAbbr);
    if (number) from = month_element(date_of(*published_).year, number->a);
  }
  if (const Value* weekday = reading.get(Symbol::kWeekday))
    from->first -= std::chrono::days((weekday_of(*published_) - weekday->a + 7) % 7);
  const Value* unit_code = unit_value(reading);
  const Value* number = reading.get(Symbol::kNum);
  const auto unit = unit_code ? unit_of(unit_code->code) : std::nullopt;
  if (!unit || (number && number->vague)) return vague_reference(-1);
  const int steps = number ? static_cast<int>(std::min(number->number, 1e6)) : 1;
  return date(element_at(from->grain, move(from->first, -steps, *unit)),
              TimeExpression::kPublished);
}

Meaning Resolver::earlier(const Reading& reading) {
  const Value* unit = unit_value(reading);
  const bool years = unit && unit->code == "Y";
  const bool one = !reading.get(Symbol::kNum) || reading.get(Symbol::kNum)->number == 1;
  if (years && one) {
    if (sums_several_quarters(reading)) return counted(reading, published(Grain::kYear), -1);
    if (quarter_focus()) return ago(reading);
  }
  auto from = focus_in_sentence(reading);
  if (!from || (years && from->element.grain == Grain::kQuarter))
    from = focus(Grain::kYear, reading);
  return counted(reading, from, -1);
}

Meaning Resolver::later(const Reading& reading) {
  const bool from_now =
      scan_.text(reading.end - 2) == "from" || scan_.text(reading.end - 1) == "hence";
  auto from = from_now ? published(Grain::kDay) : focus(Grain::kYear, reading);
  if (from_now && scan_.text(reading.end - 1) == "tomorrow" && from)
    from->element.first += std::chrono::days(1);
  Meaning meaning = counted(reading, from, 1);
  // Told of the past it cannot lie ahead: "108 years later it is over" is now.
  if (!from_now && published_ && meaning.element && meaning.element->first > *published_ &&
      direction(reading) != Direction::kFuture)
    return date(element_at(meaning.element->grain, *published_), TimeExpression::kPublished);
  return meaning;
}

Meaning Resolver::hours_later(const Reading& reading) {
  const bool before =
      scan_.text(reading.end - 1) == "earlier" || scan_.text(reading.end - 1) == "before";
  return counted(reading, focus(Grain::kDay, reading), before ? -1 : 1);
}

}  // namespace dateline::times
