#pragma once
// Speaker: the entity that a source resolves to, and whose speech "I" stands in.
#include <vector>

#include "dateline/attributions/attribution.h"
#include "dateline/attributions/candidate.h"
#include "dateline/entities/entity.h"

namespace dateline::attributions {

// Sets speaker and source_kind of `attributions`, which stand in the order of `candidates`. Outer
// ones first: then the first person in what they quote is given to their speaker in `entities`
// (numbers stay; an entity may be left without mentions), and only then inner ones are resolved. A
// direct quotation without source goes on with the speaker of the one before it, when that stands
// in the same line or the one before.
void resolve_speakers(const Doc& doc, const std::vector<Candidate>& candidates,
                      std::vector<Attribution>& attributions, Entities& entities);

}  // namespace dateline::attributions
