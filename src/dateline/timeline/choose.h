#pragma once
// Which events are worth a line: by class, doers, date, place in the article; one line an event.
#include <span>
#include <vector>

#include "dateline/events/find_events.h"

namespace dateline::timeline {

// How much the event belongs on a timeline, in [0, 1].
[[nodiscard]] double score_of(const events::EventInput& input, const Event& event);

// Indices of the chosen events in text order; of several tellings of one the best.
[[nodiscard]] std::vector<std::uint32_t> choose(const events::EventInput& input,
                                                std::span<const Event> events,
                                                std::span<const double> scores);

}  // namespace dateline::timeline
