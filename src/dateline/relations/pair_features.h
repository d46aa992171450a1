#pragma once
// PairFeatures: what the learned reader sees of two arguments of a passage, as hashed features:
// words around and between, the dependency path, kinds and forms, what the rules found. Names of
// people are never looked at as words.
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/neural/matrix.h"
#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"
#include "dateline/relations/token_features.h"

namespace dateline::relations {

// Over one text; borrows the reading and the rules' findings. Not for use from two threads at once.
class PairFeatures {
 public:
  // No pair is further apart, in tokens between the heads.
  static constexpr std::uint32_t kReach = 60;

  // `clusters`: for each row of the static word vectors the numbers of its clusters; may be empty.
  PairFeatures(const Reading& reading, const Findings& findings, const neural::Matrix& clusters);

  // Whether (subject, object) is a pair at all: near enough, of kinds that can be tied.
  [[nodiscard]] bool is_pair(std::uint32_t subject, std::uint32_t object) const;
  // The features, 32-bit hashes, without order; valid until the next call. O(tokens of the
  // sentence).
  [[nodiscard]] std::span<const std::uint32_t> operator()(std::uint32_t subject,
                                                          std::uint32_t object);

 private:
  void add(std::uint32_t kind, std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0);
  void add_typed(std::uint32_t kind, std::uint32_t a, std::uint32_t b = 0);
  void add_kinds();
  void add_order();
  void add_between();
  void add_around();
  void add_side(std::uint32_t number, std::uint32_t side);
  void add_name(const Argument& argument, std::uint32_t side);
  void add_path(std::uint32_t from, std::uint32_t to, std::uint32_t kind);
  void add_governor(std::uint32_t token, std::uint32_t side);
  void add_sentence();
  void add_brackets();
  void add_triggers();
  void add_trigger_path();
  void add_trigger_governors();
  void add_rules();
  void add_coreference();
  void add_likeness();
  void add_clusters();
  // The clusters of the word at `token`, none where it stands in an argument.
  void add_cluster(std::uint32_t token, std::uint32_t where);

  const Reading& reading_;
  const Findings& findings_;
  std::vector<std::vector<std::uint32_t>> findings_of_;  // by argument: those with an object
  TokenFeatures tokens_;
  std::vector<std::uint32_t> features_;
  TokenList inner_;  // of the path between the heads, they left out
  std::uint32_t subject_ = 0, object_ = 0, types_ = 0, order_ = 0;
  TokenSpan left_, right_;
};

}  // namespace dateline::relations
