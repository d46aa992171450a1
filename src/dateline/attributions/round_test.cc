#include "dateline/attributions/round.h"

#include <gtest/gtest.h>

#include <algorithm>
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
  const auto x = tensors->matrix("x");
  const auto expected = tensors->matrix(prefix + ".y");
  ASSERT_TRUE(x && expected);
  ASSERT_EQ(x->rows(), head.size());
  ASSERT_EQ(expected->rows(), x->rows());
  // Twice, end to end: a sequence does not see the other.
  neural::Matrix twice(2 * x->rows(), x->cols());
  std::vector<std::uint32_t> heads = head;
  for (std::uint32_t i = 0; i < head.size(); ++i) {
    heads.push_back(static_cast<std::uint32_t>(head.size()) + head[i]);
    std::ranges::copy(x->row(i), twice.row(i).begin());
    std::ranges::copy(x->row(i), twice.row(x->rows() + i).begin());
  }
  const std::vector<std::uint32_t> ends = {9, 18};
  RoundScratch scratch;
  (*round)(heads, ends, twice, scratch);
  for (std::size_t i = 0; i < twice.rows(); ++i)
    for (std::size_t j = 0; j < twice.cols(); ++j)
      EXPECT_NEAR(twice(i, j), (*expected)(i % x->rows(), j), 1e-3) << i << ' ' << j;
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
