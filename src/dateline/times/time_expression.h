#pragma once
// TimeExpression: one TIMEX3 of the text, with the stretch of the calendar that it means.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"
#include "dateline/base/time_point.h"

namespace dateline {

enum class TimeType { kDate, kTime, kDuration, kSet };

// TimeML 1.2.1 TIMEX3. Index in the step's result = number of the id ("t1" is index 0).
struct TimeExpression {
  ByteSpan span;
  TimeType type = TimeType::kDate;
  std::string value;  // TIMEX3 value; "" where it is impossible or unknown (JSON null), see reason
  std::string mod;    // "START", "APPROX" …; "" for none
  std::string quant, freq;
  std::optional<Interval> interval;  // none: a DURATION or SET that is not anchored, vague
  static constexpr int kNoAnchor = -1, kPublished = -2;
  int anchor = kNoAnchor;                 // index of another expression, or one of the above
  std::vector<std::string> alternatives;  // other values that the text allows
  std::string reason;                     // why value is unknown: "no such day"

  friend bool operator==(const TimeExpression&, const TimeExpression&) = default;
};

[[nodiscard]] constexpr std::string_view name_of(TimeType type) {
  switch (type) {
    case TimeType::kDate:
      return "DATE";
    case TimeType::kTime:
      return "TIME";
    case TimeType::kDuration:
      return "DURATION";
    case TimeType::kSet:
      return "SET";
  }
  return "DATE";
}

}  // namespace dateline
