#pragma once
// Models: the learned parts that the passes use, each optional.
#include <optional>
#include <string>

#include "dateline/attributions/model.h"
#include "dateline/base/result.h"
#include "dateline/entities/coref_model.h"
#include "dateline/relations/relation_model.h"

namespace dateline {

// Immutable once loaded; safe to share by threads. A part that is not there leaves its pass to its
// rules.
struct Models {
  std::optional<entities::CorefModel> coref;
  std::optional<attributions::AttributionModel> attributions;
  std::optional<relations::RelationModel> relations;

  // Loads what `folder` (the project's models/) holds: one folder a part. A part whose folder is
  // missing is left out; one that cannot be read is an error that names it.
  static Result<Models> load(const std::string& folder);
};

}  // namespace dateline
