#pragma once
// Facts: what a candidate tells by itself.
#include <vector>

#include "dateline/entities/candidate.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

// Sets the facts of every candidate; they are in text order. O(tokens + candidates).
void note_facts(const Doc& doc, std::vector<Candidate>& candidates);

}  // namespace dateline::entities
