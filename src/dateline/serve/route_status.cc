// GET /api/status: how much the store holds.
#include <nlohmann/json.hpp>

#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_status(const Call& call) {
  DATELINE_TRY(const store::Counts counts, call.store.counts());
  const nlohmann::json body{{"version", call.options.version},
                            {"articles", counts.articles},
                            {"people", counts.people},
                            {"events", counts.events},
                            {"store_version", store::Store::version()}};
  return body.dump();
}

}  // namespace dateline::serve
