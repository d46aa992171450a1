#pragma once
// Matrix: rows of float32, the currency of the layers.
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "dateline/neural/aligned.h"

namespace dateline::neural {

// Row-major, no padding, from the beginning of a line of the cache on. A regular value; zero-filled
// when made by size.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t cols) : rows_(rows), cols_(cols), data_(rows * cols, 0.0F) {}
  // `data` holds rows * cols numbers.
  Matrix(std::size_t rows, std::size_t cols, const std::vector<float>& data) : Matrix(rows, cols) {
    std::copy_n(data.begin(), std::min(data.size(), data_.size()), data_.begin());
  }

  // Another size; the numbers are any until they are set. Keeps its memory.
  void resize(std::size_t rows, std::size_t cols) {
    rows_ = rows;
    cols_ = cols;
    data_.resize(rows * cols);
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t cols() const { return cols_; }
  [[nodiscard]] std::span<float> row(std::size_t i) {
    return std::span(data_).subspan(i * cols_, cols_);
  }
  [[nodiscard]] std::span<const float> row(std::size_t i) const {
    return std::span(data_).subspan(i * cols_, cols_);
  }
  [[nodiscard]] float& operator()(std::size_t i, std::size_t j) { return data_[i * cols_ + j]; }
  [[nodiscard]] float operator()(std::size_t i, std::size_t j) const {
    return data_[i * cols_ + j];
  }
  // Row after row.
  [[nodiscard]] std::span<float> all() { return data_; }
  [[nodiscard]] std::span<const float> all() const { return data_; }
  [[nodiscard]] float* data() { return data_.data(); }
  [[nodiscard]] const float* data() const { return data_.data(); }

  friend bool operator==(const Matrix&, const Matrix&) = default;

 private:
  std::size_t rows_ = 0, cols_ = 0;
  Aligned<float> data_;
};

}  // namespace dateline::neural
