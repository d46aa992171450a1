#include "dateline/entities/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "dateline/entities/pronoun_features.h"
#include "dateline/neural/kernels.h"

namespace dateline::entities {
namespace {

bool is_argument(Role role) {
  return role == Role::kSubject || role == Role::kPassiveSubject || role == Role::kObject ||
         role == Role::kOblique;
}

bool is_ancestor(const Doc& doc, std::uint32_t above, std::uint32_t below) {
  const TokenSpan subtree = doc[above].subtree;
  return above != below && subtree.contains(below);
}

constexpr std::size_t kUsual = 64;  // numbers a row, rarely more

// What is the same for all antecedents of one anaphor.
struct Anaphor {
  std::uint32_t number;
  const Candidate& candidate;
  std::uint32_t owner;  // cluster of its possessor
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
  row.log(c.facts.depth.clauses);
  row.log(c.facts.depth.phrases);
  row.log(c.mention.tokens.size() - 1);
  row.log(c.mention.head - doc.sentences()[c.sentence].begin);
  row.flag(c.sentence == 0);
}

// Of the distance in words: half of log(1 + 0.3 tokens).
float log_of_tokens(std::uint32_t tokens) {
  const auto compute = [](std::uint32_t count) {
    return static_cast<float>(std::log1p(count * 0.3)) * 0.5F;
  };
  static const auto known = [&] {
    std::array<float, 512> logs{};
    for (std::uint32_t i = 0; i < logs.size(); ++i) logs[i] = compute(i);
    return logs;
  }();
  return tokens < known.size() ? known[tokens] : compute(tokens);
}

void add_distance(FeatureRow& row, const Anaphor& a, const Candidate& b,
                  const Antecedent& antecedent, std::size_t agreeing, std::size_t named) {
  const Candidate& c = a.candidate;
  const std::uint32_t apart =
      c.sentence > b.sentence ? c.sentence - b.sentence : b.sentence - c.sentence;
  row.flag(antecedent.forward);
  row.one_of(apart, 6);
  row.log(apart);
  const std::uint32_t low = std::min(c.mention.head, b.mention.head);
  const std::uint32_t high = std::max(c.mention.head, b.mention.head);
  row.number(log_of_tokens(high - low));
  row.log(antecedent.rank);
  row.one_of(agreeing, 4);
  row.log(agreeing);
  row.one_of(named, 3);
  row.flag(c.facts.line != b.facts.line || high - low >= 120);
}

void add_antecedent(FeatureRow& row, const Scene& scene, const Anaphor& a, const Candidate& b) {
  const Doc& doc = scene.doc;
  const Depth& depth = b.facts.depth;
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
  row.flag(b.sentence == 0);
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
  const std::uint32_t governor = b.facts.governor, own = a.candidate.facts.governor;
  row.flag(are_bound_apart(a.candidate, b));
  row.flag(same && governor == own);
  row.flag(same && is_ancestor(doc, governor, a.candidate.mention.head));
  row.flag(same && is_ancestor(doc, own, b.mention.head));
  row.flag(same && doc[own].dep == "conj" && doc[own].head == governor);
  row.flag(same && b.role == Role::kSubject &&
           is_ancestor(doc, governor, a.candidate.mention.head));
  row.flag(same && b.role == Role::kPossessor && own == doc[doc[b.mention.head].head].head);
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
  row.log(cluster.mentions.size());
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
  row.log(subjects);
  row.log(near);
  row.number(looked ? static_cast<float>(pronouns) / static_cast<float>(looked) : 0.0F);
}

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

float similarity(const Doc& doc, const Candidate& a, const Candidate& b) {
  const float norms = a.facts.square * b.facts.square;
  if (norms <= 0) return 0.0F;
  return neural::dot(doc.vector(a.mention.head), doc.vector(b.mention.head)) / std::sqrt(norms);
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
  const std::size_t narrow = nominal ? c.facts.modifiers.size() : 0;
  const std::size_t known = b.facts.modifiers.size();
  std::size_t common = 0;
  if (nominal)
    for (const std::string_view word : c.facts.modifiers)
      common += contains(b.facts.modifiers, word) ? 1U : 0U;
  row.flag(same_head && common == narrow);
  row.flag(same_head && common == narrow && common == known);
  row.flag(same_head && common < narrow && common < known);
  row.log(narrow);
  row.log(common);
  row.flag(nominal && c.kind_sure && cluster.kind_sure && c.kind == cluster.kind);
  row.flag(nominal && c.kind_sure && cluster.kind_sure && c.kind != cluster.kind);
  row.flag(c.number == cluster.number);
  row.flag(nominal && same_possession(scene, a.number, cluster));
  row.flag(a.owner != kNoCluster);
  const float alike = nominal ? similarity(scene.doc, c, b) : 0.0F;
  row.number(alike);
}

}  // namespace

bool are_bound_apart(const Candidate& a, const Candidate& b) {
  if (!a.pronoun || a.pronoun->possessive || a.pronoun->reflexive || a.sentence != b.sentence)
    return false;
  return is_argument(a.role) && is_argument(b.role) && a.facts.governor == b.facts.governor;
}

bool is_ruled_out(const Doc& doc, const Candidate& a, const Candidate& b) {
  if (!a.pronoun || !is_he_or_she(*a.pronoun) || a.sentence != b.sentence) return false;
  // What a pronoun stands for was guessed before; a guess rules nothing out.
  if (b.mention.form != MentionForm::kName) return false;
  if (a.role == Role::kObject) return is_subject(b) && are_bound_apart(a, b);
  if (!a.pronoun->possessive || a.role != Role::kPossessor) return false;
  const std::uint32_t owned = doc[a.mention.head].head;
  if (std::ranges::find(b.apposed, owned) != b.apposed.end()) return true;
  if (doc[owned].dep != "attr" || !is_subject(b) || b.facts.governor != doc[owned].head)
    return false;
  const auto sense = noun_sense(doc[owned].lemma);
  return sense && is_person(sense->kind);
}

std::uint32_t possessor_cluster(const Scene& scene, std::uint32_t candidate) {
  const std::uint32_t possessor = scene.candidates[candidate].facts.possessor;
  return possessor == kNoCandidate ? kNoCluster : scene.cluster_of[possessor];
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

std::size_t features_of(const Candidate& anaphor) {
  return anaphor.pronoun ? kFeatures + kPronounOnlyFeatures : kFeatures;
}

neural::SparseRows pair_features(const Scene& scene, std::uint32_t anaphor,
                                 std::span<const Antecedent> antecedents) {
  const Candidate& c = scene.candidates[anaphor];
  const Anaphor a{anaphor, c, c.pronoun ? kNoCluster : possessor_cluster(scene, anaphor)};
  std::size_t most = 0;
  for (const Antecedent& antecedent : antecedents)
    most = std::max(most, scene.clusters[antecedent.cluster].mentions.size());
  std::optional<PronounFeatures> more;
  if (c.pronoun) more.emplace(scene, anaphor, antecedents);
  neural::SparseRows rows(features_of(c));
  rows.reserve(antecedents.size(), antecedents.size() * kUsual);
  FeatureRow shared;
  add_anaphor(shared, a, scene.doc);
  const std::size_t own = shared.column();
  if (more) more->share(shared.at(kFeatures));
  rows.share(shared.row());
  std::size_t agreeing = 0, named = 0;
  for (const Antecedent& antecedent : antecedents) {
    const Cluster& cluster = scene.clusters[antecedent.cluster];
    const Candidate& b = scene.candidates[antecedent.candidate];
    FeatureRow row;
    row.at(own);
    add_distance(row, a, b, antecedent, agreeing, named);
    add_antecedent(row, scene, a, b);
    add_syntax(row, scene, a, b);
    add_cluster(row, scene, a, cluster, static_cast<std::uint32_t>(most));
    add_words(row, scene, a, b, cluster);
    const bool agreed = agrees(c, cluster);
    if (more) more->add(row.at(kFeatures), antecedent, agreed);
    rows.add(row.row());
    agreeing += agreed ? 1U : 0U;
    named += cluster.named ? 1U : 0U;
  }
  return rows;
}

}  // namespace dateline::entities
