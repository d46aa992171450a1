#pragma once
// SparseRows: rows of which few numbers are not 0, as those numbers and their columns.
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dateline::neural {

// Two lists of one length; columns rise.
struct SparseRow {
  std::span<const std::uint32_t> columns;
  std::span<const float> values;
};

// Every row is the sum of its own numbers and those that all rows share.
class SparseRows {
 public:
  explicit SparseRows(std::size_t width) : width_(width) {}

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] SparseRow shared() const { return {shared_columns_, shared_values_}; }
  [[nodiscard]] SparseRow operator[](std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1], size = ends_[row] - begin;
    return {std::span(columns_).subspan(begin, size), std::span(values_).subspan(begin, size)};
  }

  void reserve(std::size_t rows, std::size_t numbers) {
    columns_.reserve(numbers);
    values_.reserve(numbers);
    ends_.reserve(rows);
  }
  // Columns below width(), none of them shared.
  void add(SparseRow row) {
    columns_.insert(columns_.end(), row.columns.begin(), row.columns.end());
    values_.insert(values_.end(), row.values.begin(), row.values.end());
    ends_.push_back(columns_.size());
  }
  void share(SparseRow row) {
    shared_columns_.assign(row.columns.begin(), row.columns.end());
    shared_values_.assign(row.values.begin(), row.values.end());
  }

  // Row after row, zeros and all.
  [[nodiscard]] std::vector<float> dense() const {
    std::vector<float> numbers(size() * width_);
    const auto fill = [&](SparseRow row, std::size_t at) {
      for (std::size_t n = 0; n < row.columns.size(); ++n)
        numbers[at + row.columns[n]] = row.values[n];
    };
    for (std::size_t i = 0; i < size(); ++i) {
      fill(shared(), i * width_);
      fill((*this)[i], i * width_);
    }
    return numbers;
  }

 private:
  std::size_t width_;
  std::vector<std::uint32_t> columns_, shared_columns_;
  std::vector<float> values_, shared_values_;
  std::vector<std::size_t> ends_;
};

}  // namespace dateline::neural
