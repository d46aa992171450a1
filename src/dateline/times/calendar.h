#pragma once
// The calendar that values are counted on: stretches of it (Element), how they are written as
// TIMEX3 values, which interval they cover, and how one moves along it. Proleptic Gregorian, ISO
// weeks.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/time_point.h"

namespace dateline::times {

using Day = std::chrono::sys_days;

// Units of durations and of steps, finest first.
enum class Unit : std::uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury,
  kMillennium
};

// How large a stretch of the calendar is; finest first.
enum class Grain : std::uint8_t {
  kMinute,
  kPart,  // of a day: morning, night
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kSeason,
  kHalf,
  kYear,
  kDecade,
  kCentury
};

// One named stretch of the calendar. `first` is its first day (the Saturday of a weekend, the first
// of December of a winter); `minute` and `part` belong to kMinute and kPart.
struct Element {
  Grain grain = Grain::kDay;
  Day first{};
  std::int32_t minute = 0;             // of the day, 0 to 1440 (midnight at its end)
  std::optional<std::int32_t> zone{};  // minutes east of UTC
  std::string_view part{};             // TIMEX3 code: "MO", "NI"; borrows a static table

  friend bool operator==(const Element&, const Element&) = default;
};

struct Date {
  int year = 0, month = 0, day = 0;
};

[[nodiscard]] Date date_of(Day day);
[[nodiscard]] int weekday_of(Day day);  // 1 Monday to 7 Sunday
// The day clamped to years 1 to 9999: stepping over the edge is no error in a text.
[[nodiscard]] Day day_of(int year, int month, int day);
[[nodiscard]] int days_in_month(int year, int month);

// The element of size `grain` that holds `day`. A season is of the north; its winter begins in
// December.
[[nodiscard]] Element element_at(Grain grain, Day day);
[[nodiscard]] Element year_element(int year);
// number: 1 to 12, 1 to 4, 1 to 2; season 0 spring to 3 winter.
[[nodiscard]] Element month_element(int year, int month);
[[nodiscard]] Element quarter_element(int year, int quarter);
[[nodiscard]] Element half_element(int year, int half);
[[nodiscard]] Element season_element(int year, int season);

[[nodiscard]] int number_of_season(
    std::string_view code);  // "SP" 0, "SU" 1, "FA" 2, "WI" 3; else -1
[[nodiscard]] Grain grain_of(Unit unit);
[[nodiscard]] std::optional<Unit> unit_of(std::string_view code);  // code of words.tsv: "MI", "DE"

// `element` moved by `steps` of its own grain: the month before, the next week.
[[nodiscard]] Element step(const Element& element, int steps);
// `day` moved by whole units; a day that the month lacks becomes its last one.
[[nodiscard]] Day move(Day day, int steps, Unit unit);

// TIMEX3 value: "2021", "2021-02", "2021-W07", "2021-Q3", "2021-SU", "198", "2021-02-20TNI".
[[nodiscard]] std::string value_of(const Element& element);
[[nodiscard]] Interval interval_of(const Element& element);
// The third of it that START, MID or END names; the element's own interval for days and less.
[[nodiscard]] Interval third_of(const Element& element, std::string_view mod);

// TIMEX3 duration: 2.5 years is P2Y6M. `amount` below 0 is unknown: PXY.
[[nodiscard]] std::string duration_value(double amount, Unit unit);

[[nodiscard]] Day easter(int year);           // western
[[nodiscard]] Day orthodox_easter(int year);  // as a Gregorian day
// The n-th `weekday` of the month; n = -1 is the last.
[[nodiscard]] Day nth_weekday(int year, int month, int weekday, int n);

}  // namespace dateline::times
