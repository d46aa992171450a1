#pragma once
// Event: an eventive predicate (verb or noun) with its doers, its time and how sure it is.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"
#include "dateline/base/time_point.h"

namespace dateline {

enum class Role { kAgent, kPatient, kRecipient, kCompanion, kPlace, kInstrument, kTopic };
enum class TimeBasis { kNone, kExpression, kContext, kTense, kPublished };
enum class Polarity { kPositive, kNegative };
enum class Certainty { kCertain, kProbable, kPossible };
enum class Tense { kNone, kPast, kPresent, kFuture };

struct Participant {
  Role role = Role::kAgent;
  ByteSpan span;
  std::optional<std::uint32_t> entity;  // index in Entities::entities
};

struct EventTime {
  std::optional<std::uint32_t> expression;  // index of the time expression
  std::optional<Interval> interval;
  TimeBasis basis = TimeBasis::kNone;  // kNone: unknown, no interval
};

struct Event {
  ByteSpan span;              // the trigger word(s)
  std::uint32_t trigger = 0;  // head token of the trigger
  ByteSpan clause;
  std::string lemma;
  std::string event_class;  // "" outside the ontology
  std::vector<Participant> participants;
  EventTime time;
  Polarity polarity = Polarity::kPositive;
  Certainty certainty = Certainty::kCertain;
  Tense tense = Tense::kNone;
  std::optional<std::uint32_t> attribution;  // innermost attribution in whose content it stands
  double confidence = 0;
};

[[nodiscard]] constexpr std::string_view name_of(Role role) {
  switch (role) {
    case Role::kAgent:
      return "agent";
    case Role::kPatient:
      return "patient";
    case Role::kRecipient:
      return "recipient";
    case Role::kCompanion:
      return "companion";
    case Role::kPlace:
      return "place";
    case Role::kInstrument:
      return "instrument";
    case Role::kTopic:
      return "topic";
  }
  return "agent";
}

[[nodiscard]] constexpr std::string_view name_of(TimeBasis basis) {
  switch (basis) {
    case TimeBasis::kNone:
      return "";
    case TimeBasis::kExpression:
      return "expression";
    case TimeBasis::kContext:
      return "context";
    case TimeBasis::kTense:
      return "tense";
    case TimeBasis::kPublished:
      return "published";
  }
  return "";
}

[[nodiscard]] constexpr std::string_view name_of(Polarity polarity) {
  return polarity == Polarity::kPositive ? "positive" : "negative";
}

[[nodiscard]] constexpr std::string_view name_of(Certainty certainty) {
  switch (certainty) {
    case Certainty::kCertain:
      return "certain";
    case Certainty::kProbable:
      return "probable";
    case Certainty::kPossible:
      return "possible";
  }
  return "certain";
}

[[nodiscard]] constexpr std::string_view name_of(Tense tense) {
  switch (tense) {
    case Tense::kNone:
      return "none";
    case Tense::kPast:
      return "past";
    case Tense::kPresent:
      return "present";
    case Tense::kFuture:
      return "future";
  }
  return "none";
}

}  // namespace dateline
