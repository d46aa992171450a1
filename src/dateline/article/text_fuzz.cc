// Any bytes give an article whose blocks are in order and in range.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto article =
      dateline::article::read_text({reinterpret_cast<const char*>(data), size}, {});
  std::uint32_t end = 0;
  for (const auto& block : article.blocks) {
    if (block.span.begin < end || block.span.empty()) std::abort();
    end = block.span.end;
  }
  if (end > article.text.size()) std::abort();
  return 0;
}
