#pragma once
// What the parser and the entity recogniser share (spaCy's TransitionBasedParser.v2): the list of
// classes that their networks score, and the network from context vectors to scores of a state.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/kernels.h"
#include "dateline/language/package.h"

namespace dateline::language {

// A move with its label, which may be empty. What the number means is the transition system's.
struct TransitionClass {
  std::uint8_t action;
  std::string label;
};

// The classes of a file `moves`, in the order of the network's outputs. `skip` says which moves
// have none. kCorrupt, naming the file.
using SkipClass = bool (*)(std::uint8_t action, std::string_view label);
[[nodiscard]] Result<std::vector<TransitionClass>> read_classes(std::string_view bytes,
                                                                std::string_view name,
                                                                SkipClass skip);

// Scratch memory of a TransitionNetwork. One per thread.
class TransitionScratch {
 private:
  friend class TransitionNetwork;
  FloatBuffer projected_, lower_, hidden_, scores_;
};

// Scores of the classes from the vectors of a state's feature tokens. Its lower layer is a sum of
// one product a feature, computed beforehand for every token. Immutable after load.
class TransitionNetwork {
 public:
  // `width` is that of the context vectors. kCorrupt if the layers do not fit each other.
  [[nodiscard]] static Result<TransitionNetwork> load(const Model& model, std::size_t width,
                                                      std::size_t classes);

  [[nodiscard]] std::size_t features() const { return features_; }
  // Scores, and masks for best_allowed(), have this many floats: the classes rounded up.
  [[nodiscard]] std::size_t padded() const { return padded_; }

  // For one document: `rows` are its context vectors.
  void start(const float* rows, std::size_t size, TransitionScratch& scratch) const;
  // The best class that `mask` allows for a state of the document that start() was given, -1 if it
  // allows none. `tokens` are features() token numbers, -1 for none.
  [[nodiscard]] std::int32_t best(std::span<const std::int32_t> tokens, const float* mask,
                                  TransitionScratch& scratch) const;

 private:
  std::size_t width_ = 0, features_ = 0, hidden_ = 0, pieces_ = 0, padded_ = 0;
  Matrix projection_;
  Matrix lower_;                // output (feature, piece, hidden unit)
  Matrix upper_;                // no outputs: the hidden units are the scores
  std::vector<float> bias_;     // (piece, hidden unit)
  std::vector<float> missing_;  // what a feature that is not there adds: (feature, piece, unit)
};

}  // namespace dateline::language
