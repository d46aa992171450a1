// Any page gives an article whose text stands in the page where its map says, or an error.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_html.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view page(reinterpret_cast<const char*>(data), size);
  dateline::article::Warnings warnings;
  const auto article = dateline::article::read_html(page, {}, "a page", warnings);
  if (!article) return 0;
  for (const auto& run : article->source)
    if (article->text.substr(run.text, run.size) != page.substr(run.source, run.size)) std::abort();
  return 0;
}
