#include "dateline/serve/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dateline/base/ascii.h"
#include "dateline/base/time_point.h"
#include "dateline/unicode/utf8.h"

namespace dateline::serve {
namespace {

constexpr std::size_t kMostRows = 500;

tl::unexpected<Error> invalid(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

bool is_plain(const std::string& text) {
  std::size_t bad = 0;
  static_cast<void>(unicode::sanitize(text, &bad));
  return bad == 0 && text.find('\0') == std::string::npos;
}

}  // namespace

Result<void> check_parameters(const Request& request) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    if (!is_plain(name) || !is_plain(value)) return invalid("a parameter is not UTF-8");
    if (!seen.insert(name).second) return invalid(fmt::format("{} is given twice", name));
  }
  return {};
}

Result<std::string> day_parameter(const Request& request, std::string_view name) {
  const std::string_view text = request.parameter(name);
  if (text.empty()) return std::string();
  const auto point = parse_time_point(text);
  if (!point || point->minute || text.size() != 10)
    return invalid(fmt::format("{}: “{}” is no day (YYYY-MM-DD)", name, text));
  return std::string(text);
}

Result<std::string> word_parameter(const Request& request, std::string_view name,
                                   std::initializer_list<std::string_view> words) {
  const std::string_view text = request.parameter(name);
  if (text.empty() || std::find(words.begin(), words.end(), text) != words.end())
    return std::string(text);
  return invalid(fmt::format("{}: “{}” is none of {}", name, text, fmt::join(words, ", ")));
}

Result<std::int64_t> parse_person(std::string_view id) {
  if (const auto number = store::parse_id(std::string(id), 'P')) return *number;
  return invalid(fmt::format("“{}” is no id of a person (P1, P2 …)", id));
}

Result<std::optional<std::int64_t>> person_parameter(const Request& request,
                                                     std::string_view name) {
  const std::string_view text = request.parameter(name);
  if (text.empty()) return std::optional<std::int64_t>();
  DATELINE_TRY(const std::int64_t id, parse_person(text));
  return std::optional<std::int64_t>(id);
}

Result<store::Clocks> clock_parameters(const Request& request) {
  store::Clocks clocks;
  DATELINE_TRY(clocks.as_of, day_parameter(request, "as_of"));
  DATELINE_TRY(clocks.known_by, day_parameter(request, "known_by"));
  return clocks;
}

Result<store::Paging> paging_parameters(const Request& request) {
  store::Paging paging;
  paging.cursor = request.parameter("cursor");
  if (const std::string_view text = request.parameter("limit"); !text.empty()) {
    const auto limit = to_number<std::size_t>(text);
    if (!limit || *limit < 1 || *limit > kMostRows)
      return invalid(fmt::format("limit: “{}” is no number from 1 to {}", text, kMostRows));
    paging.limit = *limit;
  }
  return paging;
}

Result<nlohmann::json> json_body(const Request& request) {
  const std::string_view type =
      std::string_view(request.content_type).substr(0, request.content_type.find(';'));
  if (to_lower(trim(type)) != "application/json")
    return fail(ErrorCode::kUnsupported, "the body must be application/json");
  auto body = nlohmann::json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object()) return invalid("the body is no JSON object");
  return body;
}

Result<std::int64_t> person_field(const nlohmann::json& body, const char* name) {
  const auto field = body.find(name);
  if (field == body.end() || !field->is_string())
    return invalid(fmt::format("{} is missing: the id of a person", name));
  return parse_person(field->get<std::string>());
}

std::string page_of(const store::Rows& rows) {
  const std::string next = rows.next ? nlohmann::json(*rows.next).dump() : "null";
  return fmt::format(R"({{"rows":[{}],"next":{}}})", fmt::join(rows.rows, ","), next);
}

std::string page_of(const std::string& row) {
  return fmt::format(R"({{"rows":[{}],"next":null}})", row);
}

std::string write(const store::Correction& correction) {
  const nlohmann::json body{{"correction", correction.id}, {"said", correction.said}};
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace dateline::serve
