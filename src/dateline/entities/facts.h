#pragma once
// Facts: what a candidate tells by itself.
#include <cstdint>
#include <vector>

#include "dateline/entities/candidate.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

// Sets the facts of every candidate; they are in text order. O(tokens + candidates).
void note_facts(const Doc& doc, std::vector<Candidate>& candidates);

// The word whose argument `token` is: past conjuncts, prepositions and what agents hang on.
[[nodiscard]] std::uint32_t argument_governor(const Doc& doc, std::uint32_t token);

}  // namespace dateline::entities
