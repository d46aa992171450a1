// GET /api/relations: the ties of a person, or the chain of ties to another.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_relations(const Call& call) {
  const Request& request = call.request;
  store::RelationQuery query;
  DATELINE_TRY(const auto person, person_parameter(request, "person"));
  if (person) {
    query.person = *person;
  } else if (const auto name = request.parameter("name"); !name.empty()) {
    DATELINE_TRY(const auto found, store::identities(call.store, std::string(name)));
    query.person = found.front();
  }
  DATELINE_TRY(query.other, person_parameter(request, "path"));
  DATELINE_TRY(query.clocks, clock_parameters(request));
  DATELINE_TRY(query.paging, paging_parameters(request));
  DATELINE_TRY(const store::Rows rows, store::relations(call.store, query));
  return page_of(rows);
}

}  // namespace dateline::serve
