// Any bytes become valid UTF-8.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/charset.h"
#include "dateline/unicode/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto page = dateline::article::decode_page({reinterpret_cast<const char*>(data), size});
  std::size_t bad = 0;
  static_cast<void>(dateline::unicode::sanitize(page.text, &bad));
  if (bad > 0) std::abort();
  return 0;
}
