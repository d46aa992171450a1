#pragma once
// Matrix: rows of float32, the currency of the layers.
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace dateline::neural {

// Row-major, no padding. A regular value; zero-filled when made by size.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t cols) : rows_(rows), cols_(cols), data_(rows * cols) {}
  // `data` holds rows * cols numbers.
  Matrix(std::size_t rows, std::size_t cols, std::vector<float> data)
      : rows_(rows), cols_(cols), data_(std::move(data)) {
    data_.resize(rows * cols);
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
  [[nodiscard]] float* data() { return data_.data(); }
  [[nodiscard]] const float* data() const { return data_.data(); }

  friend bool operator==(const Matrix&, const Matrix&) = default;

 private:
  std::size_t rows_ = 0, cols_ = 0;
  std::vector<float> data_;
};

}  // namespace dateline::neural
