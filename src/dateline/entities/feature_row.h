#pragma once
// FeatureRow: numbers for the ranker, filled from left to right; zeros are not kept.
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "dateline/neural/sparse.h"

namespace dateline::entities {

class FeatureRow {
 public:
  static constexpr std::size_t kMost = 387;

  void number(float value) { put(value, 1); }
  void flag(bool value) { put(value ? 1.0F : 0.0F, 1); }
  // One of `size` places; the last for whatever lies beyond.
  void one_of(std::size_t value, std::size_t size) {
    const std::size_t at = std::min(value, size - 1);
    column_ += static_cast<std::uint32_t>(at);
    put(1.0F, size - at);
  }
  void log(std::size_t count) { number(half_log(count)); }
  // Goes on at `column`, which is not behind.
  FeatureRow& at(std::size_t column) {
    assert(column >= column_);
    column_ = static_cast<std::uint32_t>(column);
    return *this;
  }
  [[nodiscard]] std::size_t column() const { return column_; }
  [[nodiscard]] neural::SparseRow row() const {
    return {std::span(columns_).first(size_), std::span(values_).first(size_)};
  }

 private:
  void put(float value, std::size_t width) {
    assert(column_ < kMost);
    if (column_ >= kMost) return;
    columns_[size_] = column_;
    values_[size_] = value;
    size_ += value != 0.0F ? 1U : 0U;
    column_ += static_cast<std::uint32_t>(width);
  }
  // Half of log(1 + count); counts are small nearly always.
  static float half_log(std::size_t count) {
    static const auto known = [] {
      std::array<float, 128> logs{};
      for (std::size_t i = 0; i < logs.size(); ++i) logs[i] = compute(static_cast<double>(i));
      return logs;
    }();
    return count < known.size() ? known[count] : compute(static_cast<double>(count));
  }
  static float compute(double count) { return static_cast<float>(std::log1p(count)) * 0.5F; }

  std::array<std::uint32_t, kMost> columns_;
  std::array<float, kMost> values_;
  std::size_t size_ = 0;
  std::uint32_t column_ = 0;
};

}  // namespace dateline::entities
