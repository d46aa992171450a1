#pragma once
// What the ranker sees of a pronoun and one antecedent beyond what it sees of every pair: clauses
// and salience.
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/entities/clauses.h"
#include "dateline/entities/clusters.h"
#include "dateline/entities/feature_row.h"

namespace dateline::entities {

constexpr std::size_t kPronounOnlyFeatures = 227;

// What is the same for all antecedents of one pronoun; counts the rivals seen so far.
class PronounFeatures {
 public:
  PronounFeatures(const Scene& scene, std::uint32_t anaphor,
                  std::span<const Antecedent> antecedents);
  // What is the same for all of them; first of all.
  void share(FeatureRow& row);
  // The rest, in the order of the antecedents; `agrees`: the cluster may be meant by such a
  // pronoun.
  void add(FeatureRow& row, const Antecedent& antecedent, bool agrees);

 private:
  void add_clauses(FeatureRow& row, const Antecedent& antecedent) const;
  void add_salience(FeatureRow& row, const Antecedent& antecedent) const;
  void add_names_to_come(FeatureRow& row, const Antecedent& antecedent) const;
  void find_names_to_come(std::uint32_t anaphor);
  template <class Look>
  void look_back(const Antecedent& antecedent, Look look) const;
  void add_tree(FeatureRow& row, const Antecedent& antecedent) const;
  void add_verbs(FeatureRow& row, const Antecedent& antecedent) const;
  void add_bearer(FeatureRow& row, const Antecedent& antecedent) const;
  void add_name(FeatureRow& row, const Candidate* name) const;
  void add_binding(FeatureRow& row, const Antecedent& antecedent) const;

  const Scene& scene_;
  const Candidate& c_;
  // Of he and she: a name later in the pronoun's sentence, and how the tree relates the two.
  struct NameToCome {
    std::uint32_t cluster = 0;
    bool below = false;     // what the pronoun is a subject of holds it: "She met Ann"
    bool above = false;     // subject of what holds the pronoun: "In her book, Ann says"
    bool contains = false;  // "her sister Ann"
  };
  std::vector<NameToCome> to_come_;
  bool one_above_ = false;
  std::array<std::uint32_t, kClauseLevels> subjects_{};
  std::uint32_t clause_ = 0, before_ = kNoToken;
  std::uint32_t owned_ = kNoToken, owned_governor_ = kNoToken;  // "wife" of "his wife"; its verb
  bool owns_person_ = false;
  std::uint32_t last_same_ = kNoCluster, first_person_ = kNoCluster, most_named_ = 0;
  std::size_t own_columns_ = 0, agreeing_ = 0, subjects_seen_ = 0, named_seen_ = 0;
  std::size_t verb_ = 0, outer_verb_ = 0;  // classes of the pronoun's verb and of the one above
  bool own_ = false, perfect_ = false;     // "her own"; "had told her"
};

}  // namespace dateline::entities
