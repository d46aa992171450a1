#pragma once
// The day that an article reports on, and the intervals of days that events get.
#include <optional>

#include "dateline/events/find_events.h"

namespace dateline::events {

// From its begin's day to its end's: "11:36 am on Tuesday" is the Tuesday. Both ends must be there.
[[nodiscard]] Interval whole_days(const Interval& interval);
[[nodiscard]] Interval day_of(const TimePoint& point);

// A point or a stretch of the calendar; not a duration, not a set.
[[nodiscard]] bool is_calendar(const TimeExpression& time);
// Begins in the `window` before publication, or on its day.
[[nodiscard]] bool is_within(const Interval& interval, const TimePoint& published,
                             std::chrono::days window);
// None where an end is open.
[[nodiscard]] std::optional<std::chrono::days> length_of(const Interval& interval);

// The day an article reports on: of the first day-exact expression of its beginning that lies in
// the week before publication. None in a story that looks back or ahead.
[[nodiscard]] std::optional<Interval> report_day(const EventInput& input);

}  // namespace dateline::events
