#include "dateline/entities/noun_phrase.h"

#include <fmt/format.h>

#include <algorithm>

#include "dateline/base/ascii.h"

namespace dateline::entities {
namespace {

bool is_edge(const Token& token) {
  return token.pos == "PUNCT" || token.pos == "SPACE" || token.tag == "POS" || token.tag == "CC" ||
         token.dep == "case";
}

// A dependent on the right with which the noun phrase ends before it.
bool ends_phrase(const Doc& doc, std::uint32_t child) {
  const std::string_view dep = doc[child].dep;
  return is_one_of(dep, "cc", "conj", "parataxis", "ccomp", "advcl", "nsubj", "aux", "cop",
                   "preconj", "advmod") ||
         (dep == "acl" && doc[child].tag == "VBD") ||  // "one fan asked": no participle
         (dep == "punct" && is_one_of(doc[child].text, ":", ";", "—", "–", "--", "-"));
}

// A dependent on the left with which the noun phrase begins after it.
bool precedes_phrase(const Doc& doc, std::uint32_t child) {
  if (is_part_of_wed(doc, child)) return true;
  const std::string_view dep = doc[child].dep;
  return is_one_of(dep, "cc", "preconj", "mark", "prep", "aux", "cop", "nsubj", "expl", "advcl",
                   "neg", "intj", "dep") ||
         (dep == "advmod" && child == doc[doc[child].head].subtree.begin);
}

}  // namespace

bool is_noun_phrase_role(std::string_view dep) {
  return is_one_of(dep, "nsubj", "nsubjpass", "dobj", "pobj", "iobj", "dative", "attr", "appos",
                   "conj", "poss", "ROOT", "oprd", "agent", "dep", "npadvmod", "pcomp", "ccomp");
}

std::uint32_t first_conjunct(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < 16 && doc[token].dep == "conj" && doc[token].head < token; ++steps)
    token = doc[token].head;
  return token;
}

Role role_of(const Doc& doc, std::uint32_t token) {
  const std::string_view dep = doc[first_conjunct(doc, token)].dep;
  if (dep == "nsubj") return Role::kSubject;
  if (dep == "nsubjpass") return Role::kPassiveSubject;
  if (is_one_of(dep, "dobj", "iobj", "dative")) return Role::kObject;
  if (is_one_of(dep, "pobj", "agent")) return Role::kOblique;
  if (dep == "poss") return Role::kPossessor;
  if (is_one_of(dep, "compound", "nmod", "amod", "appos")) return Role::kModifier;
  return Role::kOther;
}

bool is_part_of_wed(const Doc& doc, std::uint32_t token) {
  const auto starts = [&](std::uint32_t at) {
    return at + 1 < doc.size() && doc[at].lower == "we" && !doc[at].space_after &&
           doc[at + 1].lower == "d";
  };
  return starts(token) || (token > 0 && starts(token - 1));
}

TokenSpan trimmed(const Doc& doc, TokenSpan span, std::uint32_t head) {
  while (span.begin < head && is_edge(doc[span.begin]) && doc[span.begin].text != "$") ++span.begin;
  while (span.end > head + 1 && is_edge(doc[span.end - 1])) --span.end;
  return span;
}

bool is_lost_subject(const Doc& doc, std::uint32_t apposition) {
  const std::uint32_t source = doc[apposition].head, to = doc[source].head;
  const std::uint32_t according = doc[to].head, verb = doc[according].head;
  if (doc[apposition].dep != "appos" || doc[source].dep != "pobj" || doc[to].lower != "to" ||
      doc[according].lower != "according" || verb < apposition)
    return false;
  return std::ranges::none_of(doc.children(verb), [&](std::uint32_t child) {
    return doc[child].dep == "nsubj" || doc[child].dep == "nsubjpass";
  });
}

TokenSpan extent_of(const Doc& doc, std::uint32_t head) {
  TokenSpan span = doc[head].subtree;
  for (const std::uint32_t child : doc.children(head)) {
    if (child < head && precedes_phrase(doc, child))
      span.begin = std::max(span.begin, doc[child].subtree.end);
    if (child > head && (ends_phrase(doc, child) || is_lost_subject(doc, child)))
      span.end = std::min(span.end, std::max(head + 1, doc[child].subtree.begin));
  }
  span.begin = std::min(span.begin, head);
  const std::uint32_t begin = span.begin;  // "her ex-husband", cut at its hyphen
  if (begin > 2 && doc[begin - 1].text == "-" && doc[begin - 2].lower == "ex")
    span.begin = begin - (doc[begin - 3].tag == "PRP$" ? 3 : 2);
  for (std::uint32_t i = head; i > span.begin; --i)
    if (is_break(doc[i - 1])) span.begin = i;
  for (std::uint32_t i = head + 1; i < span.end; ++i)
    if (is_break(doc[i])) span.end = i;
  return trimmed(doc, span, head);
}

Determiner determiner_of(const Doc& doc, std::uint32_t head) {
  for (const std::uint32_t child : doc.children(head)) {
    if (child > head) break;
    if (doc[child].dep == "poss") return Determiner::kPossessive;
    if (doc[child].dep != "det" && doc[child].tag != "DT") continue;
    const std::string_view word = doc[child].lower;
    if (word == "the") return Determiner::kDefinite;
    if (is_one_of(word, "a", "an", "another")) return Determiner::kIndefinite;
    if (is_one_of(word, "this", "that", "these", "those")) return Determiner::kDemonstrative;
    return Determiner::kQuantifier;
  }
  return Determiner::kNone;
}

Number number_of(const Doc& doc, std::uint32_t head) {
  const Token& token = doc[head];
  if (in("plural", token.lower)) return Number::kPlural;
  const bool bare = token.lower == token.lemma && !token.lower.ends_with('s');  // "fiancée"
  if (token.tag == "NNS" && bare && noun_sense(token.lemma)) return Number::kSingular;
  if (is_one_of(token.tag, "NNS", "NNPS")) return Number::kPlural;
  return is_one_of(token.tag, "NN", "NNP") ? Number::kSingular : Number::kUnknown;
}

std::string noun_at(const Doc& doc, std::uint32_t head) {
  if (doc[head].lower == "law" && head >= 4 && doc[head - 2].lower == "in" &&
      doc[head - 1].text == "-" && doc[head - 3].text == "-")
    return fmt::format("{}-in-law", doc[head - 4].lower);
  if (head >= 2 && doc[head - 1].text == "-" && doc[head - 2].head == head &&
      !doc[head - 1].space_after)
    return fmt::format("{}-{}", doc[head - 2].lower, doc[head].lemma);
  return to_lower(doc[head].lemma);
}

}  // namespace dateline::entities
