#pragma once
// RelationModel: the learned reader of pairs of arguments. For each relation a logistic regression
// over hashed features. What it was trained on is in the card beside the weights.
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/neural/matrix.h"
#include "dateline/neural/tensors.h"
#include "dateline/relations/finding.h"

namespace dateline::relations {

// Immutable once loaded; const calls are safe from many threads.
class RelationModel {
 public:
  // Reads weights.safetensors of `folder`. kNotFound, kCorrupt, or kUnsupported where the features
  // are those of another version.
  static Result<RelationModel> load(const std::string& folder);

  // Adds to `findings`, which hold what the rules found, what it reads itself; drops none. In a
  // passage (is_passage) above the thresholds it was tuned for; in a whole article above those for
  // articles, between what is named, with a word for the tie beside a tie of kin, and only what no
  // rule found.
  void read(const Reading& reading, std::vector<Finding>& findings) const;

 private:
  [[nodiscard]] std::vector<float> probabilities(std::span<const std::uint32_t> features) const;

  std::vector<std::string> relations_;
  std::vector<float> thresholds_, article_thresholds_, slope_, offset_;
  neural::Matrix weights_;  // one row a bucket, one column a relation
  std::vector<float> bias_;
};

}  // namespace dateline::relations
