// GET /api/people/P1: one person with ties and candidates.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_person(const Call& call) {
  DATELINE_TRY(const std::int64_t id, parse_person(call.id));
  DATELINE_TRY(const std::string row, store::person(call.store, id));
  return page_of(row);
}

}  // namespace dateline::serve
