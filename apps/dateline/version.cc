#include "version.h"

namespace dateline::app {

std::string version_number() { return DATELINE_VERSION; }
std::string version() { return "dateline " + version_number(); }

}  // namespace dateline::app
