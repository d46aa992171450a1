#include "dateline/language/strings.h"

#include <array>
#include <bit>
#include <cstring>

#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view language_symbols;
}

namespace dateline::language {
namespace {

static_assert(std::endian::native == std::endian::little, "ids are hashes of little-endian words");

// Open-addressed by hash; a quarter to a half full.
class Symbols {
 public:
  Symbols() {
    std::uint32_t id = 0;
    for (const auto& row : parse_tsv(data::language_symbols)) {
      const std::uint64_t hash = murmur64a(row[0]);
      std::size_t at = hash % kSlots;
      while (slots_[at].id != 0) at = (at + 1) % kSlots;
      slots_[at] = {row[0], hash, ++id};
    }
  }

  // 0: none.
  [[nodiscard]] std::uint32_t find(std::string_view text, std::uint64_t hash) const {
    for (std::size_t at = hash % kSlots; slots_[at].id != 0; at = (at + 1) % kSlots)
      if (slots_[at].hash == hash && slots_[at].text == text) return slots_[at].id;
    return 0;
  }

 private:
  struct Slot {
    std::string_view text;
    std::uint64_t hash = 0;
    std::uint32_t id = 0;
  };
  static constexpr std::size_t kSlots = 1024;
  std::array<Slot, kSlots> slots_;
};

}  // namespace

std::uint64_t murmur64a(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t kMultiplier = 0xC6A4A7935BD1E995U;
  constexpr int kShift = 47;
  const char* at = bytes.data();
  const std::size_t size = bytes.size();
  std::uint64_t hash = seed ^ (size * kMultiplier);
  for (const char* const end = at + (size & ~std::size_t{7}); at != end; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    word *= kMultiplier;
    word ^= word >> kShift;
    word *= kMultiplier;
    hash = (hash ^ word) * kMultiplier;
  }
  if (const std::size_t tail = size & 7; tail != 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, tail);
    hash = (hash ^ word) * kMultiplier;
  }
  hash ^= hash >> kShift;
  hash *= kMultiplier;
  return hash ^ (hash >> kShift);
}

StringId string_id(std::string_view text) {
  static const Symbols symbols;
  if (text.empty()) return 0;
  const std::uint64_t hash = murmur64a(text);
  const std::uint32_t symbol = symbols.find(text, hash);
  return symbol != 0 ? symbol : hash;
}

}  // namespace dateline::language
