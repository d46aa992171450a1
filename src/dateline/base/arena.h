#pragma once
// StringArena: owns strings that views point to for as long as it lives, also when it is moved.
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace dateline {

// Not thread-safe. Appending is O(bytes); nothing is freed before the arena.
class StringArena {
 public:
  std::string_view add(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > left_) grow(text.size());
    char* at = next_;
    text.copy(at, text.size());
    next_ += text.size();
    left_ -= text.size();
    return {at, text.size()};
  }

 private:
  void grow(std::size_t need) {
    const std::size_t size = need > kChunk ? need : kChunk;
    chunks_.push_back(std::make_unique<char[]>(size));
    next_ = chunks_.back().get();
    left_ = size;
  }

  static constexpr std::size_t kChunk = 16384;
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace dateline
