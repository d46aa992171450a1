#include "dateline/unicode/utf8.h"

#include <utf8proc.h>

#include <algorithm>

#include "dateline/unicode/category.h"

namespace dateline::unicode {

Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const std::uint32_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  constexpr Decoded kBad{0xFFFD, 1, false};
  if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return kBad;
  char32_t code_point = first & (0xFFU >> (size + 1));
  for (std::uint32_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return kBad;
    code_point = (code_point << 6U) | (byte(i) & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code_point < kLeast[size] || code_point > 0x10FFFF || (code_point >> 11U) == 0x1B)
    return kBad;
  return {code_point, size, true};
}

namespace {

// The Final_Sigma rule for the capital sigma that begins at `at` and is two bytes long: a cased
// letter before it and none after it, case-ignorable characters passed over both ways.
bool is_final_sigma(std::string_view text, std::size_t at) {
  bool cased_before = false;
  for (std::size_t end = at; end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && end - begin < 4 &&
           (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80)
      --begin;
    Decoded code = decode(text, begin);
    if (begin + code.size != end) code = {0xFFFD, 1, false};
    if (!is_case_ignorable(code.code_point)) {
      cased_before = is_cased(code.code_point);
      break;
    }
    end -= code.size;
  }
  if (!cased_before) return false;
  for (std::size_t next = at + 2; next < text.size();) {
    const Decoded code = decode(text, next);
    if (!is_case_ignorable(code.code_point)) return !is_cased(code.code_point);
    next += code.size;
  }
  return true;
}

}  // namespace

void append(std::string& out, char32_t code_point) {
  utf8proc_uint8_t buffer[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), buffer);
  out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size));
}

std::string to_lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) ++end;
    const std::size_t begin = out.size();
    out += text.substr(at, end - at);
    for (std::size_t i = begin; i < out.size(); ++i)
      out[i] = static_cast<char>(out[i] | (out[i] >= 'A' && out[i] <= 'Z' ? 0x20 : 0));
    at = end;
    if (at == text.size()) break;
    const Decoded code = decode(text, at);
    if (!code.valid) {
      out += text[at];
    } else if (code.code_point == 0x130) {
      out += "i\u0307";
    } else if (code.code_point == 0x3A3) {
      out += is_final_sigma(text, at) ? "\u03C2" : "\u03C3";
    } else {
      append(out, static_cast<char32_t>(
                      utf8proc_tolower(static_cast<utf8proc_int32_t>(code.code_point))));
    }
    at += code.size;
  }
  return out;
}

std::string sanitize(std::string_view text, std::size_t* bad) {
  std::string out;
  out.reserve(text.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded code = decode(text, at);
    if (code.valid) {
      out.append(text.substr(at, code.size));
    } else {
      out += "\uFFFD";
      ++count;
    }
    at += code.size;
  }
  if (bad != nullptr) *bad = count;
  return out;
}

OffsetMap::OffsetMap(std::string_view text, OffsetUnit unit)
    : size_(static_cast<std::uint32_t>(text.size())) {
  const bool ascii = std::all_of(text.begin(), text.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii || unit == OffsetUnit::kBytes) return;
  at_byte_.resize(text.size() + 1);
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded code = decode(text, at);
    for (std::uint32_t i = 0; i < code.size; ++i) at_byte_[at + i] = count;
    count += unit == OffsetUnit::kUtf16 && code.code_point > 0xFFFF ? 2 : 1;
    at += code.size;
  }
  at_byte_[text.size()] = count;
}

std::uint32_t OffsetMap::operator()(std::uint32_t byte) const {
  if (at_byte_.empty()) return std::min(byte, size_);
  return at_byte_[std::min<std::size_t>(byte, at_byte_.size() - 1)];
}

std::uint32_t OffsetMap::to_byte(std::uint32_t offset) const {
  if (at_byte_.empty()) return std::min(offset, size_);
  const auto at = std::lower_bound(at_byte_.begin(), at_byte_.end(), offset);
  return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(at - at_byte_.begin(), size_));
}

}  // namespace dateline::unicode
