#include "dateline/entities/clauses.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::entities {
namespace {

constexpr int kMostSteps = 24;

bool is_verb(const Token& token) { return token.pos == "VERB" || token.pos == "AUX"; }

std::uint32_t child_with(const Doc& doc, std::uint32_t head, std::string_view dep,
                         std::string_view other) {
  for (const std::uint32_t child : doc.children(head))
    if (doc[child].dep == dep || doc[child].dep == other) return child;
  return kNoToken;
}

bool is_relative(const Token& token) { return is_one_of(token.tag, "WP", "WDT", "WP$"); }

// Who does what `verb` says, when the verb itself or its place in the tree tells.
std::uint32_t subject_of(const Doc& doc, std::uint32_t verb) {
  const std::uint32_t subject = child_with(doc, verb, "nsubj", "nsubjpass");
  if (subject != kNoToken)
    return is_relative(doc[subject]) && doc[verb].dep == "relcl" ? doc[verb].head : subject;
  return doc[verb].dep == "acl" ? doc[verb].head : kNoToken;
}

}  // namespace

std::array<std::uint32_t, kClauseLevels> subjects_around(const Doc& doc, std::uint32_t token) {
  std::array<std::uint32_t, kClauseLevels> found;
  found.fill(kNoToken);
  std::size_t level = 0;
  std::uint32_t at = token;
  for (int steps = 0; steps < kMostSteps && doc[at].head != at && level < kClauseLevels; ++steps) {
    at = doc[at].head;
    const std::uint32_t subject =
        is_verb(doc[at]) ? subject_of(doc, at) : child_with(doc, at, "poss", "poss");
    if (subject == kNoToken || subject == token) continue;
    // What stands within the subject is not governed by it; a relative clause stands within its
    // noun.
    const bool own = doc[subject].subtree.contains(at);
    if (!own && doc[subject].subtree.contains(token)) continue;
    if (level > 0 && found[level - 1] == subject) continue;
    found[level++] = subject;
  }
  return found;
}

std::uint32_t main_subject(const Doc& doc, std::uint32_t sentence) {
  const TokenSpan span = doc.sentences()[sentence];
  for (std::uint32_t i = span.begin; i < span.end; ++i)
    if (doc[i].head == i && is_verb(doc[i])) return child_with(doc, i, "nsubj", "nsubjpass");
  return kNoToken;
}

std::uint32_t clause_of(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < kMostSteps && doc[token].head != token; ++steps) {
    token = doc[token].head;
    if (is_verb(doc[token])) break;
  }
  return token;
}

std::size_t clause_kind(const Doc& doc, std::uint32_t verb) {
  static constexpr std::string_view kKinds[] = {"ROOT", "conj", "ccomp", "advcl", "relcl", "acl"};
  return static_cast<std::size_t>(std::ranges::find(kKinds, doc[verb].dep) - std::begin(kKinds));
}

std::size_t connective_of(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t child : doc.children(verb)) {
    if (child > verb) break;
    if (doc[child].dep != "mark" && doc[child].tag != "WRB") continue;
    const std::string_view word = doc[child].lower;
    if (is_one_of(word, "when", "while", "after", "before", "as", "until", "once")) return 1;
    if (is_one_of(word, "because", "since", "for", "so")) return 2;
    if (is_one_of(word, "if", "although", "though", "unless", "whether")) return 3;
    return word == "that" ? 4 : 5;
  }
  return 0;
}

std::size_t preposition_of(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < kMostSteps && doc[token].dep == "conj"; ++steps)
    token = doc[token].head;
  if (doc[token].dep != "pobj") return 0;
  static constexpr std::string_view kWords[] = {"by", "with", "of", "to", "for", "as", "from"};
  const std::string_view word = doc[doc[token].head].lower;
  return 1 + static_cast<std::size_t>(std::ranges::find(kWords, word) - std::begin(kWords));
}

namespace {

std::size_t branch_of(std::string_view dep) {
  static constexpr std::string_view kFirst[] = {"nsubj", "nsubjpass", "dobj", "prep",
                                                "advcl", "ccomp",     "conj", "poss"};
  const auto at = std::ranges::find(kFirst, dep);
  if (at != std::end(kFirst)) return 1 + static_cast<std::size_t>(at - std::begin(kFirst));
  if (is_one_of(dep, "relcl", "acl", "appos")) return 9;
  return is_one_of(dep, "agent", "dative", "xcomp", "pobj") ? 10 : 11;
}

// From `token` up to what holds `other` too; the last word before it tells the branch.
std::pair<std::size_t, std::uint32_t> climb(const Doc& doc, std::uint32_t token,
                                            std::uint32_t other) {
  std::uint32_t below = kNoToken;
  for (int steps = 0; steps < kMostSteps; ++steps) {
    if (doc[token].subtree.contains(other) || doc[token].head == token) break;
    below = token;
    token = doc[token].head;
  }
  return {below == kNoToken ? 0 : branch_of(doc[below].dep), token};
}

}  // namespace

TreePath tree_path(const Doc& doc, std::uint32_t from, std::uint32_t to) {
  const auto [a, meeting] = climb(doc, from, to);
  const auto [b, other] = climb(doc, to, from);
  return {a, b, doc[from].sentence == doc[to].sentence ? meeting : kNoToken};
}

bool is_in_parentheses(const Doc& doc, std::uint32_t token) {
  const std::uint32_t begin = doc.sentences()[doc[token].sentence].begin;
  for (std::uint32_t i = token; i > begin && token - i < 16; --i) {
    if (doc[i - 1].text == ")") return false;
    if (doc[i - 1].text == "(") return true;
  }
  return false;
}

}  // namespace dateline::entities
