#include "dateline/entities/find_entities.h"

#include "dateline/entities/find_candidates.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/resolve.h"
#include "dateline/entities/story.h"
#include "dateline/entities/write_entities.h"

namespace dateline::entities {

Entities find_entities(const Article& article, const Doc& doc,
                       std::span<const TimeExpression> times, const CorefModel* model) {
  std::vector<Candidate> candidates = find_candidates(article, doc, times);
  const auto groups = join_names(doc, candidates);
  const Story story = story_of(article, doc, candidates, groups);
  const Resolution resolution = model ? resolve(doc, candidates, groups, RankChooser(*model), story)
                                      : resolve(doc, candidates, groups, RuleChooser(), story);
  return write_entities(doc, candidates, resolution);
}

Entities find_entities(const Article& article, const Doc& doc,
                       std::span<const TimeExpression> times) {
  return find_entities(article, doc, times, nullptr);
}

}  // namespace dateline::entities
