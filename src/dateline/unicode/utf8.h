#pragma once
// UTF-8: decoding that is total, case folding, and offsets in the units that others count in.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"

namespace dateline::unicode {

struct Decoded {
  char32_t code_point;  // U+FFFD for a byte that is not part of a valid sequence
  std::uint32_t size;   // bytes taken, >= 1
  bool valid;
};

// The code point that begins at `text[at]`. REQUIRES at < text.size(). Any bytes: an invalid byte
// is U+FFFD of size 1. Overlong forms, surrogates and values over U+10FFFF are invalid.
[[nodiscard]] Decoded decode(std::string_view text, std::size_t at);

// Appends `code_point` (a scalar value) as UTF-8.
void append(std::string& out, char32_t code_point);

// Lower case as Python's str.lower: simple mappings, U+0130 becomes two, a capital sigma that ends
// a word becomes the final one. Invalid bytes are kept.
[[nodiscard]] std::string to_lower(std::string_view text);

// Every invalid byte of `text` replaced by U+FFFD; `*bad` (may be null) counts them.
[[nodiscard]] std::string sanitize(std::string_view text, std::size_t* bad);

enum class OffsetUnit { kBytes, kCodePoints, kUtf16 };

// Turns byte offsets of one text into other units. Built once a text in O(bytes), O(1) a look-up;
// pure ASCII costs no memory. An offset inside a code point counts as that code point's beginning.
class OffsetMap {
 public:
  OffsetMap(std::string_view text, OffsetUnit unit);
  [[nodiscard]] std::uint32_t operator()(std::uint32_t byte) const;
  // The other way: byte offset of a unit offset (clamped to the text).
  [[nodiscard]] std::uint32_t to_byte(std::uint32_t offset) const;

 private:
  std::vector<std::uint32_t> at_byte_;  // empty: the identity
  std::uint32_t size_ = 0;
};

}  // namespace dateline::unicode
