// GET /api/people: names, those in most articles first.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_people(const Call& call) {
  DATELINE_TRY(const store::Paging paging, paging_parameters(call.request));
  DATELINE_TRY(const store::Rows rows,
               store::people(call.store, std::string(call.request.parameter("name")), paging));
  return page_of(rows);
}

}  // namespace dateline::serve
