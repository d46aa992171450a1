#pragma once
// Descriptions: definite phrases whose antecedent the words themselves tell, before anything is
// weighed.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "dateline/entities/clusters.h"

namespace dateline::entities {

// Whose it is: the cluster of "his" in "his wife"; kNoCluster where that is open.
[[nodiscard]] std::uint32_t owner_of(const Scene& scene, const Candidate& c);

// The place in `antecedents` (most recent first) that nominal number `anaphor` surely speaks of:
// the same person described with the same noun and no other word ("the Marsh spokesman" after "a
// Marsh & Hale spokesman"); somebody named whom news calls so ("the rapper", data/entities/
// epithets.tsv), or by an age ("the 29-year-old"); the body named last for a general word ("the
// airline"). Nothing where that is not plain; a phrase that a clause narrows ("the man who …")
// never is. O(antecedents).
[[nodiscard]] std::optional<std::size_t> sure_antecedent(const Scene& scene, std::uint32_t anaphor,
                                                         std::span<const Antecedent> antecedents);

}  // namespace dateline::entities
