#pragma once
// From findings to the relations of the record.
#include <span>
#include <vector>

#include "dateline/events/event.h"
#include "dateline/relations/finding.h"

namespace dateline::relations {

// Names the sides by their entities (a group by its members), gives each finding its state, time,
// polarity, certainty and source, drops doubles, and orders by evidence.
[[nodiscard]] std::vector<Relation> assemble(const Reading& reading, std::span<const Event> events,
                                             const Findings& findings);

}  // namespace dateline::relations
