#pragma once
// The arithmetic of the networks: float32, on any x86-64, with the widest vectors that the machine
// has (Highway chooses at run time).
//
// Every output is one chain of multiply-adds over the inputs in their order, and sums over a row
// use sixteen fixed lanes: a result depends neither on the number of rows computed together nor on
// the width of the vectors (machines without fused multiply-add round differently in the last bit).
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

namespace dateline::language {

// Floats on a 64-byte boundary that are not initialised. Move-only.
class FloatBuffer {
 public:
  FloatBuffer() = default;
  explicit FloatBuffer(std::size_t size);
  // At least `size` floats; what was in it is lost when it grows.
  void reserve(std::size_t size);
  [[nodiscard]] float* data() { return data_.get(); }
  [[nodiscard]] const float* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(float* data) const;
  };
  std::unique_ptr<float[], Free> data_;
  std::size_t size_ = 0;
};

// Weights and bias of a linear layer, laid out for multiply().
class Matrix {
 public:
  Matrix() = default;
  // Output i is row order[i] of `weights` (row-major, `inputs` wide, at least `stride` apart) with
  // bias[order[i]]; an empty bias is zero.
  Matrix(const float* weights, std::size_t stride, std::size_t inputs, std::span<const float> bias,
         std::span<const std::uint32_t> order);

  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  // Floats that multiply() writes a row: outputs() rounded up; what is beyond outputs() is zero.
  [[nodiscard]] std::size_t padded() const { return (outputs_ + kPanel - 1) / kPanel * kPanel; }

  static constexpr std::size_t kPanel = 32;
  [[nodiscard]] const float* panels() const { return panels_.data(); }
  [[nodiscard]] const float* bias() const { return bias_.data(); }

 private:
  std::size_t outputs_ = 0, inputs_ = 0;
  FloatBuffer panels_;  // [padded / kPanel][inputs][kPanel]
  FloatBuffer bias_;    // [padded]
};

// c[r] = matrix * a[r] + bias for `rows` rows that lie `a_stride` and `c_stride` floats apart
// (a rows may overlap; c_stride >= matrix.padded(), c on a 4-byte boundary).
void multiply(const Matrix& matrix, const float* a, std::size_t a_stride, std::size_t rows,
              float* c, std::size_t c_stride);

// Widest row of maxout_norm().
inline constexpr std::size_t kMaxWidth = 1024;
// The mask of best_allowed() for what is not allowed.
inline constexpr float kNotAllowed = -std::numeric_limits<float>::infinity();

// The layer norm of spaCy's Maxout over rows of `pieces` x `width` floats
// (`width` a multiple of 16 up to kMaxWidth):
// out[r] = (residual[r] +) norm(max over pieces of y[r]) * gain + shift.
struct MaxoutNorm {
  std::size_t width = 0, pieces = 0;
  const float* gain = nullptr;
  const float* shift = nullptr;
};
// `residual` may be null, and may be `out`; both have `stride` floats a row.
void maxout_norm(const MaxoutNorm& layer, const float* y, std::size_t y_stride, std::size_t rows,
                 const float* residual, float* out, std::size_t stride);

// out[i] = sum over rows, in their order, of row[i]. `size` a multiple of 16.
void add_rows(std::span<const float* const> rows, std::size_t size, float* out);

// out[o] = max over pieces p of (sum over rows of row[p * width + o]) + bias[p * width + o].
// `width` a multiple of 16.
void add_maxout(std::span<const float* const> rows, const float* bias, std::size_t pieces,
                std::size_t width, float* out);

// The first greatest of scores[i] + mask[i] (mask: 0, or minus infinity for what is not allowed);
// -1 when nothing is allowed. `size` a multiple of 16.
[[nodiscard]] std::int32_t best_allowed(const float* scores, const float* mask, std::size_t size);

// Name of the instruction set in use, for reports.
[[nodiscard]] const char* kernel_target();

}  // namespace dateline::language
