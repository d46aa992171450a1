// GET /api/articles and /api/articles/17; POST /api/articles adds what is sent.
#include <nlohmann/json.hpp>

#include "dateline/base/ascii.h"
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {

Result<std::string> route_articles(const Call& call) {
  DATELINE_TRY(const store::Paging paging, paging_parameters(call.request));
  DATELINE_TRY(const store::Rows rows, store::articles(call.store, paging));
  return page_of(rows);
}

Result<std::string> route_article(const Call& call) {
  const auto id = to_number<std::int64_t>(call.id);
  if (!id) return fail(ErrorCode::kNotFound, "no article " + std::string(call.id));
  DATELINE_TRY(const std::string row, store::article(call.store, *id));
  return page_of(row);
}

Result<std::string> route_add(const Call& call) {
  const Request& request = call.request;
  const std::string type = to_lower(
      trim(std::string_view(request.content_type).substr(0, request.content_type.find(';'))));
  if (type != "text/plain" && type != "text/html" && type != "application/jsonl")
    return fail(ErrorCode::kUnsupported,
                "the body must be text/plain, text/html or application/jsonl");
  if (request.body.empty()) return fail(ErrorCode::kInvalidArgument, "the body is empty");
  DATELINE_TRY(const std::string published, day_parameter(request, "published"));
  const AddRequest sent{.body = request.body,
                        .content_type = type,
                        .name = request.parameter("name"),
                        .published = published};
  DATELINE_TRY(const AddReport report, call.options.adder(call.store, sent));
  const nlohmann::json body{{"added", report.added},
                            {"same", report.same},
                            {"folded", report.folded},
                            {"errors", report.errors}};
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace dateline::serve
