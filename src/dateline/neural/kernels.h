#pragma once
// Kernels: the inner loops of the layers.
//
// Compiled for each set of vector instructions, the best chosen when the program runs; no fused
// multiply-add and one order of summation, so that every machine gives the same bits.
#include <cstddef>
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

// Within 2e-7 of the true value; in place.
void sigmoid(std::span<float> values);
void tanh(std::span<float> values);
void relu(std::span<float> values);
void gelu(std::span<float> values);  // exact form, by erf
// Numerically safe; in place. An empty range stays empty.
void softmax(std::span<float> values);

[[nodiscard]] float dot(std::span<const float> a, std::span<const float> b);

}  // namespace dateline::neural
