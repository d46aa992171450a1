#pragma once
// ByteSpan: where in a document something stands. Everything that Dateline records refers to the
// text by these, never by copies; the writer turns them into code points.
#include <algorithm>
#include <cstdint>
#include <string_view>

namespace dateline {

// Half-open range of byte offsets into the article's text (UTF-8). A value; 8 bytes.
struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // exclusive; >= begin

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return end <= begin; }
  [[nodiscard]] constexpr bool contains(ByteSpan other) const {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] constexpr bool overlaps(ByteSpan other) const {
    return begin < other.end && other.begin < end;
  }
  friend constexpr auto operator<=>(ByteSpan, ByteSpan) = default;
};

// The bytes of `text` that `span` covers, cut at its end: total for any span.
[[nodiscard]] constexpr std::string_view slice(std::string_view text, ByteSpan span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  return text.substr(begin, end - begin);
}

// Half-open range of token numbers in a Doc.
struct TokenSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool contains(std::uint32_t token) const {
    return begin <= token && token < end;
  }
  friend constexpr auto operator<=>(TokenSpan, TokenSpan) = default;
};

}  // namespace dateline
