#include "dateline/export/partial_date.h"

#include <fmt/format.h>

#include <initializer_list>

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
          .day = static_cast<unsigned>(date.day()),
          .minute = {}};
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

// What begins a year, or a month, is written as that year, or month: whether the text said the day
// the interval does not tell. `edges` are the days that the sides were given as.
void coarsen(std::initializer_list<std::optional<TimePoint>> edges, DateRange& range) {
  bool months = true, years = true;
  for (const auto& edge : edges) {
    if (!edge) continue;
    const PartialDate day = day_of(edge->day);
    months = months && !edge->minute && day.day == 1;
    years = years && months && day.month == 1;
  }
  for (auto* date : {&range.first, &range.last}) {
    if (!*date || !months) continue;
    (*date)->day = 0;
    if (years) (*date)->month = 0;
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
  if (begin && end && !end->minute) range.first->minute.reset();
  coarsen({begin, end}, range);
  if (!begin || !end) return range;
  if (*range.last < *range.first) range.last = range.first;
  return range;
}

}  // namespace dateline::exporting
