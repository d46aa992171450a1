// POST /api/split: the person of these articles is another one.
#include "dateline/serve/parameters.h"
#include "dateline/serve/routes.h"

namespace dateline::serve {
namespace {

Result<std::vector<std::int64_t>> article_list(const nlohmann::json& body) {
  const auto field = body.find("articles");
  std::vector<std::int64_t> articles;
  if (field != body.end() && field->is_array())
    for (const nlohmann::json& one : *field)
      // Numbers above the range of a row would wrap: they are none of ours.
      if (one.is_number_integer() && one <= INT64_MAX) articles.push_back(one.get<std::int64_t>());
  if (articles.empty() || articles.size() != field->size())
    return fail(ErrorCode::kInvalidArgument, "articles is missing: the numbers of articles");
  return articles;
}

}  // namespace

Result<std::string> route_split(const Call& call) {
  DATELINE_TRY(const nlohmann::json body, json_body(call.request));
  DATELINE_TRY(const std::int64_t person, person_field(body, "person"));
  DATELINE_TRY(const auto articles, article_list(body));
  DATELINE_TRY(const store::Correction done, store::split(call.store, person, articles));
  return write(done);
}

}  // namespace dateline::serve
