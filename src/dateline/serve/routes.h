#pragma once
// The routes: each takes a call apart, asks the store and gives the body of the answer.
#include <string>
#include <string_view>

#include "dateline/base/result.h"
#include "dateline/serve/api.h"
#include "dateline/serve/http.h"
#include "dateline/store/store.h"

namespace dateline::serve {

struct Call {
  const Request& request;
  store::Store& store;
  std::string_view id;  // what stands for {id} in the path; "" elsewhere
  const ApiOptions& options;
};

Result<std::string> route_status(const Call& call);
Result<std::string> route_timeline(const Call& call);
Result<std::string> route_people(const Call& call);
Result<std::string> route_person(const Call& call);
Result<std::string> route_relations(const Call& call);
Result<std::string> route_quotes(const Call& call);
Result<std::string> route_conflicts(const Call& call);
Result<std::string> route_search(const Call& call);
Result<std::string> route_articles(const Call& call);
Result<std::string> route_article(const Call& call);
Result<std::string> route_add(const Call& call);
Result<std::string> route_merge(const Call& call);
Result<std::string> route_split(const Call& call);
Result<std::string> route_undo(const Call& call);
Result<std::string> route_openapi(const Call& call);

}  // namespace dateline::serve
