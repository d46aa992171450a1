#pragma once
// Where the learned parts lie.
#include <string>

namespace dateline::app {

// $DATELINE_MODELS, else models/ of the checkout that the program was built from.
[[nodiscard]] std::string models_folder();
// That checkout.
[[nodiscard]] std::string checkout_folder();

}  // namespace dateline::app
