#include "dateline/entities/features.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "dateline/entities/pronoun_features.h"
#include "dateline/neural/kernels.h"

namespace dateline::entities {
namespace {

// The verb whose argument a token is, or its own head.
std::uint32_t governor_of(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < 4; ++steps) {
    const std::string_view dep = doc[token].dep;
    if (dep != "conj" && dep != "pobj" && dep != "prep" && dep != "agent") break;
    token = doc[token].head;
  }
  return doc[token].head;
}

bool is_argument(Role role) {
  return role == Role::kSubject || role == Role::kPassiveSubject || role == Role::kObject ||
         role == Role::kOblique;
}

bool is_ancestor(const Doc& doc, std::uint32_t above, std::uint32_t below) {
  const TokenSpan subtree = doc[above].subtree;
  return above != below && subtree.contains(below);
}

bool is_clause(std::string_view dep) {
  return dep == "ccomp" || dep == "advcl" || dep == "relcl" || dep == "acl" || dep == "xcomp" ||
         dep == "csubj" || dep == "pcomp" || dep == "parataxis";
}

// Steps up to the root, and how many of them leave a clause or a noun phrase.
struct Depth {
  int steps = 0, clauses = 0, phrases = 0;
};

Depth depth_of(const Doc& doc, std::uint32_t token) {
  Depth depth;
  while (doc[token].head != token && depth.steps < 20) {
    ++depth.steps;
    depth.clauses += is_clause(doc[token].dep);
    const std::string_view pos = doc[doc[token].head].pos;
    depth.phrases += pos == "NOUN" || pos == "PROPN";
    token = doc[token].head;
  }
  return depth;
}

// What is the same for all antecedents of one anaphor.
struct Anaphor {
  std::uint32_t number;
  const Candidate& candidate;
  Depth depth;
  std::uint32_t governor;
  std::uint32_t owner;
  std::vector<std::string_view> modifiers;
};

bool agrees(const Candidate& a, const Cluster& cluster) {
  if (!a.pronoun) return true;
  if (a.pronoun->thing) return cluster.kind != EntityKind::kPerson;
  if (a.pronoun->number == Number::kPlural) return cluster.number == Number::kPlural;
  const float odds = a.female > 0.5F ? cluster.female_odds : -cluster.female_odds;
  return cluster.kind == EntityKind::kPerson && odds > -1.0F;
}

void add_anaphor(FeatureRow& row, const Anaphor& a, const Doc& doc) {
  const Candidate& c = a.candidate;
  const PronounSense* p = c.pronoun;
  row.flag(p && p->female == 0.0F);
  row.flag(p && p->female == 1.0F);
  row.flag(p && p->thing);
  row.flag(p && p->number == Number::kPlural);
  row.flag(p && p->possessive);
  row.flag(p && p->reflexive);
  row.one_of(static_cast<std::size_t>(c.role), 7);
  row.one_of(static_cast<std::size_t>(c.determiner), 6);
  row.one_of(static_cast<std::size_t>(c.kind), 8);
  row.flag(c.kind_sure);
  row.one_of(static_cast<std::size_t>(c.number), 3);
  row.flag(c.quote != 0);
  row.log(a.depth.clauses);
  row.log(a.depth.phrases);
  row.log(c.mention.tokens.size() - 1);
  row.log(c.mention.head - doc.sentences()[c.sentence].begin);
  row.flag(c.sentence == 0);
}

void add_distance(FeatureRow& row, const Scene& scene, const Anaphor& a, const Candidate& b,
                  const Antecedent& antecedent, std::size_t agreeing, std::size_t named) {
  const Candidate& c = a.candidate;
  const std::uint32_t apart =
      c.sentence > b.sentence ? c.sentence - b.sentence : b.sentence - c.sentence;
  row.flag(antecedent.forward);
  row.one_of(apart, 6);
  row.log(apart);
  const double tokens = std::abs(static_cast<double>(c.mention.head) - b.mention.head);
  row.log(tokens * 0.3);
  row.log(antecedent.rank);
  row.one_of(agreeing, 4);
  row.log(static_cast<double>(agreeing));
  row.one_of(named, 3);
  bool newline = false;
  const std::uint32_t low = std::min(c.mention.head, b.mention.head);
  const std::uint32_t high = std::max(c.mention.head, b.mention.head);
  if (high - low < 120)
    for (std::uint32_t i = low; i < high; ++i)
      newline |= scene.doc[i].text.find('\n') != std::string_view::npos;
  row.flag(newline || high - low >= 120);
}

void add_antecedent(FeatureRow& row, const Scene& scene, const Anaphor& a, const Candidate& b) {
  const Doc& doc = scene.doc;
  const Depth depth = depth_of(doc, b.mention.head);
  row.one_of(static_cast<std::size_t>(b.mention.form), 3);
  row.one_of(static_cast<std::size_t>(b.role), 7);
  row.flag(b.role == a.candidate.role);
  row.flag(b.role == Role::kSubject && a.candidate.role == Role::kSubject);
  row.flag(b.role == Role::kPossessor && a.candidate.role == Role::kPossessor);
  row.log(depth.clauses);
  row.log(depth.phrases);
  row.log(depth.steps);
  row.flag(b.quote != 0);
  row.flag(b.quote == a.candidate.quote);
  row.flag(b.headline || b.sentence == 0);
  row.flag(doc[b.mention.head].dep == "conj");
  row.log(b.mention.head - doc.sentences()[b.sentence].begin);
  row.flag(b.pronoun && a.candidate.pronoun && b.pronoun->female == a.candidate.female &&
           b.pronoun->thing == a.candidate.pronoun->thing &&
           b.pronoun->number == a.candidate.pronoun->number);
  row.flag(b.coordination);
  row.one_of(static_cast<std::size_t>(b.determiner), 6);
}

void add_syntax(FeatureRow& row, const Scene& scene, const Anaphor& a, const Candidate& b) {
  const Doc& doc = scene.doc;
  const bool same = a.candidate.sentence == b.sentence;
  const std::uint32_t governor = governor_of(doc, b.mention.head);
  row.flag(are_bound_apart(scene, a.candidate, b));
  row.flag(same && governor == a.governor);
  row.flag(same && is_ancestor(doc, governor, a.candidate.mention.head));
  row.flag(same && is_ancestor(doc, a.governor, b.mention.head));
  row.flag(same && doc[a.governor].dep == "conj" && doc[a.governor].head == governor);
  row.flag(same && b.role == Role::kSubject &&
           is_ancestor(doc, governor, a.candidate.mention.head));
  row.flag(same && b.role == Role::kPossessor && a.governor == doc[doc[b.mention.head].head].head);
  row.flag(!same && doc[governor].head == governor);  // an argument of the main verb
}

void add_cluster(FeatureRow& row, const Scene& scene, const Anaphor& a, const Cluster& cluster,
                 std::uint32_t most) {
  row.one_of(static_cast<std::size_t>(cluster.kind), 8);
  row.flag(cluster.kind_sure);
  row.flag(cluster.named);
  row.one_of(static_cast<std::size_t>(cluster.number), 3);
  const float odds = a.candidate.female > 0.5F   ? cluster.female_odds
                     : a.candidate.female < 0.5F ? -cluster.female_odds
                                                 : 0.0F;
  row.number(std::clamp(odds * 0.25F, -1.5F, 1.5F));
  row.flag(odds > 1.0F);
  row.flag(odds < -1.0F);
  row.flag(std::abs(cluster.female_odds) < 0.5F);
  row.log(static_cast<double>(cluster.mentions.size()));
  row.log(cluster.names);
  row.flag(cluster.mentions.size() == most && most > 1);
  std::size_t subjects = 0, looked = 0, near = 0, pronouns = 0;
  for (std::size_t m = cluster.mentions.size(); m-- > 0 && looked < 8; ++looked) {
    const Candidate& c = scene.candidates[cluster.mentions[m]];
    subjects += c.role == Role::kSubject || c.role == Role::kPassiveSubject;
    near += c.sentence + 1 >= a.candidate.sentence;
    pronouns += c.pronoun != nullptr;
  }
  row.number(looked ? static_cast<float>(subjects) / static_cast<float>(looked) : 0.0F);
  row.log(static_cast<double>(subjects));
  row.log(static_cast<double>(near));
  row.number(looked ? static_cast<float>(pronouns) / static_cast<float>(looked) : 0.0F);
}

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

float similarity(const Doc& doc, std::uint32_t a, std::uint32_t b) {
  const auto x = doc.vector(a), y = doc.vector(b);
  if (x.empty() || y.empty()) return 0.0F;
  const float norms = neural::dot(x, x) * neural::dot(y, y);
  return norms > 0 ? neural::dot(x, y) / std::sqrt(norms) : 0.0F;
}

void add_words(FeatureRow& row, const Scene& scene, const Anaphor& a, const Candidate& b,
               const Cluster& cluster) {
  const Candidate& c = a.candidate;
  const bool nominal = !c.pronoun;
  const bool noun = nominal && contains(cluster.nouns, c.key);
  const bool same_head = nominal && b.mention.form == MentionForm::kNominal && b.key == c.key;
  row.flag(noun);
  row.flag(same_head);
  row.flag(nominal && b.mention.form == MentionForm::kName &&
           scene.doc[b.mention.head].lower == c.key);
  const auto known = nominal ? modifiers_of(scene.doc, b) : std::vector<std::string_view>();
  std::size_t common = 0;
  for (const std::string_view word : a.modifiers) common += contains(known, word);
  row.flag(same_head && common == a.modifiers.size());
  row.flag(same_head && common == a.modifiers.size() && common == known.size());
  row.flag(same_head && common < a.modifiers.size() && common < known.size());
  row.log(static_cast<double>(a.modifiers.size()));
  row.log(static_cast<double>(common));
  row.flag(nominal && c.kind_sure && cluster.kind_sure && c.kind == cluster.kind);
  row.flag(nominal && c.kind_sure && cluster.kind_sure && c.kind != cluster.kind);
  row.flag(c.number == cluster.number);
  row.flag(nominal && same_possession(scene, a.number, cluster));
  row.flag(a.owner != kNoCluster);
  const float alike = nominal ? similarity(scene.doc, c.mention.head, b.mention.head) : 0.0F;
  row.number(alike);
}

}  // namespace

bool are_bound_apart(const Scene& scene, const Candidate& a, const Candidate& b) {
  if (!a.pronoun || a.pronoun->possessive || a.pronoun->reflexive || a.sentence != b.sentence)
    return false;
  return is_argument(a.role) && is_argument(b.role) &&
         governor_of(scene.doc, a.mention.head) == governor_of(scene.doc, b.mention.head);
}

std::uint32_t possessor_cluster(const Scene& scene, std::uint32_t candidate) {
  const Candidate& whole = scene.candidates[candidate];
  for (std::uint32_t n = candidate; n-- > 0 && candidate - n < 8;) {
    const Candidate& inner = scene.candidates[n];
    if (inner.sentence != whole.sentence) break;
    if (inner.role == Role::kPossessor && scene.doc[inner.mention.head].head == whole.mention.head)
      return scene.cluster_of[n];
  }
  return kNoCluster;
}

bool same_possession(const Scene& scene, std::uint32_t anaphor, const Cluster& cluster) {
  const std::uint32_t owner = possessor_cluster(scene, anaphor);
  if (owner == kNoCluster) return false;
  std::size_t looked = 0;
  for (std::size_t m = cluster.mentions.size(); m-- > 0 && looked < 8; ++looked) {
    const std::uint32_t other = cluster.mentions[m];
    if (scene.candidates[other].key == scene.candidates[anaphor].key &&
        scene.candidates[other].mention.form == MentionForm::kNominal &&
        possessor_cluster(scene, other) == owner)
      return true;
  }
  return false;
}

std::vector<std::string_view> modifiers_of(const Doc& doc, const Candidate& c) {
  std::vector<std::string_view> words;
  for (std::uint32_t i = c.mention.tokens.begin; i < c.mention.head; ++i)
    if (doc[i].pos == "NOUN" || doc[i].pos == "PROPN" || doc[i].pos == "ADJ" || doc[i].pos == "NUM")
      words.push_back(doc[i].lemma);
  return words;
}

std::size_t features_of(const Candidate& anaphor) {
  return anaphor.pronoun ? kFeatures + kPronounOnlyFeatures : kFeatures;
}

std::vector<float> pair_features(const Scene& scene, std::uint32_t anaphor,
                                 std::span<const Antecedent> antecedents) {
  const Candidate& c = scene.candidates[anaphor];
  const Anaphor a{anaphor,
                  c,
                  depth_of(scene.doc, c.mention.head),
                  governor_of(scene.doc, c.mention.head),
                  c.pronoun ? kNoCluster : possessor_cluster(scene, anaphor),
                  c.pronoun ? std::vector<std::string_view>() : modifiers_of(scene.doc, c)};
  std::size_t most = 0;
  for (const Antecedent& antecedent : antecedents)
    most = std::max(most, scene.clusters[antecedent.cluster].mentions.size());
  const std::size_t width = features_of(c);
  std::vector<float> features(antecedents.size() * width);
  std::optional<PronounFeatures> more;
  if (c.pronoun) more.emplace(scene, anaphor, antecedents);
  std::size_t agreeing = 0, named = 0;
  for (std::size_t i = 0; i < antecedents.size(); ++i) {
    float* const at = features.data() + i * width;
    FeatureRow row(at, kFeatures);
    const Antecedent& antecedent = antecedents[i];
    const Cluster& cluster = scene.clusters[antecedent.cluster];
    const Candidate& b = scene.candidates[antecedent.candidate];
    add_anaphor(row, a, scene.doc);
    add_distance(row, scene, a, b, antecedent, agreeing, named);
    add_antecedent(row, scene, a, b);
    add_syntax(row, scene, a, b);
    add_cluster(row, scene, a, cluster, static_cast<std::uint32_t>(most));
    add_words(row, scene, a, b, cluster);
    const bool agreed = agrees(c, cluster);
    if (more) {
      FeatureRow rest(at + kFeatures, kPronounOnlyFeatures);
      more->add(rest, antecedent, agreed);
    }
    agreeing += agreed;
    named += cluster.named;
  }
  return features;
}

}  // namespace dateline::entities
