#pragma once
// TextTable: a hash table from strings that live elsewhere to small values; nothing is removed.
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/language/strings.h"

namespace dateline::language {

// Open addressing, at most half full. Keys are views: who inserts keeps the bytes alive. Not
// thread-safe to change; const use is.
template <class Value>
class TextTable {
 public:
  // Room for `count` keys without growing.
  void reserve(std::size_t count) {
    std::size_t slots = 16;
    while (slots < 2 * count) slots *= 2;
    if (slots > slots_.size()) rehash(slots);
  }

  [[nodiscard]] const Value* find(std::string_view key) const { return find(key, murmur64a(key)); }
  // `hash` is murmur64a(key).
  [[nodiscard]] const Value* find(std::string_view key, std::uint64_t hash) const {
    if (slots_.empty()) return nullptr;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].used(); at = (at + 1) & mask)
      if (slots_[at].hash == high(hash) && slots_[at].key() == key) return &slots_[at].value;
    return nullptr;
  }

  // Keeps the first value of a key.
  void insert(std::string_view key, Value value) { insert(key, murmur64a(key), std::move(value)); }
  void insert(std::string_view key, std::uint64_t hash, Value value) {
    if (find(key, hash) != nullptr) return;
    if (2 * (size_ + 1) > slots_.size()) rehash(slots_.empty() ? 16 : 2 * slots_.size());
    place({key.data(), static_cast<std::uint32_t>(key.size()), high(hash), std::move(value)}, hash);
    ++size_;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  void clear() {
    slots_.clear();
    size_ = 0;
  }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;

  struct Slot {
    const char* data = nullptr;
    std::uint32_t size = kFree;
    std::uint32_t hash = 0;  // the upper bits; the place comes from the lower ones
    [[no_unique_address]] Value value{};

    [[nodiscard]] bool used() const { return size != kFree; }
    [[nodiscard]] std::string_view key() const { return {data, size}; }
  };

  static std::uint32_t high(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

  void place(Slot slot, std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].used()) at = (at + 1) & mask;
    slots_[at] = std::move(slot);
  }

  void rehash(std::size_t slots) {
    std::vector<Slot> old(slots);
    old.swap(slots_);
    for (Slot& slot : old) {
      if (!slot.used()) continue;
      const std::uint64_t hash = murmur64a(slot.key());
      place(std::move(slot), hash);
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

// A set of strings.
struct Nothing {};
using TextSet = TextTable<Nothing>;

}  // namespace dateline::language
