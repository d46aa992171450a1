#include "dateline/attributions/round.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace dateline::attributions {
namespace {

// Weights by chance, rows and what Round of train/attributions.py makes of them.
Result<neural::Tensors> read_case() {
  return neural::load(std::string(DATELINE_CASES) + "/attributions/round.safetensors");
}

void expect_rows(const std::string& prefix, std::size_t dilation) {
  const std::vector<std::uint32_t> head = {1, 1, 1, 4, 2, 4, 8, 8, 8};
  const auto tensors = read_case();
  ASSERT_TRUE(tensors);
  const auto round = Round::load(*tensors, prefix, dilation);
  ASSERT_TRUE(round) << round.error().message;
  auto x = tensors->matrix("x");
  const auto expected = tensors->matrix(prefix + ".y");
  ASSERT_TRUE(x && expected);
  (*round)(head, *x);
  ASSERT_EQ(x->rows(), expected->rows());
  ASSERT_EQ(x->cols(), expected->cols());
  for (std::size_t i = 0; i < x->rows(); ++i)
    for (std::size_t j = 0; j < x->cols(); ++j)
      EXPECT_NEAR((*x)(i, j), (*expected)(i, j), 1e-5) << i << ' ' << j;
}

TEST(Round, ComputesWhatTrainingComputes) {
  expect_rows("with", 2);
  expect_rows("without", 1);
}

TEST(Round, RefusesWhatIsNotThere) {
  const auto tensors = read_case();
  ASSERT_TRUE(tensors);
  EXPECT_FALSE(Round::load(*tensors, "nothing", 1));
}

}  // namespace
}  // namespace dateline::attributions
