#pragma once
// Kernels: the inner loops of the layers.
//
// Compiled for each set of vector instructions, the best chosen when the program runs; no fused
// multiply-add and one order of summation, so that every machine gives the same bits.
#include <cstddef>
#include <cstdint>
#include <span>

#include "dateline/neural/sparse.h"

namespace dateline::neural {

// out[i][j] += sum over k of x[i][k] * w[k][j]. `w` is inner x stride, stride a multiple of 8 and
// >= cols; x is rows x inner, out is rows x cols, both without padding.
void multiply_add(const float* x, std::size_t rows, std::size_t inner, const float* w,
                  std::size_t stride, std::size_t cols, float* out);

// out[j] += sum over n of values[n] * w[columns[n]][j], added up in that order: one row times w,
// what is 0 left out.
void add_sparse(SparseRow row, const float* w, std::size_t stride, std::size_t cols, float* out);

// Each row of x times `top` / its greatest |x|, rounded to the nearest whole numbers, ties to even,
// and filled up with zeros to `stride`; `units` gets what a one of each row stands for, 0 for rows
// of zeros. REQUIRES 0 < top <= 32767, stride >= cols.
void round_to_whole(const float* x, std::size_t rows, std::size_t cols, float top,
                    std::size_t stride, std::int16_t* out, float* units);
// out[i][j] = sum over k of x[i][k] * w[k][j], times x_unit[i] * w_unit[j], plus bias[j]. Sums are
// exact; REQUIRES that none passes 31 bits. `w`: for each two k the numbers of column 0, then those
// of column 1 … of `stride` columns, a multiple of 8 and >= cols, as w_unit and bias have; x is
// rows x inner, inner even.
void multiply_whole(const std::int16_t* x, const float* x_unit, std::size_t rows, std::size_t inner,
                    const std::int16_t* w, const float* w_unit, const float* bias,
                    std::size_t stride, std::size_t cols, float* out);
// Asks the processor to have these numbers at hand soon.
inline void fetch_ahead(std::span<const float> row) {
#if defined(__GNUC__)
  constexpr std::size_t kLine = 64 / sizeof(float);
  for (std::size_t i = 0; i < row.size(); i += kLine) __builtin_prefetch(row.data() + i);
#else
  (void)row;
#endif
}

// Adds rows as long as `out` to it, in their order.
void add_rows(std::span<const float* const> rows, std::span<float> out);
// out[i][j] = sum over n of x[i + (n - taps / 2) * dilation][j] * weight[n][j], rows before the
// first and after the last taken as 0. REQUIRES an odd number of taps; x and out rows x cols.
void add_up_window(const float* x, std::size_t rows, std::size_t cols, const float* weight,
                   std::size_t taps, std::size_t dilation, float* out);
// Two averages over the rows, one from the first on, one from the last back: in a row of `gates`,
// 4 * width wide, stand the gates of both and the values of both; average = value + sigmoid(gate) *
// (average before - value), 0 before the first. `out` is rows x 2 * width.
void gated_averages(const float* gates, std::size_t rows, std::size_t width, float* out);

// Within 2e-7 of the true value; in place.
void sigmoid(std::span<float> values);
void tanh(std::span<float> values);
void relu(std::span<float> values);
// to[i] += max(from[i], 0). REQUIRES one size.
void add_positive(std::span<const float> from, std::span<float> to);
void gelu(std::span<float> values);  // exact form, by erf
// Numerically safe; in place. An empty range stays empty.
void softmax(std::span<float> values);

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);

}  // namespace dateline::neural
