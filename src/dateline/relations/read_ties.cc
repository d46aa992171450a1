#include <algorithm>

#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr double kTie = 0.8;

// "Her divorce petition", "their wedding plans": the noun that stands for the tie in its clause.
std::uint32_t carrier(const Doc& doc, std::uint32_t noun) {
  const std::uint32_t head = doc[noun].head;
  const bool carried = doc[noun].dep == "compound" && in("carrier", doc[head]);
  return carried ? head : noun;
}

// What the verb over the noun makes of the tie: "called off their engagement".
const Turn* turn_of(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  const std::uint32_t at = carrier(doc, noun);
  const std::uint32_t verb = doc[at].head;
  if (!is_verb(doc, verb) || !one_of(doc[at].dep, "dobj|nsubjpass|nsubj")) return nullptr;
  const std::vector<Turn>* turns = find(reading.words.turns, doc[verb].lemma);
  if (turns == nullptr) return nullptr;
  if (doc[at].dep == "nsubj" && !children(doc, verb, "dobj|ccomp|xcomp").empty()) return nullptr;
  const TokenList particles = children(doc, verb, "prt|advmod");
  for (const Turn& turn : *turns) {
    const bool there =
        turn.particle.empty() || std::ranges::any_of(particles, [&](std::uint32_t particle) {
          return doc[particle].lower == turn.particle;
        });
    if (there && one_of(doc[noun].lemma, turn.nouns)) return &turn;
  }
  return nullptr;
}

// "Her marriage is over."
bool is_said_over(const Doc& doc, std::uint32_t noun) {
  const std::uint32_t verb = doc[noun].head;
  return one_of(doc[noun].dep, "nsubj") && doc[verb].lemma == "be" &&
         std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
           return child > verb && lexicon().sets.in("over", doc[child].lower);
         });
}

// "… though the relationship didn't last", "their marriage ended": in the sentence of `noun`.
bool tie_is_over(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  const bool said = is_said_over(doc, noun);
  const TokenSpan sentence = doc.sentences()[doc[noun].sentence];
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    if (!is_verb(doc, i)) continue;
    const bool over = in("ending", doc[i]) || said || (in("lasting", doc[i]) && is_negated(doc, i));
    if (!over) continue;
    for (const std::uint32_t subject : subjects(doc, i))
      if (reading.words.ties.contains(doc[subject].lemma)) return true;
  }
  return false;
}

// "Until their divorce in 2007", "since the divorce": one that has come about.
bool has_come_about(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  if (doc[noun].dep == "pobj" && one_of(doc[doc[noun].head].lower, "after|since|following"))
    return true;
  return has_past_date(reading, noun, "in|on");
}

// "He had an affair with Ann", "was in a relationship with her": no longer.
bool was_had(const Doc& doc, std::uint32_t noun) {
  std::uint32_t verb = doc[noun].head;
  if (doc[noun].dep == "dobj") return doc[verb].lower == "had" && doc[verb].lemma == "have";
  if (doc[noun].dep != "pobj" || doc[verb].lower != "in") return false;
  verb = doc[verb].head;
  return one_of(doc[verb].lower, "was|were") && doc[verb].lemma == "be";
}

// "A judge granted Ann a divorce": to whom.
TokenList recipients(const Doc& doc, std::uint32_t verb) {
  if (!in("granting", doc[verb])) return {};
  TokenList out = children(doc, verb, "dative");
  if (is_passive(doc, verb) && !children(doc, verb, "dobj").empty())
    for (const std::uint32_t subject : subjects(doc, verb)) out.push_back(subject);
  return out;
}

// "Never forgave him for an affair with Ann": his.
bool is_reproach(const Doc& doc, std::uint32_t verb, std::uint32_t noun) {
  return in("reproaching", doc[verb]) && doc[noun].dep == "pobj" &&
         one_of(doc[doc[noun].head].lower, "for|of|over") && doc[doc[noun].head].head == verb;
}

// "They", of whom the text knows who they are.
bool is_two(const Reading& reading, std::uint32_t argument) {
  const auto entity = reading.arguments[argument].entity;
  return entity && reading.input.entities.entities[*entity].members.size() == 2;
}

// "Did not speak until after her split from Ben": what stands by the way is not denied.
bool is_aside(const Doc& doc, std::uint32_t verb, std::uint32_t noun) {
  if (is_reproach(doc, verb, noun)) return true;
  return doc[noun].dep == "pobj" &&
         one_of(doc[doc[noun].head].lower, "after|before|since|despite|following|during|amid");
}

// "Their", or "the couple's": one word for the two.
bool is_plural(const Doc& doc, const TokenList& owner) {
  return owner.size() == 1 && one_of(doc[owner[0]].lower, "their|our|couple|pair|duo|two");
}

// Who the tie is between: "Ann's romance with Ben", "Ann filed for divorce from Ben".
void tie_sides(const Reading& reading, std::uint32_t noun, ArgumentList& one, ArgumentList& other) {
  const Doc& doc = reading.doc;
  add_people(reading, prepositional(doc, noun, "to|with|from"), other);
  const TokenList poss = children(doc, noun, "poss");
  for (const std::uint32_t owner : poss) add_people(reading, with_conjuncts(doc, owner), one);
  const ArgumentList between = [&] {
    ArgumentList out;
    add_people(reading, prepositional(doc, noun, "between|of"), out);
    return out;
  }();
  if (between.size() >= 2) {
    one = {between[0]};
    other = {between[1]};
  }
  const auto verb = governing_verb(doc, noun);
  if (one.empty() && verb && is_reproach(doc, *verb, noun))
    add_people(reading, children(doc, *verb, "dobj"), one);
  if (one.empty() && verb) add_people(reading, recipients(doc, *verb), one);
  if (one.empty() && verb) add_people(reading, subjects(doc, *verb), one);
  if (other.empty() && verb && doc[carrier(doc, noun)].head == *verb && carrier(doc, noun) != noun)
    add_people(reading, prepositional(doc, carrier(doc, noun), "from|against|with|to"), other);
  if (other.empty() && verb && is_plural(doc, poss)) {
    ArgumentList both;
    add_people(reading, subjects(doc, *verb), both);
    if (both.size() == 2) one = both;
  }
  if (other.empty() && verb && over_prepositions(doc, noun) == *verb)
    add_people(reading,
               prepositional(doc, *verb, doc[noun].lemma == "engagement" ? "to" : "from|with"),
               other);
  if (other.empty() && one.size() == 2) {
    other = {one[1]};
    one.pop_back();
  }
  if (other.empty() && one.size() == 1 && (is_plural(doc, poss) || is_two(reading, one[0])))
    other = one;  // a group's two
}

// "No relationship with the manager", "a working relationship": nothing of love.
bool is_plain_bond(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  const TokenList words = children(doc, noun, "det|amod|compound|nmod");
  return doc[noun].lemma == "relationship" && std::ranges::any_of(words, [&](std::uint32_t word) {
           return doc[word].lower == "no" || reading.words.sets.in("plain_bond", doc[word].lower);
         });
}

// How the tie stands by its noun alone: by the words before it, by "is over", by "had".
void set_status(const Reading& reading, std::uint32_t noun, const TieWord& word, Finding& finding) {
  finding.status = word.status;
  finding.said = word.status != Status::kCurrent;
  const auto say = [&](Status status) {
    finding.status = status;
    finding.said = true;
  };
  if (const auto status = status_before(reading, noun); status && *status != Status::kUnknown)
    say(*status);
  const bool love = one_of(word.relation, "partner|couple");
  const bool lasts = love || (word.relation == "spouse" && word.status == Status::kCurrent);
  if (lasts && tie_is_over(reading, noun)) say(Status::kFormer);
  if (love && finding.status == Status::kCurrent && was_had(reading.doc, noun))
    say(Status::kFormer);
  if (finding.status == Status::kDivorcing && has_come_about(reading, noun)) {
    say(Status::kFormer);
    finding.change = Change::kEnd;
  }
}

// What the verb over the noun makes of it.
void set_by_verb(const Reading& reading, std::uint32_t noun, const TieWord& word,
                 Finding& finding) {
  const Turn* turn = turn_of(reading, noun);
  if (turn != nullptr && word.status == Status::kDivorcing && turn->status == Status::kFormer &&
      is_negated(reading.doc, reading.doc[carrier(reading.doc, noun)].head))
    turn = nullptr;  // "have not finalized their divorce"
  if (turn != nullptr) {
    finding.relation = turn->relation;
    finding.status = turn->status;
    finding.said = true;
    finding.change = turn->change;
  }
  const auto verb = governing_verb(reading.doc, noun);
  if (!verb) return;
  const bool denied = in("disowning", reading.doc[*verb]) ||
                      (is_negated(reading.doc, *verb) && !is_aside(reading.doc, *verb, noun));
  finding.negative = denied && word.status != Status::kDivorcing;
  if (turn != nullptr && turn->denied) finding.negative = !finding.negative;
  finding.hedged = is_hedged(reading.doc, *verb);
}

void read_tie(const Reading& reading, std::uint32_t noun, const TieWord& word, Findings& out) {
  if (is_plain_bond(reading, noun)) return;
  ArgumentList one, other;
  tie_sides(reading, noun, one, other);
  Finding finding;
  finding.relation = word.relation;
  finding.trigger = noun;
  finding.change = Change::kHold;
  finding.confidence = kTie;
  set_status(reading, noun, word, finding);
  set_by_verb(reading, noun, word, finding);
  const bool ends = finding.status == Status::kDivorcing || finding.status == Status::kSeparated ||
                    finding.status == Status::kFormer;
  if (other.empty() && one.size() == 1 && finding.said && ends && !finding.negative &&
      finding.relation == "spouse") {
    finding.relation = "spouse?";  // "Ann filed for divorce": whose wife she is stands elsewhere
    finding.subject = one[0];
    finding.value_span = reading.doc[noun].span;
    out.push_back(finding);
    return;
  }
  pair_up(one, other, /*forward=*/true, finding, out);
}

}  // namespace

void read_ties(const Reading& reading, Findings& out) {
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) {
    if (reading.doc[i].pos != "NOUN") continue;
    if (const TieWord* word = find(reading.words.ties, reading.doc[i].lemma))
      read_tie(reading, i, *word, out);
  }
}

}  // namespace dateline::relations
