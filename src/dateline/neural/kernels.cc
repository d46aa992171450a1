#include "dateline/neural/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

// One body, three sets of instructions. Sanitizers and clang do without: they dislike ifuncs.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define DATELINE_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define DATELINE_CLONES
#endif
#define DATELINE_INLINE inline __attribute__((always_inline))

namespace dateline::neural {
namespace {

using Eight = float __attribute__((vector_size(32)));
using Sixteen = float __attribute__((vector_size(64)));

// kRows rows of x against kBlocks * width columns of w, sums kept in registers. Every column is
// summed in the order of k, whatever the tile.
template <class Lanes, std::size_t kRows, std::size_t kBlocks>
DATELINE_INLINE void tile(const float* x, std::size_t inner, const float* w, std::size_t stride,
                          std::size_t left, float* out, std::size_t cols) {
  constexpr std::size_t kWidth = sizeof(Lanes) / sizeof(float);
  Lanes sum[kRows][kBlocks] = {};
  for (std::size_t k = 0; k < inner; ++k) {
    Lanes column[kBlocks];
    for (std::size_t b = 0; b < kBlocks; ++b)
      std::memcpy(&column[b], w + k * stride + b * kWidth, sizeof column[b]);
    for (std::size_t r = 0; r < kRows; ++r) {
      const float value = x[r * inner + k];
      for (std::size_t b = 0; b < kBlocks; ++b) sum[r][b] += column[b] * value;
    }
  }
  for (std::size_t r = 0; r < kRows; ++r)
    for (std::size_t b = 0; b < kBlocks; ++b)
      for (std::size_t j = 0; j < kWidth && b * kWidth + j < left; ++j)
        out[r * cols + b * kWidth + j] += sum[r][b][j];
}

// Columns are taken in tiles of kBlocks * 16, what is left of them in eights.
template <std::size_t kRows, std::size_t kBlocks>
DATELINE_INLINE void band(const float* x, std::size_t inner, const float* w, std::size_t stride,
                          std::size_t cols, float* out) {
  std::size_t j = 0;
  for (; j + kBlocks * 16 <= stride && j < cols; j += kBlocks * 16)
    tile<Sixteen, kRows, kBlocks>(x, inner, w + j, stride, cols - j, out + j, cols);
  for (; j < cols; j += 8) tile<Eight, kRows, 1>(x, inner, w + j, stride, cols - j, out + j, cols);
}

// exp by Cephes' polynomial (Moshier, expf.c), relative error 2e-7; branch-free, so that the loops
// below become vector code. Clamped to the range of floats.
DATELINE_INLINE float fast_exp(float x) {
  x = x > 88.0F ? 88.0F : x;
  x = x < -87.0F ? -87.0F : x;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const float shifted = x * 1.44269504F + kRound;
  const float n = shifted - kRound;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
  float p = 1.9875691500e-4F;
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  const auto power = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(shifted) << 23) +
                     static_cast<std::int32_t>(0x3F800000);
  return p * std::bit_cast<float>(power);
}

DATELINE_CLONES void multiply_add_kernel(const float* x, std::size_t rows, std::size_t inner,
                                         const float* w, std::size_t stride, std::size_t cols,
                                         float* out) {
  std::size_t i = 0;
  for (; i + 4 <= rows; i += 4) band<4, 2>(x + i * inner, inner, w, stride, cols, out + i * cols);
  for (; i < rows; ++i) band<1, 4>(x + i * inner, inner, w, stride, cols, out + i * cols);
}

// One row of which the entries `at` alone are not 0, against kBlocks sixteens of columns.
template <class Lanes, std::size_t kBlocks>
DATELINE_INLINE void sparse_tile(const float* x, const std::uint32_t* at, std::size_t size,
                                 const float* w, std::size_t stride, std::size_t left, float* out) {
  constexpr std::size_t kWidth = sizeof(Lanes) / sizeof(float);
  Lanes sum[kBlocks] = {};
  for (std::size_t n = 0; n < size; ++n) {
    const float value = x[at[n]];
    for (std::size_t b = 0; b < kBlocks; ++b) {
      Lanes column;
      std::memcpy(&column, w + at[n] * stride + b * kWidth, sizeof column);
      sum[b] += column * value;
    }
  }
  for (std::size_t b = 0; b < kBlocks; ++b)
    for (std::size_t j = 0; j < kWidth && b * kWidth + j < left; ++j)
      out[b * kWidth + j] += sum[b][j];
}

DATELINE_CLONES void sparse_kernel(const float* x, const std::uint32_t* at, std::size_t size,
                                   const float* w, std::size_t stride, std::size_t cols,
                                   float* out) {
  std::size_t j = 0;
  for (; j + 32 <= stride && j < cols; j += 32)
    sparse_tile<Sixteen, 2>(x, at, size, w + j, stride, cols - j, out + j);
  for (; j < cols; j += 8) sparse_tile<Eight, 1>(x, at, size, w + j, stride, cols - j, out + j);
}

DATELINE_CLONES void sigmoid_kernel(float* values, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) values[i] = 1.0F / (1.0F + fast_exp(-values[i]));
}

DATELINE_CLONES void tanh_kernel(float* values, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    values[i] = 1.0F - 2.0F / (fast_exp(2.0F * values[i]) + 1.0F);
}

}  // namespace

void multiply_add(const float* x, std::size_t rows, std::size_t inner, const float* w,
                  std::size_t stride, std::size_t cols, float* out) {
  multiply_add_kernel(x, rows, inner, w, stride, cols, out);
}

void multiply_add_sparse(const float* x, std::size_t rows, std::size_t inner, const float* w,
                         std::size_t stride, std::size_t cols, float* out) {
  std::vector<std::uint32_t> at(inner);
  for (std::size_t i = 0; i < rows; ++i, x += inner, out += cols) {
    std::size_t size = 0;
    for (std::uint32_t k = 0; k < inner; ++k) {
      at[size] = k;
      size += x[k] != 0.0F ? 1U : 0U;
    }
    sparse_kernel(x, at.data(), size, w, stride, cols, out);
  }
}

void sigmoid(std::span<float> values) { sigmoid_kernel(values.data(), values.size()); }

void tanh(std::span<float> values) { tanh_kernel(values.data(), values.size()); }

void relu(std::span<float> values) {
  for (float& value : values) value = std::max(value, 0.0F);
}

void gelu(std::span<float> values) {
  for (float& value : values) value *= 0.5F * (1.0F + std::erf(value * 0.70710678F));
}

void softmax(std::span<float> values) {
  if (values.empty()) return;
  const float top = *std::max_element(values.begin(), values.end());
  float sum = 0;
  for (float& value : values) sum += value = std::exp(value - top);
  for (float& value : values) value /= sum;
}

float dot(std::span<const float> a, std::span<const float> b) {
  constexpr std::size_t kLanes = 8;
  float lanes[kLanes] = {};
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes)
    for (std::size_t j = 0; j < kLanes; ++j) lanes[j] += a[i + j] * b[i + j];
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace dateline::neural
