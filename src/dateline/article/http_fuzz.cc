// Any bytes give an answer within the limit or an error.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_warc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLimit = 1 << 20;
  const auto answer =
      dateline::article::read_http({reinterpret_cast<const char*>(data), size}, kLimit);
  if (answer && answer->body.size() > kLimit + size) std::abort();
  return 0;
}
