#pragma once
// RelationModel: the learned reader of pairs of arguments. For each relation a logistic regression
// over hashed features of the pair, and a second one over what the first says of the pair and of
// its rivals. What it was trained on is in the card beside the weights.
#include <span>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/neural/matrix.h"
#include "dateline/relations/finding.h"
#include "dateline/relations/rivals.h"

namespace dateline::relations {

// Immutable once loaded; const calls are safe from many threads.
class RelationModel {
 public:
  // Reads weights.safetensors and clusters.safetensors of `folder`. kNotFound, kCorrupt, or
  // kUnsupported where the features are those of another version.
  static Result<RelationModel> load(const std::string& folder);

  // Changes `findings`, which hold what the rules found: in a passage (is_passage) it decides of
  // all pairs, those of the rules too, of the relations that it knows. Whole articles are the
  // rules' alone: what it was trained on are passages that speak of a relation, and most pairs of
  // an article have none. Nothing where the text has no word vectors.
  void read_passage(const Reading& reading, std::vector<Finding>& findings) const;

 private:
  struct Scores;

  void look_first(std::span<const std::uint32_t> features, std::span<float> logits) const;
  [[nodiscard]] Scores look(const Reading& reading, const Findings& findings) const;
  [[nodiscard]] float look_again(const Reading& reading, const Pair& pair, std::size_t relation,
                                 std::span<const float> own, const neural::Matrix& rivals) const;

  std::vector<std::string> relations_;
  std::vector<float> thresholds_;
  neural::Matrix weights_;  // one row a bucket, one column a relation
  std::vector<float> bias_;
  neural::Matrix second_;  // one row a relation
  std::vector<float> second_bias_;
  neural::Matrix clusters_;  // by row of the word vectors
};

}  // namespace dateline::relations
