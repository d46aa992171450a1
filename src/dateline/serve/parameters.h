#pragma once
// The parameters of a request as values. What cannot be read is kInvalidArgument and names the
// parameter: nothing is guessed and nothing silently left out.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/result.h"
#include "dateline/serve/http.h"
#include "dateline/store/corrections.h"
#include "dateline/store/queries.h"

namespace dateline::serve {

// Every value is UTF-8 without NUL, and no name of a parameter comes twice.
Result<void> check_parameters(const Request& request);

// "" where the parameter is missing.
Result<std::string> day_parameter(const Request& request, std::string_view name);
// One of `words`, or "" where it is missing.
Result<std::string> word_parameter(const Request& request, std::string_view name,
                                   std::initializer_list<std::string_view> words);
// "P12" → 12; nothing where it is missing.
Result<std::optional<std::int64_t>> person_parameter(const Request& request, std::string_view name);
Result<std::int64_t> parse_person(std::string_view id);
Result<store::Clocks> clock_parameters(const Request& request);
Result<store::Paging> paging_parameters(const Request& request);  // limit: 1 to 500, else 100

// The body as a JSON object. kUnsupported: another Content-Type.
Result<nlohmann::json> json_body(const Request& request);
Result<std::int64_t> person_field(const nlohmann::json& body, const char* name);

// {"rows": […], "next": …}
[[nodiscard]] std::string page_of(const store::Rows& rows);
[[nodiscard]] std::string page_of(const std::string& row);
[[nodiscard]] std::string write(const store::Correction& correction);

}  // namespace dateline::serve
