#pragma once
// Lexicon: the word tables of data/events/, read once. Immutable; safe to share between threads.
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dateline/base/tsv.h"
#include "dateline/events/event.h"

namespace dateline::events {

// What the tables say of a noun. Views live as long as the program.
struct NounEntry {
  std::string_view event_class;   // "" outside the ontology
  Role possessor = Role::kAgent;  // of "her arrest", "their attack"
  double confidence = 0;          // that it names an event, before its context is seen
};

// A class that a verb has with a companion only: "run for president".
struct Frame {
  std::string_view relation;  // a preposition, "dobj", "acomp", "xcomp", "any"
  std::unordered_set<std::string_view> companions;
  std::string_view event_class;
};

// Roles of what a preposition brings; none: no participant.
struct PrepositionRoles {
  std::optional<Role> party, place, other;
};

class Lexicon {
 public:
  // The tables of data/events/.
  [[nodiscard]] static const Lexicon& get();

  // By lemma, with its particle after '_'; "" outside the ontology.
  [[nodiscard]] std::string_view verb_class(std::string_view lemma) const;
  [[nodiscard]] const NounEntry* noun(std::string_view lemma) const;
  [[nodiscard]] const std::vector<Frame>* frames(std::string_view verb) const;
  [[nodiscard]] const PrepositionRoles* preposition(std::string_view lower) const;
  // How many days before publication "recent <unit>s" begin, at most; by lemma.
  [[nodiscard]] std::optional<int> recent_days(std::string_view unit) const;
  // Whether the set of data/events/words.tsv, which has such a set, holds the word.
  [[nodiscard]] bool in(std::string_view set, std::string_view word) const {
    return sets_.in(set, word);
  }

 private:
  Lexicon();
  void read_nouns();
  void read_classes();
  void read_frames();
  void read_prepositions();
  void read_vague_spans();

  std::unordered_map<std::string_view, std::string_view> verbs_;
  std::unordered_map<std::string_view, NounEntry> nouns_;
  std::unordered_map<std::string_view, std::vector<Frame>> frames_;
  std::unordered_map<std::string_view, PrepositionRoles> prepositions_;
  WordSets sets_;
  std::unordered_map<std::string_view, int> recent_days_;
};

}  // namespace dateline::events
