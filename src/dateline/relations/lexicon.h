#pragma once
// The word tables of data/relations/, read once.
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dateline/base/tsv.h"
#include "dateline/language/doc.h"
#include "dateline/relations/relation.h"

namespace dateline::relations {

// "her brother": a noun for one person seen from another.
struct KinWord {
  std::string_view relation;
  bool forward = true;  // the possessor is the subject: a parent's "son"
  Status status = Status::kCurrent;
};

// "her marriage to Ben": a noun for the tie itself.
struct TieWord {
  std::string_view relation;
  Status status = Status::kCurrent;
};

enum class Change { kNone, kBegin, kEnd, kHold };

// One row of turns.tsv: what a verb makes of a tie whose noun stands with it.
struct Turn {
  std::string_view particle, nouns, relation;
  Status status = Status::kUnknown;
  Change change = Change::kNone;
  bool denied = false;
};

// One row of frames.tsv: what a verb says of two of its arguments.
struct Frame {
  std::string_view relation, subject_role, object_role, subject_kind, object_kind;
  Status status = Status::kUnknown;
  Change change = Change::kNone;
  std::string_view needs;  // one of these words must follow; empty: none
  bool possible = false;   // said, but not certain by itself
};

using WordSet = std::unordered_set<std::string_view>;

struct Lexicon {
  WordSets sets;  // words.tsv
  std::unordered_map<std::string_view, KinWord> kin;
  std::unordered_map<std::string_view, TieWord> ties;
  std::unordered_map<std::string_view, Status> states;
  std::unordered_map<std::string_view, std::vector<Turn>> turns;
  std::unordered_map<std::string_view, std::vector<Frame>> frames;
  std::unordered_map<std::string_view, std::string_view> demonyms;
  std::unordered_map<std::string_view, std::vector<std::string_view>> triggers;  // classes
  std::unordered_map<std::string_view, WordSet> needed;  // by relation: one must be there
  std::unordered_map<std::string_view, WordSet> duties;  // by office: "state" of "secretary"
  WordSet roles, offices, parties, adherents;
  WordSet loose;  // those of roles that are no office by themselves
};

// The tables; made at first use, immutable, safe to share.
[[nodiscard]] const Lexicon& lexicon();

// Whether the lemma is in the set of words.tsv.
[[nodiscard]] inline bool in(std::string_view set, const Token& word) {
  return lexicon().sets.in(set, word.lemma);
}

// The status of that name in RECORD.md; kUnknown for any other.
[[nodiscard]] Status status_of(std::string_view name);

// The value of `key`, if it is there.
template <class Map>
[[nodiscard]] const typename Map::mapped_type* find(const Map& map, std::string_view key) {
  const auto at = map.find(key);
  return at == map.end() ? nullptr : &at->second;
}

}  // namespace dateline::relations
