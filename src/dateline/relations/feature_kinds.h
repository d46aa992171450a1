#pragma once
// The kinds of feature of a pair, and how counts go into them. For the parts of pair_features only.
#include <cstdint>

#include "dateline/language/doc.h"
#include "dateline/relations/arguments.h"

namespace dateline::relations {

// Kinds of feature; part of the model's format: add at the end, renumber never.
enum Kind : std::uint32_t {
  kBias = 1,
  kKinds,
  kForms,
  kLabels,
  kDistance,
  kArgumentsBetween,
  kRank,
  kNearest,
  kBetweenWord,
  kBetweenLemma,
  kBetweenPair,
  kBetweenAll,
  kBetweenEdge,
  kBefore,
  kAfter,
  kHeadWord,
  kNameWord,
  kNameLast,
  kNameFirst,
  kPathLabels,
  kPathWords,
  kPathFull,
  kPathWord,
  kPathLength,
  kTop,
  kGovernor,
  kGovernor2,
  kChild,
  kLeftWord,
  kRightWord,
  kRoleWhere,
  kKinWhere,
  kBracket,
  kRule,
  kRuleSide,
  kShared,
  kPronoun,
  kCollapsed = 50,  // the same kinds of path, between what the conjuncts hang on
  kSame = 80,
  kTrigger,
  kTriggerPath,
  kTriggerNear,
  kTriggerGovernor,
  kTriggerShape,
  kNamedToo,
  kFirstOfEntity,
  kDateShape,
  kCluster,
};

constexpr std::uint32_t bucket(std::uint32_t count) {
  if (count <= 3) return count;
  if (count <= 6) return 4;
  if (count <= 10) return 5;
  return count <= 20 ? 6 : 7;
}

constexpr std::uint32_t number_of(ArgumentKind kind) { return static_cast<std::uint32_t>(kind); }
constexpr std::uint32_t number_of(ArgumentForm form) { return static_cast<std::uint32_t>(form); }

// Up from `token` through coordination: to what all the conjuncts hang on.
inline std::uint32_t first_conjunct(const Doc& doc, std::uint32_t token) {
  for (int i = 0; i < 8 && doc[token].dep == "conj"; ++i) token = doc[token].head;
  return token;
}

}  // namespace dateline::relations
