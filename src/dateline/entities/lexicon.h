#pragma once
// Lexicon: the closed word lists of this step (data/entities/*.tsv). Lookups are O(1) and take
// lower-cased words; views in the answers live for ever.
#include <optional>
#include <string_view>

#include "dateline/entities/entity.h"

namespace dateline::entities {

enum class Number { kUnknown, kSingular, kPlural };

struct NounSense {
  EntityKind kind = EntityKind::kOther;
  bool time = false;    // "week": belongs to `times`, no entity
  float female = 0.5F;  // share of women among those it is said of
};

struct PronounSense {
  int person = 3;
  Number number = Number::kUnknown;
  float female = 0.5F;  // 0 for "he", 1 for "she"
  bool thing = false;   // "it", "its"
  bool possessive = false, reflexive = false;
};

[[nodiscard]] inline bool is_he_or_she(const PronounSense& sense) {
  return !sense.thing && sense.number != Number::kPlural;
}

// What a noun (lemma) speaks of; also by its ending ("-woman", "-ist").
[[nodiscard]] std::optional<NounSense> noun_sense(std::string_view lemma);
[[nodiscard]] const PronounSense* pronoun_sense(std::string_view word);

// Share of women among bearers of the given name, by list, else by its ending, else 0.5.
[[nodiscard]] float female_share(std::string_view given_name);
[[nodiscard]] bool is_given_name(std::string_view word);

// Whether news calls a named PERSON or ORG so: "the rapper", "the airline". No other kinds.
[[nodiscard]] bool is_epithet(EntityKind kind, std::string_view noun);

// Equal, or taken now one, now the other for the same person: "pilot" and "captain".
[[nodiscard]] bool are_same_noun(std::string_view a, std::string_view b);

// "Scot", "Frenchman": one of a people, in lower case.
[[nodiscard]] bool is_demonym_noun(std::string_view noun);

// Whether the set of words.tsv, which has such a set, holds the word.
[[nodiscard]] bool in(std::string_view set, std::string_view word);

// Whether two epithets may be of one person: "star" and "singer", not "singer" and "senator".
[[nodiscard]] bool are_kindred_epithets(std::string_view a, std::string_view b);

// A word that stands before names; the share of women among those it is said of.
[[nodiscard]] std::optional<float> title_share(std::string_view word);

// The noun that a title in lower case stands for: "gov." -> "governor"; "" for one that says
// nothing of its bearer ("mr."), others are given back as they are.
[[nodiscard]] std::string_view title_noun(std::string_view word);

// Whether only persons do this verb ("does") or have this noun ("has"): "marry", "childhood".
[[nodiscard]] bool is_person_sign(std::string_view lemma, std::string_view sign);

// Number of the class of verbs that a lemma is in ("tell", "marry", "succeed"), below kVerbClasses;
// 0 for none.
constexpr std::size_t kVerbClasses = 19;
[[nodiscard]] std::size_t verb_class(std::string_view lemma);

// "bob" is short for "robert".
[[nodiscard]] bool is_nickname(std::string_view short_form, std::string_view name);

// "u.s" -> "united states"; other names are given back as they are.
[[nodiscard]] std::string_view long_form(std::string_view name);

// What names that end in this word name: "university" -> ORG.
[[nodiscard]] std::optional<EntityKind> name_word_kind(std::string_view last_word);

// What a name of this one word names: "instagram" -> ORG.
[[nodiscard]] std::optional<EntityKind> whole_name_kind(std::string_view word);

// Letters behind a name: "QC".
[[nodiscard]] bool is_post_nominal(std::string_view word);

// A line that begins as lists of other articles do: "Related stories …".
[[nodiscard]] bool is_list_of_articles(std::string_view line);

}  // namespace dateline::entities
