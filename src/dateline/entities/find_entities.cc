#include "dateline/entities/find_entities.h"

#include <algorithm>

#include "dateline/entities/find_candidates.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/resolve.h"
#include "dateline/entities/write_entities.h"

namespace dateline::entities {

Entities find_entities(const Article& article, const Doc& doc,
                       std::span<const TimeExpression> times) {
  std::vector<Candidate> candidates = find_candidates(article, doc, times);
  const auto groups = join_names(doc, candidates);
  return write_entities(doc, candidates, resolve(doc, candidates, groups, RuleChooser()));
}

}  // namespace dateline::entities
