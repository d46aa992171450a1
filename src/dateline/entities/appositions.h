#pragma once
// Noun phrases that stand together: appositions and coordinations.
#include <vector>

#include "dateline/entities/candidate.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

// Appositions speak of what their governor speaks of: they go into its candidate and are none of
// their own. Two persons joined by "and" make a candidate more, of the group. O(candidates).
void join_appositions(const Doc& doc, std::vector<Candidate>& found);

}  // namespace dateline::entities
