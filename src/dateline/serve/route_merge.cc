// POST /api/merge: two identities are one person.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_merge(const Call& call) {
  DATELINE_TRY(const nlohmann::json body, json_body(call.request));
  DATELINE_TRY(const std::int64_t a, person_field(body, "a"));
  DATELINE_TRY(const std::int64_t b, person_field(body, "b"));
  DATELINE_TRY(const store::Correction done, store::merge(call.store, a, b));
  return write(done);
}

}  // namespace dateline::serve
