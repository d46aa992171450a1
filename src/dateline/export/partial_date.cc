#include "dateline/export/partial_date.h"

#include <fmt/format.h>

#include "dateline/base/time_point.h"

namespace dateline::exporting {
namespace {

constexpr std::int32_t kDay = 24 * 60;

std::optional<TimePoint> point_at(const Json& interval, std::size_t side) {
  if (!interval.is_array() || interval.size() != 2 || !interval[side].is_string())
    return std::nullopt;
  const auto point = parse_time_point(interval[side].get<std::string>());
  return point ? std::optional(*point) : std::nullopt;
}

PartialDate day_of(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return {.year = static_cast<int>(date.year()),
          .month = static_cast<unsigned>(date.month()),
          .day = static_cast<unsigned>(date.day())};
}

PartialDate date_of(const TimePoint& point) {
  PartialDate date = day_of(point.day);
  date.minute = point.minute;
  return date;
}

// The last day, or minute, before `end`.
PartialDate before(const TimePoint& end, bool to_the_minute) {
  if (!to_the_minute)
    return day_of(end.minute.value_or(0) > 0 ? end.day : end.day - std::chrono::days{1});
  const std::int32_t minute = *end.minute - 1;
  PartialDate date = day_of(minute < 0 ? end.day - std::chrono::days{1} : end.day);
  date.minute = (minute + kDay) % kDay;
  return date;
}

// Both are days: how many parts say the same as the days from `begin` to before `end`.
void coarsen(const PartialDate& begin, const PartialDate& end, DateRange& range) {
  if (begin.day != 1 || end.day != 1) return;
  const bool years = begin.month == 1 && end.month == 1;
  for (PartialDate* date : {&*range.first, &*range.last}) {
    date->day = 0;
    if (years) date->month = 0;
  }
}

}  // namespace

std::string iso8601(const PartialDate& date) {
  std::string out = fmt::format("{:04}", date.year);
  if (date.month != 0) out += fmt::format("-{:02}", date.month);
  if (date.day != 0) out += fmt::format("-{:02}", date.day);
  if (date.minute) out += fmt::format("T{:02}:{:02}:00", *date.minute / 60, *date.minute % 60);
  return out;
}

DateRange date_range(const Json& interval) {
  const auto begin = point_at(interval, 0), end = point_at(interval, 1);
  DateRange range;
  if (begin) range.first = date_of(*begin);
  if (end) range.last = before(*end, end->minute && (!begin || begin->minute));
  if (!begin || !end) return range;
  if (!end->minute) range.first->minute.reset();
  if (!begin->minute && !end->minute) coarsen(day_of(begin->day), day_of(end->day), range);
  if (*range.last < *range.first) range.last = range.first;
  return range;
}

}  // namespace dateline::exporting
