// POST /api/undo: takes back the last correction.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_undo(const Call& call) {
  DATELINE_TRY(const nlohmann::json body, json_body(call.request));
  static_cast<void>(body);
  DATELINE_TRY(const store::Correction undone, store::undo(call.store));
  return write(undone);
}

}  // namespace dateline::serve
