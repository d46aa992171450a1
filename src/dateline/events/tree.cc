#include "dateline/events/tree.h"

#include <algorithm>

#include "dateline/events/lexicon.h"
#include "dateline/language/relative.h"

namespace dateline::events {
namespace {

constexpr int kMaxDepth = 12;  // of a chain of governors; longer ones are parser noise

std::optional<Subject> find_subject(const Doc& doc, std::uint32_t verb, int depth);

// "Brandt, a singer and a poet who …": the noun that the apposition names, else the token.
std::uint32_t named_by(const Doc& doc, std::uint32_t noun) {
  if (doc[noun].dep == "conj" && doc[noun].pos == "PROPN")
    return noun;  // "Brandt, the minister, and Ann Bell, who …"
  std::uint32_t at = noun;
  for (int i = 0; i < kMaxDepth && doc[at].dep == "conj" && is_nominal(doc[doc[at].head]); ++i)
    at = doc[at].head;
  return doc[at].dep == "appos" && is_nominal(doc[doc[at].head]) ? doc[at].head : noun;
}

bool is_infinitive_or_participle(const Token& token) {
  return token.tag == "VBG" || token.tag == "VB" || token.tag == "VBN";
}

// Who owns a noun, or does what its support verb says: "his attempts", "made an attempt".
std::optional<Subject> subject_of_noun(const Doc& doc, std::uint32_t noun, int depth) {
  if (const auto owner = child(doc, noun, "poss")) return Subject{*owner, false, true};
  const Token& token = doc[noun];
  if (token.head != noun && is_verbal(doc[token.head]) &&
      (token.dep == "dobj" || token.dep == "attr"))
    return find_subject(doc, token.head, depth + 1);
  return std::nullopt;
}

// Who a governor's subject or object makes the subject of its complement.
std::optional<Subject> controller(const Doc& doc, std::uint32_t verb, int depth) {
  const std::uint32_t governor = doc[verb].head;
  const Token& token = doc[governor];
  if (is_verbal(token)) {
    const auto object = child(doc, governor, "dobj");
    if (object && *object < verb && !Lexicon::get().in("subject_control", token.lemma))
      return Subject{antecedent(doc, *object), false, true};
    return find_subject(doc, governor, depth + 1);
  }
  if (is_nominal(token)) return subject_of_noun(doc, governor, depth);
  if (token.head != governor) return find_subject(doc, token.head, depth + 1);
  return std::nullopt;
}

std::optional<Subject> inherited_subject(const Doc& doc, std::uint32_t verb, int depth) {
  const Token& token = doc[verb];
  const std::uint32_t head = token.head;
  if (head == verb) return std::nullopt;
  if (token.dep == "conj") return find_subject(doc, head, depth + 1);
  if (token.dep == "xcomp" || token.dep == "oprd") return controller(doc, verb, depth);
  if (token.dep == "relcl")
    return Subject{named_by(doc, relative_antecedent(doc, verb)), false, true};
  if (token.dep == "acl" || token.dep == "amod") {
    if (token.tag == "VB") return subject_of_noun(doc, head, depth);
    return Subject{head, token.tag == "VBN", true};
  }
  if (token.dep == "pcomp") {
    const std::uint32_t outer = doc[head].head;
    if (outer == head) return std::nullopt;
    if (is_nominal(doc[outer])) return subject_of_noun(doc, outer, depth);
    return find_subject(doc, outer, depth + 1);
  }
  const bool clause = token.dep == "advcl" || token.dep == "ccomp";
  const bool reduced = token.dep == "advcl" && !child(doc, verb, "mark");
  if (clause && (is_infinitive_or_participle(token) || reduced) && is_verbal(doc[head]))
    return find_subject(doc, head, depth + 1);
  return std::nullopt;
}

std::optional<Subject> find_subject(const Doc& doc, std::uint32_t verb, int depth) {
  if (depth > kMaxDepth) return std::nullopt;
  if (const auto own = subject_token(doc, verb)) {
    const bool passive = doc[*own].dep == "nsubjpass" || doc[doc[*own].head].dep == "auxpass";
    return Subject{antecedent(doc, *own), passive, false};
  }
  auto found = inherited_subject(doc, verb, depth);
  if (!found) return std::nullopt;
  const Token& token = doc[verb];
  found->inherited = true;
  if (token.dep == "acl" || token.dep == "amod") return found;
  const bool shares_auxiliary = token.dep == "conj" && token.tag == "VBN" &&
                                !child(doc, verb, "aux") && is_passive(doc, token.head);
  const bool bare_participle =
      token.tag == "VBN" && token.dep == "advcl" && !child(doc, verb, "aux");
  found->patient = is_passive(doc, verb) || shares_auxiliary || bare_participle;
  return found;
}

}  // namespace

bool is_verbal(const Token& token) { return token.pos == "VERB" || token.pos == "AUX"; }

bool is_nominal(const Token& token) {
  return token.pos == "NOUN" || token.pos == "PROPN" || token.pos == "PRON" || token.pos == "NUM";
}

std::optional<std::uint32_t> subject_token(const Doc& doc, std::uint32_t verb) {
  for (const std::string_view dep : {"nsubj", "nsubjpass"})
    if (const auto own = child(doc, verb, dep)) return own;
  for (const std::uint32_t aux : doc.children(verb))  // "; they were married", hung on "were"
    if (doc[aux].dep == "auxpass" || doc[aux].dep == "aux")
      if (const auto own = child(doc, aux, "nsubj")) return own;
  return std::nullopt;
}

std::optional<std::uint32_t> child(const Doc& doc, std::uint32_t token, std::string_view dep) {
  for (const std::uint32_t c : doc.children(token))
    if (doc[c].dep == dep) return c;
  return std::nullopt;
}

std::optional<std::uint32_t> hearsay_of(const Doc& doc, std::uint32_t verb) {
  for (int i = 0; i < kMaxDepth && doc[verb].dep == "conj"; ++i) verb = doc[verb].head;
  const std::uint32_t noun = doc[verb].head;
  if ((doc[verb].dep != "acl" && doc[verb].dep != "ccomp") || noun >= verb ||
      doc[noun].pos != "NOUN" || !Lexicon::get().in("hearsay", doc[noun].lemma))
    return std::nullopt;
  const auto mark = child(doc, verb, "mark");
  return mark && doc[*mark].lower == "that" ? std::optional(noun) : std::nullopt;
}

bool is_passive(const Doc& doc, std::uint32_t verb) {
  return child(doc, verb, "auxpass") || child(doc, verb, "nsubjpass");
}

std::uint32_t antecedent(const Doc& doc, std::uint32_t token) {
  const Token& pronoun = doc[token];
  if (pronoun.tag != "WDT" && pronoun.tag != "WP" && pronoun.tag != "WP$") return token;
  std::uint32_t clause = pronoun.head;
  for (int i = 0; i < kMaxDepth && doc[clause].head != clause; ++i) {
    if (doc[clause].dep == "relcl") return named_by(doc, relative_antecedent(doc, clause));
    clause = doc[clause].head;
  }
  return token;
}

std::optional<Subject> subject_of(const Doc& doc, std::uint32_t verb) {
  return find_subject(doc, verb, 0);
}

std::vector<std::uint32_t> coordinated(const Doc& doc, std::uint32_t token) {
  std::vector<std::uint32_t> all{token};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const std::uint32_t c : doc.children(all[i]))
      if (doc[c].dep == "conj" && is_nominal(doc[c])) all.push_back(c);
  std::sort(all.begin(), all.end());
  return all;
}

TokenSpan left_phrase(const Doc& doc, std::uint32_t head) {
  std::uint32_t begin = head;
  for (const std::uint32_t c : doc.children(head)) {
    if (c >= head) break;
    const std::string_view dep = doc[c].dep;
    if (dep == "punct" || dep == "cc" || dep == "preconj") continue;
    begin = std::min(begin, doc[c].subtree.begin);
  }
  return {begin, head + 1};
}

}  // namespace dateline::events
