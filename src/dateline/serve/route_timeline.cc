// GET /api/timeline: lines in the order of time.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_timeline(const Call& call) {
  const Request& request = call.request;
  store::TimelineQuery query;
  if (const auto name = request.parameter("name"); !name.empty()) query.names.emplace_back(name);
  DATELINE_TRY(const auto person, person_parameter(request, "person"));
  if (person) query.people.push_back(*person);
  DATELINE_TRY(query.from, day_parameter(request, "from"));
  DATELINE_TRY(query.to, day_parameter(request, "to"));
  query.about = request.parameter("about");
  DATELINE_TRY(const std::string sure,
               word_parameter(request, "certainty", {"certain", "probable", "possible"}));
  if (!sure.empty()) query.certainty = sure;
  query.by = request.parameter("by");
  DATELINE_TRY(query.clocks, clock_parameters(request));
  DATELINE_TRY(query.paging, paging_parameters(request));
  DATELINE_TRY(const store::Rows rows, store::timeline(call.store, query));
  return page_of(rows);
}

}  // namespace dateline::serve
