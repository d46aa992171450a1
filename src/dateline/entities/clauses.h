#pragma once
// Clauses: who is the subject of the clauses that a token stands in, read off the tree.
#include <array>
#include <cstdint>
#include <string_view>

#include "dateline/language/doc.h"

namespace dateline::entities {

constexpr std::uint32_t kNoToken = 0xFFFFFFFF;
constexpr std::size_t kClauseLevels = 3;

// Heads of the subjects of the clauses around `token`, the innermost first; kNoToken for the rest.
// A relative pronoun stands for its noun; the owner of a noun phrase counts as its subject.
[[nodiscard]] std::array<std::uint32_t, kClauseLevels> subjects_around(const Doc& doc,
                                                                       std::uint32_t token);

// Subject of the main verb of a sentence; kNoToken when there is none.
[[nodiscard]] std::uint32_t main_subject(const Doc& doc, std::uint32_t sentence);

// The verb of the clause of a token; the root when there is none.
[[nodiscard]] std::uint32_t clause_of(const Doc& doc, std::uint32_t token);

// Number of the kind of clause below kClauseKinds.
constexpr std::size_t kClauseKinds = 7;
[[nodiscard]] std::size_t clause_kind(const Doc& doc, std::uint32_t verb);

// Number of the class of the word that opens a clause: none, of time, of cause, of condition,
// "that", another.
constexpr std::size_t kConnectives = 6;
[[nodiscard]] std::size_t connective_of(const Doc& doc, std::uint32_t verb);

// Number of the class of the preposition before a noun phrase; 0 for none.
constexpr std::size_t kPrepositions = 9;
[[nodiscard]] std::size_t preposition_of(const Doc& doc, std::uint32_t token);

// How two words hang together in the tree: what each is, or stands within, just below the word that
// holds both (of two sentences: below the root of each), as a number below kBranches.
constexpr std::size_t kBranches = 12;
struct TreePath {
  std::size_t from = 0, to = 0;
  std::uint32_t meeting = kNoToken;  // the word that holds both; kNoToken for two sentences
};
[[nodiscard]] TreePath tree_path(const Doc& doc, std::uint32_t from, std::uint32_t to);

[[nodiscard]] bool is_in_parentheses(const Doc& doc, std::uint32_t token);

}  // namespace dateline::entities
