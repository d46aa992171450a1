#pragma once
// Names: the tagger's named entities, repaired, and names that it passed over.
#include <string>
#include <vector>

#include "dateline/entities/entity.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

struct NameSpan {
  TokenSpan tokens;        // the bare name: no determiner, title or possessive mark
  std::uint32_t head = 0;  // its token whose head lies outside
  EntityKind kind = EntityKind::kOther;
  bool sure = false;    // tagged PERSON or with a title; not guessed
  float female = 0.5F;  // by its title or given name
  bool titled = false;  // a title that tells the gender: "Mrs"
};

// Sorted, without overlap. O(tokens).
[[nodiscard]] std::vector<NameSpan> find_names(const Doc& doc);

// "The Scot": one of a people, no name.
[[nodiscard]] bool is_demonym_of_one(const Doc& doc, TokenSpan tokens);

// Starts with a capital: ASCII by itself, other scripts when lower-casing changes it.
[[nodiscard]] bool is_capitalised(const Token& token);

// The last token of a name whose head lies outside it or is itself, where Doc::head_of gives the
// first: of a name in several parts the last is what it goes by. The range is not empty.
[[nodiscard]] std::uint32_t head_of_name(const Doc& doc, TokenSpan name);

// Lower-cased words of the range joined by spaces, full stops at their ends taken off.
[[nodiscard]] std::string name_key(const Doc& doc, TokenSpan tokens);

}  // namespace dateline::entities
