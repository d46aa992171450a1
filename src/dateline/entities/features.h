#pragma once
// Features: what the ranker sees of an anaphor and one antecedent, as numbers of about unit size.
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/entities/clusters.h"

namespace dateline::entities {

// Of every pair; part of the model's format: a change needs a new training.
constexpr std::size_t kFeatures = 160;

// Numbers a pair for such an anaphor: pronouns have more.
[[nodiscard]] std::size_t features_of(const Candidate& anaphor);

// Fills features_of(anaphor) numbers for each antecedent, row after row. O(antecedents), but for
// the modifiers of nominals.
[[nodiscard]] std::vector<float> pair_features(const Scene& scene, std::uint32_t anaphor,
                                               std::span<const Antecedent> antecedents);

// "Ann saw her": two arguments of one verb are two, but for reflexives.
[[nodiscard]] bool are_bound_apart(const Scene& scene, const Candidate& a, const Candidate& b);

// The cluster whose the candidate is: of "his wife" that of "his"; kNoCluster when none is seen.
[[nodiscard]] std::uint32_t possessor_cluster(const Scene& scene, std::uint32_t candidate);

// "his wife" again, of the same man.
[[nodiscard]] bool same_possession(const Scene& scene, std::uint32_t anaphor,
                                   const Cluster& cluster);

// Words before the head that narrow it: "the crane accident" -> crane.
[[nodiscard]] std::vector<std::string_view> modifiers_of(const Doc& doc, const Candidate& c);

}  // namespace dateline::entities
