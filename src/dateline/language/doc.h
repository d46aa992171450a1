#pragma once
// Doc: a text with what the language runtime says of it. Every later step reads it; none writes it.
//
// Labels are the package's own (Penn Treebank tags, ClearNLP/CLEAR dependency labels, Universal
// POS, OntoNotes entity types for the English models). What no component has set is "".
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/base/arena.h"
#include "dateline/base/span.h"

namespace dateline {

enum class EntityTag : std::uint8_t { kOutside, kBegin, kInside };

struct Token {
  ByteSpan span;           // of the text, never empty
  std::string_view text;   // the bytes of span
  std::string_view lower;  // lower-cased (full Unicode)
  std::string_view lemma, tag, pos, morph, dep;
  std::string_view entity_type;  // "" outside entities
  EntityTag entity_tag = EntityTag::kOutside;
  std::uint32_t head = 0;      // token number; a root is its own head
  std::uint32_t sentence = 0;  // number in Doc::sentences
  TokenSpan subtree;           // leftmost to rightmost descendant, itself included
  bool sentence_start = false;
  bool space_after = false;  // one U+0020 follows
};

struct NamedEntity {
  TokenSpan tokens;
  std::string_view type;  // "PERSON", "ORG", "GPE", "DATE" …
};

// Move-only. The text must outlive it, and so must the Pipeline that made it (labels are views into
// that); strings made for this text live in its own arena. Immutable once made: safe to share.
class Doc {
 public:
  Doc() = default;
  // Completes `tokens`, of which span, head, labels, sentence_start and entity tags are set: fills
  // text, lower, subtree, sentence, the sentences, entities and children. A head outside the
  // token's sentence is made a root, and so is the first token of heads that run in a circle.
  // `arena` owns the strings that tokens point to and that nothing else owns. O(bytes).
  static Doc assemble(std::string_view text, std::vector<Token> tokens, StringArena arena);

  // Makes the first word at or after each byte offset the first of a sentence; dependencies that
  // then cross a sentence's edge are cut. For edges that the layout shows and the parser does not
  // see: a heading without a stop, a header line.
  void start_sentences_at(std::span<const std::uint32_t> offsets);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::span<const Token> tokens() const { return tokens_; }
  [[nodiscard]] const Token& operator[](std::uint32_t token) const { return tokens_[token]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(tokens_.size()); }

  // Token ranges, in order, without gaps.
  [[nodiscard]] std::span<const TokenSpan> sentences() const { return sentences_; }
  [[nodiscard]] std::span<const NamedEntity> entities() const { return entities_; }
  // Syntactic children in text order, the token itself left out.
  [[nodiscard]] std::span<const std::uint32_t> children(std::uint32_t token) const {
    return std::span(children_).subspan(first_child_[token],
                                        first_child_[token + 1] - first_child_[token]);
  }

  // The first word of the range that hangs on none of it: its head lies outside or is itself. Marks
  // and white space are no words; begin, where there is no such word. O(tokens of the range).
  [[nodiscard]] std::uint32_t head_of(TokenSpan tokens) const;
  // From the first byte of the range to the last; {0,0} for an empty range.
  [[nodiscard]] ByteSpan bytes(TokenSpan tokens) const;
  // The token that holds or follows byte `offset`; size() past the end. O(log tokens).
  [[nodiscard]] std::uint32_t token_at(std::uint32_t offset) const;
  // The tokens that overlap `span`.
  [[nodiscard]] TokenSpan token_span(ByteSpan span) const;

  // Context vector of the shared tok2vec layer (96 floats in the English models); empty when the
  // annotations came from a dump. Row-major, width context_width().
  [[nodiscard]] std::span<const float> context(std::uint32_t token) const {
    return context_.empty()
               ? std::span<const float>{}
               : std::span(context_).subspan(std::size_t{token} * context_width_, context_width_);
  }
  [[nodiscard]] std::uint32_t context_width() const { return context_width_; }
  // Row of the static vector table, -1 for none.
  [[nodiscard]] std::int32_t vector_row(std::uint32_t token) const {
    return vector_rows_.empty() ? -1 : vector_rows_[token];
  }
  // Static vector (300 floats in md), empty when the word or the package has none.
  [[nodiscard]] std::span<const float> vector(std::uint32_t token) const {
    const std::int32_t row = vector_row(token);
    return row < 0 ? std::span<const float>{}
                   : vector_table_.subspan(static_cast<std::size_t>(row) * vector_width_,
                                           vector_width_);
  }

  // Gives the vectors of the runtime: context is tokens x width; rows index `table`, which the
  // Pipeline owns.
  void set_vectors(std::vector<float> context, std::uint32_t context_width,
                   std::vector<std::int32_t> rows, std::span<const float> table,
                   std::uint32_t vector_width);

 private:
  void link_entities();
  void link_sentences();

  std::string_view text_;
  std::vector<Token> tokens_;
  std::vector<TokenSpan> sentences_;
  std::vector<NamedEntity> entities_;
  std::vector<std::uint32_t> children_, first_child_;
  std::vector<float> context_;
  std::vector<std::int32_t> vector_rows_;
  std::span<const float> vector_table_;
  std::uint32_t context_width_ = 0, vector_width_ = 0;
  StringArena arena_;
};

// Whether the token is white space that ends a line. Words begin with neither a control character
// nor, mostly, with a byte of a longer one (a no-break space may), and are not searched.
[[nodiscard]] inline bool is_break(const Token& token) {
  if (token.text.empty()) return false;
  const auto first = static_cast<unsigned char>(token.text.front());
  return (first <= ' ' || first >= 0x80) && token.text.find('\n') != std::string_view::npos;
}

// Line of every token, counted from 0; a token of white space that holds a line end belongs to the
// line that it ends.
[[nodiscard]] std::vector<std::uint32_t> lines_of(const Doc& doc);

}  // namespace dateline
