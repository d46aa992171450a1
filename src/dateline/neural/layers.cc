#include "dateline/neural/layers.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dateline/neural/kernels.h"

namespace dateline::neural {

Matrix beside(const Matrix& a, const Matrix& b) {
  Matrix both(std::min(a.rows(), b.rows()), a.cols() + b.cols());
  for (std::size_t i = 0; i < both.rows(); ++i) {
    const auto row = both.row(i);
    const auto middle = std::copy(a.row(i).begin(), a.row(i).end(), row.begin());
    std::copy(b.row(i).begin(), b.row(i).end(), middle);
  }
  return both;
}

Matrix transposed(const Matrix& x) {
  Matrix turned(x.cols(), x.rows());
  for (std::size_t i = 0; i < x.rows(); ++i)
    for (std::size_t j = 0; j < x.cols(); ++j) turned(j, i) = x(i, j);
  return turned;
}

Linear::Linear(const Matrix& weight, std::vector<float> bias)
    : inputs_(weight.cols()),
      outputs_(weight.rows()),
      stride_((weight.rows() + 7) / 8 * 8),
      weight_(inputs_ * stride_, 0.0F),
      bias_(std::move(bias)) {
  if (!bias_.empty()) bias_.resize(outputs_);
  for (std::size_t i = 0; i < outputs_; ++i)
    for (std::size_t j = 0; j < inputs_; ++j) weight_[j * stride_ + i] = weight(i, j);
}

Result<Linear> Linear::load(const Tensors& tensors, const std::string& prefix) {
  return load(tensors, prefix + ".weight", prefix + ".bias");
}

Result<Linear> Linear::load(const Tensors& tensors, const std::string& weight,
                            const std::string& bias) {
  DATELINE_TRY(const Matrix matrix, tensors.matrix(weight));
  if (!tensors.has(bias)) return Linear(matrix, {});
  DATELINE_TRY(auto vector, tensors.vector(bias, matrix.rows()));
  return Linear(matrix, std::move(vector));
}

Matrix Linear::operator()(const Matrix& x) const {
  Matrix y(x.rows(), outputs_);
  if (x.cols() == inputs_) add_to({x.data(), x.rows() * inputs_}, {y.data(), x.rows() * outputs_});
  return y;
}

void Linear::add_sparse_to(SparseRow x, std::span<float> out, std::size_t first) const {
  if (out.size() != outputs_ || x.columns.empty() || first + x.columns.back() >= inputs_) return;
  add_sparse(x, weight_.data() + first * stride_, stride_, outputs_, out.data());
}

void Linear::add_to(std::span<const float> x, std::span<float> out) const {
  if (outputs_ == 0) return;
  const std::size_t rows = out.size() / outputs_;
  if (!bias_.empty())
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < outputs_; ++j) out[i * outputs_ + j] += bias_[j];
  if (x.size() < rows * inputs_) return;
  multiply_add(x.data(), rows, inputs_, weight_.data(), stride_, outputs_, out.data());
}

Result<Embedding> Embedding::load(const Tensors& tensors, const std::string& prefix) {
  Embedding embedding;
  DATELINE_TRY(embedding.table_, tensors.matrix(prefix + ".weight"));
  if (embedding.table_.rows() == 0)
    return fail(ErrorCode::kCorrupt, prefix + ": an embedding without rows");
  return embedding;
}

Matrix Embedding::operator()(std::span<const std::uint32_t> indices) const {
  Matrix rows(indices.size(), width());
  for (std::size_t i = 0; i < indices.size(); ++i)
    std::ranges::copy((*this)(indices[i]), rows.row(i).begin());
  return rows;
}

Result<LayerNorm> LayerNorm::load(const Tensors& tensors, const std::string& prefix) {
  LayerNorm norm;
  DATELINE_TRY(Tensor weight, tensors.get(prefix + ".weight"));
  DATELINE_TRY(norm.bias_, tensors.vector(prefix + ".bias", weight.data.size()));
  norm.weight_ = std::move(weight.data);
  return norm;
}

void LayerNorm::operator()(Matrix& x) const {
  if (x.cols() != weight_.size() || x.cols() == 0) return;
  const float size = static_cast<float>(x.cols());
  for (std::size_t i = 0; i < x.rows(); ++i) {
    const auto row = x.row(i);
    float sum = 0, squares = 0;
    for (const float value : row) sum += value;
    const float mean = sum / size;
    for (const float value : row) squares += (value - mean) * (value - mean);
    const float scale = 1.0F / std::sqrt(squares / size + 1e-5F);
    for (std::size_t j = 0; j < row.size(); ++j)
      row[j] = (row[j] - mean) * scale * weight_[j] + bias_[j];
  }
}

Result<Convolution> Convolution::load(const Tensors& tensors, const std::string& prefix,
                                      std::size_t dilation) {
  DATELINE_TRY(const Tensor weight, tensors.get(prefix + ".weight"));
  if (weight.shape.size() != 3 || weight.shape[2] % 2 == 0)
    return fail(ErrorCode::kCorrupt, prefix + ": not the weight of an odd 1-D convolution");
  const std::size_t outputs = weight.shape[0], inputs = weight.shape[1], kernel = weight.shape[2];
  Matrix flat(outputs, inputs * kernel);
  for (std::size_t o = 0; o < outputs; ++o)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t k = 0; k < kernel; ++k)
        flat(o, k * inputs + i) = weight.data[(o * inputs + i) * kernel + k];
  std::vector<float> bias;
  if (tensors.has(prefix + ".bias")) {
    DATELINE_TRY(bias, tensors.vector(prefix + ".bias", outputs));
  }
  Convolution layer;
  layer.kernel_ = kernel;
  layer.dilation_ = dilation;
  layer.inputs_ = inputs;
  layer.flat_ = Linear(flat, std::move(bias));
  return layer;
}

Matrix Convolution::operator()(const Matrix& x) const {
  Matrix windows(x.rows(), inputs_ * kernel_);
  if (x.cols() != inputs_) return Matrix(x.rows(), flat_.outputs());
  const std::size_t back = kernel_ / 2 * dilation_;
  for (std::size_t i = 0; i < x.rows(); ++i)
    for (std::size_t k = 0; k < kernel_; ++k) {
      const std::size_t at = i + k * dilation_;  // shifted by `back`, to stay unsigned
      if (at < back || at - back >= x.rows()) continue;
      std::ranges::copy(x.row(at - back),
                        windows.row(i).begin() + static_cast<std::ptrdiff_t>(k * inputs_));
    }
  return flat_(windows);
}

Result<Biaffine> Biaffine::load(const Tensors& tensors, const std::string& name) {
  DATELINE_TRY(const Tensor tensor, tensors.get(name));
  if (tensor.shape.size() != 3)
    return fail(ErrorCode::kCorrupt, name + ": not labels x left x right");
  Biaffine layer;
  layer.left_ = tensor.shape[1];
  layer.right_ = tensor.shape[2];
  for (std::size_t l = 0; l < tensor.shape[0]; ++l) {
    Matrix turned(layer.right_, layer.left_);
    for (std::size_t i = 0; i < layer.left_; ++i)
      for (std::size_t j = 0; j < layer.right_; ++j)
        turned(j, i) = tensor.data[(l * layer.left_ + i) * layer.right_ + j];
    layer.labels_.emplace_back(turned, std::vector<float>{});
  }
  return layer;
}

namespace {

// x with a column of ones where it is one short of `width`.
Matrix widened(const Matrix& x, std::size_t width) {
  if (x.cols() + 1 != width) return x;
  Matrix wide(x.rows(), width);
  for (std::size_t i = 0; i < x.rows(); ++i) {
    std::ranges::copy(x.row(i), wide.row(i).begin());
    wide(i, width - 1) = 1.0F;
  }
  return wide;
}

}  // namespace

Matrix Biaffine::operator()(const Matrix& x, const Matrix& y, std::size_t label) const {
  const Linear others(widened(y, right_), {});
  const Matrix wide = widened(x, left_);
  if (label >= labels_.size() || wide.cols() != left_ || others.inputs() != right_)
    return Matrix(x.rows(), y.rows());
  return others(labels_[label](wide));
}

std::vector<Matrix> Biaffine::operator()(const Matrix& x, const Matrix& y) const {
  std::vector<Matrix> scores;
  for (std::size_t l = 0; l < labels_.size(); ++l) scores.push_back((*this)(x, y, l));
  return scores;
}

}  // namespace dateline::neural
