#pragma once
// Points and intervals of calendar time as articles give them: a day, perhaps with a time of day,
// perhaps with a zone. Proleptic Gregorian (ISO 8601).
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline {

// A day, or a minute of a day, as printed (local to the article; no zone arithmetic is done).
struct TimePoint {
  std::chrono::sys_days day{};
  std::optional<std::int32_t> minute{};  // of the day, 0 to 1439; none: the whole day's beginning
  std::optional<std::int32_t> second{};  // 0 to 60; only with a minute
  std::optional<std::int32_t> zone{};    // minutes east of UTC; only with a minute

  friend bool operator==(const TimePoint&, const TimePoint&) = default;
  // Order by day, then time of day; the zone does not take part.
  friend bool operator<(const TimePoint& a, const TimePoint& b) {
    if (a.day != b.day) return a.day < b.day;
    return a.minute.value_or(0) * 60 + a.second.value_or(0) <
           b.minute.value_or(0) * 60 + b.second.value_or(0);
  }
};

// Half-open; a side that is not there is open or unknown.
struct Interval {
  std::optional<TimePoint> begin;
  std::optional<TimePoint> end;

  friend bool operator==(const Interval&, const Interval&) = default;
};

// "2021-02-20", "2021-02-20T14:30", "2021-02-20T14:30:05+01:00".
[[nodiscard]] std::string iso8601(const TimePoint& point);
[[nodiscard]] std::string iso8601(std::chrono::sys_days day);

// The day, when year, month and day name one (years 1 to 9999).
[[nodiscard]] std::optional<std::chrono::sys_days> make_day(int year, int month, int day);

// Reads an ISO 8601 date or date-time ("2021-02-20", "20210220", "2021-02-20T14:30:05.5Z",
// "2021-02-20 14:30 +0100"); the year and month alone are not enough. kInvalidArgument says what
// was given. RFC 2822 dates of feeds are the business of article/.
[[nodiscard]] Result<TimePoint> parse_time_point(std::string_view text);

}  // namespace dateline
