#pragma once
// Which addresses of articles may become links.
#include <string_view>

namespace dateline::exporting {

// An http or https address without blanks and control characters: nothing else becomes a link.
[[nodiscard]] bool is_web_address(std::string_view uri);

}  // namespace dateline::exporting
