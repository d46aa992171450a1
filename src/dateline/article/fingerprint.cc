#include "dateline/article/fingerprint.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>
#include <vector>

#include "dateline/unicode/category.h"
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
    char32_t c = static_cast<unsigned char>(lower[at]);
    if (c < 0x80) {
      ++at;
    } else {
      const unicode::Decoded code = unicode::decode(lower, at);
      at += code.size;
      c = code.code_point;
    }
    if (unicode::is_of_word(c)) {
      hash = (hash ^ c) * 0x100000001B3U;
    } else if (hash != kStart && c != 0x2019 && c != '\'') {
      hashes.push_back(hash);
      hash = kStart;
    }
  }
  if (hash != kStart) hashes.push_back(hash);
  return hashes;
}

// Counts for each bit how many hashes have it. Eight counters of a byte share a word, so that a
// hash costs eight additions and not sixty-four; they are emptied before one can overflow.
class Votes {
 public:
  void add(std::uint64_t hash) {
    for (std::size_t byte = 0; byte < 8; ++byte)
      small_[byte] += kSpread[(hash >> (8 * byte)) & 0xFFU];
    if (++pending_ == 255) empty();
  }
  // The bits that more than half of the hashes have.
  [[nodiscard]] std::uint64_t majority() {
    empty();
    std::uint64_t bits = 0;
    for (std::size_t bit = 0; bit < 64; ++bit)
      if (2 * having_[bit] > hashes_) bits |= std::uint64_t{1} << bit;
    return bits;
  }

 private:
  // Bit i of a byte becomes byte i of a word.
  static constexpr std::array<std::uint64_t, 256> kSpread = [] {
    std::array<std::uint64_t, 256> spread{};
    for (std::size_t byte = 0; byte < 256; ++byte)
      for (std::size_t bit = 0; bit < 8; ++bit)
        spread[byte] |= static_cast<std::uint64_t>((byte >> bit) & 1U) << (8 * bit);
    return spread;
  }();
  void empty() {
    for (std::size_t bit = 0; bit < 64; ++bit)
      having_[bit] += (small_[bit / 8] >> (8 * (bit % 8))) & 0xFFU;
    small_ = {};
    hashes_ += pending_;
    pending_ = 0;
  }
  std::array<std::uint64_t, 8> small_{};
  std::array<std::uint64_t, 64> having_{};
  std::uint64_t hashes_ = 0, pending_ = 0;
};

}  // namespace

std::vector<std::uint64_t> shingles(std::string_view text) {
  const auto words = word_hashes(text);
  if (words.empty()) return {};
  std::vector<std::uint64_t> list(words.size() < kShingle ? 1 : words.size() - kShingle + 1);
  for (std::size_t i = 0; i < list.size(); ++i)
    for (std::size_t k = i; k < std::min(i + kShingle, words.size()); ++k)
      list[i] = mixed(list[i] ^ words[k]);
  return list;
}

std::uint64_t fingerprint(std::string_view text) {
  const auto list = shingles(text);
  if (list.empty()) return 0;
  Votes votes;
  for (const std::uint64_t hash : list) votes.add(hash);
  return votes.majority();
}

int distance(std::uint64_t a, std::uint64_t b) { return std::popcount(a ^ b); }

}  // namespace dateline::article
