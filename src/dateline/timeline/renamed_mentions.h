#pragma once
// Which mentions within a line give way to the name of whom they are of.
#include <cstdint>
#include <vector>

#include "dateline/events/find_events.h"

namespace dateline::timeline {

// By token of the article: the number of the mention that gives way there, the outermost of those
// of which `kept` keeps all words; -1 for none. Pronouns, short names of persons and short definite
// descriptions do, of entities that are known by name. O(tokens + mentions).
[[nodiscard]] std::vector<std::int32_t> renamed_mentions(const events::EventInput& input,
                                                         const Event& event,
                                                         const std::vector<bool>& kept);

}  // namespace dateline::timeline
