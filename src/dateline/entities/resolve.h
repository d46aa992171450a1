#pragma once
// Resolution: from left to right, each pronoun and nominal to a cluster that is there or a new one.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dateline/entities/clusters.h"
#include "dateline/entities/story.h"

namespace dateline::entities {

// Decides for one mention. The rules are one, the ranker another; training listens in as a third.
class Chooser {
 public:
  virtual ~Chooser() = default;
  // The place in `antecedents` that candidate number `anaphor` refers to; nothing for a new entity.
  // `antecedents` is not empty, most recent first.
  [[nodiscard]] virtual std::optional<std::size_t> choose(
      const Scene& scene, std::uint32_t anaphor, std::span<const Antecedent> antecedents) const = 0;
};

struct Resolution {
  std::vector<Cluster> clusters;
  std::vector<std::uint32_t> cluster_of;  // for each candidate; kNoCluster for what refers to none
};

// `groups` is what join_names gave. O(candidates): at most 24 antecedents a mention are looked at.
[[nodiscard]] Resolution resolve(const Doc& doc, const std::vector<Candidate>& candidates,
                                 const std::vector<std::uint32_t>& groups, const Chooser& chooser,
                                 const Story& story = {});

// Choice by rules alone: agreement, distance, role; conservative for nominals.
class RuleChooser : public Chooser {
 public:
  [[nodiscard]] std::optional<std::size_t> choose(
      const Scene& scene, std::uint32_t anaphor,
      std::span<const Antecedent> antecedents) const override;
};

}  // namespace dateline::entities
