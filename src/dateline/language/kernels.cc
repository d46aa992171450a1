#include "dateline/language/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dateline/language/kernels.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dateline::language::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Floats>;
constexpr std::size_t kLanes = hn::MaxLanes(Floats());
constexpr std::size_t kVirtualLanes = 16;
constexpr std::size_t kParts = kVirtualLanes / kLanes;

// Rows computed together: what the registers hold beside two vectors of weights.
#if HWY_TARGET <= HWY_AVX3
constexpr std::size_t kMaxRows = 12;
#else
constexpr std::size_t kMaxRows = 6;
#endif

// kRows rows by two vectors of outputs.
template <std::size_t kRows>
HWY_INLINE void tile(const float* HWY_RESTRICT a, std::size_t a_stride, const float* HWY_RESTRICT b,
                     std::size_t inputs, const float* HWY_RESTRICT bias, float* HWY_RESTRICT c,
                     std::size_t c_stride) {
  const Floats d;
  Vector left[kRows], right[kRows];
  for (std::size_t r = 0; r < kRows; ++r) {
    left[r] = hn::LoadU(d, bias);
    right[r] = hn::LoadU(d, bias + kLanes);
  }
  for (std::size_t k = 0; k < inputs; ++k) {
    const Vector b_left = hn::LoadU(d, b + k * Matrix::kPanel);
    const Vector b_right = hn::LoadU(d, b + k * Matrix::kPanel + kLanes);
    for (std::size_t r = 0; r < kRows; ++r) {
      const Vector x = hn::Set(d, a[r * a_stride + k]);
      left[r] = hn::MulAdd(x, b_left, left[r]);
      right[r] = hn::MulAdd(x, b_right, right[r]);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    hn::StoreU(left[r], d, c + r * c_stride);
    hn::StoreU(right[r], d, c + r * c_stride + kLanes);
  }
}

template <std::size_t kRows>
HWY_INLINE void last_rows(const float* a, std::size_t a_stride, std::size_t rows, const float* b,
                          std::size_t inputs, const float* bias, float* c, std::size_t c_stride) {
  if constexpr (kRows > 0) {
    if (rows == kRows) {
      tile<kRows>(a, a_stride, b, inputs, bias, c, c_stride);
    } else {
      last_rows<kRows - 1>(a, a_stride, rows, b, inputs, bias, c, c_stride);
    }
  }
}

// One row by one panel's share, with enough chains at once to hide the latency of each.
HWY_INLINE void one_row(const Matrix& matrix, const float* HWY_RESTRICT a, float* HWY_RESTRICT c) {
  const Floats d;
  constexpr std::size_t kPanelVectors = Matrix::kPanel / kLanes;
  constexpr std::size_t kPanels = kPanelVectors >= 8 ? 1 : 8 / kPanelVectors;
  const std::size_t inputs = matrix.inputs(), panels = matrix.padded() / Matrix::kPanel;
  std::size_t panel = 0;
  for (; panel + kPanels <= panels; panel += kPanels) {
    const float* b = matrix.panels() + panel * inputs * Matrix::kPanel;
    Vector sum[kPanels * kPanelVectors];
    for (std::size_t v = 0; v < kPanels * kPanelVectors; ++v) {
      sum[v] = hn::LoadU(d, matrix.bias() + panel * Matrix::kPanel + v * kLanes);
    }
    for (std::size_t k = 0; k < inputs; ++k) {
      const Vector x = hn::Set(d, a[k]);
      for (std::size_t p = 0; p < kPanels; ++p) {
        for (std::size_t v = 0; v < kPanelVectors; ++v) {
          const float* at = b + (p * inputs + k) * Matrix::kPanel + v * kLanes;
          Vector& s = sum[p * kPanelVectors + v];
          s = hn::MulAdd(x, hn::LoadU(d, at), s);
        }
      }
    }
    for (std::size_t v = 0; v < kPanels * kPanelVectors; ++v) {
      hn::StoreU(sum[v], d, c + panel * Matrix::kPanel + v * kLanes);
    }
  }
  for (; panel < panels; ++panel) {
    for (std::size_t column = 0; column < Matrix::kPanel; column += 2 * kLanes) {
      tile<1>(a, 0, matrix.panels() + panel * inputs * Matrix::kPanel + column, inputs,
              matrix.bias() + panel * Matrix::kPanel + column, c + panel * Matrix::kPanel + column,
              0);
    }
  }
}

void multiply(const Matrix& matrix, const float* a, std::size_t a_stride, std::size_t rows,
              float* c, std::size_t c_stride) {
  if (rows == 1) return one_row(matrix, a, c);
  const std::size_t inputs = matrix.inputs();
  for (std::size_t output = 0; output < matrix.padded(); output += 2 * kLanes) {
    const float* b = matrix.panels() + output / Matrix::kPanel * inputs * Matrix::kPanel +
                     output % Matrix::kPanel;
    const float* bias = matrix.bias() + output;
    std::size_t row = 0;
    for (; row + kMaxRows <= rows; row += kMaxRows) {
      tile<kMaxRows>(a + row * a_stride, a_stride, b, inputs, bias, c + row * c_stride + output,
                     c_stride);
    }
    last_rows<kMaxRows - 1>(a + row * a_stride, a_stride, rows - row, b, inputs, bias,
                            c + row * c_stride + output, c_stride);
  }
}

// The sum of sixteen lanes, always in the same order.
HWY_INLINE float sum_lanes(const Vector (&sum)[kParts]) {
  const Floats d;
  HWY_ALIGN float lanes[kVirtualLanes];
  for (std::size_t p = 0; p < kParts; ++p) hn::StoreU(sum[p], d, lanes + p * kLanes);
  for (std::size_t half = kVirtualLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

void maxout_norm(const MaxoutNorm& layer, const float* y, std::size_t y_stride, std::size_t rows,
                 const float* residual, float* out, std::size_t stride) {
  const Floats d;
  const std::size_t width = layer.width;
  const auto scale = 1.0F / static_cast<float>(width);
  for (std::size_t r = 0; r < rows; ++r) {
    const float* HWY_RESTRICT in = y + r * y_stride;
    HWY_ALIGN float best[kMaxWidth];
    Vector sum[kParts];
    for (std::size_t p = 0; p < kParts; ++p) sum[p] = hn::Zero(d);
    for (std::size_t i = 0; i < width; i += kVirtualLanes) {
      for (std::size_t p = 0; p < kParts; ++p) {
        const std::size_t at = i + p * kLanes;
        Vector x = hn::LoadU(d, in + at);
        for (std::size_t piece = 1; piece < layer.pieces; ++piece) {
          x = hn::Max(x, hn::LoadU(d, in + piece * width + at));
        }
        hn::Store(x, d, best + at);
        sum[p] = hn::Add(sum[p], x);
      }
    }
    const float mean = sum_lanes(sum) * scale;
    const Vector mu = hn::Set(d, mean);
    for (std::size_t p = 0; p < kParts; ++p) sum[p] = hn::Zero(d);
    for (std::size_t i = 0; i < width; i += kVirtualLanes) {
      for (std::size_t p = 0; p < kParts; ++p) {
        const Vector x = hn::Sub(hn::Load(d, best + i + p * kLanes), mu);
        sum[p] = hn::MulAdd(x, x, sum[p]);
      }
    }
    const Vector variance = hn::Set(d, sum_lanes(sum) * scale + 1e-8F);
    const Vector deviation = hn::Div(hn::Set(d, 1.0F), hn::Sqrt(variance));
    for (std::size_t i = 0; i < width; i += kLanes) {
      const Vector x = hn::Mul(hn::Sub(hn::Load(d, best + i), mu), deviation);
      Vector z = hn::MulAdd(x, hn::LoadU(d, layer.gain + i), hn::LoadU(d, layer.shift + i));
      if (residual != nullptr) z = hn::Add(hn::LoadU(d, residual + r * stride + i), z);
      hn::StoreU(z, d, out + r * stride + i);
    }
  }
}

void add_rows(const float* const* rows, std::size_t count, std::size_t size, float* out) {
  const Floats d;
  for (std::size_t i = 0; i < size; i += kLanes) {
    Vector sum = hn::LoadU(d, rows[0] + i);
    for (std::size_t r = 1; r < count; ++r) sum = hn::Add(sum, hn::LoadU(d, rows[r] + i));
    hn::StoreU(sum, d, out + i);
  }
}

void add_maxout(const float* const* rows, std::size_t count, const float* bias, std::size_t pieces,
                std::size_t width, float* out) {
  const Floats d;
  for (std::size_t i = 0; i < width; i += kLanes) {
    Vector best = hn::Undefined(d);
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      const std::size_t at = piece * width + i;
      Vector sum = hn::LoadU(d, rows[0] + at);
      for (std::size_t r = 1; r < count; ++r) sum = hn::Add(sum, hn::LoadU(d, rows[r] + at));
      sum = hn::Add(sum, hn::LoadU(d, bias + at));
      best = piece == 0 ? sum : hn::Max(best, sum);
    }
    hn::StoreU(best, d, out + i);
  }
}

std::int32_t best_allowed(const float* scores, const float* mask, std::size_t size) {
  const Floats d;
  const Vector none = hn::Set(d, kNotAllowed);
  Vector best = none;
  for (std::size_t i = 0; i < size; i += kLanes) {
    best = hn::Max(best, hn::Add(hn::LoadU(d, scores + i), hn::LoadU(d, mask + i)));
  }
  best = hn::MaxOfLanes(d, best);
  if (hn::AllTrue(d, hn::Eq(best, none))) return -1;
  for (std::size_t i = 0; i < size; i += kLanes) {
    const auto equal = hn::Eq(best, hn::Add(hn::LoadU(d, scores + i), hn::LoadU(d, mask + i)));
    const std::intptr_t first = hn::FindFirstTrue(d, equal);
    if (first >= 0) return static_cast<std::int32_t>(i) + static_cast<std::int32_t>(first);
  }
  return -1;  // only NaN
}

const char* kernel_target() { return hwy::TargetName(HWY_TARGET); }

}  // namespace dateline::language::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <cstdlib>
#include <new>

namespace dateline::language {

HWY_EXPORT(multiply);
HWY_EXPORT(maxout_norm);
HWY_EXPORT(add_rows);
HWY_EXPORT(add_maxout);
HWY_EXPORT(best_allowed);
HWY_EXPORT(kernel_target);

FloatBuffer::FloatBuffer(std::size_t size)
    : data_(static_cast<float*>(
          ::operator new (std::max<std::size_t>(size, 16) * sizeof(float), std::align_val_t{64}))),
      size_(size) {}

void FloatBuffer::reserve(std::size_t size) {
  if (size <= size_) return;
  data_.reset();
  *this = FloatBuffer(size);
}

void FloatBuffer::Free::operator()(float* data) const {
  ::operator delete (data, std::align_val_t{64});
}

Matrix::Matrix(const float* weights, std::size_t stride, std::size_t inputs,
               std::span<const float> bias, std::span<const std::uint32_t> order)
    : outputs_(order.size()), inputs_(inputs) {
  panels_ = FloatBuffer(padded() * inputs);
  bias_ = FloatBuffer(padded());
  std::fill_n(panels_.data(), padded() * inputs, 0.0F);
  std::fill_n(bias_.data(), padded(), 0.0F);
  for (std::size_t i = 0; i < outputs_; ++i) {
    float* panel = panels_.data() + i / kPanel * inputs * kPanel + i % kPanel;
    const float* row = weights + order[i] * stride;
    for (std::size_t k = 0; k < inputs; ++k) panel[k * kPanel] = row[k];
    if (!bias.empty()) bias_.data()[i] = bias[order[i]];
  }
}

void multiply(const Matrix& matrix, const float* a, std::size_t a_stride, std::size_t rows,
              float* c, std::size_t c_stride) {
  HWY_DYNAMIC_DISPATCH(multiply)(matrix, a, a_stride, rows, c, c_stride);
}

void maxout_norm(const MaxoutNorm& layer, const float* y, std::size_t y_stride, std::size_t rows,
                 const float* residual, float* out, std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(maxout_norm)(layer, y, y_stride, rows, residual, out, stride);
}

void add_rows(std::span<const float* const> rows, std::size_t size, float* out) {
  HWY_DYNAMIC_DISPATCH(add_rows)(rows.data(), rows.size(), size, out);
}

void add_maxout(std::span<const float* const> rows, const float* bias, std::size_t pieces,
                std::size_t width, float* out) {
  HWY_DYNAMIC_DISPATCH(add_maxout)(rows.data(), rows.size(), bias, pieces, width, out);
}

std::int32_t best_allowed(const float* scores, const float* mask, std::size_t size) {
  return HWY_DYNAMIC_DISPATCH(best_allowed)(scores, mask, size);
}

const char* kernel_target() { return HWY_DYNAMIC_DISPATCH(kernel_target)(); }

}  // namespace dateline::language
#endif  // HWY_ONCE
