#pragma once
// Dating: the events of an article while they get their times. What the parts of event_time hand to
// each other; not for other steps.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/events/factuality.h"
#include "dateline/events/find_events.h"
#include "dateline/events/triggers.h"

namespace dateline::events {

// `triggers`, `facts` and `events` are parallel; an event is its number in them. Borrows all.
struct Dating {
  Dating(const EventInput& article, std::span<const Trigger> triggers_found,
         std::span<const Factuality> facts_found, std::span<Event> events_found);

  [[nodiscard]] bool dated(std::size_t event) const {
    return events[event].time.basis != TimeBasis::kNone;
  }
  void copy(std::size_t from, std::size_t to) {
    events[to].time = events[from].time;
    events[to].time.basis = TimeBasis::kContext;
  }

  // The event that the trigger hangs from, over prepositions and nouns that are none; `relation` is
  // the trigger's label.
  [[nodiscard]] std::optional<std::size_t> governor(std::size_t event,
                                                    std::string_view& relation) const;
  // Whether an event shares the time of the one that it hangs from.
  [[nodiscard]] bool hands_down(std::size_t event, std::size_t outer,
                                std::string_view relation) const;
  // What hangs from it is still to come: "plan", "promise".
  [[nodiscard]] bool is_prospective(std::size_t event) const;

  const EventInput& input;
  const Doc& doc;
  std::span<const Trigger> triggers;
  std::span<const Factuality> facts;
  std::span<Event> events;
  std::vector<std::int32_t> event_at;  // by token; -1 for none
  std::vector<bool> vague;             // by event: has an expression that is no date
};

}  // namespace dateline::events
