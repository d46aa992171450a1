#pragma once
// What a reading means: rules' actions, counted from the day of publication or from what the text
// spoke of before.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/times/calendar.h"
#include "dateline/times/direction.h"
#include "dateline/times/grammar.h"
#include "dateline/times/time_expression.h"

namespace dateline::times {

// The meaning of a reading, before it is placed in the text. `said` is false when the reading turns
// out to be no time expression.
struct Meaning {
  TimeExpression expression;       // all but the span
  std::optional<Element> element;  // where it names one stretch of the calendar
  bool said = true;
};

// An expression that was found, with what later ones may count from.
struct Found {
  Meaning meaning;
  std::uint32_t begin = 0, end = 0;  // atoms
};

// Resolves the readings of one text in order. Borrows all it is given. Not thread-safe.
class Resolver {
 public:
  Resolver(const Article& article, const Doc& doc, const Scan& scan, const Lexicon& lexicon);

  // The meaning of `reading`, which stands after all that was given to add().
  Meaning resolve(const Reading& reading);
  // "3-5" after "May": another day of the month of the last expression; "1998-99" likewise.
  Meaning resolve_day_after(int day, const Found& last);
  void add(Found found);
  [[nodiscard]] const std::vector<Found>& found() const { return found_; }

 private:
  using Action = Meaning (Resolver::*)(const Reading&);
  static Action action(std::string_view name);
  Meaning evaluate(const Reading& reading);
  struct Focus {
    Element element;
    int anchor;  // index of the expression, or kPublished
  };

  // What is counted from
  [[nodiscard]] std::optional<Focus> published(Grain grain) const;
  [[nodiscard]] std::optional<Focus> focus(Grain coarsest, const Reading& reading) const;
  [[nodiscard]] std::optional<Focus> focus_in_sentence(const Reading& reading) const;
  [[nodiscard]] std::optional<Element> quarter_focus() const;
  [[nodiscard]] bool sums_several_quarters(const Reading& reading) const;
  [[nodiscard]] Direction direction(const Reading& reading) const;
  [[nodiscard]] TokenSpan tokens(const Reading& reading) const;

  // Makers of meanings
  static Meaning date(const Element& element, int anchor = TimeExpression::kNoAnchor);
  static Meaning open(std::string value, TimeType type = TimeType::kDate);
  static Meaning none();
  static Meaning impossible(std::string reason);
  static Meaning span(double amount, Unit unit);
  Meaning dated(int year, int month, int day, int anchor);
  Meaning shifted(const Element& from, int anchor, double amount, Unit unit, int sign);
  Meaning near(const Element& this_year, const Reading& reading);
  void set_mod(Meaning& meaning, std::string_view mod) const;
  void take_mod(Meaning& meaning, const Reading& reading) const;
  void tell_fiscal(Meaning& meaning, const Reading& reading) const;

  // Actions, by family; the names are those of rules.tsv.
  Meaning pass(const Reading&);
  Meaning no_time(const Reading&);
  Meaning month_day(const Reading&);
  Meaning month_day_rel(const Reading&);
  Meaning numeric(const Reading&);
  Meaning deictic(const Reading&);
  Meaning weekday(const Reading&);
  Meaning weekday_rel(const Reading&);
  Meaning weekday_ana(const Reading&);
  Meaning weekday_of_week(const Reading&);
  Meaning day_shift(const Reading&);
  Meaning shift_from(const Reading&);
  Meaning holiday(const Reading&);
  Meaning rel(const Reading&);
  Meaning rel2(const Reading&);
  Meaning ana(const Reading&);
  Meaning the_unit(const Reading&);
  Meaning year(const Reading&);
  Meaning fiscal_year(const Reading&);
  Meaning fiscal_rel(const Reading&);
  Meaning month(const Reading&);
  Meaning month_year(const Reading&);
  Meaning month_rel(const Reading&);
  Meaning month_ana(const Reading&);
  Meaning decade(const Reading&);
  Meaning century(const Reading&);
  Meaning season(const Reading&);
  Meaning season_year(const Reading&);
  Meaning season_rel(const Reading&);
  Meaning season_ana(const Reading&);
  using SeasonOf = Meaning (Resolver::*)(int number, const Reading&);
  Meaning of_both_hemispheres(const Reading&, SeasonOf of);
  [[nodiscard]] bool is_southern(const Reading& reading) const;
  Meaning season_near(int number, const Reading&);
  Meaning season_of_year(int number, const Reading&);
  Meaning season_counted(int number, const Reading&);
  Meaning season_after(int number, const Reading&);
  Meaning quarter(const Reading&);
  Meaning quarter_year(const Reading&);
  Meaning quarter_focus_action(const Reading&);
  Meaning quarter_rel(const Reading&);
  Meaning quarter_ana(const Reading&);
  Meaning period_year(const Reading&);
  Meaning quarters_of(const Reading&);
  Meaning year_ago(const Reading&);
  Meaning half(const Reading&);
  Meaning week_of(const Reading&);
  Meaning year_end(const Reading&);
  Meaning end_of_unit(const Reading&);
  Meaning ago(const Reading&);
  Meaning ago_day(const Reading&);
  Meaning earlier(const Reading&);
  Meaning later(const Reading&);
  Meaning modify(const Reading&);
  Meaning modify_unit(const Reading&);
  Meaning approx(const Reading&);
  Meaning mod_after(const Reading&);
  Meaning prefix_year(const Reading&);
  Meaning part(const Reading&);
  Meaning part_rel(const Reading&);
  Meaning part_ana(const Reading&);
  Meaning part_bare(const Reading&);
  Meaning clock(const Reading&);
  Meaning clock_ana(const Reading&);
  Meaning hours_later(const Reading&);
  Meaning dur(const Reading&);
  Meaning dur_one(const Reading&);
  Meaning dur_range(const Reading&);
  Meaning dur_plus_half(const Reading&);
  Meaning half_of(const Reading&);
  Meaning dur_past(const Reading&);
  Meaning dur_vague(const Reading&);
  Meaning literal(const Reading&);
  Meaning ref(const Reading&);
  Meaning often(const Reading&);
  Meaning every(const Reading&);
  Meaning every_n(const Reading&);
  Meaning times_a(const Reading&);
  Meaning literal_set(const Reading&);
  Meaning set_seasons(const Reading&);

  Meaning vague_reference(double sign) const;
  Meaning counted(const Reading& reading, std::optional<Focus> from, int sign);
  [[nodiscard]] std::optional<Element> quarter_of_number(int number, const Reading& reading) const;
  [[nodiscard]] std::optional<Day> holiday_in(int year, std::uint32_t index) const;

  const Article& article_;
  const Doc& doc_;
  const Scan& scan_;
  const Lexicon& lexicon_;
  std::optional<Day> published_;
  std::vector<Found> found_;
  const Reading* top_ = nullptr;  // the reading that is being resolved
};

// -1, 0 or 1 and so on, of "last", "this", "next", "following" in a reading; 0 where none is said.
[[nodiscard]] int relative_in(const Reading& reading, const Scan& scan);

// The month that a reading names, in a group of its own or not, abbreviated or not; null for none.
[[nodiscard]] const Value* month_value(const Reading& reading);

}  // namespace dateline::times
