#include "dateline/events/report_day.h"

namespace dateline::events {
namespace {

using std::chrono::days;

constexpr days kFresh{8};            // a report is at most so old when it is printed
constexpr double kBeginning = 0.55;  // of the text: where the day of a report is named

}  // namespace

std::optional<days> length_of(const Interval& interval) {
  if (!interval.begin || !interval.end) return std::nullopt;
  return interval.end->day - interval.begin->day;
}

bool is_within(const Interval& interval, const TimePoint& published, days window) {
  return interval.begin && interval.begin->day <= published.day &&
         interval.begin->day >= published.day - window;
}

Interval whole_days(const Interval& interval) {
  Interval out;
  out.begin = TimePoint{interval.begin->day};
  const bool inside =
      interval.end->minute.value_or(0) != 0 || interval.end->day == interval.begin->day;
  out.end = TimePoint{inside ? interval.end->day + days{1} : interval.end->day};
  return out;
}

Interval day_of(const TimePoint& point) {
  return {TimePoint{point.day}, TimePoint{point.day + days{1}}};
}

bool is_calendar(const TimeExpression& time) {
  return time.type == TimeType::kDate || time.type == TimeType::kTime;
}

std::optional<Interval> report_day(const EventInput& input) {
  if (!input.article.published) return std::nullopt;
  const auto limit = static_cast<double>(input.doc.text().size()) * kBeginning;
  for (const TimeExpression& time : input.times) {
    if (static_cast<double>(time.span.begin) > limit) break;
    if (!time.interval || !is_calendar(time)) continue;
    const auto length = length_of(*time.interval);
    if (length && *length <= days{2} && is_within(*time.interval, *input.article.published, kFresh))
      return whole_days(*time.interval);
  }
  return std::nullopt;
}

}  // namespace dateline::events
