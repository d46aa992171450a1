// GET /api/quotes: who said what, of whom.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {
namespace {

// Everybody whom an id or a name may mean; nobody where the parameter is missing.
Result<std::vector<std::int64_t>> whoever(const Call& call, std::string_view name) {
  const std::string_view text = call.request.parameter(name);
  if (text.empty()) return std::vector<std::int64_t>();
  return store::identities(call.store, std::string(text));
}

}  // namespace

Result<std::string> route_quotes(const Call& call) {
  const Request& request = call.request;
  store::QuoteQuery query;
  DATELINE_TRY(query.by, whoever(call, "by"));
  DATELINE_TRY(query.about, whoever(call, "about"));
  DATELINE_TRY(query.form, word_parameter(request, "form", {"direct", "indirect", "mixed"}));
  DATELINE_TRY(const std::string unnamed, word_parameter(request, "unnamed", {"1"}));
  query.unnamed = !unnamed.empty();
  DATELINE_TRY(query.clocks, clock_parameters(request));
  DATELINE_TRY(query.paging, paging_parameters(request));
  DATELINE_TRY(const store::Rows rows, store::quotes(call.store, query));
  return page_of(rows);
}

}  // namespace dateline::serve
