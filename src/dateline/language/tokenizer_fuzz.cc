// Any bytes give tokens in order, none of them empty, with nothing but single U+0020 between.
// DATELINE_MODEL names the package.
#include <cstdint>
#include <cstdlib>

#include "dateline/language/tokenizer.h"

namespace {

using namespace dateline::language;

struct English {
  Vocab vocab;
  Tokenizer tokenizer;
};

const English& english() {
  static const English kEnglish = [] {
    const char* folder = std::getenv("DATELINE_MODEL");
    if (folder == nullptr) std::abort();
    Vocab vocab = Vocab::load(folder).value();
    Tokenizer tokenizer = Tokenizer::load(folder, vocab).value();
    return English{std::move(vocab), std::move(tokenizer)};
  }();
  return kEnglish;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  LexemeCache cache(english().vocab);
  std::vector<RawToken> tokens, again;
  english().tokenizer.tokenize(text, cache, tokens);
  std::size_t at = 0;
  for (const RawToken& token : tokens) {
    if (token.span.begin != at || token.span.empty()) std::abort();
    if (dateline::slice(text, token.span) != token.lexeme->text) std::abort();
    at = token.span.end;
    if (token.space_after && (at == size || text[at++] != ' ')) std::abort();
  }
  if (at != size) std::abort();
  // What the cache has learned changes nothing.
  english().tokenizer.tokenize(text, cache, again);
  if (again.size() != tokens.size()) std::abort();
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (again[i].span != tokens[i].span || again[i].norm_id != tokens[i].norm_id) std::abort();
  return 0;
}
