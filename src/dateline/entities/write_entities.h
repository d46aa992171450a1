#pragma once
// The last part of the step: clusters written as entities with names, aliases and descriptions.
#include <vector>

#include "dateline/entities/resolve.h"

namespace dateline::entities {

// Clusters that name or act become entities: all named ones, all with two mentions, and single
// nominals of persons, groups and organisations.
[[nodiscard]] Entities write_entities(const Doc& doc, const std::vector<Candidate>& candidates,
                                      const Resolution& resolution);

}  // namespace dateline::entities
