#pragma once
// Predicates on code points that agree with Python 3.11 (Unicode 14.0), code point by code point:
// what later versions added is unassigned here, as it is to the models that were trained with them.
#include <string_view>

namespace dateline::unicode {

// General category L*: str.isalpha() of one character.
[[nodiscard]] bool is_letter(char32_t c);
// Derived properties Uppercase and Lowercase; title-case letters (Lt) are neither.
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);
[[nodiscard]] bool is_title(char32_t c);
// Numeric_Type Decimal or Digit: str.isdigit(); superscripts and circled digits are, fractions not.
[[nodiscard]] bool is_digit(char32_t c);
// General category P*.
[[nodiscard]] bool is_punctuation(char32_t c);
// str.isspace(): White_Space and U+001C to U+001F.
[[nodiscard]] bool is_space(char32_t c);
// Passed over when the context of a final sigma is looked for.
[[nodiscard]] bool is_case_ignorable(char32_t c);
[[nodiscard]] bool is_cased(char32_t c);

// A character of a word, where words are only compared and not shown: ASCII letters and digits, and
// every other character but punctuation of Latin-1, general punctuation to CJK symbols, and U+FFFD.
// Not what Python says: cheap, the same in every version, and marks that stand alone are of the
// word.
[[nodiscard]] constexpr bool is_of_word(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z');
  return c >= 0xC0 && (c < 0x2000 || c > 0x303F) && c != 0xFFFD;
}

}  // namespace dateline::unicode
