#pragma once
// Walks over the dependency tree that several parts of events/ share.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/language/doc.h"

namespace dateline::events {

// The subject of a verb in deep syntax: who does it, or to whom it is done.
struct Subject {
  std::uint32_t token = 0;
  bool patient = false;    // of a passive: the one it is done to
  bool inherited = false;  // not a child of the verb: over "and", control, a relative
};

[[nodiscard]] bool is_verbal(const Token& token);   // VERB or AUX
[[nodiscard]] bool is_nominal(const Token& token);  // NOUN, PROPN, PRON or a number

// The subject, active or passive, of the verb itself: its child, else that of its auxiliary.
[[nodiscard]] std::optional<std::uint32_t> subject_token(const Doc& doc, std::uint32_t verb);

// First child with the dependency label.
[[nodiscard]] std::optional<std::uint32_t> child(const Doc& doc, std::uint32_t token,
                                                 std::string_view dep);

// The noun "reports" of "reports that they have parted", for the verb of its clause or one joined
// to it; none for other clauses.
[[nodiscard]] std::optional<std::uint32_t> hearsay_of(const Doc& doc, std::uint32_t verb);

// "was seen": has an auxpass child or a passive subject.
[[nodiscard]] bool is_passive(const Doc& doc, std::uint32_t verb);

// A relative pronoun stands for the noun that its clause modifies: that noun; else the token.
[[nodiscard]] std::uint32_t antecedent(const Doc& doc, std::uint32_t token);

// Through passives, "and", control, participles, relative clauses, gerunds after prepositions and
// support verbs of nouns. None for a finite verb without one, a headline's or an imperative's.
[[nodiscard]] std::optional<Subject> subject_of(const Doc& doc, std::uint32_t verb);

// The token and all that "and", "or" join to it, in text order.
[[nodiscard]] std::vector<std::uint32_t> coordinated(const Doc& doc, std::uint32_t token);

// The token with its modifiers to the left: a noun phrase less what follows its head.
[[nodiscard]] TokenSpan left_phrase(const Doc& doc, std::uint32_t head);

}  // namespace dateline::events
