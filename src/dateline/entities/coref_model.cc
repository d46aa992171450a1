#include "dateline/entities/coref_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dateline/entities/features.h"
#include "dateline/entities/pronoun_features.h"
#include "dateline/neural/kernels.h"

namespace dateline::entities {

Result<CorefModel::Net> CorefModel::load_net(const neural::Tensors& tensors,
                                             const std::string& prefix, std::size_t width) {
  Net net;
  DATELINE_TRY(net.first, neural::Linear::load(tensors, prefix + ".first"));
  DATELINE_TRY(net.second, neural::Linear::load(tensors, prefix + ".second"));
  DATELINE_TRY(net.third, neural::Linear::load(tensors, prefix + ".third"));
  if (net.first.inputs() != width || net.second.inputs() != 2 * net.first.outputs() ||
      net.third.inputs() != net.second.outputs() || net.third.outputs() != 1)
    return fail(ErrorCode::kCorrupt, prefix + ": a ranker of another shape");
  return net;
}

Result<CorefModel> CorefModel::load(const std::string& folder) {
  DATELINE_TRY(const auto tensors, neural::load(folder + "/weights.safetensors"));
  CorefModel model;
  DATELINE_TRY(model.pronoun_, load_net(tensors, "pronoun", kFeatures + kPronounOnlyFeatures));
  DATELINE_TRY(model.nominal_, load_net(tensors, "nominal", kFeatures));
  DATELINE_TRY(model.thresholds_, tensors.vector("thresholds", 5));
  return model;
}

std::vector<float> CorefModel::score(std::vector<float> features, bool pronoun) const {
  const Net& net = pronoun ? pronoun_ : nominal_;
  const std::size_t rows = features.size() / net.first.inputs();
  if (rows == 0) return {};
  neural::Matrix hidden =
      net.first.of_sparse(neural::Matrix(rows, net.first.inputs(), std::move(features)));
  neural::relu({hidden.data(), rows * hidden.cols()});
  neural::Matrix both(rows, 2 * hidden.cols());
  std::vector<float> top(hidden.cols());
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < top.size(); ++j) top[j] = std::max(top[j], hidden(i, j));
  for (std::size_t i = 0; i < rows; ++i)
    std::ranges::copy(top, std::ranges::copy(hidden.row(i), both.row(i).begin()).out);
  neural::Matrix second = net.second.of_sparse(both);
  neural::relu({second.data(), rows * second.cols()});
  const neural::Matrix scores = net.third(second);
  return {scores.data(), scores.data() + rows};
}

float CorefModel::threshold(const Candidate& anaphor) const {
  if (!anaphor.pronoun) return thresholds_[is_person(anaphor.kind) ? 4 : 3];
  if (anaphor.pronoun->number == Number::kPlural) return thresholds_[2];
  return anaphor.pronoun->thing ? thresholds_[1] : thresholds_[0];
}

std::optional<std::size_t> RankChooser::choose(const Scene& scene, std::uint32_t anaphor,
                                               std::span<const Antecedent> antecedents) const {
  const Candidate& candidate = scene.candidates[anaphor];
  const auto scores =
      model_.score(pair_features(scene, anaphor, antecedents), candidate.pronoun != nullptr);
  const auto best = std::ranges::max_element(scores);
  if (best == scores.end() || *best <= model_.threshold(candidate)) return std::nullopt;
  return static_cast<std::size_t>(best - scores.begin());
}

}  // namespace dateline::entities
