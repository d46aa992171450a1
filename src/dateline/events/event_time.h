#pragma once
// The time of each event: its own expression, else what its governor, its clause or the day that
// the article reports on give; with the basis of each.
#include <span>

#include "dateline/events/factuality.h"
#include "dateline/events/find_events.h"
#include "dateline/events/triggers.h"

namespace dateline::events {

// Fills Event::time. `events`, `triggers` and `facts` are parallel. O(tokens x depth of the tree).
void assign_times(const EventInput& input, std::span<const Trigger> triggers,
                  std::span<const Factuality> facts, std::span<Event> events);

}  // namespace dateline::events
