#pragma once
// Step: attributions found, with their speakers.
#include <vector>

#include "dateline/article/article.h"
#include "dateline/attributions/attribution.h"
#include "dateline/attributions/model.h"
#include "dateline/entities/entity.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// In order of the first content byte. Total. By rules alone where `model` is null or `doc` came
// without the vectors that it reads (from a dump). Speech reaches back into coreference: pronouns
// of the first person inside a quotation are given to its speaker in `entities`; an entity that is
// left without a mention is taken out, and those behind it move up.
[[nodiscard]] std::vector<Attribution> find_attributions(const Article& article, const Doc& doc,
                                                         Entities& entities,
                                                         const AttributionModel* model = nullptr);

}  // namespace dateline::attributions
