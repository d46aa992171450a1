#include "dateline/events/participants.h"

#include <algorithm>

#include "dateline/events/lexicon.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

// Gathers the participants of one trigger.
class Gatherer {
 public:
  Gatherer(const EventInput& input, const MentionIndex& index, const Trigger& trigger)
      : input_(input), doc_(input.doc), index_(index), trigger_(trigger) {}

  std::vector<Participant> gather() {
    if (trigger_.verbal)
      of_verb();
    else
      of_noun();
    return std::move(found_);
  }

 private:
  void add(std::uint32_t token, Role role) {
    const std::uint32_t first = antecedent(doc_, token);
    const Mention* whole = index_.headed_by(first);
    const bool name = whole && whole->form == MentionForm::kName;
    for (const std::uint32_t part : coordinated(doc_, first))
      if (part == first || !name || !whole->tokens.contains(part)) add_one(part, role);
  }

  void add_one(std::uint32_t token, Role role) {
    if (token == trigger_.token || index_.in_time(token) || doc_[token].dep == "expl") return;
    if (std::find(tokens_.begin(), tokens_.end(), token) != tokens_.end()) return;
    tokens_.push_back(token);
    const Mention* mention = mention_of(token);
    const ByteSpan span = mention ? mention->span : doc_.bytes(left_phrase(doc_, token));
    if (!mention || mention->entity >= input_.entities.entities.size()) {
      found_.push_back({role, span, std::nullopt});
      return;
    }
    const auto& members = input_.entities.entities[mention->entity].members;
    if (members.empty()) found_.push_back({role, span, mention->entity});
    for (const std::uint32_t member : members) found_.push_back({role, span, member});
  }

  // The name in "their daughter Nell Brandt" stands for the daughter.
  [[nodiscard]] const Mention* mention_of(std::uint32_t token) const {
    const Mention* mention = index_.headed_by(token);
    if (mention && is_named(*mention)) return mention;
    for (const std::uint32_t c : doc_.children(token))
      if (doc_[c].dep == "appos")
        if (const Mention* name = index_.headed_by(c); name && is_named(*name)) return name;
    return mention;
  }

  [[nodiscard]] bool is_named(const Mention& mention) const {
    return mention.entity < input_.entities.entities.size() &&
           input_.entities.entities[mention.entity].named;
  }

  void of_verb() {
    const std::uint32_t verb = trigger_.token;
    const bool copula = doc_[verb].lemma == "be";
    if (const auto subject = subject_of(doc_, verb)) {
      add(whose_doing(*subject), subject->patient ? Role::kPatient : Role::kAgent);
      add_escort(subject->token);
    }
    for (const std::uint32_t c : doc_.children(verb)) {
      const std::string_view dep = doc_[c].dep;
      if (dep == "dobj") add(c, Role::kPatient);
      if (dep == "dative") add_dative(c);
      if (dep == "agent") add_below(c, Role::kAgent);
      if ((dep == "attr" || dep == "oprd") && !copula && is_nominal(doc_[c])) add(c, Role::kTopic);
      if (dep == "prep") add_prepositional(c);
    }
    add_gap_object();
  }

  // "the pilot's voice announced"; "the government's decision was taken to curb crime": the
  // owner's.
  [[nodiscard]] std::uint32_t whose_doing(const Subject& subject) const {
    const Token& noun = doc_[subject.token];
    const auto owner = child(doc_, subject.token, "poss");
    if (!owner || subject.patient) return subject.token;
    const bool to_do = subject.inherited && doc_[trigger_.token].tag == "VB";
    const bool stands_for = Lexicon::get().in("voice_of", noun.lemma) ||
                            (to_do && Lexicon::get().in("decision", noun.lemma));
    return stands_for ? *owner : subject.token;
  }

  // "the two, along with their daughter".
  void add_escort(std::uint32_t subject) {
    for (const std::uint32_t c : doc_.children(subject)) {
      const std::string_view word = doc_[c].lower;
      if (word == "alongside") add_below(c, Role::kCompanion);
      if (word != "along" && word != "together") continue;
      for (const std::uint32_t with : doc_.children(c))
        if (doc_[with].lower == "with") add_below(with, Role::kCompanion);
    }
  }

  // "the letter that she wrote": the object is the noun that the clause modifies.
  void add_gap_object() {
    const Token& verb = doc_[trigger_.token];
    if (verb.dep != "relcl" || child(doc_, trigger_.token, "dobj")) return;
    const auto subject = subject_of(doc_, trigger_.token);
    if (!subject || subject->token == verb.head || subject->patient || verb.lemma == "be") return;
    for (const std::uint32_t c : doc_.children(trigger_.token)) {
      if (doc_[c].tag == "WRB" || (doc_[c].tag == "IN" && doc_.children(c).empty())) return;
      if (doc_[c].dep == "nsubj" && doc_[c].tag.starts_with("W")) return;  // "who died"
    }
    add(verb.head, Role::kPatient);
  }

  // A complement's own subject is its doer: "told her to go" has her as recipient.
  void add_dative(std::uint32_t token) {
    if (is_nominal(doc_[token]))
      add(token, Role::kRecipient);
    else
      add_below(token, Role::kRecipient);
  }

  void add_below(std::uint32_t preposition, Role role) {
    for (const std::uint32_t c : doc_.children(preposition))
      if (doc_[c].dep == "pobj") add(c, role);
  }

  void add_prepositional(std::uint32_t preposition) {
    const PrepositionRoles* roles = Lexicon::get().preposition(doc_[preposition].lower);
    for (const std::uint32_t c : doc_.children(preposition)) {
      if (doc_[c].dep == "prep") add_prepositional(c);
      if (doc_[c].dep != "pobj" || !is_nominal(doc_[c])) continue;
      const auto role = roles ? role_of(*roles, c) : std::optional(Role::kTopic);
      if (role) add(c, *role);
    }
  }

  [[nodiscard]] std::optional<Role> role_of(const PrepositionRoles& roles,
                                            std::uint32_t token) const {
    const Mention* mention = index_.headed_by(token);
    if (!mention || mention->entity >= input_.entities.entities.size())
      return role_by_tags(roles, doc_[token]);
    switch (input_.entities.entities[mention->entity].kind) {
      case EntityKind::kPerson:
      case EntityKind::kOrg:
      case EntityKind::kGroup:
        return roles.party;
      case EntityKind::kPlace:
        return roles.place;
      case EntityKind::kProduct:
      case EntityKind::kWork:
      case EntityKind::kEvent:
      case EntityKind::kOther:
        return roles.other;
    }
    return roles.other;
  }

  // What the recogniser and the tagger say of a word that is no mention.
  static std::optional<Role> role_by_tags(const PrepositionRoles& roles, const Token& token) {
    const std::string_view type = token.entity_type;
    if (type == "PERSON" || type == "ORG" || type == "NORP" || token.tag == "PRP")
      return roles.party;
    return type == "GPE" || type == "LOC" || type == "FAC" ? roles.place : roles.other;
  }

  void of_noun() {
    const std::uint32_t noun = trigger_.token;
    for (const std::uint32_t c : doc_.children(noun))
      if (doc_[c].dep == "poss") add(c, trigger_.possessor);
    add_support_subject();
    for (const std::uint32_t c : doc_.children(noun)) {
      if (doc_[c].dep == "prep" || doc_[c].dep == "agent") add_prepositional(c);
      if (doc_[c].dep == "compound" && index_.headed_by(c)) add(c, Role::kPatient);
    }
  }

  // "gave a speech", "pursued a romance": the verb's doer is the noun's.
  void add_support_subject() {
    const Token& noun = doc_[trigger_.token];
    const Token& verb = doc_[noun.head];
    if (noun.dep != "dobj" || !is_verbal(verb) || !Lexicon::get().in("support", verb.lemma)) return;
    const auto subject = subject_of(doc_, noun.head);
    if (subject && !subject->patient && found_.empty()) add(subject->token, trigger_.possessor);
  }

  const EventInput& input_;
  const Doc& doc_;
  const MentionIndex& index_;
  const Trigger& trigger_;
  std::vector<Participant> found_;
  std::vector<std::uint32_t> tokens_;
};

}  // namespace

MentionIndex::MentionIndex(const EventInput& input)
    : input_(input), mention_of_(input.doc.size(), -1), time_of_(input.doc.size(), -1) {
  const auto& mentions = input.entities.mentions;
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].head >= mention_of_.size()) continue;
    std::int32_t& best = mention_of_[mentions[i].head];
    if (best < 0 || mentions[i].span.size() > mentions[static_cast<std::size_t>(best)].span.size())
      best = static_cast<std::int32_t>(i);
  }
  for (std::uint32_t i = 0; i < input.times.size(); ++i) {
    const TokenSpan tokens = input.doc.token_span(input.times[i].span);
    for (std::uint32_t t = tokens.begin; t < tokens.end && t < input.doc.size(); ++t)
      time_of_[t] = static_cast<std::int32_t>(i);
  }
}

const Mention* MentionIndex::headed_by(std::uint32_t token) const {
  const std::int32_t number = mention_of_[token];
  return number < 0 ? nullptr : &input_.entities.mentions[static_cast<std::size_t>(number)];
}

std::vector<Participant> find_participants(const EventInput& input, const MentionIndex& index,
                                           const Trigger& trigger) {
  return Gatherer(input, index, trigger).gather();
}

}  // namespace dateline::events
