#pragma once
// Candidate: a place in the text that may speak of an entity, with what it tells about it. What
// the parts of this step hand to each other; not for other steps.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/entities/entity.h"
#include "dateline/entities/lexicon.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

enum class Determiner { kNone, kDefinite, kIndefinite, kDemonstrative, kPossessive, kQuantifier };
enum class Role { kOther, kSubject, kPassiveSubject, kObject, kOblique, kPossessor, kModifier };

constexpr std::uint32_t kNoCandidate = 0xFFFFFFFF;

// Steps up to the root, and how many of them leave a clause or a noun phrase.
struct Depth {
  std::uint32_t steps = 0, clauses = 0, phrases = 0;
};

// What is asked for every pair that a candidate stands in, found once (note_facts).
struct Facts {
  Depth depth;
  std::uint32_t governor = 0;               // the verb whose argument it is, or its own head
  std::uint32_t possessor = kNoCandidate;   // whose it is: "his" of "his wife"
  std::uint32_t line = 0;                   // tokens before its head that break the line
  float square = 0;                         // of its head's vector by itself; 0 without one
  std::vector<std::string_view> modifiers;  // words that narrow the head: "the crane accident"
};

struct Candidate {
  Mention mention;  // its entity is set last
  EntityKind kind = EntityKind::kOther;
  bool kind_sure = false;  // said by a title, a word list or the tagger's PERSON, not guessed
  Number number = Number::kUnknown;
  float female = 0.5F;                    // share of women among such, for a person
  const PronounSense* pronoun = nullptr;  // set for pronouns only
  TokenSpan name;                         // the bare name, without titles; empty for other forms
  std::string key;                        // of names: normalised words; else the head's lemma
  std::uint32_t sentence = 0;
  std::uint32_t quote = 0;  // number of the quotation that it stands in, from 1; 0 for none
  Determiner determiner = Determiner::kNone;
  Role role = Role::kOther;
  bool name_at_birth = false;          // or no longer borne: the article goes by another name
  bool predicate = false;              // "a doctor" in "she is a doctor": tells, does not refer
  bool coordination = false;           // "Ann and Bob" as one
  bool family = false;                 // "the Jones family", "the Joneses": key is the family name
  std::vector<std::uint32_t> apposed;  // head tokens of appositions that speak of the same
  Facts facts;
};

[[nodiscard]] inline bool is_subject(const Candidate& c) {
  return c.role == Role::kSubject || c.role == Role::kPassiveSubject;
}
[[nodiscard]] inline bool is_person(EntityKind kind) { return kind == EntityKind::kPerson; }
[[nodiscard]] inline bool is_people(EntityKind kind) {
  return kind == EntityKind::kPerson || kind == EntityKind::kGroup;
}

}  // namespace dateline::entities
