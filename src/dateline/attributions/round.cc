#include "dateline/attributions/round.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dateline/neural/kernels.h"

namespace dateline::attributions {

using neural::Matrix;
using neural::WholeLinear;

Result<Round> Round::load(const neural::Tensors& tensors, const std::string& prefix,
                          std::size_t dilation) {
  Round round;
  DATELINE_TRY(round.depth_, tensors.matrix(prefix + ".depth"));
  DATELINE_TRY(round.point_, WholeLinear::load(tensors, prefix + ".point"));
  DATELINE_TRY(round.gates_, WholeLinear::load(tensors, prefix + ".gates"));
  DATELINE_TRY(round.out_, WholeLinear::load(tensors, prefix + ".out"));
  if (tensors.has(prefix + ".tree.weight")) {
    DATELINE_TRY(round.tree_, WholeLinear::load(tensors, prefix + ".tree"));
  }
  round.dilation_ = std::max<std::size_t>(dilation, 1);
  const std::size_t width = round.width();
  const auto is_square = [&](const WholeLinear& layer) {
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
                       Matrix& x, RoundScratch& scratch) const {
  if (x.cols() != width() || ends.empty() || ends.back() != x.rows()) return;
  add_window(head, ends, x, scratch);
  add_averages(ends, x, scratch);
}

void Round::add_window(std::span<const std::uint32_t> head, std::span<const std::uint32_t> ends,
                       Matrix& x, RoundScratch& scratch) const {
  const std::size_t rows = x.rows(), cols = x.cols();
  scratch.seen.resize(rows, cols);
  for (std::size_t begin = 0; const std::uint32_t end : ends) {
    neural::add_up_window(x.row(begin).data(), end - begin, cols, depth_.data(), depth_.rows(),
                          dilation_, scratch.seen.row(begin).data());
    begin = end;
  }
  scratch.rows.assign(scratch.seen);
  point_(scratch.rows, scratch.y);
  if (tree_.outputs() > 0) add_heads(head, x, scratch);
  neural::add_positive(scratch.y.all(), x.all());
}

void Round::add_heads(std::span<const std::uint32_t> head, const Matrix& x,
                      RoundScratch& scratch) const {
  constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  const std::size_t rows = std::min(x.rows(), head.size());
  scratch.heads.clear();
  scratch.place.assign(x.rows(), kNone);
  for (std::size_t i = 0; i < rows; ++i) {
    if (head[i] >= x.rows() || scratch.place[head[i]] != kNone) continue;
    scratch.place[head[i]] = static_cast<std::uint32_t>(scratch.heads.size());
    scratch.heads.push_back(head[i]);
  }
  scratch.rows.assign(x, scratch.heads);
  tree_(scratch.rows, scratch.up);
  for (std::size_t i = 0; i < rows; ++i) {
    if (head[i] >= x.rows()) continue;
    const float* const from[] = {scratch.up.row(scratch.place[head[i]]).data()};
    neural::add_rows(from, scratch.y.row(i));
  }
}

void Round::add_averages(std::span<const std::uint32_t> ends, Matrix& x,
                         RoundScratch& scratch) const {
  const std::size_t both = out_.inputs();
  scratch.rows.assign(x);
  gates_(scratch.rows, scratch.gates);
  scratch.averages.resize(x.rows(), both);
  for (std::size_t begin = 0; const std::uint32_t end : ends) {
    neural::gated_averages(scratch.gates.row(begin).data(), end - begin, both / 2,
                           scratch.averages.row(begin).data());
    begin = end;
  }
  scratch.rows.assign(scratch.averages);
  out_(scratch.rows, scratch.y);
  neural::add_positive(scratch.y.all(), x.all());
}

}  // namespace dateline::attributions
