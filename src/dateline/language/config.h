#pragma once
// config.cfg of a spaCy package: confection's INI. Sections are dotted paths, values are JSON with
// raw text as the fallback, ${section.key} and ${section:key} stand for another value.
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::language {

// The whole file as nested objects, references resolved. kCorrupt, with `name` and the line or the
// reference, when a line is neither section nor value, or a reference leads nowhere or in a circle.
[[nodiscard]] Result<nlohmann::json> parse_config(std::string_view text, std::string_view name);

// The value at a dotted path below `root`; null when it is not there. O(depth).
[[nodiscard]] const nlohmann::json* find_path(const nlohmann::json& root, std::string_view path);

}  // namespace dateline::language
