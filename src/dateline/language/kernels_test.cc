#include "dateline/language/kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace dateline::language {
namespace {

std::vector<float> noise(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> out(size);
  for (float& x : out) x = static_cast<float>(random() % 2001) / 1000.0F - 1.0F;
  return out;
}

Matrix matrix_of(const std::vector<float>& w, const std::vector<float>& b, std::size_t inputs) {
  std::vector<std::uint32_t> order(w.size() / inputs);
  std::iota(order.begin(), order.end(), 0U);
  return {w.data(), inputs, inputs, b, order};
}

TEST(Kernels, MultiplyIsThePlainLoop) {
  for (const auto& [rows, inputs, outputs] :
       {std::array{1UL, 7UL, 5UL}, std::array{2UL, 64UL, 106UL}, std::array{13UL, 96UL, 50UL},
        std::array{24UL, 288UL, 288UL}, std::array{35UL, 1UL, 33UL}, std::array{0UL, 4UL, 4UL}}) {
    const auto w = noise(outputs * inputs, 1), b = noise(outputs, 2), a = noise(rows * inputs, 3);
    const Matrix matrix = matrix_of(w, b, inputs);
    std::vector<float> c(rows * matrix.padded(), NAN);
    multiply(matrix, a.data(), inputs, rows, c.data(), matrix.padded());
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t o = 0; o < matrix.padded(); ++o) {
        double sum = o < outputs ? b[o] : 0;
        for (std::size_t k = 0; o < outputs && k < inputs; ++k) {
          sum += static_cast<double>(w[o * inputs + k]) * a[r * inputs + k];
        }
        EXPECT_NEAR(c[r * matrix.padded() + o], sum, 1e-4);
      }
    }
  }
}

TEST(Kernels, ARowIsTheSameInEveryBatch) {
  const std::size_t inputs = 288, outputs = 112, rows = 40;
  const auto w = noise(outputs * inputs, 4), b = noise(outputs, 5), a = noise(rows * inputs, 6);
  const Matrix matrix = matrix_of(w, b, inputs);
  const std::size_t stride = matrix.padded();
  std::vector<float> whole(rows * stride), part(rows * stride);
  multiply(matrix, a.data(), inputs, rows, whole.data(), stride);
  for (std::size_t begin = 0; begin < rows; begin += 7) {
    for (std::size_t count = 1; begin + count <= rows; ++count) {
      multiply(matrix, a.data() + begin * inputs, inputs, count, part.data(), stride);
      for (std::size_t i = 0; i < count * stride; ++i) {
        ASSERT_EQ(part[i], whole[begin * stride + i]) << begin << " " << count;
      }
    }
  }
}

TEST(Kernels, MaxoutNormIsThePlainLoop) {
  const std::size_t width = 96, pieces = 3, rows = 5;
  const auto y = noise(rows * width * pieces, 7), gain = noise(width, 8), shift = noise(width, 9),
             residual = noise(rows * width, 10);
  std::vector<float> out(rows * width);
  maxout_norm({width, pieces, gain.data(), shift.data()}, y.data(), width * pieces, rows,
              residual.data(), out.data(), width);
  for (std::size_t r = 0; r < rows; ++r) {
    std::vector<double> best(width, -1e9);
    for (std::size_t i = 0; i < width * pieces; ++i) {
      best[i % width] = std::max<double>(best[i % width], y[r * width * pieces + i]);
    }
    const double mean = std::accumulate(best.begin(), best.end(), 0.0) / width;
    double variance = 1e-8;
    for (const double x : best) variance += (x - mean) * (x - mean) / width;
    for (std::size_t i = 0; i < width; ++i) {
      EXPECT_NEAR(
          out[r * width + i],
          residual[r * width + i] + (best[i] - mean) / std::sqrt(variance) * gain[i] + shift[i],
          1e-5);
    }
  }
}

TEST(Kernels, TheFirstOfTheBestWins) {
  std::vector<float> scores(32, 1.0F), mask(32, 0.0F);
  EXPECT_EQ(best_allowed(scores.data(), mask.data(), 32), 0);
  mask[0] = mask[1] = kNotAllowed;
  EXPECT_EQ(best_allowed(scores.data(), mask.data(), 32), 2);
  scores[17] = scores[31] = 2.0F;
  EXPECT_EQ(best_allowed(scores.data(), mask.data(), 32), 17);
  mask.assign(32, kNotAllowed);
  EXPECT_EQ(best_allowed(scores.data(), mask.data(), 32), -1);
}

TEST(Kernels, SumsOfRows) {
  const auto a = noise(64, 11), b = noise(64, 12), bias = noise(64, 13);
  const std::vector<const float*> rows{a.data(), b.data()};
  std::vector<float> sum(64), best(32);
  add_rows(rows, 64, sum.data());
  add_maxout(rows, bias.data(), 2, 32, best.data());
  for (std::size_t i = 0; i < 64; ++i) EXPECT_EQ(sum[i], a[i] + b[i]);
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_EQ(best[i], std::max(a[i] + b[i] + bias[i], a[i + 32] + b[i + 32] + bias[i + 32]));
  }
}

}  // namespace
}  // namespace dateline::language
