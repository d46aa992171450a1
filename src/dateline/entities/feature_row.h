#pragma once
// FeatureRow: numbers for the ranker, filled from left to right.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace dateline::entities {

class FeatureRow {
 public:
  FeatureRow(float* at, std::size_t width) : at_(at), end_(at + width) {}
  void number(float value) {
    assert(at_ < end_);
    if (at_ < end_) *at_++ = value;
  }
  void flag(bool value) { number(value ? 1.0F : 0.0F); }
  // One of `size` places; the last for whatever lies beyond.
  void one_of(std::size_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) flag(i == std::min(value, size - 1));
  }
  void log(double value) { number(static_cast<float>(std::log1p(value)) * 0.5F); }

 private:
  float *at_, *end_;
};

}  // namespace dateline::entities
