#include "dateline/entities/pronoun_features.h"

#include <algorithm>
#include <iterator>

#include "dateline/entities/facts.h"
#include "dateline/entities/features.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

constexpr std::size_t kNameColumns = 11;
constexpr std::size_t kLooked = 10;  // mentions of a cluster, from the last

bool speaks_by(const Candidate& c, std::uint32_t token) {
  return token != kNoToken &&
         (c.mention.head == token || std::ranges::find(c.apposed, token) != c.apposed.end());
}

// The cluster of the last pronoun of the same gender and number.
std::uint32_t cluster_of_same(const Scene& scene, std::uint32_t anaphor) {
  const PronounSense& sense = *scene.candidates[anaphor].pronoun;
  for (std::uint32_t n = anaphor; n-- > 0 && anaphor - n < 60;) {
    const PronounSense* p = scene.candidates[n].pronoun;
    if (p && p->person == sense.person && p->female == sense.female && p->thing == sense.thing &&
        p->number == sense.number)
      return scene.cluster_of[n];
  }
  return kNoCluster;
}

// The class of a verb; kVerbClasses for words that are none.
std::size_t governor_class(const Doc& doc, std::uint32_t word) {
  const bool verb = doc[word].pos == "VERB" || doc[word].pos == "AUX";
  return verb ? verb_class(doc[word].lemma) : kVerbClasses;
}
constexpr std::size_t kGovernors = kVerbClasses + 1;

// Persons spoken of before and after a place in its sentence, of the nearest candidates.
constexpr std::size_t kBeside = 4;
constexpr std::uint32_t kNearest = 16;

std::size_t persons_before(const std::vector<Candidate>& all, std::uint32_t candidate) {
  std::size_t persons = 0;
  for (std::uint32_t n = candidate; n-- > 0 && candidate - n <= kNearest;) {
    if (all[n].sentence != all[candidate].sentence) break;
    persons += is_person(all[n].kind);
  }
  return persons;
}

std::size_t persons_after(const std::vector<Candidate>& all, std::uint32_t candidate) {
  std::size_t persons = 0;
  for (std::uint32_t n = candidate + 1; n < all.size() && n - candidate <= kNearest; ++n) {
    if (all[n].sentence != all[candidate].sentence) break;
    persons += is_person(all[n].kind);
  }
  return persons;
}

std::uint32_t first_person(const Scene& scene, std::uint32_t anaphor) {
  for (std::uint32_t n = 0; n < anaphor; ++n) {
    const Candidate& c = scene.candidates[n];
    if (c.mention.form == MentionForm::kName && c.kind == EntityKind::kPerson)
      return scene.cluster_of[n];
  }
  return kNoCluster;
}

}  // namespace

PronounFeatures::PronounFeatures(const Scene& scene, std::uint32_t anaphor,
                                 std::span<const Antecedent> antecedents)
    : scene_(scene), c_(scene.candidates[anaphor]) {
  const std::uint32_t head = c_.mention.head;
  subjects_ = subjects_around(scene.doc, head);
  clause_ = clause_of(scene.doc, head);
  if (c_.sentence > 0) before_ = main_subject(scene.doc, c_.sentence - 1);
  last_same_ = cluster_of_same(scene, anaphor);
  first_person_ = first_person(scene, anaphor);
  for (const Antecedent& antecedent : antecedents)
    most_named_ = std::max(most_named_, scene.clusters[antecedent.cluster].names);
  if (is_he_or_she(*c_.pronoun)) find_names_to_come(anaphor);
  if (c_.pronoun->possessive && c_.role == Role::kPossessor) {
    owned_ = scene.doc[head].head;
    owned_governor_ = argument_governor(scene.doc, owned_);
    const auto sense = noun_sense(scene.doc[owned_].lemma);
    owns_person_ = sense && is_person(sense->kind);
  }
  const std::uint32_t governor = owned_ == kNoToken ? c_.facts.governor : owned_governor_;
  verb_ = governor_class(scene.doc, governor);
  outer_verb_ = governor_class(scene.doc, clause_of(scene.doc, governor));
  const std::uint32_t verb = c_.facts.governor;
  perfect_ = std::ranges::any_of(scene.doc.children(verb), [&](std::uint32_t child) {
    return child < verb && scene.doc[child].lower == "had";
  });
  own_ = head + 1 < scene.doc.size() && scene.doc[head + 1].lower == "own";
}

void PronounFeatures::find_names_to_come(std::uint32_t anaphor) {
  const Doc& doc = scene_.doc;
  const std::uint32_t head = c_.mention.head;
  const bool subject = is_subject(c_);
  const bool object = c_.role == Role::kObject;  // "told her that Ann": another
  for (std::uint32_t n = anaphor + 1; n < scene_.candidates.size(); ++n) {
    const Candidate& name = scene_.candidates[n];
    if (name.sentence != c_.sentence) break;
    if (name.mention.form != MentionForm::kName || scene_.named[n] == kNoCluster) continue;
    const std::uint32_t verb = doc[name.mention.head].head;
    NameToCome later{scene_.named[n]};
    later.contains = name.mention.tokens.contains(head);
    later.below = (subject || object) && doc[c_.facts.governor].subtree.contains(name.mention.head);
    later.above = !later.contains && is_subject(name) && verb != head &&
                  doc[verb].subtree.contains(head) && verb > head;
    one_above_ |= later.above;
    to_come_.push_back(later);
  }
}

void PronounFeatures::add_names_to_come(FeatureRow& row, const Antecedent& antecedent) const {
  bool any = false, below = false, above = false, contains = false;
  for (const NameToCome& later : to_come_) {
    if (later.cluster != antecedent.cluster) continue;
    any = true;
    below |= later.below;
    above |= later.above;
    contains |= later.contains;
  }
  row.flag(any);
  row.flag(below);
  row.flag(above);
  row.flag(contains);
  row.flag(one_above_ && !above);
  row.flag(above && c_.pronoun->possessive);
}

void PronounFeatures::share(FeatureRow& row) {
  const Doc& doc = scene_.doc;
  row.one_of(clause_kind(doc, clause_), kClauseKinds);
  row.one_of(connective_of(doc, clause_), kConnectives);
  row.flag(clause_ < doc[clause_].head && clause_kind(doc, clause_) == 3);  // "When he …, Ann …"
  row.flag(own_);
  row.flag(c_.mention.head == doc.sentences()[c_.sentence].begin);
  row.one_of(
      preposition_of(doc, c_.pronoun->possessive ? doc[c_.mention.head].head : c_.mention.head),
      kPrepositions);
  row.flag(subjects_[0] == kNoToken);
  own_columns_ = row.column();
}

// At the last mentions of the antecedent's cluster, those three sentences back or nearer, and at a
// name that is still to come.
template <class Look>
void PronounFeatures::look_back(const Antecedent& antecedent, Look look) const {
  const Cluster& cluster = scene_.clusters[antecedent.cluster];
  std::size_t looked = 0;
  for (std::size_t m = cluster.mentions.size(); m-- > 0 && looked < kLooked; ++looked) {
    const Candidate& mention = scene_.candidates[cluster.mentions[m]];
    if (mention.sentence + 3 < c_.sentence) break;
    look(mention);
  }
  if (antecedent.forward) look(scene_.candidates[antecedent.candidate]);
}

void PronounFeatures::add_clauses(FeatureRow& row, const Antecedent& antecedent) const {
  const Doc& doc = scene_.doc;
  const Candidate& b = scene_.candidates[antecedent.candidate];
  std::size_t level = kClauseLevels, here = 0, just_before = 0, subject_before = 4;
  bool bound = false, main_before = false, owns = false;
  look_back(antecedent, [&](const Candidate& m) {
    if (m.sentence == c_.sentence) {
      ++here;
      bound |= are_bound_apart(c_, m);
      for (std::size_t l = 0; l < level; ++l)
        if (speaks_by(m, subjects_[l])) level = l;
      owns |= m.role == Role::kPossessor && doc[m.mention.head].head == doc[c_.mention.head].head;
    }
    just_before += m.sentence + 1 == c_.sentence;
    main_before |= speaks_by(m, before_);
    if (is_subject(m) && m.sentence <= c_.sentence)
      subject_before = std::min<std::size_t>(subject_before, c_.sentence - m.sentence);
  });
  row.one_of(level, kClauseLevels + 1);
  row.flag(level == 0 && c_.pronoun->possessive);
  row.flag(level == 0 && own_);
  row.flag(bound);
  row.flag(owns);
  row.flag(main_before);
  row.flag(main_before && is_subject(c_));
  row.one_of(subject_before, 5);
  row.one_of(here, 3);
  row.one_of(just_before, 3);
  const std::uint32_t clause = clause_of(doc, b.mention.head);
  row.one_of(clause_kind(doc, clause), kClauseKinds);
  row.flag(clause == clause_);
  row.one_of(preposition_of(doc, b.mention.head), kPrepositions);
  row.flag(is_in_parentheses(doc, b.mention.head));
  row.flag(!b.apposed.empty());
}

// What stands of one clause in the way of two being one (principles B and C), and what a noun that
// the pronoun owns tells: "Ann is her sister", "Ann, her sister", "Ann and her sister".
void PronounFeatures::add_binding(FeatureRow& row, const Antecedent& antecedent) const {
  const Doc& doc = scene_.doc;
  const bool subject = is_subject(c_),
             argument = c_.role == Role::kObject || c_.role == Role::kOblique;
  const std::string_view owned = owned_ == kNoToken ? std::string_view() : doc[owned_].dep;
  bool around = false, apposed = false, joined = false, object = false, speaker = false;
  look_back(antecedent, [&](const Candidate& m) {
    if (m.sentence != c_.sentence) return;
    around |= speaks_by(m, subjects_[0]);
    speaker |= c_.quote != 0 && m.quote != c_.quote && is_subject(m);
    if (owned_ == kNoToken) return;
    apposed |= std::ranges::find(m.apposed, owned_) != m.apposed.end();
    joined |= owned == "conj" && doc[owned_].head == m.mention.head;
    object |= m.role == Role::kObject && m.facts.governor == owned_governor_;
  });
  const bool predicate = around && (owned == "attr" || owned == "oprd");
  const std::size_t kind = clause_kind(doc, clause_);
  row.flag(around && argument && !c_.pronoun->reflexive);
  row.flag(apposed);
  row.flag(predicate);
  row.flag(joined);
  row.flag(object);
  row.flag(speaker);
  row.flag(around && owns_person_);
  row.flag(owns_person_);
  row.flag(predicate && owns_person_);
  row.flag(joined && owns_person_);
  row.one_of(around && subject ? kind : 5, 6);
}

// Where the antecedent's last place stands to the pronoun in the tree, and who stands beside it.
void PronounFeatures::add_tree(FeatureRow& row, const Antecedent& antecedent) const {
  const Doc& doc = scene_.doc;
  const Candidate& b = scene_.candidates[antecedent.candidate];
  const TreePath path = tree_path(doc, b.mention.head, c_.mention.head);
  const bool same = path.meeting != kNoToken;
  row.one_of(path.from, kBranches);
  row.one_of(path.to, kBranches);
  row.flag(same && path.from == 1 && path.to == 4);  // "Ann won with her song"
  row.flag(same && path.from == path.to);
  row.flag(same && (doc[path.meeting].pos == "VERB" || doc[path.meeting].pos == "AUX"));
  row.flag(same && doc[path.meeting].head == path.meeting);
  row.flag(!same && path.from == path.to);
  bool conjuncts = doc[b.mention.head].dep == "conj";
  for (const std::uint32_t child : doc.children(b.mention.head))
    conjuncts |= doc[child].dep == "conj" && doc[child].pos == "PROPN";
  row.flag(conjuncts);
  const TokenSpan sentence = doc.sentences()[b.sentence];
  row.flag(b.mention.tokens.begin == sentence.begin);
  row.one_of(persons_before(scene_.candidates, antecedent.candidate), kBeside);
  row.one_of(persons_after(scene_.candidates, antecedent.candidate), kBeside);
}

// What the verbs of both are about.
void PronounFeatures::add_verbs(FeatureRow& row, const Antecedent& antecedent) const {
  const Doc& doc = scene_.doc;
  const Candidate& b = scene_.candidates[antecedent.candidate];
  const std::uint32_t governor = b.role == Role::kPossessor
                                     ? argument_governor(doc, doc[b.mention.head].head)
                                     : b.facts.governor;
  const std::size_t verb = governor_class(doc, governor);
  row.one_of(verb, kGovernors);
  row.one_of(verb_, kGovernors);
  row.flag(verb == verb_ && verb > 0 && verb < kVerbClasses);
  row.flag(doc[governor].tag == "VBN" && doc[governor].pos == "VERB");
  row.flag(perfect_);
  row.one_of(outer_verb_, kGovernors);
}

// Whether the antecedent is somebody whom such a pronoun can mean: what other pronouns speak of it,
// and, of names, what they are made of and do.
void PronounFeatures::add_bearer(FeatureRow& row, const Antecedent& antecedent) const {
  const Doc& doc = scene_.doc;
  const Candidate* name = nullptr;
  std::size_t same = 0;
  bool opposite = false, thing = false, plural = false, does = false, has = false;
  look_back(antecedent, [&](const Candidate& m) {
    if (m.mention.form == MentionForm::kName) name = &m;
    const std::uint32_t verb = doc[m.mention.head].head;
    does |= is_subject(m) && is_person_sign(doc[verb].lemma, "does");
    has |= m.role == Role::kPossessor && is_person_sign(doc[verb].lemma, "has");
    if (!m.pronoun || m.pronoun->person < 3) return;
    const bool person = is_he_or_she(*m.pronoun);
    same += person && m.pronoun->female == c_.pronoun->female;
    opposite |= person && m.pronoun->female != c_.pronoun->female;
    thing |= m.pronoun->thing;
    plural |= m.pronoun->number == Number::kPlural;
  });
  row.log(same);
  row.flag(opposite);
  row.flag(thing);
  row.flag(plural);
  row.flag(does);
  row.flag(has);
  add_name(row, name);
}

void PronounFeatures::add_name(FeatureRow& row, const Candidate* name) const {
  row.flag(name);
  if (!name || name->name.begin >= name->name.end) {
    row.at(row.column() + kNameColumns);
    return;
  }
  const Doc& doc = scene_.doc;
  const Token& first = doc[name->name.begin];
  const Token& head = doc[name->mention.head];
  row.flag(is_given_name(first.lower));
  row.flag(name_word_kind(doc[name->name.end - 1].lower).has_value());
  row.flag(doc[name->mention.tokens.begin].pos == "DET");
  row.flag(head.text.size() > 1 && head.text.back() != head.lower.back());  // "PTB"
  static constexpr std::string_view kTypes[] = {"PERSON", "ORG", "GPE", "NORP", "WORK_OF_ART", ""};
  row.one_of(
      static_cast<std::size_t>(std::ranges::find(kTypes, head.entity_type) - std::begin(kTypes)),
      7);
}

void PronounFeatures::add_salience(FeatureRow& row, const Antecedent& antecedent) const {
  const Candidate& b = scene_.candidates[antecedent.candidate];
  const Cluster& cluster = scene_.clusters[antecedent.cluster];
  const bool named = b.mention.form == MentionForm::kName;
  row.one_of(named ? b.name.size() : 0, 4);
  row.flag(cluster.mentions.size() <= 1);  // brought in here
  row.flag(antecedent.cluster == last_same_);
  row.flag(last_same_ != kNoCluster);
  row.flag(antecedent.cluster == first_person_);
  row.flag(cluster.names == most_named_ && most_named_ > 1);
  row.log(most_named_ - cluster.names);
  row.one_of(agreeing_, 3);
  row.one_of(subjects_seen_, 3);
  row.one_of(named_seen_, 3);
}

void PronounFeatures::add(FeatureRow& row, const Antecedent& antecedent, bool agrees) {
  row.at(own_columns_);
  add_clauses(row, antecedent);
  add_salience(row, antecedent);
  add_names_to_come(row, antecedent);
  if (is_he_or_she(*c_.pronoun)) {
    add_binding(row, antecedent);
    add_tree(row, antecedent);
    add_verbs(row, antecedent);
    add_bearer(row, antecedent);
  }
  const Candidate& b = scene_.candidates[antecedent.candidate];
  if (!agrees) return;
  ++agreeing_;
  subjects_seen_ += is_subject(b);
  named_seen_ += scene_.clusters[antecedent.cluster].named;
}

}  // namespace dateline::entities
