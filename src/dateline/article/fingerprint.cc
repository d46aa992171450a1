#include "dateline/article/fingerprint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

constexpr std::size_t kShingle = 4;

// Finishing steps of SplitMix64: every bit of the result depends on every bit given.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

std::vector<std::uint64_t> word_hashes(std::string_view text) {
  std::vector<std::uint64_t> hashes;
  constexpr std::uint64_t kStart = 0xCBF29CE484222325U;  // FNV-1a
  std::uint64_t hash = kStart;
  const std::string lower = unicode::to_lower(text);
  for (std::size_t at = 0; at < lower.size();) {
    const unicode::Decoded code = unicode::decode(lower, at);
    at += code.size;
    const char32_t c = code.code_point;
    const bool letter = c < 0x80 ? is_alpha(static_cast<char>(c)) || is_digit(static_cast<char>(c))
                                 : c >= 0xC0 && (c < 0x2000 || c > 0x303F) && c != 0xFFFD;
    if (letter) {
      hash = (hash ^ c) * 0x100000001B3U;
    } else if (hash != kStart && c != 0x2019 && c != '\'') {
      hashes.push_back(hash);
      hash = kStart;
    }
  }
  if (hash != kStart) hashes.push_back(hash);
  return hashes;
}

}  // namespace

std::uint64_t fingerprint(std::string_view text) {
  const auto words = word_hashes(text);
  if (words.empty()) return 0;
  std::array<std::int32_t, 64> votes{};
  const std::size_t shingles = words.size() < kShingle ? 1 : words.size() - kShingle + 1;
  for (std::size_t i = 0; i < shingles; ++i) {
    std::uint64_t hash = 0;
    for (std::size_t k = i; k < std::min(i + kShingle, words.size()); ++k)
      hash = mixed(hash ^ words[k]);
    for (std::size_t bit = 0; bit < 64; ++bit) votes[bit] += (hash >> bit) & 1U ? 1 : -1;
  }
  std::uint64_t print = 0;
  for (std::size_t bit = 0; bit < 64; ++bit)
    if (votes[bit] > 0) print |= std::uint64_t{1} << bit;
  return print;
}

int distance(std::uint64_t a, std::uint64_t b) { return std::popcount(a ^ b); }

}  // namespace dateline::article
