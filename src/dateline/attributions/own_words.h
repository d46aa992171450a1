#pragma once
// Own words: who "he" is in what somebody says. Speakers call themselves "I".
#include <cstdint>
#include <functional>

#include "dateline/attributions/candidate.h"
#include "dateline/entities/entity.h"

namespace dateline::attributions {

// In the verbatim content of `candidate`, gives "he", "her" … that coreference gave to the speaker
// to the person of that gender told of last, in the content or at most three sentences before it;
// where there is none, they stay. `is_others` tells which tokens stand in another's words within.
// O(content * mentions of four sentences).
void disown_third_person(const Doc& doc, const Candidate& candidate, std::uint32_t speaker,
                         const std::function<bool(std::uint32_t)>& is_others, Entities& entities);

}  // namespace dateline::attributions
