#include "dateline/neural/kernels.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>
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
  if (stride == 8)  // few columns: more rows keep the adders busy
    for (; i + 8 <= rows; i += 8) band<8, 1>(x + i * inner, inner, w, stride, cols, out + i * cols);
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
template <class Tag>
HWY_INLINE hn::Vec<Tag> fast_exp(Tag d, hn::Vec<Tag> x) {
  const hn::RebindToSigned<Tag> whole;
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

HWY_INLINE float greatest_of(const float* HWY_RESTRICT x, std::size_t size) {
  const Wide d;
  constexpr std::size_t kLanes = hn::MaxLanes(Wide());
  auto most = hn::Zero(d);
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) most = hn::Max(most, hn::Abs(hn::LoadU(d, x + i)));
  float greatest = hn::GetLane(hn::MaxOfLanes(d, most));
  for (; i < size; ++i) greatest = std::max(greatest, std::abs(x[i]));
  return greatest;
}

// To the nearest whole number, ties to even; below 2^22. Adding 1.5 * 2^23 leaves it in the low
// bits.
template <class Tag>
HWY_INLINE hn::Vec<hn::RebindToSigned<Tag>> nearest(Tag d, hn::Vec<Tag> x) {
  const hn::RebindToSigned<Tag> whole;
  const auto shifted = hn::BitCast(whole, hn::Add(x, hn::Set(d, 12582912.0F)));
  return hn::Sub(shifted, hn::Set(whole, 0x4B400000));
}

void round_to_whole(const float* x, std::size_t rows, std::size_t cols, float top,
                    std::size_t stride, std::int16_t* out, float* units) {
  const Wide d;
  const hn::Rebind<std::int16_t, Wide> narrow;
  constexpr std::size_t kLanes = hn::MaxLanes(Wide());
  const float one = 1.0F / top;
  for (std::size_t r = 0; r < rows; ++r, x += cols, out += stride) {
    const float greatest = greatest_of(x, cols);
    units[r] = greatest * one;
    const auto factor = hn::Set(d, greatest > 0 ? top / greatest : 0.0F);
    std::size_t i = 0;
    for (; i + kLanes <= cols; i += kLanes)
      hn::StoreU(hn::DemoteTo(narrow, nearest(d, hn::Mul(hn::LoadU(d, x + i), factor))), narrow,
                 out + i);
    for (; i < cols; ++i)
      out[i] =
          static_cast<std::int16_t>(hn::GetLane(nearest(d, hn::Mul(hn::Set(d, x[i]), factor))));
    for (; i < stride; ++i) out[i] = 0;
  }
}

#if HWY_TARGET == HWY_SCALAR

void multiply_whole(const std::int16_t* x, const float* x_unit, std::size_t rows, std::size_t inner,
                    const std::int16_t* w, const float* w_unit, const float* bias,
                    std::size_t stride, std::size_t cols, float* out) {
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < cols; ++j) {
      std::int32_t sum = 0;
      for (std::size_t k = 0; k < inner; ++k)
        sum += x[i * inner + k] * w[(k / 2 * stride + j) * 2 + k % 2];
      out[i * cols + j] = static_cast<float>(sum) * (w_unit[j] * x_unit[i]) + bias[j];
    }
}

#else

using Whole = hn::CappedTag<std::int32_t, 8>;
using WideWhole = hn::CappedTag<std::int32_t, 16>;

// kRows rows of x against kBlocks vectors of columns, sums kept in registers.
template <class Tag, std::size_t kRows, std::size_t kBlocks>
HWY_INLINE void whole_tile(const std::int16_t* HWY_RESTRICT x, const float* HWY_RESTRICT x_unit,
                           std::size_t inner, const std::int16_t* HWY_RESTRICT w,
                           const float* HWY_RESTRICT w_unit, const float* HWY_RESTRICT bias,
                           std::size_t stride, std::size_t left, float* HWY_RESTRICT out,
                           std::size_t cols) {
  const Tag d;
  const hn::Repartition<std::int16_t, Tag> narrow;
  const hn::Rebind<float, Tag> real;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  hn::Vec<Tag> even[kRows][kBlocks], odd[kRows][kBlocks];
  for (std::size_t r = 0; r < kRows; ++r)
    for (std::size_t b = 0; b < kBlocks; ++b) even[r][b] = odd[r][b] = hn::Zero(d);
  for (std::size_t k = 0; k < inner; k += 2) {
    hn::Vec<decltype(narrow)> column[kBlocks];
    for (std::size_t b = 0; b < kBlocks; ++b)
      column[b] = hn::LoadU(narrow, w + k * stride + 2 * b * kLanes);
    for (std::size_t r = 0; r < kRows; ++r) {
      std::int32_t pair;
      std::memcpy(&pair, x + r * inner + k, sizeof pair);
      const auto both = hn::BitCast(narrow, hn::Set(d, pair));
      for (std::size_t b = 0; b < kBlocks; ++b)
        even[r][b] = hn::ReorderWidenMulAccumulate(d, column[b], both, even[r][b], odd[r][b]);
    }
  }
  HWY_ALIGN std::int32_t sums[kRows * kBlocks * kLanes];
  for (std::size_t r = 0; r < kRows; ++r)
    for (std::size_t b = 0; b < kBlocks; ++b)
      hn::Store(hn::RearrangeToOddPlusEven(even[r][b], odd[r][b]), d,
                sums + (r * kBlocks + b) * kLanes);
  for (std::size_t b = 0; b < kBlocks; ++b) {
    const auto column_unit = hn::LoadU(real, w_unit + b * kLanes);
    const auto column_bias = hn::LoadU(real, bias + b * kLanes);
    for (std::size_t r = 0; r < kRows; ++r) {
      const auto sum = hn::ConvertTo(real, hn::Load(d, sums + (r * kBlocks + b) * kLanes));
      const auto unit = hn::Mul(column_unit, hn::Set(real, x_unit[r]));
      const auto value = hn::Add(hn::Mul(sum, unit), column_bias);
      float* to = out + r * cols + b * kLanes;
      if ((b + 1) * kLanes <= left) {
        hn::StoreU(value, real, to);
        continue;
      }
      HWY_ALIGN float lanes[kLanes];
      hn::Store(value, real, lanes);
      for (std::size_t j = 0; b * kLanes + j < left; ++j) to[j] = lanes[j];
    }
  }
}

template <std::size_t kRows>
HWY_INLINE void whole_band(const std::int16_t* x, const float* x_unit, std::size_t inner,
                           const std::int16_t* w, const float* w_unit, const float* bias,
                           std::size_t stride, std::size_t cols, float* out) {
  constexpr std::size_t kStep = hn::MaxLanes(WideWhole());
  constexpr std::size_t kEights = 8 / hn::MaxLanes(Whole());
  std::size_t j = 0;
  const auto columns = [&](auto tag, auto blocks, std::size_t step) HWY_ATTR {
    for (; j + step <= stride && j < cols; j += step)
      whole_tile<decltype(tag), kRows, decltype(blocks)::value>(
          x, x_unit, inner, w + 2 * j, w_unit + j, bias + j, stride, cols - j, out + j, cols);
  };
  columns(WideWhole(), std::integral_constant<std::size_t, 3>(), 3 * kStep);
  columns(WideWhole(), std::integral_constant<std::size_t, 1>(), kStep);
  columns(Whole(), std::integral_constant<std::size_t, kEights>(), 8);
}

void multiply_whole(const std::int16_t* x, const float* x_unit, std::size_t rows, std::size_t inner,
                    const std::int16_t* w, const float* w_unit, const float* bias,
                    std::size_t stride, std::size_t cols, float* out) {
  std::size_t i = 0;
  for (; i + 4 <= rows; i += 4)
    whole_band<4>(x + i * inner, x_unit + i, inner, w, w_unit, bias, stride, cols, out + i * cols);
  for (; i < rows; ++i)
    whole_band<1>(x + i * inner, x_unit + i, inner, w, w_unit, bias, stride, cols, out + i * cols);
}

#endif  // HWY_TARGET == HWY_SCALAR

// In kBlocks times as many columns as Tag has lanes.
template <class Tag, std::size_t kBlocks>
HWY_INLINE void sum_columns(const float* const* HWY_RESTRICT rows, std::size_t size, std::size_t j,
                            float* HWY_RESTRICT out) {
  const Tag d;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  hn::Vec<Tag> sum[kBlocks];
  for (std::size_t b = 0; b < kBlocks; ++b) sum[b] = hn::LoadU(d, out + j + b * kLanes);
  for (std::size_t n = 0; n < size; ++n)
    for (std::size_t b = 0; b < kBlocks; ++b)
      sum[b] = hn::Add(sum[b], hn::LoadU(d, rows[n] + j + b * kLanes));
  for (std::size_t b = 0; b < kBlocks; ++b) hn::StoreU(sum[b], d, out + j + b * kLanes);
}

void add_rows(const float* const* rows, std::size_t size, std::size_t cols, float* out) {
  constexpr std::size_t kWide = hn::MaxLanes(Wide()), kLanes = hn::MaxLanes(Eight());
  std::size_t j = 0;
  for (; j + 3 * kWide <= cols; j += 3 * kWide) sum_columns<Wide, 3>(rows, size, j, out);
  for (; j + kWide <= cols; j += kWide) sum_columns<Wide, 1>(rows, size, j, out);
  for (; j + kLanes <= cols; j += kLanes) sum_columns<Eight, 1>(rows, size, j, out);
  for (; j < cols; ++j) sum_columns<hn::CappedTag<float, 1>, 1>(rows, size, j, out);
}

// Some taps in kBlocks times as many columns as Tag has lanes.
template <class Tag, std::size_t kBlocks>
HWY_INLINE void window_columns(const float* HWY_RESTRICT x, std::size_t step,
                               const float* HWY_RESTRICT weight, std::size_t taps, std::size_t cols,
                               float* HWY_RESTRICT out) {
  const Tag d;
  constexpr std::size_t kLanes = hn::MaxLanes(Tag());
  hn::Vec<Tag> sum[kBlocks];
  for (std::size_t b = 0; b < kBlocks; ++b) sum[b] = hn::Zero(d);
  for (std::size_t n = 0; n < taps; ++n)
    for (std::size_t b = 0; b < kBlocks; ++b)
      sum[b] = hn::Add(sum[b], hn::Mul(hn::LoadU(d, x + n * step + b * kLanes),
                                       hn::LoadU(d, weight + n * cols + b * kLanes)));
  for (std::size_t b = 0; b < kBlocks; ++b) hn::StoreU(sum[b], d, out + b * kLanes);
}

void add_up_window(const float* x, std::size_t rows, std::size_t cols, const float* weight,
                   std::size_t taps, std::size_t dilation, float* out) {
  constexpr std::size_t kWide = hn::MaxLanes(Wide()), kLanes = hn::MaxLanes(Eight());
  const std::size_t back = taps / 2 * dilation, step = dilation * cols;
  for (std::size_t i = 0; i < rows; ++i, out += cols) {
    // The taps that fall on rows that are there.
    const std::size_t first = i < back ? (back - i + dilation - 1) / dilation : 0;
    const std::size_t last = std::min(taps, (rows - 1 - i + back) / dilation + 1);
    const float* from = x + (i + first * dilation - back) * cols;
    const float* by = weight + first * cols;
    std::size_t j = 0;
    for (; j + 3 * kWide <= cols; j += 3 * kWide)
      window_columns<Wide, 3>(from + j, step, by + j, last - first, cols, out + j);
    for (; j + kWide <= cols; j += kWide)
      window_columns<Wide, 1>(from + j, step, by + j, last - first, cols, out + j);
    for (; j + kLanes <= cols; j += kLanes)
      window_columns<Eight, 1>(from + j, step, by + j, last - first, cols, out + j);
    for (; j < cols; ++j)
      window_columns<hn::CappedTag<float, 1>, 1>(from + j, step, by + j, last - first, cols,
                                                 out + j);
  }
}

// One of the averages, in as many columns as Tag has lanes: `rows` steps of `step` rows.
template <class Tag>
HWY_INLINE void average_columns(const float* HWY_RESTRICT gates, std::size_t rows,
                                std::size_t width, std::ptrdiff_t step, float* HWY_RESTRICT out) {
  const Tag d;
  const auto one = hn::Set(d, 1.0F);
  const auto stride = static_cast<std::ptrdiff_t>(width);
  auto average = hn::Zero(d);
  for (std::size_t n = 0; n < rows; ++n) {
    const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(n) * step * stride;
    const auto value = hn::LoadU(d, gates + 4 * at + 2 * stride);
    const auto gate = hn::LoadU(d, gates + 4 * at);
    const auto keep = hn::Div(one, hn::Add(one, fast_exp(d, hn::Neg(gate))));
    average = hn::Add(value, hn::Mul(keep, hn::Sub(average, value)));
    hn::StoreU(average, d, out + 2 * at);
  }
}

void gated_averages(const float* gates, std::size_t rows, std::size_t width, float* out) {
  if (rows == 0) return;
  constexpr std::size_t kWide = hn::MaxLanes(Wide()), kLanes = hn::MaxLanes(Eight());
  const float* last = gates + (rows - 1) * 4 * width + width;
  float* last_out = out + (rows - 1) * 2 * width + width;
  std::size_t j = 0;
  for (; j + kWide <= width; j += kWide) {
    average_columns<Wide>(gates + j, rows, width, 1, out + j);
    average_columns<Wide>(last + j, rows, width, -1, last_out + j);
  }
  for (; j + kLanes <= width; j += kLanes) {
    average_columns<Eight>(gates + j, rows, width, 1, out + j);
    average_columns<Eight>(last + j, rows, width, -1, last_out + j);
  }
  for (; j < width; ++j) {
    average_columns<hn::CappedTag<float, 1>>(gates + j, rows, width, 1, out + j);
    average_columns<hn::CappedTag<float, 1>>(last + j, rows, width, -1, last_out + j);
  }
}

void relu(float* values, std::size_t size) {
  for_each(values, size, [](auto x) HWY_ATTR { return hn::Max(x, hn::Zero(Wide())); });
}

// In as many numbers as Tag has lanes.
template <class Tag>
HWY_INLINE void add_positive_lanes(const float* HWY_RESTRICT from, float* HWY_RESTRICT to) {
  const Tag d;
  const auto more = hn::Max(hn::LoadU(d, from), hn::Zero(d));
  hn::StoreU(hn::Add(hn::LoadU(d, to), more), d, to);
}

void add_positive(const float* from, std::size_t size, float* to) {
  constexpr std::size_t kLanes = hn::MaxLanes(Wide());
  std::size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) add_positive_lanes<Wide>(from + i, to + i);
  for (; i < size; ++i) add_positive_lanes<hn::CappedTag<float, 1>>(from + i, to + i);
}

void sigmoid(float* values, std::size_t size) {
  const auto one = hn::Set(Wide(), 1.0F);
  for_each(values, size, [&](auto x) HWY_ATTR {
    return hn::Div(one, hn::Add(one, fast_exp(Wide(), hn::Neg(x))));
  });
}

void tanh(float* values, std::size_t size) {
  const auto one = hn::Set(Wide(), 1.0F), two = hn::Set(Wide(), 2.0F);
  for_each(values, size, [&](auto x) HWY_ATTR {
    return hn::Sub(one, hn::Div(two, hn::Add(fast_exp(Wide(), hn::Mul(two, x)), one)));
  });
}

}  // namespace dateline::neural::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dateline::neural {

HWY_EXPORT(multiply_add);
HWY_EXPORT(add_sparse);
HWY_EXPORT(dot);
HWY_EXPORT(round_to_whole);
HWY_EXPORT(multiply_whole);
HWY_EXPORT(add_rows);
HWY_EXPORT(add_up_window);
HWY_EXPORT(gated_averages);
HWY_EXPORT(relu);
HWY_EXPORT(add_positive);
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

void round_to_whole(const float* x, std::size_t rows, std::size_t cols, float top,
                    std::size_t stride, std::int16_t* out, float* units) {
  HWY_DYNAMIC_DISPATCH(round_to_whole)(x, rows, cols, top, stride, out, units);
}

void multiply_whole(const std::int16_t* x, const float* x_unit, std::size_t rows, std::size_t inner,
                    const std::int16_t* w, const float* w_unit, const float* bias,
                    std::size_t stride, std::size_t cols, float* out) {
  HWY_DYNAMIC_DISPATCH(multiply_whole)
  (x, x_unit, rows, inner, w, w_unit, bias, stride, cols, out);
}

void add_rows(std::span<const float* const> rows, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(add_rows)(rows.data(), rows.size(), out.size(), out.data());
}

void add_up_window(const float* x, std::size_t rows, std::size_t cols, const float* weight,
                   std::size_t taps, std::size_t dilation, float* out) {
  HWY_DYNAMIC_DISPATCH(add_up_window)(x, rows, cols, weight, taps, dilation, out);
}

void gated_averages(const float* gates, std::size_t rows, std::size_t width, float* out) {
  HWY_DYNAMIC_DISPATCH(gated_averages)(gates, rows, width, out);
}

void sigmoid(std::span<float> values) {
  HWY_DYNAMIC_DISPATCH(sigmoid)(values.data(), values.size());
}

void tanh(std::span<float> values) { HWY_DYNAMIC_DISPATCH(tanh)(values.data(), values.size()); }

void relu(std::span<float> values) { HWY_DYNAMIC_DISPATCH(relu)(values.data(), values.size()); }

void add_positive(std::span<const float> from, std::span<float> to) {
  HWY_DYNAMIC_DISPATCH(add_positive)(from.data(), to.size(), to.data());
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
