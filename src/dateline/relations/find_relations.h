#pragma once
// Step: ties between entities.
#include <span>
#include <vector>

#include "dateline/events/find_events.h"
#include "dateline/relations/relation.h"
#include "dateline/relations/relation_model.h"

namespace dateline::relations {

// In order of evidence. Symmetric relations once for each place that says them, with the earlier
// mention as subject. Rules only. Total.
[[nodiscard]] std::vector<Relation> find_relations(const events::EventInput& input,
                                                   std::span<const Event> events);

// The same with what `model` reads added; null: rules only. The model is borrowed for the call.
[[nodiscard]] std::vector<Relation> find_relations(const events::EventInput& input,
                                                   std::span<const Event> events,
                                                   const RelationModel* model);

}  // namespace dateline::relations
