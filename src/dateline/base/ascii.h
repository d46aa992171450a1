#pragma once
// ASCII predicates that know no locale, and small helpers on string_view built from them.
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dateline {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alpha(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

// ASCII letters lowered, every other byte kept.
inline std::string to_lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = to_lower(c);
  return lowered;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Whether `word` is one of `words`.
template <class... Words>
constexpr bool is_one_of(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

// The whole of `text` as a decimal number; nothing when it is anything else or does not fit.
template <class Int = int>
std::optional<Int> to_number(std::string_view text) {
  Int value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace dateline
