#pragma once
// Which program this is.
#include <string>

namespace dateline::app {

// "0.1.0".
[[nodiscard]] std::string version_number();
// "dateline 0.1.0": what --version says, and what a store notes of who read an article.
[[nodiscard]] std::string version();

}  // namespace dateline::app
