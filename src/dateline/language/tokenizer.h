#pragma once
// Tokenizer: text to tokens exactly as spaCy's (spacy/tokenizer.pyx, 3.4 to 3.8), with the patterns
// and exceptions of a package.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/base/span.h"
#include "dateline/language/lexeme.h"
#include "dateline/language/vocab.h"

namespace dateline::language {

// Lexemes are those of the LexemeCache that was passed, norms live as long as that and the
// Tokenizer do.
struct RawToken {
  ByteSpan span;  // of the text, never empty
  const Lexeme* lexeme = nullptr;
  bool space_after = false;  // one U+0020 follows, which is in no token
  StringId norm_id = 0;      // of the exception that made the token, else the lexeme's
  std::string_view norm;
};

// Immutable and thread-safe after load; move-only.
class Tokenizer {
 public:
  // Reads the file `tokenizer` of the package `folder`. kNotFound, kIo, kCorrupt; kInvalidArgument
  // and kUnsupported for patterns.
  static Result<Tokenizer> load(const std::string& folder, const Vocab& vocab);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  // Replaces `out`. Spans ascend and cover every byte but single U+0020 between tokens. Bytes that
  // are not UTF-8 stand in tokens of their own, one a run. Texts over 4 GiB are cut there.
  // Cost: a hash look-up a piece of text between white space; a new piece costs some microseconds.
  void tokenize(std::string_view text, LexemeCache& cache, std::vector<RawToken>& out) const;

  // Strings that the package names as exceptions, in code point order.
  [[nodiscard]] std::vector<std::string_view> exceptions() const;

 private:
  struct Impl;
  explicit Tokenizer(std::unique_ptr<Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dateline::language
