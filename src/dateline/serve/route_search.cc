// GET /api/search: words in the articles.
#include "dateline/base/ascii.h"
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_search(const Call& call) {
  const std::string_view words = call.request.parameter("q");
  if (trim(words).empty()) return fail(ErrorCode::kInvalidArgument, "q is missing: the words");
  DATELINE_TRY(const store::Paging paging, paging_parameters(call.request));
  DATELINE_TRY(const store::Rows rows, store::search(call.store, std::string(words), paging));
  return page_of(rows);
}

}  // namespace dateline::serve
