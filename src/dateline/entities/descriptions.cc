#include "dateline/entities/descriptions.h"

#include <algorithm>
#include <cmath>

#include "dateline/entities/features.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

constexpr std::uint32_t kPersonReach = 8;  // sentences from an epithet back to whom it means
constexpr std::uint32_t kBodyReach = 4;
constexpr float kKnown = 6;  // the article has called it so before

bool holds(const std::vector<std::string_view>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// "the man who lost", "the mayor of Leeds": says itself whom it means.
bool is_narrowed(const Doc& doc, const Candidate& c) {
  for (const std::uint32_t child : doc.children(c.mention.head)) {
    if (child < c.mention.head) continue;
    const std::string_view dep = doc[child].dep;
    const std::uint32_t begin = doc[child].subtree.begin;
    const bool aside = (dep == "relcl" || dep == "acl") && begin > 0 && doc[begin - 1].text == ",";
    if (aside) continue;  // "the pair, who met …"
    if (dep == "relcl" || dep == "acl" || (dep == "prep" && doc[child].lower == "of")) return true;
  }
  return false;
}

bool is_definite(const Candidate& c) {
  return c.determiner == Determiner::kDefinite || c.determiner == Determiner::kDemonstrative;
}

// Every word that narrows the phrase is known of the antecedent.
bool says_nothing_new(const Candidate& a, const Candidate& b) {
  return std::ranges::all_of(a.facts.modifiers,
                             [&](std::string_view word) { return holds(b.facts.modifiers, word); });
}

bool has_mention_like(const Scene& scene, const Candidate& a, const Cluster& cluster) {
  std::size_t looked = 0;
  for (std::size_t m = cluster.mentions.size(); m-- > 0 && looked < 8; ++looked) {
    const Candidate& b = scene.candidates[cluster.mentions[m]];
    if (b.mention.form == MentionForm::kNominal && are_same_noun(b.key, a.key) &&
        says_nothing_new(a, b))
      return true;
  }
  return false;
}

// Two arguments of one verb are two.
bool are_co_arguments(const Candidate& a, const Candidate& b) {
  return a.sentence == b.sentence && a.facts.governor == b.facts.governor;
}

// "The company" for the Weinstock Company.
bool is_called(const Scene& scene, const Candidate& a, const Cluster& cluster) {
  constexpr std::size_t kFirst = 8;  // of its mentions: names come early
  const auto first = std::span(cluster.mentions).first(std::min(kFirst, cluster.mentions.size()));
  return std::ranges::any_of(first, [&](std::uint32_t m) {
    const TokenSpan name = scene.candidates[m].name;
    return name.size() > 1 && scene.doc[name.end - 1].lower == a.key;
  });
}

// How well somebody or something named answers to an epithet: nearness, weight in the article, and
// what is known of it.
std::optional<float> fit_of(const Scene& scene, const Candidate& a, const Antecedent& antecedent,
                            EntityKind kind, std::uint32_t reach) {
  const Cluster& cluster = scene.clusters[antecedent.cluster];
  const Candidate& last = scene.candidates[antecedent.candidate];
  if (antecedent.forward || !cluster.named || cluster.kind != kind) return std::nullopt;
  const bool called = is_called(scene, a, cluster);
  if (a.sentence > last.sentence + reach * (called ? 4 : 1) || are_co_arguments(a, last))
    return std::nullopt;
  float known = 0;  // that it is a man or a woman as the epithet says
  if (a.female != 0.5F) {
    const float odds = a.female > 0.5F ? cluster.female_odds : -cluster.female_odds;
    if (odds < -0.5F) return std::nullopt;
    known = odds > 0.5F ? 1.0F : 0.0F;
  }
  const auto weight = static_cast<float>(cluster.names + cluster.mentions.size());
  float score =
      known + 0.5F * std::log(1.0F + weight) - static_cast<float>(a.sentence - last.sentence);
  if (holds(cluster.nouns, a.key)) return score + kKnown;
  if (called) score += kKnown;
  if (last.role == Role::kSubject || last.role == Role::kPassiveSubject) score += 0.5F;
  const Candidate& first = scene.candidates[cluster.mentions.front()];
  if (a.sentence <= first.sentence + 1) score += 0.5F;
  if (first.determiner == Determiner::kPossessive) score -= 0.5F;  // "his wife Ann": he is in focus
  bool kindred = false, other = false;
  for (const std::string_view noun : cluster.nouns)
    if (is_epithet(kind, noun)) (are_kindred_epithets(noun, a.key) ? kindred : other) = true;
  if (kindred) return score + 1.0F;
  return other ? score - 1.5F : score;
}

std::optional<std::size_t> best_named(const Scene& scene, const Candidate& a,
                                      std::span<const Antecedent> antecedents, EntityKind kind,
                                      std::uint32_t reach) {
  std::optional<std::size_t> best;
  float top = 0;
  for (std::size_t i = 0; i < antecedents.size(); ++i)
    if (const auto score = fit_of(scene, a, antecedents[i], kind, reach);
        score && (!best || *score > top))
      best = i, top = *score;
  return best;
}

bool is_modifier(const Token& token) {
  return token.pos == "NOUN" || token.pos == "PROPN" || token.pos == "ADJ";
}

// "the prime minister" is the title of "Italian Prime Minister Ann Bell", "the minister" is not; of
// what a title says before itself, names may be left out.
bool is_title_of(const Doc& doc, std::uint32_t title, const Candidate& a) {
  if (title_noun(doc[title].lower) != a.key) return false;
  std::vector<std::string_view> narrow, known;
  for (std::uint32_t i = a.mention.tokens.begin; i < a.mention.head; ++i)
    if (is_modifier(doc[i])) narrow.push_back(doc[i].lower);
  std::uint32_t i = title;
  for (; i > 0 && is_modifier(doc[i - 1]); --i) {
    known.push_back(doc[i - 1].lower);
    if (doc[i - 1].entity_type.empty() && !holds(narrow, known.back())) return false;
  }
  if (i > 0 && doc[i - 1].text == "-" && !doc[i - 1].space_after) return false;  // "then-President"
  return std::ranges::all_of(narrow, [&](std::string_view word) { return holds(known, word); });
}

// "President Ann Bell … The President": whoever of those around bears that title, alone or as one
// of whom the text tells far more than of the other.
std::optional<std::size_t> bearer_of_title(const Scene& scene, const Candidate& a,
                                           std::span<const Antecedent> antecedents) {
  std::optional<std::size_t> bearer;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const Cluster& cluster = scene.clusters[antecedents[i].cluster];
    if (antecedents[i].forward || !is_person(cluster.kind) || !cluster.named) continue;
    if (std::ranges::none_of(cluster.titles,
                             [&](std::uint32_t title) { return is_title_of(scene.doc, title, a); }))
      continue;
    if (bearer) {
      const std::size_t known = scene.clusters[antecedents[*bearer].cluster].mentions.size();
      if (std::max(known, cluster.mentions.size()) < 3 * std::min(known, cluster.mentions.size()))
        return std::nullopt;
      if (known > cluster.mentions.size()) continue;
    }
    bearer = i;
  }
  return bearer;
}

// "The manager" where one of those named was called so: "the manager, Phil Dacre".
std::optional<std::size_t> only_holder(const Scene& scene, const Candidate& a,
                                       std::span<const Antecedent> antecedents) {
  std::optional<std::size_t> holder;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const Cluster& cluster = scene.clusters[antecedents[i].cluster];
    if (antecedents[i].forward || !is_person(cluster.kind) || !holds(cluster.nouns, a.key))
      continue;
    if (holder || !cluster.named) return std::nullopt;
    holder = i;
  }
  return holder;
}

// "The 29-year-old": the last named person who did something, or the only one named.
std::optional<std::size_t> last_doer(const Scene& scene, std::span<const Antecedent> antecedents) {
  std::optional<std::size_t> only;
  std::size_t persons = 0;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const Cluster& cluster = scene.clusters[antecedents[i].cluster];
    if (antecedents[i].forward || !cluster.named || !is_person(cluster.kind)) continue;
    if (is_subject(scene.candidates[antecedents[i].candidate])) return i;
    only = i;
    ++persons;
  }
  return persons == 1 ? only : std::nullopt;
}

// "The 24-year-old", "the 24-year-old striker".
bool tells_age(const Doc& doc, const Candidate& a) {
  if (a.key == "year-old") return true;
  for (std::uint32_t i = a.mention.tokens.begin + 2; i < a.mention.head; ++i)
    if (doc[i].lower == "old" && doc[i].head == a.mention.head && doc[i - 1].text == "-" &&
        doc[i - 2].lower == "year")
      return true;
  return false;
}

// The sentence of the anaphor has named somebody before it who is none of the two.
bool tells_of_another(const Scene& scene, std::uint32_t anaphor, const Cluster& two) {
  const auto& all = scene.candidates;
  for (std::uint32_t n = anaphor; n > 0 && all[n - 1].sentence == all[anaphor].sentence; --n) {
    const std::uint32_t cluster = scene.cluster_of[n - 1];
    if (all[n - 1].mention.form == MentionForm::kName && is_person(all[n - 1].kind) &&
        cluster != kNoCluster && std::ranges::find(two.members, cluster) == two.members.end())
      return true;
  }
  return false;
}

// "The pair": the two whom the text has spoken of as two.
std::optional<std::size_t> known_two(const Scene& scene, std::uint32_t anaphor,
                                     std::span<const Antecedent> antecedents) {
  const auto is_pair = [](const Cluster& cluster) {
    return !cluster.named && !cluster.mentions.empty() && cluster.members.size() == 2;
  };
  const bool only = std::ranges::count_if(scene.clusters, is_pair) == 1;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    if (antecedents[i].forward || !is_pair(scene.clusters[antecedents[i].cluster])) continue;
    if (tells_of_another(scene, anaphor, scene.clusters[antecedents[i].cluster]))
      return std::nullopt;
    const Candidate& last = scene.candidates[antecedents[i].candidate];
    return only || scene.candidates[anaphor].sentence <= last.sentence + kPersonReach
               ? std::optional(i)
               : std::nullopt;
  }
  return std::nullopt;
}

// "The mother of two": somebody named, by her children.
bool is_parent_of_some(const Doc& doc, const Candidate& a) {
  if ((a.key != "mother" && a.key != "father" && a.key != "mum" && a.key != "dad") ||
      a.determiner != Determiner::kDefinite)
    return false;
  const std::uint32_t of = a.mention.head + 1;
  return of + 1 < doc.size() && doc[of].lower == "of" && doc[of + 1].tag == "CD" &&
         (of + 2 == doc.size() || doc[of + 2].pos != "NOUN");
}

// "police", without more: the force named last.
std::optional<std::size_t> named_police(const Scene& scene,
                                        std::span<const Antecedent> antecedents) {
  for (std::size_t i = 0; i < antecedents.size(); ++i)
    for (const std::uint32_t m : scene.clusters[antecedents[i].cluster].mentions) {
      const Candidate& c = scene.candidates[m];
      if (c.mention.form == MentionForm::kName &&
          (c.key.ends_with(" police") || c.key.ends_with(" police department")))
        return i;
    }
  return std::nullopt;
}

// "Grant's wife" is "his former wife, Isobel", where he is Grant.
std::optional<std::size_t> same_kin(const Scene& scene, const Candidate& a,
                                    std::span<const Antecedent> antecedents) {
  if (a.determiner != Determiner::kPossessive || a.facts.possessor == kNoCandidate ||
      !in("one_of_kin", a.key))
    return std::nullopt;
  const std::uint32_t owner = owner_of(scene, a);
  if (owner == kNoCluster) return std::nullopt;
  for (std::size_t i = 0; i < antecedents.size(); ++i)
    for (const std::uint32_t m : scene.clusters[antecedents[i].cluster].mentions) {
      const Candidate& b = scene.candidates[m];
      if (scene.doc[b.mention.head].lemma == a.key && owner_of(scene, b) == owner) return i;
    }
  return std::nullopt;
}

// "The suit claims …. It also says …": whatever spoke last.
std::optional<std::size_t> spoke_before(const Scene& scene, const Candidate& a,
                                        std::span<const Antecedent> antecedents) {
  constexpr std::size_t kSaying = 2;  // of verb_class
  const auto says = [&](const Candidate& c) {
    return c.role == Role::kSubject && verb_class(scene.doc[c.facts.governor].lemma) == kSaying;
  };
  if (!a.pronoun->thing || a.quote != 0 || !says(a)) return std::nullopt;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    const Candidate& before = scene.candidates[antecedents[i].candidate];
    if (antecedents[i].forward || a.sentence > before.sentence + 2) continue;
    if (!before.pronoun && before.sentence < a.sentence && says(before)) return i;
  }
  return std::nullopt;
}

// "Her second husband", "his former wife".
bool is_qualified(const Doc& doc, const Candidate& c) {
  for (std::uint32_t i = c.mention.tokens.begin; i < c.mention.head; ++i)
    if (doc[i].pos == "ADJ" || doc[i].text == "-") return true;
  return false;
}

// "Bell's wife, Ann, said that her husband …": he is Bell.
std::optional<std::size_t> spouse_of_owner(const Scene& scene, const Candidate& a,
                                           std::span<const Antecedent> antecedents) {
  const auto is_spouse = [](std::string_view noun) { return noun == "wife" || noun == "husband"; };
  if (a.determiner != Determiner::kPossessive || !is_spouse(a.key) || a.name.size() > 0 ||
      is_qualified(scene.doc, a))
    return std::nullopt;
  const std::uint32_t owner = owner_of(scene, a);
  if (owner == kNoCluster || owner >= scene.clusters.size()) return std::nullopt;
  for (const std::uint32_t m : scene.clusters[owner].mentions) {
    const Candidate& told = scene.candidates[m];
    if (!is_spouse(scene.doc[told.mention.head].lemma) || is_qualified(scene.doc, told) ||
        scene.doc[told.mention.head].lemma == a.key)
      continue;
    const auto at = std::ranges::find(antecedents, owner_of(scene, told), &Antecedent::cluster);
    if (at != antecedents.end()) return static_cast<std::size_t>(at - antecedents.begin());
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t owner_of(const Scene& scene, const Candidate& c) {
  if (c.facts.possessor == kNoCandidate) return kNoCluster;
  const std::uint32_t named = scene.named[c.facts.possessor];
  return named != kNoGroup ? named : scene.cluster_of[c.facts.possessor];
}

std::optional<std::size_t> sure_antecedent(const Scene& scene, std::uint32_t anaphor,
                                           std::span<const Antecedent> antecedents) {
  const Candidate& a = scene.candidates[anaphor];
  if (is_parent_of_some(scene.doc, a))
    return best_named(scene, a, antecedents, EntityKind::kPerson, kPersonReach);
  if (const auto kin = same_kin(scene, a, antecedents)) return kin;
  if (const auto spouse = spouse_of_owner(scene, a, antecedents)) return spouse;
  if (a.pronoun) return spoke_before(scene, a, antecedents);
  if (a.key == "police" && a.mention.tokens.size() == 1) return named_police(scene, antecedents);
  // "the 45-year-old frontman of Halcyon" says no more of whom it means than his age does
  if (!is_definite(a) || (is_narrowed(scene.doc, a) && !tells_age(scene.doc, a)))
    return std::nullopt;
  if (is_person(a.kind) && a.kind_sure)
    for (std::size_t i = 0; i < antecedents.size(); ++i)
      if (has_mention_like(scene, a, scene.clusters[antecedents[i].cluster])) return i;
  const std::uint32_t end = a.mention.head + 1;
  if (end < scene.doc.size() && scene.doc[end].pos == "PROPN")
    return std::nullopt;  // "the bank ARN"
  const bool ends = a.mention.tokens.end == end || tells_age(scene.doc, a) ||
                    (a.mention.tokens.end > end && scene.doc[end].text == ",");
  if (ends && is_person(a.kind) && a.number == Number::kSingular)
    if (const auto bearer = bearer_of_title(scene, a, antecedents)) return bearer;
  const bool bare = a.number == Number::kSingular && a.determiner == Determiner::kDefinite && ends;
  if (in("two", a.key)) return known_two(scene, anaphor, antecedents);
  if (bare && is_person(a.kind) && a.facts.modifiers.empty())
    if (const auto holder = only_holder(scene, a, antecedents)) return holder;
  if (bare && !is_person(a.kind) && a.facts.modifiers.empty())
    for (std::size_t i = 0; i < antecedents.size(); ++i) {
      const Cluster& body = scene.clusters[antecedents[i].cluster];
      if (!antecedents[i].forward && body.kind == EntityKind::kOrg && is_called(scene, a, body))
        return i;
    }
  if (bare && is_demonym_noun(a.key))
    return best_named(scene, a, antecedents, EntityKind::kPerson, kPersonReach);
  if (bare && is_person(a.kind) && tells_age(scene.doc, a)) return last_doer(scene, antecedents);
  if (bare && is_epithet(EntityKind::kPerson, a.key))
    return best_named(scene, a, antecedents, EntityKind::kPerson, kPersonReach);
  if (bare && is_epithet(EntityKind::kOrg, a.key) && a.facts.modifiers.empty())
    return best_named(scene, a, antecedents, EntityKind::kOrg, kBodyReach);
  return std::nullopt;
}

}  // namespace dateline::entities
