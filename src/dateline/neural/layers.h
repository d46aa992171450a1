#pragma once
// Layers: what the learned parts are built of. Every one computes what the layer of that name in
// PyTorch computes, within 1e-5, and loads from tensors named as its state_dict names them:
// `prefix` + ".weight" and so on. Immutable once loaded; const calls are thread-safe.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/neural/aligned.h"
#include "dateline/neural/matrix.h"
#include "dateline/neural/sparse.h"
#include "dateline/neural/tensors.h"

namespace dateline::neural {

// torch.nn.Linear: y = x W^T + b; without bias where the file has none.
class Linear {
 public:
  Linear() = default;
  // `weight` is outputs x inputs as PyTorch has it; `bias` is empty or one for each output.
  Linear(const Matrix& weight, std::vector<float> bias);
  static Result<Linear> load(const Tensors& tensors, const std::string& prefix);
  static Result<Linear> load(const Tensors& tensors, const std::string& weight,
                             const std::string& bias);

  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  // x is rows x inputs().
  [[nodiscard]] Matrix operator()(const Matrix& x) const;
  // Adds x W^T, without b, to `out` of outputs() numbers; `first` is the input that column 0 of x
  // is. Columns past the inputs are not allowed.
  void add_sparse_to(SparseRow x, std::span<float> out, std::size_t first = 0) const;
  [[nodiscard]] std::span<const float> bias() const { return bias_; }
  // Adds x W^T + b to `out`, for one row or for many laid end to end.
  void add_to(std::span<const float> x, std::span<float> out) const;

 private:
  std::size_t inputs_ = 0, outputs_ = 0, stride_ = 0;
  Aligned<float> weight_;  // inputs x stride: transposed, rows filled up to whole vectors
  std::vector<float> bias_;
};

// Rows of numbers as whole ones of 16 bits, each row with a unit of its own.
class WholeRows {
 public:
  // As many rows of `width` numbers as `size`, to be set one by one, for layers of that many
  // inputs.
  void start(std::size_t width, std::size_t size);
  void set(std::size_t i, std::span<const float> row);
  // Every row of x, or those of these numbers.
  void assign(const Matrix& x);
  void assign(const Matrix& x, std::span<const std::uint32_t> rows);
  [[nodiscard]] std::size_t size() const { return units_.size(); }
  [[nodiscard]] std::size_t width() const { return width_; }

 private:
  friend class WholeLinear;
  std::size_t width_ = 0;
  Aligned<std::int16_t> numbers_;  // rows filled up to an even number
  std::vector<float> units_;
};

// torch.nn.Linear in whole numbers: what goes in and the weights of each output are rounded to 13
// bits or so (as many as leave the sums exact), so that it costs less than half of Linear. The
// result is within 1e-3 of the greatest product of a row.
class WholeLinear {
 public:
  WholeLinear() = default;
  static Result<WholeLinear> load(const Tensors& tensors, const std::string& prefix);

  [[nodiscard]] std::size_t inputs() const { return inputs_; }
  [[nodiscard]] std::size_t outputs() const { return outputs_; }
  // x W^T + b in `out`, which is made of that size. REQUIRES x.width() == inputs().
  void operator()(const WholeRows& x, Matrix& out) const;

 private:
  std::size_t inputs_ = 0, outputs_ = 0, stride_ = 0;
  Aligned<std::int16_t> weight_;  // as multiply_whole reads it
  Aligned<float> unit_, bias_;    // stride_ of each
};

// torch.nn.Embedding. An index past the table reads as row 0.
class Embedding {
 public:
  Embedding() = default;
  static Result<Embedding> load(const Tensors& tensors, const std::string& prefix);

  [[nodiscard]] std::size_t size() const { return table_.rows(); }
  [[nodiscard]] std::size_t width() const { return table_.cols(); }
  [[nodiscard]] std::span<const float> operator()(std::size_t index) const {
    return table_.row(index < table_.rows() ? index : 0);
  }
  [[nodiscard]] Matrix operator()(std::span<const std::uint32_t> indices) const;

 private:
  Matrix table_;
};

// torch.nn.LayerNorm over the last dimension, eps 1e-5.
class LayerNorm {
 public:
  LayerNorm() = default;
  static Result<LayerNorm> load(const Tensors& tensors, const std::string& prefix);
  // In place, row by row.
  void operator()(Matrix& x) const;

 private:
  std::vector<float> weight_, bias_;
};

enum class Direction { kForward, kBackward };

// One direction of one layer of torch.nn.LSTM or GRU, batch of one. `suffix` is "l0" or
// "l0_reverse".
class Lstm {
 public:
  static Result<Lstm> load(const Tensors& tensors, const std::string& prefix,
                           const std::string& suffix);
  [[nodiscard]] std::size_t inputs() const { return input_.inputs(); }
  [[nodiscard]] std::size_t width() const { return hidden_.inputs(); }
  // x: one row a token; the result: its hidden states, width() wide, in the order of x.
  [[nodiscard]] Matrix operator()(const Matrix& x, Direction direction) const;

 private:
  Linear input_, hidden_;
};

class Gru {
 public:
  static Result<Gru> load(const Tensors& tensors, const std::string& prefix,
                          const std::string& suffix);
  [[nodiscard]] std::size_t inputs() const { return input_.inputs(); }
  [[nodiscard]] std::size_t width() const { return hidden_.inputs(); }
  [[nodiscard]] Matrix operator()(const Matrix& x, Direction direction) const;

 private:
  Linear input_, hidden_;
};

// Both directions, any number of layers: torch.nn.LSTM / GRU(bidirectional=True).
template <class Cell>
class Bidirectional {
 public:
  // As many layers as the file has.
  static Result<Bidirectional> load(const Tensors& tensors, const std::string& prefix);
  [[nodiscard]] std::size_t width() const {
    return layers_.empty() ? 0 : 2 * layers_.back().forward.width();
  }
  // Rows are forward state then backward state.
  [[nodiscard]] Matrix operator()(const Matrix& x) const;

 private:
  struct Layer {
    Cell forward, backward;
  };
  std::vector<Layer> layers_;
};
extern template class Bidirectional<Lstm>;
extern template class Bidirectional<Gru>;
using BiLstm = Bidirectional<Lstm>;
using BiGru = Bidirectional<Gru>;

// torch.nn.Conv1d with stride 1 and padding "same" (odd kernels), over rows as time.
class Convolution {
 public:
  static Result<Convolution> load(const Tensors& tensors, const std::string& prefix,
                                  std::size_t dilation = 1);
  [[nodiscard]] Matrix operator()(const Matrix& x) const;

 private:
  std::size_t kernel_ = 1, dilation_ = 1, inputs_ = 0;
  Linear flat_;  // of the kernel's rows laid end to end
};

// Scores of pairs: [x; 1]^T U_l [y; 1] for each label l. The tensor `name` is labels x (a or a + 1)
// x (b or b + 1); the ones are added where the tensor is one wider than the rows it is given.
// Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing".
class Biaffine {
 public:
  static Result<Biaffine> load(const Tensors& tensors, const std::string& name);
  [[nodiscard]] std::size_t labels() const { return labels_.size(); }
  // For every label, rows of x against rows of y.
  [[nodiscard]] std::vector<Matrix> operator()(const Matrix& x, const Matrix& y) const;
  // One label only.
  [[nodiscard]] Matrix operator()(const Matrix& x, const Matrix& y, std::size_t label) const;

 private:
  std::size_t left_ = 0, right_ = 0;
  std::vector<Linear> labels_;  // each gives x^T U_l
};

// Linear-chain conditional random field, decoding only.
class Crf {
 public:
  // transitions[i][j]: from label i to label j; start and end: one for each label.
  Crf(Matrix transitions, std::vector<float> start, std::vector<float> end);
  // prefix + ".transitions", ".start_transitions", ".end_transitions", as pytorch-crf names them.
  static Result<Crf> load(const Tensors& tensors, const std::string& prefix);
  // The best sequence of labels (Viterbi 1967); the lower label where two score alike. A transition
  // of -infinity or below -1e4 is never taken while another is left. Empty for no rows.
  [[nodiscard]] std::vector<std::uint32_t> decode(const Matrix& emissions) const;
  // Probability of each label at each row, given the whole sequence (forward-backward).
  [[nodiscard]] Matrix marginals(const Matrix& emissions) const;

 private:
  Matrix transitions_;
  std::vector<float> start_, end_;
};

// Rows of a beside rows of b; as many rows as the shorter has.
[[nodiscard]] Matrix beside(const Matrix& a, const Matrix& b);
[[nodiscard]] Matrix transposed(const Matrix& x);

}  // namespace dateline::neural
