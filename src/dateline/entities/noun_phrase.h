#pragma once
// Noun phrases of the tree, by their heads: which part they play, how far they reach, what their
// determiner and number are.
#include <string>
#include <string_view>

#include "dateline/entities/candidate.h"
#include "dateline/entities/lexicon.h"
#include "dateline/language/doc.h"

namespace dateline::entities {

// Whether heads of noun phrases bear the label.
[[nodiscard]] bool is_noun_phrase_role(std::string_view dep);

// The head of the noun phrase in whose coordination `token` stands: of "Bob" in "Ann and Bob", Ann.
[[nodiscard]] std::uint32_t first_conjunct(const Doc& doc, std::uint32_t token);

[[nodiscard]] Role role_of(const Doc& doc, std::uint32_t token);
[[nodiscard]] Determiner determiner_of(const Doc& doc, std::uint32_t head);
[[nodiscard]] Number number_of(const Doc& doc, std::uint32_t head);

// With determiner and dependents, up to what ends the phrase; within its line and sentence.
[[nodiscard]] TokenSpan extent_of(const Doc& doc, std::uint32_t head);

// `span` without marks and conjunctions at its edges; keeps `head`.
[[nodiscard]] TokenSpan trimmed(const Doc& doc, TokenSpan span, std::uint32_t head);

// The noun in lower case, singular; compounds with hyphens whole: "mother-in-law" is five tokens
// to the tagger.
[[nodiscard]] std::string noun_at(const Doc& doc, std::uint32_t head);

// "According to Bell, the mayor resigned": the subject, read as an apposition to the source. The
// verb has no other.
[[nodiscard]] bool is_lost_subject(const Doc& doc, std::uint32_t apposition);

// "wed", which the tokenizer cuts as if it were "we'd": neither part is a word.
[[nodiscard]] bool is_part_of_wed(const Doc& doc, std::uint32_t token);

}  // namespace dateline::entities
