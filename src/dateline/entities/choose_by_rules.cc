#include <algorithm>
#include <cmath>
#include <string>

#include "dateline/entities/features.h"
#include "dateline/entities/resolve.h"

namespace dateline::entities {
namespace {

float role_weight(Role role) {
  switch (role) {
    case Role::kSubject:
      return 1.0F;
    case Role::kPassiveSubject:
      return 0.9F;
    case Role::kObject:
      return 0.4F;
    case Role::kPossessor:
      return 0.35F;
    case Role::kOblique:
      return 0.1F;
    case Role::kModifier:
      return -1.0F;
    case Role::kOther:
      return 0.2F;
  }
  return 0;
}

float agreement(const Candidate& anaphor, const Cluster& cluster) {
  const PronounSense& pronoun = *anaphor.pronoun;
  if (pronoun.thing) {
    if (cluster.kind == EntityKind::kGroup) return -2.0F;
    return cluster.kind == EntityKind::kOrg || cluster.named ? 0.5F : 0.0F;
  }
  if (pronoun.number == Number::kPlural) {
    if (cluster.number == Number::kPlural) return is_people(cluster.kind) ? 1.0F : 0.3F;
    if (cluster.kind == EntityKind::kGroup) return 0.8F;
    if (cluster.kind == EntityKind::kOrg) return 0.2F;
    return cluster.kind == EntityKind::kPerson ? -2.0F : -1.0F;
  }
  if (cluster.kind != EntityKind::kPerson) return -2.5F;
  const float odds = anaphor.female > 0.5F ? cluster.female_odds : -cluster.female_odds;
  return std::clamp(odds, -4.0F, 2.0F) * 0.7F;
}

float pronoun_score(const Scene& scene, std::uint32_t anaphor, const Antecedent& antecedent) {
  const Candidate& a = scene.candidates[anaphor];
  const Candidate& b = scene.candidates[antecedent.candidate];
  const Cluster& cluster = scene.clusters[antecedent.cluster];
  if (are_bound_apart(a, b)) return -100.0F;
  const float sentences = antecedent.forward ? 0.5F : static_cast<float>(a.sentence - b.sentence);
  float score = agreement(a, cluster) + role_weight(b.role);
  score -= 1.0F * std::min(sentences, 6.0F) + 0.08F * static_cast<float>(antecedent.rank);
  if (a.role == b.role) score += 0.3F;
  if (antecedent.forward) score -= 0.8F;
  if (a.quote != b.quote && a.quote == 0 && b.quote != 0) score -= 0.4F;
  score += 0.35F * std::log(1.0F + static_cast<float>(cluster.mentions.size()));
  if (b.pronoun && b.pronoun->female == a.female) score += 0.4F;
  if (a.pronoun->reflexive && b.role == Role::kSubject && sentences == 0) score += 2.0F;
  return score;
}

float limit_of(const Candidate& anaphor) {
  if (anaphor.pronoun->thing) return -0.6F;
  return anaphor.pronoun->number == Number::kPlural ? -1.5F : -5.0F;
}

std::optional<std::size_t> choose_for_pronoun(const Scene& scene, std::uint32_t anaphor,
                                              std::span<const Antecedent> antecedents) {
  std::optional<std::size_t> best;
  float top = limit_of(scene.candidates[anaphor]);
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const float score = pronoun_score(scene, anaphor, antecedents[i]);
    if (score > top) top = score, best = i;
  }
  return best;
}

bool heads_match(const Scene& scene, std::uint32_t anaphor, const Antecedent& antecedent) {
  const Candidate& a = scene.candidates[anaphor];
  const Cluster& cluster = scene.clusters[antecedent.cluster];
  if (std::ranges::find(cluster.nouns, a.key) == cluster.nouns.end()) return false;
  const Candidate& b = scene.candidates[antecedent.candidate];
  if (b.key != a.key || b.mention.form != MentionForm::kNominal) return true;
  const auto &narrow = a.facts.modifiers, &known = b.facts.modifiers;
  return std::ranges::all_of(
      narrow, [&](std::string_view word) { return std::ranges::find(known, word) != known.end(); });
}

// "the airline" for the organisation named last.
bool kind_match(const Candidate& a, const Cluster& cluster, const Candidate& b, bool bare) {
  return bare && cluster.named && cluster.kind == EntityKind::kOrg && in("body", a.key) &&
         a.sentence <= b.sentence + 2;
}

std::optional<std::size_t> choose_for_nominal(const Scene& scene, std::uint32_t anaphor,
                                              std::span<const Antecedent> antecedents) {
  const Candidate& a = scene.candidates[anaphor];
  const bool definite =
      a.determiner == Determiner::kDefinite || a.determiner == Determiner::kDemonstrative;
  const bool people = a.determiner == Determiner::kNone && a.key == "police";
  if (!definite && !people && a.determiner != Determiner::kPossessive) return std::nullopt;
  const bool bare = a.mention.tokens.size() <= 2;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const Candidate& b = scene.candidates[antecedents[i].candidate];
    if (a.determiner == Determiner::kPossessive) {
      if (same_possession(scene, anaphor, scene.clusters[antecedents[i].cluster])) return i;
      continue;
    }
    if (heads_match(scene, anaphor, antecedents[i])) return i;
    if (definite && kind_match(a, scene.clusters[antecedents[i].cluster], b, bare)) return i;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> RuleChooser::choose(const Scene& scene, std::uint32_t anaphor,
                                               std::span<const Antecedent> antecedents) const {
  return scene.candidates[anaphor].pronoun ? choose_for_pronoun(scene, anaphor, antecedents)
                                           : choose_for_nominal(scene, anaphor, antecedents);
}

}  // namespace dateline::entities
