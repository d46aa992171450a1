#pragma once
// Step: mentions found and joined into entities (coreference within one article).
#include <span>

#include "dateline/article/article.h"
#include "dateline/entities/entity.h"
#include "dateline/language/doc.h"
#include "dateline/times/time_expression.h"

namespace dateline::entities {

// Total. Mentions overlap only by nesting.
[[nodiscard]] Entities find_entities(const Article& article, const Doc& doc,
                                     std::span<const TimeExpression> times);

}  // namespace dateline::entities
