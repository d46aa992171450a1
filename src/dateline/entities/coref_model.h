#pragma once
// CorefModel: the learned ranker of antecedents, three small networks.
//
// Every antecedent of a mention is scored beside the others: h = relu(W1 x + b1) of each, the
// greatest of each number of h over all of them as context, score = W3 relu(W2 [h; context] + b2).
// Softmax over the scores and 0 for "new"; Lee et al. 2017 (end-to-end coreference) train so.
// For he and she every two antecedents are weighed against each other too, and what one gains the
// other loses.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/entities/resolve.h"
#include "dateline/neural/layers.h"

namespace dateline::entities {

// Immutable once loaded; safe to share between threads.
class CorefModel {
 public:
  // Reads weights.safetensors in `folder`; checks that it was trained on these features.
  static Result<CorefModel> load(const std::string& folder);

  // `pronoun` is null for nominals. Log odds of each antecedent against "new"; `features` as
  // pair_features gives them.
  [[nodiscard]] std::vector<float> score(const neural::SparseRows& features,
                                         const PronounSense* pronoun) const;
  // What the best score must pass to be taken.
  [[nodiscard]] float threshold(const Candidate& anaphor) const;

 private:
  // What antecedent a wins over b: w (relu(L h_a + R h_b) - relu(L h_b + R h_a)).
  struct Duel {
    neural::Linear left, right;
    std::vector<float> weight;
    void add_to(const neural::Matrix& hidden, std::vector<float>& scores) const;
  };
  struct Net {
    neural::Linear first, second, third;
    std::optional<Duel> duel;
  };
  static Result<Duel> load_duel(const neural::Tensors& tensors, const std::string& prefix,
                                std::size_t width);
  static Result<Net> load_net(const neural::Tensors& tensors, const std::string& prefix,
                              std::size_t width);

  [[nodiscard]] const Net& net_for(const PronounSense* pronoun) const;

  Net person_, pronoun_, nominal_;  // he and she; it and they; nominals
  std::vector<float>
      thresholds_;  // he and she, it, they, nominals, those of persons, those of persons
};

// Chooses by the model.
class RankChooser : public Chooser {
 public:
  explicit RankChooser(const CorefModel& model) : model_(model) {}
  [[nodiscard]] std::optional<std::size_t> choose(
      const Scene& scene, std::uint32_t anaphor,
      std::span<const Antecedent> antecedents) const override;

 private:
  const CorefModel& model_;
};

}  // namespace dateline::entities
