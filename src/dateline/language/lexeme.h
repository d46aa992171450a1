#pragma once
// Lexeme: what is known of a word form by its letters alone. LexemeCache: the lexemes met so far,
// and the pieces of text that the tokenizer has already cut.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/arena.h"
#include "dateline/language/strings.h"
#include "dateline/language/text_table.h"
#include "dateline/language/vocab.h"

namespace dateline::language {

// Bits of Lexeme::flags; the numbers are those of spaCy's symbols (IS_ALPHA is 1).
enum class Flag : std::uint8_t {
  kIsAlpha = 1,  // all letters
  kIsAscii,
  kIsDigit,
  kIsLower,  // some cased character, and none upper or title case
  kIsPunct,
  kIsSpace,
  kIsTitle,  // upper case begins each run of cased characters, and only that
  kIsUpper,
};

// One per distinct token string. Text is as printed; the rest is defined as spaCy's lex_attrs.py
// does, over Unicode 14. Invalid bytes count as U+FFFD and stay as they are.
struct Lexeme {
  std::string_view text, lower, norm;
  std::string_view shape;  // letters X or x, digits d, runs cut at four; "LONG" from 100 characters
  StringId orth = 0, lower_id = 0, norm_id = 0, shape_id = 0;
  StringId prefix_id = 0, suffix_id = 0;  // of the first one and the last three characters
  std::uint64_t flags = 0;
  bool is_space = false;
  std::uint32_t index = 0;  // dense number in its cache

  [[nodiscard]] bool has(Flag flag) const {
    return (flags >> static_cast<unsigned>(flag) & 1U) != 0;
  }
};

[[nodiscard]] std::string shape_of(std::string_view text);
[[nodiscard]] std::uint64_t flags_of(std::string_view text);

// A token of a piece of text that was cut before.
struct CutToken {
  const Lexeme* lexeme;
  StringId norm_id;
  std::string_view norm;
  bool may_begin_special;  // see Tokenizer
};

// Belongs to one Workspace: not thread-safe. Lexemes stay where they are until clear(). Serves one
// Tokenizer at a time. Memory: about 300 bytes a distinct form, 100 a distinct piece.
class LexemeCache {
 public:
  explicit LexemeCache(const Vocab& vocab) : vocab_(&vocab) {}
  LexemeCache(LexemeCache&&) = default;
  LexemeCache& operator=(LexemeCache&&) = default;

  const Lexeme& get(std::string_view text);
  // Number of distinct forms; every Lexeme::index is below it.
  [[nodiscard]] std::size_t size() const { return lexemes_.size(); }
  // Forgets everything; every Lexeme of it is gone.
  void clear();

 private:
  friend class Tokenizer;

  struct Cut {
    std::uint32_t first = 0, count = 0;  // of cut_tokens_
  };

  Lexeme make(std::string_view text);
  void forget_cuts();

  const Vocab* vocab_;
  StringArena strings_;
  std::deque<Lexeme> lexemes_;
  TextTable<const Lexeme*> by_text_;
  StringArena cut_strings_;
  TextTable<Cut> cuts_;
  std::vector<CutToken> cut_tokens_;
  const void* cutter_ = nullptr;  // whose cuts these are
};

}  // namespace dateline::language
