#pragma once
// Aliases that the text itself states: "Ann Bell, better known as Vex", "Vex (née Bell)", and names
// with a nickname in the middle: 'Tom "Tiny" Brandel'.
#include <cstdint>
#include <vector>

#include "dateline/entities/find_names.h"

namespace dateline::entities {

// What stands between a name and its alias, marks included: the name ends where `between` begins,
// the alias begins where it ends.
struct AliasPhrase {
  TokenSpan between;
  bool birth = false;   // the alias is a name given at birth, or borne no longer
  bool person = false;  // only persons are spoken of so
  bool apart =
      false;  // a mark stands before it; without, things may be parts: "Tarn known as Lot C"
};

// The phrases of data/entities/alias_phrases.tsv between two words with capitals, in text order.
// O(tokens).
[[nodiscard]] std::vector<AliasPhrase> find_alias_phrases(const Doc& doc);

// Makes both sides of every such phrase names, of one kind: what the phrase, else the tagger says.
// `names` stay sorted and without overlap. O(tokens + names) and, a phrase, a move of the names
// behind.
void add_stated_aliases(const Doc& doc, std::vector<NameSpan>& names);

// Makes 'Tom "Tiny" Brandel' and "Tom (Tiny) Brandel" one name where the tagger saw a person in it.
void join_around_nicknames(const Doc& doc, std::vector<NameSpan>& names);

}  // namespace dateline::entities
