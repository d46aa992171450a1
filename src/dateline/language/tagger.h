#pragma once
// A linear layer from context vectors to labels: the tagger, and the sentence recogniser (senter).
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/kernels.h"
#include "dateline/language/package.h"

namespace dateline::language {

class LinearLabeler {
 public:
  // The layer `softmax` of `model`; kCorrupt unless it has `labels` outputs.
  [[nodiscard]] static Result<LinearLabeler> load(const Model& model, std::size_t width,
                                                  std::size_t labels);

  // best[i] is the number of the label of row i, the first of the best.
  void label(const float* rows, std::span<std::uint16_t> best, FloatBuffer& scratch) const;

 private:
  std::size_t width_ = 0;
  Matrix matrix_;
  std::vector<float> mask_;
};

}  // namespace dateline::language
