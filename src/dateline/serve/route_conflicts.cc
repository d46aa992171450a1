// GET /api/conflicts: where articles contradict each other.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_conflicts(const Call& call) {
  DATELINE_TRY(const auto person, person_parameter(call.request, "person"));
  DATELINE_TRY(const store::Paging paging, paging_parameters(call.request));
  DATELINE_TRY(const store::Rows rows, store::conflicts(call.store, person, paging));
  return page_of(rows);
}

}  // namespace dateline::serve
