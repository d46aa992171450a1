// Any line gives an article or an error that names the line.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_jsonl.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static dateline::article::JsonlReader reader;
  dateline::article::Warnings warnings;
  const auto article =
      reader.read({reinterpret_cast<const char*>(data), size}, "a line", {}, warnings);
  if (!article && !article.error().message.starts_with("a line")) std::abort();
  return 0;
}
