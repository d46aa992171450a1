#include "version.h"

namespace dateline::app {

std::string version() { return "dateline " DATELINE_VERSION; }

}  // namespace dateline::app
