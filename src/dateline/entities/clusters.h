#pragma once
// Clusters: what is joined so far while an article is read from left to right.
#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/entities/candidate.h"

namespace dateline::entities {

constexpr std::uint32_t kNoCluster = 0xFFFFFFFF;

struct Cluster {
  EntityKind kind = EntityKind::kOther;
  bool kind_sure = false;
  Number number = Number::kUnknown;
  float female_odds = 0;  // log odds, summed over names, titles, nouns and pronouns
  bool named = false;
  bool is_thing = false;                // named as no person is: "the Lantern", "NFU", "Route 66"
  std::uint32_t names = 0;              // mentions by name in the whole article
  std::vector<std::uint32_t> mentions;  // candidates, in text order
  std::vector<std::string_view> nouns;  // head lemmas of its nominals and appositions
  std::vector<std::uint32_t> titles;    // tokens: "President" before "Ann Bell"
  std::vector<std::uint32_t> members;   // clusters, of a group of persons
};

// One place that the mention at hand may refer back to: the last mention of a cluster.
struct Antecedent {
  std::uint32_t cluster = 0;
  std::uint32_t candidate = 0;
  std::uint32_t rank = 0;  // clusters mentioned since
  bool forward = false;    // a name later in the same sentence: "In her book Ann Bell …"
};

// What a chooser may look at.
struct Scene {
  const Doc& doc;
  const std::vector<Candidate>& candidates;
  const std::vector<Cluster>& clusters;
  const std::vector<std::uint32_t>& cluster_of;  // for each candidate, kNoCluster where open
  const std::vector<std::uint32_t>& named;       // for each candidate by name, also those to come
};

// Log odds of `share`, within ±4.
[[nodiscard]] float odds_of(float share);

}  // namespace dateline::entities
