#pragma once
// Recency: clusters by last mention, the latest first.
#include <cstdint>
#include <vector>

namespace dateline::entities {

constexpr std::uint32_t kNil = 0xFFFFFFFF;  // no cluster

// A doubly linked list in two arrays; O(1) each, O(clusters) of memory.
class Recency {
 public:
  void touch(std::uint32_t cluster) {
    if (cluster >= next_.size()) {
      next_.resize(cluster + 1, kNil);
      previous_.resize(cluster + 1, kNil);
      listed_.resize(cluster + 1);
    }
    if (head_ == cluster) return;
    if (listed_[cluster]) {
      next_[previous_[cluster]] = next_[cluster];
      if (next_[cluster] != kNil) previous_[next_[cluster]] = previous_[cluster];
    }
    listed_[cluster] = true;
    previous_[cluster] = kNil;
    next_[cluster] = head_;
    if (head_ != kNil) previous_[head_] = cluster;
    head_ = cluster;
  }
  [[nodiscard]] std::uint32_t first() const { return head_; }
  [[nodiscard]] std::uint32_t after(std::uint32_t cluster) const { return next_[cluster]; }
  [[nodiscard]] bool has(std::uint32_t cluster) const {
    return cluster < listed_.size() && listed_[cluster];
  }

 private:
  std::vector<std::uint32_t> next_, previous_;
  std::vector<bool> listed_;
  std::uint32_t head_ = kNil;
};

}  // namespace dateline::entities
