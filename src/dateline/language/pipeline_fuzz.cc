// Any bytes give a Doc that keeps what doc.h promises. DATELINE_MODEL names the package.
#include <cstdint>
#include <cstdlib>

#include "dateline/language/pipeline.h"

namespace {

void check(bool promise) {
  if (!promise) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  static const language::Pipeline kPipeline = [] {
    const char* folder = std::getenv("DATELINE_MODEL");
    if (folder == nullptr) std::abort();
    return language::Pipeline::load(folder).value();
  }();
  static language::Workspace workspace;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Doc doc = kPipeline.annotate(text, workspace);

  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    const Token& token = doc[i];
    check(token.span.begin >= end && !token.span.empty() && token.span.end <= size);
    check(token.text == slice(text, token.span));
    end = token.span.end;
    check(token.subtree.begin <= i && i < token.subtree.end && token.subtree.end <= doc.size());
    check(token.head < doc.size() && doc[token.head].sentence == token.sentence);
    std::uint32_t root = i, steps = 0;
    for (; doc[root].head != root; root = doc[root].head) check(++steps < doc.size());
    for (const std::uint32_t child : doc.children(i)) check(doc[child].head == i && child != i);
  }
  std::uint32_t next = 0;
  for (const TokenSpan sentence : doc.sentences()) {
    check(sentence.begin == next && sentence.size() > 0);
    next = sentence.end;
  }
  check(next == doc.size());
  next = 0;
  for (const NamedEntity& entity : doc.entities()) {
    check(entity.tokens.begin >= next && entity.tokens.size() > 0 && !entity.type.empty());
    next = entity.tokens.end;
  }
  check(next <= doc.size());
  return 0;
}
