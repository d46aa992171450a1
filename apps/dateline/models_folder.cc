#include "models_folder.h"

#include <cstdlib>

namespace dateline::app {

std::string models_folder() {
  const char* variable = std::getenv("DATELINE_MODELS");
  return variable == nullptr ? checkout_folder() + "/models" : variable;
}

std::string checkout_folder() { return DATELINE_CHECKOUT; }

}  // namespace dateline::app
