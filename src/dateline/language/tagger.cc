#include "dateline/language/tagger.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace dateline::language {

Result<LinearLabeler> LinearLabeler::load(const Model& model, std::size_t width,
                                          std::size_t labels) {
  const auto nodes = model.named("softmax");
  const Array* w = nodes.size() == 1 ? nodes[0]->param("W") : nullptr;
  const Array* b = nodes.size() == 1 ? nodes[0]->param("b") : nullptr;
  if (w == nullptr || b == nullptr || labels == 0 ||
      labels > std::numeric_limits<std::uint16_t>::max() || !w->has_shape({labels, width}) ||
      !b->has_shape({labels})) {
    return fail(ErrorCode::kCorrupt, model.name() + ": its output does not fit its " +
                                         std::to_string(labels) + " labels");
  }
  LinearLabeler labeler;
  labeler.width_ = width;
  std::vector<std::uint32_t> order(labels);
  std::iota(order.begin(), order.end(), 0U);
  labeler.matrix_ = Matrix(w->data.data(), width, width, b->data, order);
  labeler.mask_.assign(labeler.matrix_.padded(), kNotAllowed);
  std::fill_n(labeler.mask_.begin(), labels, 0.0F);
  return labeler;
}

void LinearLabeler::label(const float* rows, std::span<std::uint16_t> best,
                          FloatBuffer& scratch) const {
  constexpr std::size_t kBlock = 96;
  const std::size_t padded = matrix_.padded();
  scratch.reserve(kBlock * padded);
  for (std::size_t row = 0; row < best.size(); row += kBlock) {
    const std::size_t count = std::min(kBlock, best.size() - row);
    multiply(matrix_, rows + row * width_, width_, count, scratch.data(), padded);
    for (std::size_t r = 0; r < count; ++r) {
      const std::int32_t label = best_allowed(scratch.data() + r * padded, mask_.data(), padded);
      best[row + r] = static_cast<std::uint16_t>(std::max(label, 0));
    }
  }
}

}  // namespace dateline::language
