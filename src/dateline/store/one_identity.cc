#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "dateline/store/queries.h"

namespace dateline::store {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kShown = 8;

// "P3 Ann Bell (PERSON; 4 articles; the mayor)".
std::string candidate(const Json& person) {
  const Json& descriptions = person["descriptions"];
  return fmt::format("{} {} ({}; {} articles{}{})", person["id"].get<std::string>(),
                     person["name"].get<std::string>(), person["kind"].get<std::string>(),
                     person["articles"].get<std::int64_t>(), descriptions.empty() ? "" : "; ",
                     descriptions.empty() ? "" : descriptions[0].get<std::string>());
}

}  // namespace

Result<std::int64_t> one_identity(const Store& store, const std::string& name) {
  DATELINE_TRY(const auto found, identities(store, name));
  if (found.size() == 1) return found.front();
  std::string candidates;
  for (std::size_t i = 0; i < found.size() && i < kShown; ++i) {
    DATELINE_TRY(const std::string row, person(store, found[i]));
    candidates += "\n  " + candidate(Json::parse(row, nullptr, false));
  }
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("\"{}\" may be {} of them; say which by its id:{}", name, found.size(),
                          candidates));
}

}  // namespace dateline::store
