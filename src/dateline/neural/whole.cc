#include <algorithm>
#include <cmath>

#include "dateline/neural/kernels.h"
#include "dateline/neural/layers.h"

namespace dateline::neural {
namespace {

std::size_t even(std::size_t width) { return (width + 1) / 2 * 2; }

// The greatest number that both factors may have for sums of `width` products to fit 31 bits.
float top_of(std::size_t width) {
  const double most =
      std::sqrt(2147483647.0 / static_cast<double>(std::max<std::size_t>(width, 1)));
  return static_cast<float>(std::min(std::floor(most), 32767.0));
}

}  // namespace

void WholeRows::start(std::size_t width, std::size_t size) {
  width_ = width;
  numbers_.resize(size * even(width));
  units_.resize(size);
}

void WholeRows::set(std::size_t i, std::span<const float> row) {
  const std::size_t stride = even(width_);
  round_to_whole(row.data(), 1, width_, top_of(width_), stride, numbers_.data() + i * stride,
                 &units_[i]);
}

void WholeRows::assign(const Matrix& x) {
  start(x.cols(), x.rows());
  round_to_whole(x.data(), x.rows(), width_, top_of(width_), even(width_), numbers_.data(),
                 units_.data());
}

void WholeRows::assign(const Matrix& x, std::span<const std::uint32_t> rows) {
  start(x.cols(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) set(i, x.row(rows[i]));
}

Result<WholeLinear> WholeLinear::load(const Tensors& tensors, const std::string& prefix) {
  DATELINE_TRY(const Matrix weight, tensors.matrix(prefix + ".weight"));
  WholeLinear layer;
  layer.inputs_ = weight.cols();
  layer.outputs_ = weight.rows();
  layer.stride_ = (layer.outputs_ + 7) / 8 * 8;
  layer.unit_.resize(layer.stride_, 0.0F);
  layer.bias_.resize(layer.stride_, 0.0F);
  if (tensors.has(prefix + ".bias")) {
    DATELINE_TRY(const auto bias, tensors.vector(prefix + ".bias", layer.outputs_));
    std::ranges::copy(bias, layer.bias_.begin());
  }
  std::vector<std::int16_t> row(layer.inputs_);
  layer.weight_.resize(even(layer.inputs_) * layer.stride_, 0);
  for (std::size_t i = 0; i < layer.outputs_; ++i) {
    round_to_whole(weight.row(i).data(), 1, layer.inputs_, top_of(layer.inputs_), layer.inputs_,
                   row.data(), &layer.unit_[i]);
    for (std::size_t k = 0; k < layer.inputs_; ++k)
      layer.weight_[(k / 2 * layer.stride_ + i) * 2 + k % 2] = row[k];
  }
  return layer;
}

void WholeLinear::operator()(const WholeRows& x, Matrix& out) const {
  out.resize(x.size(), outputs_);
  if (x.width() != inputs_ || outputs_ == 0) return;
  multiply_whole(x.numbers_.data(), x.units_.data(), x.size(), even(inputs_), weight_.data(),
                 unit_.data(), bias_.data(), stride_, outputs_, out.data());
}

}  // namespace dateline::neural
