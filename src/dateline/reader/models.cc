#include "dateline/reader/models.h"

namespace dateline {
namespace {

template <class Part>
Result<void> load_part(const std::string& folder, std::optional<Part>& part) {
  auto loaded = Part::load(folder);
  if (loaded) {
    part = std::move(*loaded);
  } else if (loaded.error().code != ErrorCode::kNotFound) {
    return tl::unexpected<Error>(std::move(loaded).error());
  }
  return {};
}

}  // namespace

Result<Models> Models::load(const std::string& folder) {
  Models models;
  DATELINE_DO(load_part(folder + "/coref", models.coref));
  DATELINE_DO(load_part(folder + "/attributions", models.attributions));
  DATELINE_DO(load_part(folder + "/relations", models.relations));
  return models;
}

}  // namespace dateline
