#include <algorithm>
#include <cmath>
#include <utility>

#include "dateline/neural/layers.h"

namespace dateline::neural {
namespace {

double log_sum(std::span<const double> values) {
  const double top = *std::max_element(values.begin(), values.end());
  if (!std::isfinite(top)) return top;
  double sum = 0;
  for (const double value : values) sum += std::exp(value - top);
  return top + std::log(sum);
}

}  // namespace

Crf::Crf(Matrix transitions, std::vector<float> start, std::vector<float> end)
    : transitions_(std::move(transitions)), start_(std::move(start)), end_(std::move(end)) {
  start_.resize(transitions_.rows());
  end_.resize(transitions_.rows());
}

Result<Crf> Crf::load(const Tensors& tensors, const std::string& prefix) {
  DATELINE_TRY(auto transitions, tensors.matrix(prefix + ".transitions"));
  const std::size_t labels = transitions.rows();
  if (transitions.cols() != labels)
    return fail(ErrorCode::kCorrupt, prefix + ": transitions are not square");
  DATELINE_TRY(auto start, tensors.vector(prefix + ".start_transitions", labels));
  DATELINE_TRY(auto end, tensors.vector(prefix + ".end_transitions", labels));
  return Crf(std::move(transitions), std::move(start), std::move(end));
}

std::vector<std::uint32_t> Crf::decode(const Matrix& emissions) const {
  const std::size_t labels = transitions_.rows(), steps = emissions.rows();
  if (steps == 0 || labels == 0 || emissions.cols() != labels) return {};
  std::vector<float> score(start_), next(labels);
  for (std::size_t j = 0; j < labels; ++j) score[j] += emissions(0, j);
  std::vector<std::uint32_t> from(steps * labels);
  for (std::size_t t = 1; t < steps; ++t) {
    for (std::size_t j = 0; j < labels; ++j) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < labels; ++i)
        if (score[i] + transitions_(i, j) > score[best] + transitions_(best, j)) best = i;
      next[j] = score[best] + transitions_(best, j) + emissions(t, j);
      from[t * labels + j] = static_cast<std::uint32_t>(best);
    }
    score.swap(next);
  }
  for (std::size_t j = 0; j < labels; ++j) score[j] += end_[j];
  std::vector<std::uint32_t> path(steps);
  path.back() = static_cast<std::uint32_t>(std::ranges::max_element(score) - score.begin());
  for (std::size_t t = steps - 1; t > 0; --t) path[t - 1] = from[t * labels + path[t]];
  return path;
}

Matrix Crf::marginals(const Matrix& emissions) const {
  const std::size_t labels = transitions_.rows(), steps = emissions.rows();
  Matrix result(steps, labels);
  if (steps == 0 || labels == 0 || emissions.cols() != labels) return result;
  std::vector<double> forward(steps * labels), backward(steps * labels), terms(labels);
  for (std::size_t j = 0; j < labels; ++j) {
    forward[j] = static_cast<double>(start_[j]) + emissions(0, j);
    backward[(steps - 1) * labels + j] = end_[j];
  }
  for (std::size_t t = 1; t < steps; ++t)
    for (std::size_t j = 0; j < labels; ++j) {
      for (std::size_t i = 0; i < labels; ++i)
        terms[i] = forward[(t - 1) * labels + i] + transitions_(i, j);
      forward[t * labels + j] = log_sum(terms) + emissions(t, j);
    }
  for (std::size_t t = steps - 1; t > 0; --t)
    for (std::size_t i = 0; i < labels; ++i) {
      for (std::size_t j = 0; j < labels; ++j)
        terms[j] =
            transitions_(i, j) + static_cast<double>(emissions(t, j)) + backward[t * labels + j];
      backward[(t - 1) * labels + i] = log_sum(terms);
    }
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t j = 0; j < labels; ++j)
      terms[j] = forward[t * labels + j] + backward[t * labels + j];
    const double total = log_sum(terms);
    for (std::size_t j = 0; j < labels; ++j)
      result(t, j) = static_cast<float>(std::exp(terms[j] - total));
  }
  return result;
}

}  // namespace dateline::neural
