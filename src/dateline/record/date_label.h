#pragma once
// The date of a line as sure as the text gives it: "late Feb 2021", "spring 2021", "2021?".
#include <span>
#include <string>

#include "dateline/events/event.h"
#include "dateline/times/time_expression.h"

namespace dateline::record {

// "3 Dec 2021".
[[nodiscard]] std::string day_label(std::chrono::sys_days day);

// Of a TIMEX3 value with its mod: "late Feb 2021", "spring 2021", "second half of 2020"; "" when
// the value is no date of the calendar.
[[nodiscard]] std::string value_label(std::string_view value, std::string_view mod);

// Of an interval: "3 Dec 2021", "Dec 2021", "2021", "3–9 Dec 2021", "before 3 Dec 2021".
[[nodiscard]] std::string interval_label(const Interval& interval);

// Of an event: a date that the text does not give for this very event ends in "?"; "no date".
// `text` is the article's: "by June" and "until June" bound an event alike and read differently.
[[nodiscard]] std::string event_label(const EventTime& time, std::span<const TimeExpression> times,
                                      std::string_view text = {});

}  // namespace dateline::record
