#pragma once
// Step: ties between entities.
#include <span>
#include <vector>

#include "dateline/events/find_events.h"
#include "dateline/relations/relation.h"

namespace dateline::relations {

// In order of evidence. Symmetric relations once, with the earlier mention as subject. Total.
[[nodiscard]] std::vector<Relation> find_relations(const events::EventInput& input,
                                                   std::span<const Event> events);

}  // namespace dateline::relations
