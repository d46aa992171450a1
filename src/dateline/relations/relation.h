#pragma once
// Relation: a tie between two entities, or between an entity and a value, with its state and time.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/span.h"
#include "dateline/base/time_point.h"
#include "dateline/events/event.h"

namespace dateline {

enum class Status {
  kUnknown,
  kCurrent,
  kFormer,
  kIntended,
  kEstranged,
  kSeparated,
  kDivorcing,
  kEngaged,
  kWidowed
};

struct Relation {
  std::string relation;  // a name of docs/record.md's table: "spouse", "employer_or_member" …
  std::uint32_t subject = 0;            // entity
  std::optional<std::uint32_t> object;  // entity; else value
  std::string value;                    // a literal: "1980-10-21", "singer"
  ByteSpan subject_span, object_span, evidence;
  Status status = Status::kUnknown;
  Interval interval;  // when it holds, as far as the article tells
  Polarity polarity = Polarity::kPositive;
  Certainty certainty = Certainty::kCertain;
  std::optional<std::uint32_t> attribution;
  double confidence = 0;
};

// The day of its last change, where the article tells: its end, else its beginning.
[[nodiscard]] inline std::optional<TimePoint> last_turn(const Relation& it) {
  return it.interval.end ? it.interval.end : it.interval.begin;
}

[[nodiscard]] constexpr std::string_view name_of(Status status) {
  switch (status) {
    case Status::kUnknown:
      return "unknown";
    case Status::kCurrent:
      return "current";
    case Status::kFormer:
      return "former";
    case Status::kIntended:
      return "intended";
    case Status::kEstranged:
      return "estranged";
    case Status::kSeparated:
      return "separated";
    case Status::kDivorcing:
      return "divorcing";
    case Status::kEngaged:
      return "engaged";
    case Status::kWidowed:
      return "widowed";
  }
  return "unknown";
}

}  // namespace dateline
