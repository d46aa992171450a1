#pragma once
// Line: one event worth telling, as it could be printed.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/base/time_point.h"

namespace dateline {

struct Line {
  std::uint32_t event = 0;           // index of the event
  std::optional<Interval> interval;  // the event's
  std::string grain;                 // "day", "month", "season" … of the interval; "" without one
  std::string text;                  // the clause, names for pronouns
  std::vector<std::uint32_t> entities;
  std::optional<std::uint32_t> attribution;
  double score = 0;  // in [0, 1], how much it belongs on a timeline
};

}  // namespace dateline
