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

Result<CorefModel::Duel> CorefModel::load_duel(const neural::Tensors& tensors,
                                               const std::string& prefix, std::size_t width) {
  Duel duel;
  DATELINE_TRY(duel.left, neural::Linear::load(tensors, prefix + ".left"));
  DATELINE_TRY(duel.right, neural::Linear::load(tensors, prefix + ".right"));
  DATELINE_TRY(duel.weight, tensors.vector(prefix + ".duel", duel.left.outputs()));
  if (duel.left.inputs() != width || duel.right.inputs() != width ||
      duel.right.outputs() != duel.left.outputs())
    return fail(ErrorCode::kCorrupt, prefix + ": duels of another shape");
  return duel;
}

Result<CorefModel> CorefModel::load(const std::string& folder) {
  DATELINE_TRY(const auto tensors, neural::load(folder + "/weights.safetensors"));
  CorefModel model;
  DATELINE_TRY(model.person_, load_net(tensors, "person", kFeatures + kPronounOnlyFeatures));
  DATELINE_TRY(model.person_.duel, load_duel(tensors, "person", model.person_.first.outputs()));
  DATELINE_TRY(model.pronoun_, load_net(tensors, "pronoun", kFeatures + kPronounOnlyFeatures));
  DATELINE_TRY(model.nominal_, load_net(tensors, "nominal", kFeatures));
  DATELINE_TRY(model.thresholds_, tensors.vector("thresholds", 5));
  return model;
}

namespace {

// The numbers of `dense` that are not 0.
class Kept {
 public:
  neural::SparseRow of(std::span<const float> dense) {
    columns_.resize(dense.size());
    values_.resize(dense.size());
    std::size_t size = 0;
    for (std::uint32_t i = 0; i < dense.size(); ++i) {
      columns_[size] = i;
      values_[size] = dense[i];
      size += dense[i] != 0.0F ? 1U : 0U;
    }
    return {std::span(columns_).first(size), std::span(values_).first(size)};
  }

 private:
  std::vector<std::uint32_t> columns_;
  std::vector<float> values_;
};

std::vector<float> bias_of(const neural::Linear& layer) {
  std::vector<float> bias(layer.bias().begin(), layer.bias().end());
  bias.resize(layer.outputs());
  return bias;
}

}  // namespace

void CorefModel::Duel::add_to(const neural::Matrix& hidden, std::vector<float>& scores) const {
  if (hidden.rows() < 2) return;
  const neural::Matrix l = left(hidden), r = right(hidden);
  const float share = 2.0F / static_cast<float>(hidden.rows() - 1);
  for (std::size_t a = 0; a < hidden.rows(); ++a)
    for (std::size_t b = a + 1; b < hidden.rows(); ++b) {
      float won = 0;
      for (std::size_t k = 0; k < weight.size(); ++k)
        won += weight[k] * (std::max(l.row(a)[k] + r.row(b)[k], 0.0F) -
                            std::max(l.row(b)[k] + r.row(a)[k], 0.0F));
      scores[a] += won * share;
      scores[b] -= won * share;
    }
}

const CorefModel::Net& CorefModel::net_for(const PronounSense* pronoun) const {
  if (!pronoun) return nominal_;
  return is_he_or_she(*pronoun) ? person_ : pronoun_;
}

std::vector<float> CorefModel::score(const neural::SparseRows& x,
                                     const PronounSense* pronoun) const {
  const Net& net = net_for(pronoun);
  if (x.size() == 0 || x.width() != net.first.inputs()) return {};
  std::vector<float> common = bias_of(net.first);  // what all rows begin with
  net.first.add_sparse_to(x.shared(), common);
  neural::Matrix hidden(x.size(), net.first.outputs());
  std::vector<float> top(hidden.cols());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto row = hidden.row(i);
    std::ranges::copy(common, row.begin());
    net.first.add_sparse_to(x[i], row);
    neural::relu(row);
    for (std::size_t j = 0; j < top.size(); ++j) top[j] = std::max(top[j], row[j]);
  }
  Kept kept;
  common = bias_of(net.second);
  net.second.add_sparse_to(kept.of(top), common, top.size());
  neural::Matrix second(x.size(), net.second.outputs());
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::ranges::copy(common, second.row(i).begin());
    net.second.add_sparse_to(kept.of(hidden.row(i)), second.row(i));
  }
  neural::relu({second.data(), x.size() * second.cols()});
  const neural::Matrix own = net.third(second);
  std::vector<float> scores(own.data(), own.data() + x.size());
  if (net.duel) net.duel->add_to(hidden, scores);
  return scores;
}

float CorefModel::threshold(const Candidate& anaphor) const {
  if (!anaphor.pronoun) return thresholds_[is_person(anaphor.kind) ? 4 : 3];
  if (anaphor.pronoun->number == Number::kPlural) return thresholds_[2];
  return anaphor.pronoun->thing ? thresholds_[1] : thresholds_[0];
}

std::optional<std::size_t> RankChooser::choose(const Scene& scene, std::uint32_t anaphor,
                                               std::span<const Antecedent> antecedents) const {
  const Candidate& candidate = scene.candidates[anaphor];
  const auto scores = model_.score(pair_features(scene, anaphor, antecedents), candidate.pronoun);
  const auto best = std::ranges::max_element(scores);
  if (best == scores.end() || *best <= model_.threshold(candidate)) return std::nullopt;
  return static_cast<std::size_t>(best - scores.begin());
}

}  // namespace dateline::entities
