#include <fmt/format.h>

#include <algorithm>

#include "dateline/neural/kernels.h"
#include "dateline/neural/layers.h"

namespace dateline::neural {
namespace {

// The two maps of a recurrent cell with `gates` gates, checked against each other.
Result<std::pair<Linear, Linear>> load_cell(const Tensors& tensors, const std::string& prefix,
                                            const std::string& suffix, std::size_t gates) {
  const auto name = [&](const char* what) { return prefix + "." + what + "_" + suffix; };
  DATELINE_TRY(Linear input, Linear::load(tensors, name("weight_ih"), name("bias_ih")));
  DATELINE_TRY(Linear hidden, Linear::load(tensors, name("weight_hh"), name("bias_hh")));
  if (input.outputs() != hidden.outputs() || hidden.outputs() != gates * hidden.inputs())
    return fail(ErrorCode::kCorrupt, prefix + ": gates of unlike size");
  return std::pair(std::move(input), std::move(hidden));
}

std::size_t step_row(std::size_t step, std::size_t rows, Direction direction) {
  return direction == Direction::kForward ? step : rows - 1 - step;
}

}  // namespace

Result<Lstm> Lstm::load(const Tensors& tensors, const std::string& prefix,
                        const std::string& suffix) {
  DATELINE_TRY(auto cell, load_cell(tensors, prefix, suffix, 4));
  Lstm lstm;
  lstm.input_ = std::move(cell.first);
  lstm.hidden_ = std::move(cell.second);
  return lstm;
}

Matrix Lstm::operator()(const Matrix& x, Direction direction) const {
  const std::size_t n = width();
  Matrix gates = input_(x), out(x.rows(), n);
  std::vector<float> cell(n), hidden(n), squashed(n);
  for (std::size_t step = 0; step < x.rows(); ++step) {
    const std::size_t t = step_row(step, x.rows(), direction);
    const auto gate = gates.row(t);  // input, forget, cell, output
    hidden_.add_to(hidden, gate);
    sigmoid(gate.subspan(0, 2 * n));
    tanh(gate.subspan(2 * n, n));
    sigmoid(gate.subspan(3 * n, n));
    for (std::size_t i = 0; i < n; ++i) {
      cell[i] = gate[n + i] * cell[i] + gate[i] * gate[2 * n + i];
      squashed[i] = cell[i];
    }
    tanh(squashed);
    for (std::size_t i = 0; i < n; ++i) hidden[i] = gate[3 * n + i] * squashed[i];
    std::ranges::copy(hidden, out.row(t).begin());
  }
  return out;
}

Result<Gru> Gru::load(const Tensors& tensors, const std::string& prefix,
                      const std::string& suffix) {
  DATELINE_TRY(auto cell, load_cell(tensors, prefix, suffix, 3));
  Gru gru;
  gru.input_ = std::move(cell.first);
  gru.hidden_ = std::move(cell.second);
  return gru;
}

Matrix Gru::operator()(const Matrix& x, Direction direction) const {
  const std::size_t n = width();
  Matrix gates = input_(x), out(x.rows(), n);
  std::vector<float> hidden(n), from_hidden(3 * n);
  for (std::size_t step = 0; step < x.rows(); ++step) {
    const std::size_t t = step_row(step, x.rows(), direction);
    const auto gate = gates.row(t);  // reset, update, new
    std::ranges::fill(from_hidden, 0.0F);
    hidden_.add_to(hidden, from_hidden);
    for (std::size_t i = 0; i < 2 * n; ++i) gate[i] += from_hidden[i];
    sigmoid(gate.subspan(0, 2 * n));
    for (std::size_t i = 0; i < n; ++i) gate[2 * n + i] += gate[i] * from_hidden[2 * n + i];
    tanh(gate.subspan(2 * n, n));
    for (std::size_t i = 0; i < n; ++i)
      hidden[i] = (1.0F - gate[n + i]) * gate[2 * n + i] + gate[n + i] * hidden[i];
    std::ranges::copy(hidden, out.row(t).begin());
  }
  return out;
}

template <class Cell>
Result<Bidirectional<Cell>> Bidirectional<Cell>::load(const Tensors& tensors,
                                                      const std::string& prefix) {
  Bidirectional both;
  for (std::size_t layer = 0;
       layer == 0 || tensors.has(fmt::format("{}.weight_ih_l{}", prefix, layer)); ++layer) {
    const std::string suffix = fmt::format("l{}", layer);
    DATELINE_TRY(Cell forward, Cell::load(tensors, prefix, suffix));
    DATELINE_TRY(Cell backward, Cell::load(tensors, prefix, suffix + "_reverse"));
    if (forward.width() != backward.width() || forward.inputs() != backward.inputs() ||
        (layer > 0 && forward.inputs() != both.width()))
      return fail(ErrorCode::kCorrupt, prefix + ": layers that do not fit each other");
    both.layers_.push_back({std::move(forward), std::move(backward)});
  }
  return both;
}

template <class Cell>
Matrix Bidirectional<Cell>::operator()(const Matrix& x) const {
  Matrix states = x;
  for (const Layer& layer : layers_) {
    if (states.cols() != layer.forward.inputs()) return Matrix(x.rows(), width());
    states = beside(layer.forward(states, Direction::kForward),
                    layer.backward(states, Direction::kBackward));
  }
  return states;
}

template class Bidirectional<Lstm>;
template class Bidirectional<Gru>;

}  // namespace dateline::neural
