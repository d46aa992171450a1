#include "models_folder.h"

#include <cstdlib>

namespace dateline::app {

std::string models_folder() {
  const char* variable = std::getenv("DATELINE_MODELS");
  return variable == nullptr ? DATELINE_MODELS_FOLDER : variable;
}

}  // namespace dateline::app
