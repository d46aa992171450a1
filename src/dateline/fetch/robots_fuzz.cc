// Any bytes are a robots.txt, and one for all of a host never lets anything through.
#include <cstdint>
#include <cstdlib>

#include "dateline/fetch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using dateline::fetch::RobotsRules;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string target = "/" + bytes.substr(0, bytes.find('\n'));
  if (!RobotsRules::parse(bytes, "dateline").allows("/robots.txt")) std::abort();
  static_cast<void>(RobotsRules::parse(bytes, "dateline").allows(target));
  return 0;
}
