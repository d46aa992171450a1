#include "dateline/entities/resolve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "dateline/base/ascii.h"
#include "dateline/entities/descriptions.h"
#include "dateline/entities/features.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/members.h"
#include "dateline/entities/recency.h"

namespace dateline::entities {

float odds_of(float share) {
  const float kept = std::clamp(share, 0.018F, 0.982F);
  return std::log(kept / (1.0F - kept));
}

namespace {

constexpr std::size_t kMostAntecedents = 24;
constexpr float kSureGender = 5;        // log odds: a name or a title of one gender, met twice
constexpr std::size_t kMostTitles = 8;  // of one person

// Once each: a list that grew with the article would make looking it up cost the square of it.
void add_noun(Cluster& cluster, std::string_view noun) {
  if (std::ranges::find(cluster.nouns, noun) == cluster.nouns.end()) cluster.nouns.push_back(noun);
}

// Once each word with the one before it: "President" and "former President" are two.
void add_title(const Doc& doc, std::uint32_t token, Cluster& cluster) {
  const auto sense = noun_sense(title_noun(doc[token].lower));
  if (!sense || !is_person(sense->kind)) return;
  const auto before = [&](std::uint32_t at) {
    return at > 0 ? doc[at - 1].lower : std::string_view();
  };
  const bool known = std::ranges::any_of(cluster.titles, [&](std::uint32_t title) {
    return doc[title].lower == doc[token].lower && before(title) == before(token);
  });
  if (!known && cluster.titles.size() < kMostTitles) cluster.titles.push_back(token);
}

// Names that no person bears, whatever the tagger takes them for.
bool names_a_thing(const Doc& doc, const Candidate& name) {
  if (name.mention.form != MentionForm::kName || name.kind == EntityKind::kPerson) return false;
  const TokenSpan tokens = name.mention.tokens;
  if (doc[tokens.begin].lower == "the") return true;
  const TokenSpan words = name.name.size() > 0 ? name.name : tokens;
  for (std::uint32_t i = words.begin; i < words.end; ++i)
    if (std::ranges::any_of(doc[i].text, is_digit)) return true;
  const std::string_view only = doc[words.begin].text;
  return words.size() == 1 && only.size() > 1 && std::ranges::all_of(only, is_upper);
}

class Resolver {
 public:
  Resolver(const Doc& doc, const std::vector<Candidate>& candidates,
           const std::vector<std::uint32_t>& groups, const Chooser& chooser, const Story& story)
      : doc_(doc), all_(candidates), groups_(groups), chooser_(chooser), story_(story) {
    result_.cluster_of.assign(all_.size(), kNoCluster);
  }

  Resolution run() {
    start_named_clusters();
    for (std::uint32_t c = 0; c < all_.size(); ++c) place(c);
    return std::move(result_);
  }

 private:
  // What the names of the whole article tell is known from the start.
  void start_named_clusters() {
    for (std::uint32_t c = 0; c < all_.size(); ++c) {
      if (groups_[c] == kNoGroup) continue;
      if (groups_[c] >= result_.clusters.size()) result_.clusters.resize(groups_[c] + 1);
      learn(result_.clusters[groups_[c]], all_[c]);
      ++result_.clusters[groups_[c]].names;
    }
  }

  void learn(Cluster& cluster, const Candidate& c) const {
    const bool fresh = cluster.names == 0 && cluster.mentions.empty();
    if (fresh || (c.kind_sure && !cluster.kind_sure && !c.pronoun)) cluster.kind = c.kind;
    cluster.kind_sure |= c.kind_sure;
    cluster.named |= groups_of(c) && !c.family;
    cluster.is_thing |= names_a_thing(doc_, c);
    if (cluster.number == Number::kUnknown) cluster.number = c.number;
    const bool repeated = c.mention.form == MentionForm::kName && !fresh;
    // "Aston" of Jenna Aston is no given name
    const bool family =
        repeated && c.name.size() == 1 && cluster.female_odds * odds_of(c.female) < 0;
    if (!family)
      cluster.female_odds = std::clamp(
          cluster.female_odds + odds_of(c.female) * (repeated ? 0.3F : 1.0F), -8.0F, 8.0F);
    if (c.mention.form == MentionForm::kNominal) add_noun(cluster, c.key);
    for (const std::uint32_t head : c.apposed) {
      if (c.coordination) break;
      add_noun(cluster, doc_[head].lemma);
      learn_gender(cluster, head);
    }
    if (c.mention.form == MentionForm::kName && c.name.size() > 0 &&
        !c.name.contains(c.mention.head)) {  // "the manager, Phil Dacre"
      add_noun(cluster, doc_[c.mention.head].lemma);
      learn_gender(cluster, c.mention.head);
    }
    if (c.mention.form == MentionForm::kName && c.role == Role::kSubject)
      learn_from_predicate(cluster, doc_[c.mention.head].head);
    if (c.mention.form == MentionForm::kName && c.name.begin > c.mention.tokens.begin)
      add_title(doc_, c.name.begin - 1, cluster);
    if (c.mention.form == MentionForm::kName)
      for (const std::uint32_t child : doc_.children(c.mention.head))
        if (child < c.mention.head && doc_[child].pos == "NOUN" && !c.name.contains(child)) {
          add_noun(cluster, doc_[child].lemma);
          learn_gender(cluster, child);
        }
  }

  // "Ann Bell is an actress."
  void learn_from_predicate(Cluster& cluster, std::uint32_t verb) const {
    if (doc_[verb].lemma != "be") return;
    for (const std::uint32_t child : doc_.children(verb))
      if (doc_[child].dep == "attr") learn_gender(cluster, child);
  }

  // "wife", "actress" of somebody.
  void learn_gender(Cluster& cluster, std::uint32_t noun) const {
    if (const auto sense = noun_sense(doc_[noun].lemma); sense && is_person(sense->kind))
      cluster.female_odds += odds_of(sense->female);
  }

  static bool groups_of(const Candidate& c) { return c.mention.form == MentionForm::kName; }

  std::uint32_t fresh_cluster() {
    result_.clusters.emplace_back();
    return static_cast<std::uint32_t>(result_.clusters.size() - 1);
  }

  void put(std::uint32_t c, std::uint32_t cluster) {
    result_.cluster_of[c] = cluster;
    if (groups_[c] == kNoGroup) learn(result_.clusters[cluster], all_[c]);
    result_.clusters[cluster].mentions.push_back(c);
    if (!std::ranges::binary_search(story_.bylines, c)) recency_.touch(cluster);
  }

  void place(std::uint32_t c) {
    const Candidate& candidate = all_[c];
    if (groups_[c] != kNoGroup) return put(c, groups_[c]);
    if (candidate.predicate) return;
    if (candidate.coordination) return place_coordination(c);
    if (candidate.pronoun && candidate.pronoun->person < 3) return place_speech_role(c);
    if (const auto named = teller().named_after(c)) return put(c, *named);
    if (const auto topic = teller().topic_of_paragraph(c)) return put(c, *topic);
    if (const auto one = teller().one_of_pair(c)) return put(c, *one);
    if (const auto dead = teller().who_died(c)) return put(c, *dead);
    const auto antecedents = antecedents_of(c);
    if (const auto two = members().spouses_before(c); !two.empty()) return put_group(c, two);
    if (in("two", candidate.key) && candidate.determiner == Determiner::kDefinite)
      if (const auto two = teller().two_of_title(c); !two.empty()) return put_group(c, two);
    if (!antecedents.empty()) {
      auto chosen = sure_antecedent(scene(), c, antecedents);
      if (!chosen) chosen = chooser_.choose(scene(), c, antecedents);
      if (chosen && is_said_of_two(c, antecedents[*chosen].cluster))
        return put_group(c, story_.pair);
      if (chosen && candidate.pronoun && candidate.number == Number::kPlural &&
          is_known_single(result_.clusters[antecedents[*chosen].cluster]))
        chosen.reset();
      if (chosen)
        if (const auto speaker = speaker_around(c, antecedents[*chosen], antecedents))
          chosen = speaker;
      if (chosen && members().are_others(c, result_.clusters[antecedents[*chosen].cluster]))
        chosen.reset();
      if (chosen) {
        Cluster& into = result_.clusters[antecedents[*chosen].cluster];
        if (!into.named && into.members.empty() && !is_coordinated(into))
          into.members = members().of(c);
        return put(c, antecedents[*chosen].cluster);
      }
    }
    const std::uint32_t cluster = fresh_cluster();
    result_.clusters[cluster].members = members().of(c);
    put(c, cluster);
  }

  [[nodiscard]] Teller teller() const { return {scene(), story_}; }

  [[nodiscard]] Members members() const { return {scene(), recency_, story_}; }

  [[nodiscard]] Scene scene() const {
    return {doc_, all_, result_.clusters, result_.cluster_of, groups_};
  }

  [[nodiscard]] bool is_coordinated(const Cluster& cluster) const {
    return !cluster.mentions.empty() && all_[cluster.mentions.front()].coordination;
  }

  // "He proposed in May; they married in June": "they" for one of the two of the story are both.
  [[nodiscard]] bool is_said_of_two(std::uint32_t c, std::uint32_t chosen) const {
    return all_[c].pronoun && all_[c].number == Number::kPlural &&
           std::ranges::find(story_.pair, chosen) != story_.pair.end() &&
           !teller().two_of_title(c).empty();
  }

  // "Fox, who married Pasha Kovac, said she bore no grudge": she is Fox, not one told of within
  // what names the speaker.
  [[nodiscard]] std::optional<std::size_t> speaker_around(
      std::uint32_t c, const Antecedent& chosen, std::span<const Antecedent> antecedents) const {
    constexpr std::size_t kSaying = 2;  // of verb_class
    const std::uint32_t clause = doc_[all_[c].mention.head].head;
    if (!all_[c].pronoun || all_[c].role != Role::kSubject || doc_[clause].dep != "ccomp" ||
        verb_class(doc_[doc_[clause].head].lemma) != kSaying)
      return std::nullopt;
    const std::uint32_t within = all_[chosen.candidate].mention.head;
    for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence == all_[c].sentence; --n) {
      const Candidate& speaker = all_[n - 1];
      const std::uint32_t head = speaker.mention.head;
      if (speaker.mention.form != MentionForm::kName || speaker.role != Role::kSubject ||
          doc_[head].head != doc_[clause].head || head == within || !is_person(speaker.kind) ||
          !doc_[head].subtree.contains(within))
        continue;
      const auto at = std::ranges::find(antecedents, result_.cluster_of[n - 1],
                                        [](const Antecedent& each) { return each.cluster; });
      if (at != antecedents.end() && at->cluster != chosen.cluster)
        return static_cast<std::size_t>(at - antecedents.begin());
    }
    return std::nullopt;
  }

  // To the cluster of these two, or a new one.
  void put_group(std::uint32_t c, const std::vector<std::uint32_t>& members) {
    for (std::uint32_t k = 0; k < result_.clusters.size(); ++k)
      if (result_.clusters[k].members == members && !result_.clusters[k].mentions.empty())
        return put(c, k);
    const std::uint32_t cluster = fresh_cluster();
    result_.clusters[cluster].members = members;
    put(c, cluster);
  }

  // "I", "we", "you": one entity for each in a quotation, and for each in the article's own voice.
  void place_speech_role(std::uint32_t c) {
    const PronounSense& sense = *all_[c].pronoun;
    const auto key = std::tuple(all_[c].quote, sense.person, sense.number);
    const auto found = speech_roles_.find(key);
    const std::uint32_t cluster = found != speech_roles_.end() ? found->second : fresh_cluster();
    speech_roles_[key] = cluster;
    if (sense.number == Number::kPlural) result_.clusters[cluster].kind = EntityKind::kGroup;
    put(c, cluster);
    if (sense.number == Number::kPlural) result_.clusters[cluster].kind = EntityKind::kGroup;
  }

  // Its members are placed after it (it begins where the first does); they are looked up at use.
  void place_coordination(std::uint32_t c) {
    const std::uint32_t cluster = fresh_cluster();
    put(c, cluster);
  }

  std::vector<Antecedent> antecedents_of(std::uint32_t c) const {
    std::vector<Antecedent> list;
    std::uint32_t rank = 0;
    for (std::uint32_t k = recency_.first(); k != kNil && list.size() < kMostAntecedents;
         k = recency_.after(k)) {
      const std::uint32_t last = result_.clusters[k].mentions.back();
      if (may_refer(c, k, last)) list.push_back({k, last, rank, false});
      ++rank;
      if (rank > 4 * kMostAntecedents) break;
    }
    if (all_[c].pronoun) add_forward(c, list);
    return list;
  }

  // Names that come later in the sentence and were not there before.
  void add_forward(std::uint32_t c, std::vector<Antecedent>& list) const {
    std::uint32_t added = 0;
    for (std::uint32_t n = c + 1; n < all_.size() && added < 3; ++n) {
      if (all_[n].sentence != all_[c].sentence) break;
      if (groups_[n] == kNoGroup || recency_.has(groups_[n])) continue;
      if (!may_refer(c, groups_[n], n)) continue;
      list.push_back({groups_[n], n, added++, true});
    }
  }

  // What no choice may undo: number, kind, and that nothing refers to what it stands within.
  bool may_refer(std::uint32_t c, std::uint32_t cluster, std::uint32_t last) const {
    const Candidate& anaphor = all_[c];
    const Cluster& into = result_.clusters[cluster];
    const Candidate& place = all_[last];
    if (place.pronoun && place.pronoun->person < 3) return false;
    const TokenSpan a = anaphor.mention.tokens, b = place.mention.tokens;
    // "the man who lost his job" may be "his"; "his wife" may not.
    const bool inside = b.begin <= a.begin && a.end <= b.end;
    if (inside && (!anaphor.pronoun || a.begin < place.mention.head)) return false;
    if (a.begin <= b.begin && b.end <= a.end) return false;
    if (!anaphor.pronoun) return nominal_may_refer(anaphor, into);
    if (anaphor.pronoun->number == Number::kPlural && owns_kin(anaphor))
      return is_people(into.kind);
    if (anaphor.pronoun->number == Number::kPlural)
      return into.number == Number::kPlural || into.kind == EntityKind::kOrg ||
             into.kind == EntityKind::kGroup || into.kind == EntityKind::kPlace ||
             into.kind == EntityKind::kPerson;
    if (into.number == Number::kPlural || is_ruled_out(doc_, anaphor, place)) return false;
    if (anaphor.pronoun->thing) return into.kind != EntityKind::kPerson;
    if (speaks_against(*anaphor.pronoun, into)) return false;
    return into.kind == EntityKind::kPerson ||
           (into.named && into.kind != EntityKind::kGroup && !into.is_thing);
  }

  // "Their daughter": of people.
  [[nodiscard]] bool owns_kin(const Candidate& pronoun) const {
    if (!pronoun.pronoun->possessive) return false;
    const auto sense = noun_sense(doc_[doc_[pronoun.mention.head].head].lemma);
    return sense && is_person(sense->kind);
  }

  // "She" is nobody whose title and name both say that he is a man.
  [[nodiscard]] static bool speaks_against(const PronounSense& pronoun, const Cluster& into) {
    if (!into.named || into.kind != EntityKind::kPerson || pronoun.female == 0.5F) return false;
    return (pronoun.female > 0.5F ? into.female_odds : -into.female_odds) < -kSureGender;
  }

  // One person whose name tells he or she: "they" that the choice falls on such a one for is of
  // others, whom the choice did not see; the next best would be wrong as often.
  [[nodiscard]] static bool is_known_single(const Cluster& into) {
    return into.named && into.kind == EntityKind::kPerson && into.number == Number::kSingular &&
           std::abs(into.female_odds) > 1.0F;
  }

  // "His daughter": no one who is not called so where she is named.
  static bool owns_child(const Candidate& noun) {
    return noun.determiner == Determiner::kPossessive &&
           (noun.key == "daughter" || noun.key == "son" || noun.key == "child");
  }

  // The same head word, or a definite phrase for something of its kind.
  static bool nominal_may_refer(const Candidate& anaphor, const Cluster& into) {
    if (anaphor.kind_sure && into.kind_sure && is_people(anaphor.kind) != is_people(into.kind) &&
        (is_person(anaphor.kind) || is_person(into.kind)))
      return false;
    if (anaphor.number == Number::kSingular && into.number == Number::kPlural &&
        (!into.named || into.kind != EntityKind::kOrg))  // "Nippon Airways", one airline
      return false;
    if (anaphor.number == Number::kPlural && into.number == Number::kSingular &&
        into.kind != EntityKind::kOrg && into.kind != EntityKind::kGroup)
      return false;
    if (owns_child(anaphor) && into.named &&
        std::ranges::find(into.nouns, anaphor.key) == into.nouns.end())
      return false;
    const bool definite = anaphor.determiner != Determiner::kIndefinite &&
                          anaphor.determiner != Determiner::kQuantifier &&
                          anaphor.determiner != Determiner::kNone;
    if (definite && (anaphor.kind == into.kind || !anaphor.kind_sure)) return true;
    return std::ranges::find(into.nouns, anaphor.key) != into.nouns.end();
  }

  const Doc& doc_;
  const std::vector<Candidate>& all_;
  const std::vector<std::uint32_t>& groups_;
  const Chooser& chooser_;
  const Story& story_;
  Resolution result_;
  Recency recency_;
  std::map<std::tuple<std::uint32_t, int, Number>, std::uint32_t> speech_roles_;
};

}  // namespace

Resolution resolve(const Doc& doc, const std::vector<Candidate>& candidates,
                   const std::vector<std::uint32_t>& groups, const Chooser& chooser,
                   const Story& story) {
  return Resolver(doc, candidates, groups, chooser, story).run();
}

}  // namespace dateline::entities
