#pragma once
// Step: time expressions found in an article and resolved against its publication date.
#include <span>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/language/doc.h"
#include "dateline/times/time_expression.h"

namespace dateline::times {

// The expressions of `doc` in text order, without overlap. Relative ones are counted from
// `article.published`; without it their value stays underspecified and interval is none.
// Total; O(tokens).
[[nodiscard]] std::vector<TimeExpression> find_times(const Article& article, const Doc& doc);

}  // namespace dateline::times
