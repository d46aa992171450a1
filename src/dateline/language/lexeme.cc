#include "dateline/language/lexeme.h"

#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

std::string_view first_character(std::string_view text) {
  return text.empty() ? text : text.substr(0, unicode::decode(text, 0).size);
}

std::string_view last_three_characters(std::string_view text) {
  std::size_t at[3] = {0, 0, 0};  // where the last three begin
  for (std::size_t next = 0; next < text.size();) {
    at[0] = at[1];
    at[1] = at[2];
    at[2] = next;
    next += unicode::decode(text, next).size;
  }
  return text.substr(at[0]);
}

constexpr std::uint64_t bit(Flag flag) { return std::uint64_t{1} << static_cast<unsigned>(flag); }

}  // namespace

std::string shape_of(std::string_view text) {
  std::string shape;
  std::string_view last;
  std::size_t run = 0, count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const unicode::Decoded code = unicode::decode(text, at);
    std::string_view c = text.substr(at, code.size);
    if (unicode::is_letter(code.code_point)) {
      c = unicode::is_upper(code.code_point) ? "X" : "x";
    } else if (unicode::is_digit(code.code_point)) {
      c = "d";
    }
    run = c == last ? run + 1 : 1;
    last = c;
    if (run <= 4) shape += c;
    at += code.size;
  }
  return count < 100 ? shape : "LONG";
}

std::uint64_t flags_of(std::string_view text) {
  if (text.empty()) return 0;
  bool alpha = true, ascii = true, digit = true, punctuation = true, space = true;
  bool any_lower = false, any_upper = false, any_title = false;
  bool titled = true, in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    const char32_t c = code.code_point;
    alpha = alpha && unicode::is_letter(c);
    ascii = ascii && c < 0x80;
    digit = digit && unicode::is_digit(c);
    punctuation = punctuation && unicode::is_punctuation(c);
    space = space && unicode::is_space(c);
    const bool lower = unicode::is_lower(c), upper = unicode::is_upper(c),
               title = unicode::is_title(c);
    any_lower |= lower;
    any_upper |= upper;
    any_title |= title;
    if (upper || title) titled = titled && !in_word;
    if (lower) titled = titled && in_word;
    in_word = lower || upper || title;
    at += code.size;
  }
  return (alpha ? bit(Flag::kIsAlpha) : 0) | (ascii ? bit(Flag::kIsAscii) : 0) |
         (digit ? bit(Flag::kIsDigit) : 0) | (punctuation ? bit(Flag::kIsPunct) : 0) |
         (space ? bit(Flag::kIsSpace) : 0) |
         (any_lower && !any_upper && !any_title ? bit(Flag::kIsLower) : 0) |
         (any_upper && !any_lower && !any_title ? bit(Flag::kIsUpper) : 0) |
         (titled && (any_upper || any_title) ? bit(Flag::kIsTitle) : 0);
}

const Lexeme& LexemeCache::get(std::string_view text) {
  const std::uint64_t hash = murmur64a(text);
  if (const auto* found = by_text_.find(text, hash)) return **found;
  lexemes_.push_back(make(text));
  const Lexeme& lexeme = lexemes_.back();
  by_text_.insert(lexeme.text, hash, &lexeme);
  return lexeme;
}

Lexeme LexemeCache::make(std::string_view text) {
  Lexeme lexeme;
  lexeme.text = strings_.add(text);
  const std::string lower = unicode::to_lower(text);
  lexeme.lower = lower == text ? lexeme.text : strings_.add(lower);
  lexeme.orth = string_id(text);
  lexeme.lower_id = lower == text ? lexeme.orth : string_id(lower);
  const std::string_view norm = vocab_->norm(text, lexeme.orth);
  lexeme.norm = norm.empty() ? lexeme.lower : norm;
  lexeme.norm_id = norm.empty() ? lexeme.lower_id : string_id(norm);
  lexeme.shape = strings_.add(shape_of(text));
  lexeme.shape_id = string_id(lexeme.shape);
  lexeme.prefix_id = string_id(first_character(text));
  lexeme.suffix_id = string_id(last_three_characters(text));
  lexeme.flags = flags_of(text);
  lexeme.is_space = lexeme.has(Flag::kIsSpace);
  lexeme.index = static_cast<std::uint32_t>(lexemes_.size());
  return lexeme;
}

void LexemeCache::forget_cuts() {
  cuts_.clear();
  cut_tokens_.clear();
  cut_strings_ = StringArena();
}

void LexemeCache::clear() {
  by_text_.clear();
  forget_cuts();
  lexemes_.clear();
  strings_ = StringArena();
}

}  // namespace dateline::language
