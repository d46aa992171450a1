#pragma once
// Candidates: names, nominals and pronouns of an article, not yet joined.
#include <span>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/entities/candidate.h"
#include "dateline/times/time_expression.h"

namespace dateline::entities {

// Sorted by head token, so that "his" comes before "his wife"; no two have one head. The head of a
// coordination is its "and". O(tokens log tokens).
[[nodiscard]] std::vector<Candidate> find_candidates(const Article& article, const Doc& doc,
                                                     std::span<const TimeExpression> times);

}  // namespace dateline::entities
