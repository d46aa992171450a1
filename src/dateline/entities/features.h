#pragma once
// Features: what the ranker sees of an anaphor and one antecedent, as numbers of about unit size.
#include <cstdint>
#include <span>

#include "dateline/entities/clusters.h"
#include "dateline/neural/sparse.h"

namespace dateline::entities {

// Of every pair; part of the model's format: a change needs a new training.
constexpr std::size_t kFeatures = 160;

// Numbers a pair for such an anaphor: pronouns have more.
[[nodiscard]] std::size_t features_of(const Candidate& anaphor);

// A row of features_of(anaphor) numbers for each antecedent, what is the anaphor's own shared.
// O(antecedents).
[[nodiscard]] neural::SparseRows pair_features(const Scene& scene, std::uint32_t anaphor,
                                               std::span<const Antecedent> antecedents);

// "Ann saw her": two arguments of one verb are two, but for reflexives.
[[nodiscard]] bool are_bound_apart(const Candidate& a, const Candidate& b);

// What the sentence itself rules out for he and she, of one told by name: the object of what the
// other does ("Ann thanked her"), and the owner of a word for a person that is the other ("Ann is
// her sister").
[[nodiscard]] bool is_ruled_out(const Doc& doc, const Candidate& a, const Candidate& b);

// The cluster whose the candidate is: of "his wife" that of "his"; kNoCluster when none is seen.
[[nodiscard]] std::uint32_t possessor_cluster(const Scene& scene, std::uint32_t candidate);

// "his wife" again, of the same man.
[[nodiscard]] bool same_possession(const Scene& scene, std::uint32_t anaphor,
                                   const Cluster& cluster);

}  // namespace dateline::entities
