#include "dateline/times/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace dateline::times {
namespace {

constexpr int kFirstYear = 1, kLastYear = 9998;

struct IsoWeek {
  int year, week;
};

// ISO 8601: the week belongs to the year of its Thursday.
IsoWeek iso_week(Day day) {
  const Day thursday = day + std::chrono::days(4 - weekday_of(day));
  const int year = date_of(thursday).year;
  const auto since = (thursday - day_of(year, 1, 1)).count();
  return {year, static_cast<int>(since / 7) + 1};
}

int months_of(Grain grain) {
  switch (grain) {
    case Grain::kMonth:
      return 1;
    case Grain::kQuarter:
    case Grain::kSeason:
      return 3;
    case Grain::kHalf:
      return 6;
    case Grain::kYear:
      return 12;
    case Grain::kDecade:
      return 120;
    case Grain::kCentury:
      return 1200;
    case Grain::kMinute:
    case Grain::kPart:
    case Grain::kDay:
    case Grain::kWeekend:
    case Grain::kWeek:
      return 0;
  }
  return 0;
}

int days_of(Grain grain) {
  if (grain == Grain::kWeek || grain == Grain::kWeekend) return 7;
  return 1;
}

Day add_months(Day day, int months) {
  const Date date = date_of(day);
  const int index = date.year * 12 + date.month - 1 + months;
  const int year = index >= 0 ? index / 12 : -1;
  const int month = index >= 0 ? index % 12 + 1 : 1;
  return day_of(year, month, std::min(date.day, days_in_month(year, month)));
}

Day end_of(const Element& element) {
  if (element.grain == Grain::kWeekend) return element.first + std::chrono::days(2);
  const int months = months_of(element.grain);
  if (months > 0) return add_months(element.first, months);
  return element.first + std::chrono::days(days_of(element.grain));
}

TimePoint at(Day day, int minute) {
  TimePoint point{.day = day};
  if (minute >= 1440) {
    point.day += std::chrono::days(1);
    minute -= 1440;
  }
  point.minute = minute;
  return point;
}

struct PartHours {
  std::string_view code;
  int begin, end;  // hours; end may lie on the next day
};

constexpr std::array kParts{PartHours{"MO", 0, 12},  PartHours{"MI", 11, 13},
                            PartHours{"AF", 12, 18}, PartHours{"EV", 18, 24},
                            PartHours{"NI", 18, 30}, PartHours{"DT", 6, 18}};

Interval part_interval(const Element& element) {
  for (const PartHours& part : kParts)
    if (part.code == element.part)
      return {at(element.first, part.begin * 60), at(element.first, part.end * 60)};
  return {TimePoint{.day = element.first}, TimePoint{.day = element.first + std::chrono::days(1)}};
}

}  // namespace

Date date_of(Day day) {
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int weekday_of(Day day) { return static_cast<int>(std::chrono::weekday(day).iso_encoding()); }

int days_in_month(int year, int month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year(year),
      std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month)))};
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

Day day_of(int year, int month, int day) {
  year = std::clamp(year, kFirstYear, kLastYear);
  month = std::clamp(month, 1, 12);
  day = std::clamp(day, 1, days_in_month(year, month));
  return std::chrono::sys_days(std::chrono::year_month_day{
      std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))});
}

Element year_element(int year) { return {.grain = Grain::kYear, .first = day_of(year, 1, 1)}; }
Element month_element(int year, int month) {
  return {.grain = Grain::kMonth, .first = day_of(year, month, 1)};
}
Element quarter_element(int year, int quarter) {
  return {.grain = Grain::kQuarter, .first = day_of(year, quarter * 3 - 2, 1)};
}
Element half_element(int year, int half) {
  return {.grain = Grain::kHalf, .first = day_of(year, half * 6 - 5, 1)};
}
Element season_element(int year, int season) {
  return {.grain = Grain::kSeason, .first = day_of(year, season * 3 + 3, 1)};
}

Element element_at(Grain grain, Day day) {
  const Date date = date_of(day);
  switch (grain) {
    case Grain::kMinute:
    case Grain::kPart:
    case Grain::kDay:
      return {.grain = grain, .first = day};
    case Grain::kWeekend:
      return {.grain = grain, .first = day + std::chrono::days(6 - weekday_of(day))};
    case Grain::kWeek:
      return {.grain = grain, .first = day - std::chrono::days(weekday_of(day) - 1)};
    case Grain::kMonth:
      return month_element(date.year, date.month);
    case Grain::kQuarter:
      return quarter_element(date.year, (date.month + 2) / 3);
    case Grain::kSeason:
      return season_element(date.month < 3 ? date.year - 1 : date.year, (date.month + 9) / 3 % 4);
    case Grain::kHalf:
      return half_element(date.year, (date.month + 5) / 6);
    case Grain::kYear:
      return year_element(date.year);
    case Grain::kDecade:
      return {.grain = grain, .first = day_of(date.year / 10 * 10, 1, 1)};
    case Grain::kCentury:
      return {.grain = grain, .first = day_of(date.year / 100 * 100, 1, 1)};
  }
  return {.grain = grain, .first = day};
}

int number_of_season(std::string_view code) {
  if (code == "SP") return 0;
  if (code == "SU") return 1;
  if (code == "FA") return 2;
  return code == "WI" ? 3 : -1;
}

Grain grain_of(Unit unit) {
  switch (unit) {
    case Unit::kSecond:
    case Unit::kMinute:
    case Unit::kHour:
      return Grain::kMinute;
    case Unit::kDay:
      return Grain::kDay;
    case Unit::kWeekend:
      return Grain::kWeekend;
    case Unit::kWeek:
    case Unit::kFortnight:
      return Grain::kWeek;
    case Unit::kMonth:
      return Grain::kMonth;
    case Unit::kQuarter:
      return Grain::kQuarter;
    case Unit::kYear:
      return Grain::kYear;
    case Unit::kDecade:
      return Grain::kDecade;
    case Unit::kCentury:
    case Unit::kMillennium:
      return Grain::kCentury;
  }
  return Grain::kDay;
}

std::optional<Unit> unit_of(std::string_view code) {
  constexpr std::array<std::string_view, 13> kCodes{"S", "MI", "H", "D",  "WE", "W", "FN",
                                                    "M", "Q",  "Y", "DE", "C",  "ML"};
  const auto found = std::find(kCodes.begin(), kCodes.end(), code);
  if (found == kCodes.end()) return std::nullopt;
  return static_cast<Unit>(found - kCodes.begin());
}

Element step(const Element& element, int steps) {
  Element moved = element;
  const int months = months_of(element.grain);
  if (months > 0)
    moved.first =
        add_months(element.first, std::clamp(steps, -120000 / months, 120000 / months) * months);
  else
    moved.first = move(element.first, steps * days_of(element.grain), Unit::kDay);
  return moved;
}

Day move(Day day, int steps, Unit unit) {
  constexpr int kMost = 4000000;  // days of about eleven thousand years
  steps = std::clamp(steps, -kMost, kMost);
  const auto by_days = [&](int days) {
    const auto least = day_of(kFirstYear, 1, 1), most = day_of(kLastYear, 12, 31);
    const long long target = std::chrono::sys_days(day).time_since_epoch().count() +
                             static_cast<long long>(steps) * days;
    return Day(std::chrono::days(static_cast<int>(std::clamp<long long>(
        target, least.time_since_epoch().count(), most.time_since_epoch().count()))));
  };
  const auto by_months = [&](int months) {
    return add_months(day, std::clamp(steps, -120000 / months, 120000 / months) * months);
  };
  switch (unit) {
    case Unit::kSecond:
    case Unit::kMinute:
      return day;
    case Unit::kHour:
      steps /= 24;
      return by_days(1);
    case Unit::kDay:
      return by_days(1);
    case Unit::kWeekend:
    case Unit::kWeek:
      return by_days(7);
    case Unit::kFortnight:
      return by_days(14);
    case Unit::kMonth:
      return by_months(1);
    case Unit::kQuarter:
      return by_months(3);
    case Unit::kYear:
      return by_months(12);
    case Unit::kDecade:
      return by_months(120);
    case Unit::kCentury:
      return by_months(1200);
    case Unit::kMillennium:
      return by_months(12000);
  }
  return day;
}

std::string value_of(const Element& element) {
  const Date date = date_of(element.first);
  switch (element.grain) {
    case Grain::kMinute: {
      std::string value = fmt::format("{}T{:02}:{:02}", iso8601(element.first), element.minute / 60,
                                      element.minute % 60);
      return value;
    }
    case Grain::kPart:
      return fmt::format("{}T{}", iso8601(element.first), element.part);
    case Grain::kDay:
      return iso8601(element.first);
    case Grain::kWeekend:
    case Grain::kWeek: {
      const IsoWeek week = iso_week(element.first);
      return fmt::format("{:04}-W{:02}{}", week.year, week.week,
                         element.grain == Grain::kWeekend ? "-WE" : "");
    }
    case Grain::kMonth:
      return fmt::format("{:04}-{:02}", date.year, date.month);
    case Grain::kQuarter:
      return fmt::format("{:04}-Q{}", date.year, (date.month + 2) / 3);
    case Grain::kSeason: {
      constexpr std::array<std::string_view, 4> kSeasons{"SP", "SU", "FA", "WI"};
      return fmt::format("{:04}-{}", date.year,
                         kSeasons[static_cast<std::size_t>(date.month / 3 - 1) % 4]);
    }
    case Grain::kHalf:
      return fmt::format("{:04}-H{}", date.year, (date.month + 5) / 6);
    case Grain::kYear:
      return fmt::format("{:04}", date.year);
    case Grain::kDecade:
      return fmt::format("{:03}", date.year / 10);
    case Grain::kCentury:
      return fmt::format("{:02}", date.year / 100);
  }
  return {};
}

Interval interval_of(const Element& element) {
  if (element.grain == Grain::kPart) return part_interval(element);
  if (element.grain == Grain::kMinute) {
    Interval minute{at(element.first, element.minute), at(element.first, element.minute + 1)};
    minute.begin->zone = minute.end->zone = element.zone;
    return minute;
  }
  return {TimePoint{.day = element.first}, TimePoint{.day = end_of(element)}};
}

Interval third_of(const Element& element, std::string_view mod) {
  Interval whole = interval_of(element);
  if (element.grain < Grain::kWeek) return whole;
  const int months = months_of(element.grain);
  const auto cut = [&](int third) {  // the day at which so many thirds have passed
    if (months >= 3) return add_months(element.first, months * third / 3);
    const auto days = (whole.end->day - whole.begin->day).count();
    return whole.begin->day + std::chrono::days((days * third + 2) / 3);
  };
  if (mod == "START") whole.end = TimePoint{.day = cut(1)};
  if (mod == "END") whole.begin = TimePoint{.day = cut(2)};
  if (mod == "MID") whole = {TimePoint{.day = cut(1)}, TimePoint{.day = cut(2)}};
  return whole;
}

std::string duration_value(double amount, Unit unit) {
  struct Spelling {
    double factor;
    std::string_view before, after, half;  // half: what ".5" adds to a whole number of these
  };
  constexpr std::array<Spelling, 13> kSpellings{{{1, "PT", "S", ""},
                                                 {1, "PT", "M", "30S"},
                                                 {1, "PT", "H", "30M"},
                                                 {1, "P", "D", "T12H"},
                                                 {2, "P", "D", ""},
                                                 {1, "P", "W", ""},
                                                 {2, "P", "W", ""},
                                                 {1, "P", "M", ""},
                                                 {1, "P", "Q", ""},
                                                 {1, "P", "Y", "6M"},
                                                 {10, "P", "Y", ""},
                                                 {100, "P", "Y", ""},
                                                 {1000, "P", "Y", ""}}};
  const Spelling& spelling = kSpellings[static_cast<std::size_t>(unit)];
  if (!(amount >= 0)) {
    const std::string_view name = unit == Unit::kDecade       ? "DE"
                                  : unit == Unit::kCentury    ? "CE"
                                  : unit == Unit::kFortnight  ? "W"
                                  : unit == Unit::kMillennium ? "ML"
                                                              : spelling.after;
    return fmt::format("{}X{}", spelling.before, name);
  }
  const double total = std::min(amount * spelling.factor, 1e15);
  const double whole = std::floor(total);
  if (total - whole == 0.5 && whole == 0 && unit == Unit::kYear) return "P6M";
  if (total - whole == 0.5 && whole == 0 && unit == Unit::kHour) return "PT30M";
  if (total - whole == 0.5 && whole == 0 && unit == Unit::kMinute) return "PT30S";
  if (total - whole == 0.5 && !spelling.half.empty())
    return fmt::format("{}{:.0f}{}{}", spelling.before, whole, spelling.after, spelling.half);
  if (total == whole) return fmt::format("{}{:.0f}{}", spelling.before, whole, spelling.after);
  return fmt::format("{}{}{}", spelling.before, total, spelling.after);
}

// Anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8).
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return day_of(year, sum / 31, sum % 31 + 1);
}

// Meeus's Julian computus, then Julian to Gregorian.
Day orthodox_easter(int year) {
  const int d = (19 * (year % 19) + 15) % 30;
  const int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int sum = d + e + 114;
  return day_of(year, sum / 31, sum % 31 + 1) + std::chrono::days(year / 100 - year / 400 - 2);
}

Day nth_weekday(int year, int month, int weekday, int n) {
  if (n < 0) {
    const Day last = day_of(year, month, days_in_month(year, month));
    return last - std::chrono::days((weekday_of(last) - weekday + 7) % 7);
  }
  const Day first = day_of(year, month, 1);
  return first + std::chrono::days((weekday - weekday_of(first) + 7) % 7 + 7 * (n - 1));
}

}  // namespace dateline::times
