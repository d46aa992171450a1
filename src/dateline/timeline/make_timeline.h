#pragma once
// Step: the timeline of one article.
#include <span>
#include <vector>

#include "dateline/events/find_events.h"
#include "dateline/relations/relation.h"
#include "dateline/timeline/line.h"

namespace dateline::timeline {

// In order of time; undated lines stand where the text tells them. Total.
[[nodiscard]] std::vector<Line> make_timeline(const events::EventInput& input,
                                              std::span<const Event> events,
                                              std::span<const Relation> relations);

}  // namespace dateline::timeline
