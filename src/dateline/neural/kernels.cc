#include "dateline/neural/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

// One body, compiled for every set of instructions that Highway knows of this kind of machine; the
// best that the machine has is taken when the program runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dateline/neural/kernels.cc"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dateline::neural::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Eight = hn::CappedTag<float, 8>;
using Wide = hn::CappedTag<float, 16>;

// Adds the sums of one row to `out`, of which `left` columns are there.
template <class Tag, std::size_t kBlocks>
HWY_INLINE void add_sums(const hn::Vec<Tag>* sum, std::size_t left, float* HWY_RESTRICT out) {
  const Tag d;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  for (std::size_t b = 0; b < kBlocks; ++b, out += kLanes) {
    if ((b + 1) * kLanes <= left) {
      hn::StoreU(hn::Add(hn::LoadU(d, out), sum[b]), d, out);
      continue;
    }
    HWY_ALIGN float lanes[kLanes];
    hn::StoreU(sum[b], d, lanes);
    for (std::size_t j = 0; b * kLanes + j < left; ++j) out[j] += lanes[j];
  }
}

// kRows rows of x against kBlocks vectors of w, sums kept in registers. Every column is summed in
// the order of k, and product and sum are rounded apart, whatever the tile.
template <class Tag, std::size_t kRows, std::size_t kBlocks>
HWY_INLINE void tile(const float* HWY_RESTRICT x, std::size_t inner, const float* HWY_RESTRICT w,
                     std::size_t stride, std::size_t left, float* HWY_RESTRICT out,
                     std::size_t cols) {
  const Tag d;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  hn::Vec<Tag> sum[kRows][kBlocks];
  for (std::size_t r = 0; r < kRows; ++r)
    for (std::size_t b = 0; b < kBlocks; ++b) sum[r][b] = hn::Zero(d);
  for (std::size_t k = 0; k < inner; ++k) {
    hn::Vec<Tag> column[kBlocks];
    for (std::size_t b = 0; b < kBlocks; ++b) column[b] = hn::LoadU(d, w + k * stride + b * kLanes);
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto value = hn::Set(d, x[r * inner + k]);
      for (std::size_t b = 0; b < kBlocks; ++b)
        sum[r][b] = hn::Add(sum[r][b], hn::Mul(column[b], value));
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) add_sums<Tag, kBlocks>(sum[r], left, out + r * cols);
}

// Columns are taken in tiles of kBlocks whole vectors, what is left of them in eights.
template <std::size_t kRows, std::size_t kBlocks>
HWY_INLINE void band(const float* x, std::size_t inner, const float* w, std::size_t stride,
                     std::size_t cols, float* out) {
  constexpr std::size_t kStep = kBlocks * hn::MaxLanes(Wide());
  constexpr std::size_t kEights = 8 / hn::MaxLanes(Eight());
  std::size_t j = 0;
  for (; j + kStep <= stride && j < cols; j += kStep)
    tile<Wide, kRows, kBlocks>(x, inner, w + j, stride, cols - j, out + j, cols);
  for (; j < cols; j += 8)
    tile<Eight, kRows, kEights>(x, inner, w + j, stride, cols - j, out + j, cols);
}

void multiply_add(const float* x, std::size_t rows, std::size_t inner, const float* w,
                  std::size_t stride, std::size_t cols, float* out) {
  std::size_t i = 0;
  for (; i + 4 <= rows; i += 4) band<4, 2>(x + i * inner, inner, w, stride, cols, out + i * cols);
  for (; i < rows; ++i) band<1, 4>(x + i * inner, inner, w, stride, cols, out + i * cols);
}

// One row of which `size` entries are not 0, against kBlocks vectors of columns.
template <class Tag, std::size_t kBlocks>
HWY_INLINE void sparse_tile(const std::uint32_t* HWY_RESTRICT columns,
                            const float* HWY_RESTRICT values, std::size_t size,
                            const float* HWY_RESTRICT w, std::size_t stride, std::size_t left,
                            float* HWY_RESTRICT out) {
  const Tag d;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  hn::Vec<Tag> sum[kBlocks];
  for (std::size_t b = 0; b < kBlocks; ++b) sum[b] = hn::Zero(d);
  for (std::size_t n = 0; n < size; ++n) {
    const auto value = hn::Set(d, values[n]);
    const float* row = w + columns[n] * stride;
    for (std::size_t b = 0; b < kBlocks; ++b)
      sum[b] = hn::Add(sum[b], hn::Mul(hn::LoadU(d, row + b * kLanes), value));
  }
  add_sums<Tag, kBlocks>(sum, left, out);
}

// Four vectors at a time keep the adders busy; what is left of the columns goes in ones.
void add_sparse(const std::uint32_t* columns, const float* values, std::size_t size, const float* w,
                std::size_t stride, std::size_t cols, float* out) {
  constexpr std::size_t kLanes = hn::MaxLanes(Wide());
  constexpr std::size_t kEights = 8 / hn::MaxLanes(Eight());
  std::size_t j = 0;
  for (; j + 4 * kLanes <= stride && j < cols; j += 4 * kLanes)
    sparse_tile<Wide, 4>(columns, values, size, w + j, stride, cols - j, out + j);
  for (; j + kLanes <= stride && j < cols; j += kLanes)
    sparse_tile<Wide, 1>(columns, values, size, w + j, stride, cols - j, out + j);
  for (; j < cols; j += 8)
    sparse_tile<Eight, kEights>(columns, values, size, w + j, stride, cols - j, out + j);
}

// Eight sums side by side, whatever the width of a vector.
float dot(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t size) {
  const Eight d;
  constexpr std::size_t kLanes = hn::MaxLanes(Eight()), kParts = 8 / kLanes;
  hn::Vec<Eight> sums[kParts];
  for (std::size_t p = 0; p < kParts; ++p) sums[p] = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8)
    for (std::size_t p = 0; p < kParts; ++p)
      sums[p] = hn::Add(
          sums[p], hn::Mul(hn::LoadU(d, a + i + p * kLanes), hn::LoadU(d, b + i + p * kLanes)));
  HWY_ALIGN float lanes[8];
  for (std::size_t p = 0; p < kParts; ++p) hn::Store(sums[p], d, lanes + p * kLanes);
  float sum = 0;
  for (const float lane : lanes) sum += lane;
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

// exp by Cephes' polynomial (Moshier, expf.c), relative error 2e-7. Clamped to the range of floats.
HWY_INLINE hn::Vec<Wide> fast_exp(hn::Vec<Wide> x) {
  const Wide d;
  const hn::RebindToSigned<Wide> whole;
  x = hn::Max(hn::Min(x, hn::Set(d, 88.0F)), hn::Set(d, -87.0F));
  const auto round = hn::Set(d, 12582912.0F);  // 1.5 * 2^23: adding it rounds to an integer
  const auto shifted = hn::Add(hn::Mul(x, hn::Set(d, 1.44269504F)), round);
  const auto n = hn::Sub(shifted, round);
  const auto r = hn::Add(hn::Sub(x, hn::Mul(n, hn::Set(d, 0.693359375F))),
                         hn::Mul(n, hn::Set(d, 2.12194440e-4F)));
  auto p = hn::Set(d, 1.9875691500e-4F);
  for (const float factor :
       {1.3981999507e-3F, 8.3334519073e-3F, 4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F})
    p = hn::Add(hn::Mul(p, r), hn::Set(d, factor));
  p = hn::Add(hn::Add(hn::Mul(hn::Mul(p, r), r), r), hn::Set(d, 1.0F));
  const auto power =
      hn::Add(hn::ShiftLeft<23>(hn::BitCast(whole, shifted)), hn::Set(whole, 0x3F800000));
  return hn::Mul(p, hn::BitCast(d, power));
}

// Vector by vector, the last one filled up with zeros.
template <class Function>
HWY_INLINE void for_each(float* values, std::size_t size, Function function) {
  const Wide d;
  constexpr std::size_t kLanes = hn::MaxLanes(Wide());
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes)
    hn::StoreU(function(hn::LoadU(d, values + i)), d, values + i);
  if (i == size) return;
  HWY_ALIGN float lanes[kLanes] = {};
  std::copy(values + i, values + size, lanes);
  hn::StoreU(function(hn::LoadU(d, lanes)), d, lanes);
  std::copy(lanes, lanes + (size - i), values + i);
}

void sigmoid(float* values, std::size_t size) {
  const auto one = hn::Set(Wide(), 1.0F);
  for_each(values, size,
           [&](auto x) HWY_ATTR { return hn::Div(one, hn::Add(one, fast_exp(hn::Neg(x)))); });
}

void tanh(float* values, std::size_t size) {
  const auto one = hn::Set(Wide(), 1.0F), two = hn::Set(Wide(), 2.0F);
  for_each(values, size, [&](auto x) HWY_ATTR {
    return hn::Sub(one, hn::Div(two, hn::Add(fast_exp(hn::Mul(two, x)), one)));
  });
}

}  // namespace dateline::neural::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dateline::neural {

HWY_EXPORT(multiply_add);
HWY_EXPORT(add_sparse);
HWY_EXPORT(dot);
HWY_EXPORT(sigmoid);
HWY_EXPORT(tanh);

void multiply_add(const float* x, std::size_t rows, std::size_t inner, const float* w,
                  std::size_t stride, std::size_t cols, float* out) {
  HWY_DYNAMIC_DISPATCH(multiply_add)(x, rows, inner, w, stride, cols, out);
}

void add_sparse(SparseRow row, const float* w, std::size_t stride, std::size_t cols, float* out) {
  HWY_DYNAMIC_DISPATCH(add_sparse)
  (row.columns.data(), row.values.data(), row.columns.size(), w, stride, cols, out);
}

void sigmoid(std::span<float> values) {
  HWY_DYNAMIC_DISPATCH(sigmoid)(values.data(), values.size());
}

void tanh(std::span<float> values) { HWY_DYNAMIC_DISPATCH(tanh)(values.data(), values.size()); }

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
  return HWY_DYNAMIC_DISPATCH(dot)(a.data(), b.data(), std::min(a.size(), b.size()));
}

}  // namespace dateline::neural
#endif  // HWY_ONCE
