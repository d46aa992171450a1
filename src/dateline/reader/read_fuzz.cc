// Any bytes give a record without broken invariants. DATELINE_MODEL names the package.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "dateline/article/read_text.h"
#include "dateline/language/pipeline.h"
#include "dateline/reader/reader.h"
#include "dateline/record/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  static const language::Pipeline kPipeline = [] {
    const char* folder = std::getenv("DATELINE_MODEL");
    if (folder == nullptr) std::abort();
    return language::Pipeline::load(folder).value();
  }();
  static language::Workspace workspace;
  const Article article = article::read_text({reinterpret_cast<const char*>(data), size});
  const Record record = read(article, kPipeline.annotate(article.text, workspace));
  const auto broken = record::broken_invariants(record);
  for (const std::string& line : broken) std::fprintf(stderr, "%s\n", line.c_str());
  if (!broken.empty()) std::abort();
  return 0;
}
