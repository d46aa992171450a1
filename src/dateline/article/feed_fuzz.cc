// Any bytes give entries or an error that names the feed.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dateline::article::Warnings warnings;
  const auto articles =
      dateline::article::read_feed({reinterpret_cast<const char*>(data), size}, "a feed", warnings);
  if (!articles && !articles.error().message.starts_with("a feed")) std::abort();
  return 0;
}
