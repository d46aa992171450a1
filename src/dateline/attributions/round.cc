#include "dateline/attributions/round.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dateline/neural/kernels.h"

namespace dateline::attributions {

using neural::Linear;
using neural::Matrix;

namespace {

// x += max(y, 0).
void add_positive(const Matrix& y, Matrix& x) {
  const float* from = y.data();
  float* to = x.data();
  for (std::size_t i = 0; i < x.rows() * x.cols(); ++i) to[i] += std::max(from[i], 0.0F);
}

// state = keep * state + (1 - keep) * value, written to `out`.
void average(std::span<const float> keep, std::span<const float> value, std::span<float> state,
             std::span<float> out) {
  for (std::size_t i = 0; i < state.size(); ++i)
    out[i] = state[i] = value[i] + keep[i] * (state[i] - value[i]);
}

}  // namespace

Result<Round> Round::load(const neural::Tensors& tensors, const std::string& prefix,
                          std::size_t dilation) {
  Round round;
  DATELINE_TRY(round.depth_, tensors.matrix(prefix + ".depth"));
  DATELINE_TRY(round.point_, Linear::load(tensors, prefix + ".point"));
  DATELINE_TRY(round.gates_, Linear::load(tensors, prefix + ".gates"));
  DATELINE_TRY(round.out_, Linear::load(tensors, prefix + ".out"));
  if (tensors.has(prefix + ".tree.weight")) {
    DATELINE_TRY(round.tree_, Linear::load(tensors, prefix + ".tree"));
  }
  round.dilation_ = std::max<std::size_t>(dilation, 1);
  const std::size_t width = round.width();
  const auto is_square = [&](const Linear& layer) {
    return layer.inputs() == width && layer.outputs() == width;
  };
  const bool fits =
      round.depth_.rows() % 2 == 1 && round.depth_.cols() == width && is_square(round.point_) &&
      (round.tree_.outputs() == 0 || is_square(round.tree_)) && round.gates_.inputs() == width &&
      round.gates_.outputs() % 4 == 0 && round.out_.inputs() * 2 == round.gates_.outputs() &&
      round.out_.outputs() == width;
  if (!fits) return fail(ErrorCode::kCorrupt, prefix + ": layers do not fit each other");
  return round;
}

void Round::operator()(std::span<const std::uint32_t> head, std::span<const std::uint32_t> ends,
                       Matrix& x) const {
  if (x.cols() != width() || ends.empty() || ends.back() != x.rows()) return;
  add_window(head, ends, x);
  add_averages(ends, x);
}

void Round::see(const Matrix& x, std::size_t begin, std::size_t end, Matrix& seen) const {
  const std::size_t cols = x.cols(), back = depth_.rows() / 2 * dilation_;
  for (std::size_t i = begin; i < end; ++i)
    for (std::size_t k = 0; k < depth_.rows(); ++k) {
      const std::size_t at = i + k * dilation_;  // `back` too far on, to stay unsigned
      if (at < back + begin || at - back >= end) continue;
      const float* from = x.row(at - back).data();
      const float* weight = depth_.row(k).data();
      float* to = seen.row(i).data();
      for (std::size_t c = 0; c < cols; ++c) to[c] += from[c] * weight[c];
    }
}

void Round::add_window(std::span<const std::uint32_t> head, std::span<const std::uint32_t> ends,
                       Matrix& x) const {
  const std::size_t rows = x.rows(), cols = x.cols();
  Matrix seen(rows, cols);
  for (std::size_t begin = 0; const std::uint32_t end : ends) {
    see(x, begin, end, seen);
    begin = end;
  }
  Matrix y = point_(seen);
  if (tree_.outputs() > 0) {
    const Matrix up = tree_(x);
    for (std::size_t i = 0; i < rows && i < head.size(); ++i) {
      if (head[i] >= rows) continue;
      const float* from = up.row(head[i]).data();
      float* to = y.row(i).data();
      for (std::size_t c = 0; c < cols; ++c) to[c] += from[c];
    }
  }
  add_positive(y, x);
}

void Round::add_averages(std::span<const std::uint32_t> ends, Matrix& x) const {
  const std::size_t rows = x.rows(), both = out_.inputs(), one = both / 2;
  Matrix gates = gates_(x), averages(rows, both);
  std::vector<float> state(one);
  for (std::size_t i = 0; i < rows; ++i) neural::sigmoid(gates.row(i).first(both));
  const auto step = [&](std::size_t i, std::size_t from) {
    const std::span<const float> gate = gates.row(i);
    average(gate.subspan(from, one), gate.subspan(both + from, one), state,
            averages.row(i).subspan(from, one));
  };
  for (std::size_t begin = 0; const std::uint32_t end : ends) {
    std::ranges::fill(state, 0.0F);
    for (std::size_t i = begin; i < end; ++i) step(i, 0);
    std::ranges::fill(state, 0.0F);
    for (std::size_t i = end; i > begin; --i) step(i - 1, one);
    begin = end;
  }
  add_positive(out_(averages), x);
}

}  // namespace dateline::attributions
