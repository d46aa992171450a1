#pragma once
// Step: mentions found and joined into entities (coreference within one article).
#include <span>

#include "dateline/article/article.h"
#include "dateline/entities/coref_model.h"
#include "dateline/entities/entity.h"
#include "dateline/language/doc.h"
#include "dateline/times/time_expression.h"

namespace dateline::entities {

// Total. Mentions overlap only by nesting; each has one entity. Pronouns and nominals are joined by
// `model`, or by rules alone where it is null. Linear in the length of the text.
//
// "I", "we" and "you" are one entity for each in a quotation, unresolved: who speaks is found by
// the step attributions.
[[nodiscard]] Entities find_entities(const Article& article, const Doc& doc,
                                     std::span<const TimeExpression> times,
                                     const CorefModel* model);

// By rules alone.
[[nodiscard]] Entities find_entities(const Article& article, const Doc& doc,
                                     std::span<const TimeExpression> times);

}  // namespace dateline::entities
