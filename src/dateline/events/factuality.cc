#include "dateline/events/factuality.h"

#include <algorithm>

#include "dateline/events/lexicon.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

constexpr int kMaxDepth = 6;

bool in(std::string_view set, std::string_view word) { return Lexicon::get().in(set, word); }

bool has_no_determiner(const Doc& doc, std::uint32_t noun) {
  for (const std::uint32_t c : doc.children(noun))
    if (doc[c].dep == "det" && (doc[c].lower == "no" || doc[c].lower == "neither")) return true;
  return false;
}

// "yet to hear": the verb has not happened.
bool is_yet_to(const Doc& doc, std::uint32_t verb) {
  return verb >= 2 && doc[verb - 1].lower == "to" && doc[verb - 2].lower == "yet";
}

// A negator among the word's own children, or around it.
bool negated_itself(const Doc& doc, std::uint32_t token) {
  for (const std::uint32_t c : doc.children(token)) {
    const Token& part = doc[c];
    if (part.dep == "neg" || ((part.dep == "advmod" || part.dep == "preconj") &&
                              (in("negator", part.lower) || in("near_negator", part.lower))))
      return true;
    const bool argument =
        part.dep == "nsubj" || part.dep == "nsubjpass" || part.dep == "dobj" || part.dep == "attr";
    if (argument && (in("nobody", part.lower) || has_no_determiner(doc, c))) return true;
  }
  const Token& word = doc[token];
  const Token& head = doc[word.head];
  if (word.dep == "pcomp" && (head.lower == "without" || head.lower == "instead")) return true;
  return !is_verbal(word) ? has_no_determiner(doc, token) : is_yet_to(doc, token);
}

bool is_complement(const Token& token) {
  return token.dep == "xcomp" || token.dep == "ccomp" || token.dep == "acl" ||
         token.dep == "pcomp" || token.dep == "oprd";
}

// The word whose complement this is: over "from" in "stopped from going", over "and".
std::optional<std::uint32_t> governor_of(const Doc& doc, std::uint32_t token) {
  const Token& word = doc[token];
  if (word.head == token || !is_complement(word)) return std::nullopt;
  if (word.dep != "pcomp") return word.head;
  const std::uint32_t preposition = word.head;
  return doc[preposition].head == preposition ? std::nullopt : std::optional(doc[preposition].head);
}

Polarity flipped(Polarity polarity) {
  return polarity == Polarity::kPositive ? Polarity::kNegative : Polarity::kPositive;
}

// "Denied reports that she had been fired".
bool is_denied_hearsay(const Doc& doc, std::uint32_t verb) {
  const auto noun = hearsay_of(doc, verb);
  return noun && doc[*noun].dep == "dobj" && in("denies", doc[doc[*noun].head].lemma) &&
         !negated_itself(doc, doc[*noun].head);
}

// A later verb of a coordination without subject and auxiliary shares the first one's negation.
std::uint32_t head_of_coordination(const Doc& doc, std::uint32_t token) {
  for (int i = 0; i < kMaxDepth; ++i) {
    const Token& word = doc[token];
    if (word.dep != "conj" || word.head == token || child(doc, token, "nsubj") ||
        child(doc, token, "aux") || child(doc, token, "nsubjpass") || word.tag == "VBD" ||
        word.tag == "VBZ")
      return token;
    token = word.head;
  }
  return token;
}

Polarity polarity_of(const Doc& doc, std::uint32_t token, int depth = 0) {
  const std::uint32_t first = is_verbal(doc[token]) ? head_of_coordination(doc, token) : token;
  Polarity polarity = negated_itself(doc, token) || negated_itself(doc, first)
                          ? Polarity::kNegative
                          : Polarity::kPositive;
  const Token& word = doc[first];
  if (word.dep == "acomp" && word.head != first && negated_itself(doc, word.head))
    polarity = flipped(polarity);  // "was not able"
  const auto governor = governor_of(doc, first);
  if (!governor || depth > kMaxDepth) return polarity;
  const std::string_view lemma = doc[*governor].lemma;
  const Polarity outer = polarity_of(doc, *governor, depth + 1);
  if (in("fails", lemma) && doc[first].tag != "VBN")
    return outer == Polarity::kPositive ? flipped(polarity) : polarity;
  if (in("transparent", lemma) && outer == Polarity::kNegative) return flipped(polarity);
  if (in("unlikely", lemma) && outer == Polarity::kPositive) return flipped(polarity);
  if (is_denied_hearsay(doc, first)) return flipped(polarity);
  return polarity;
}

Certainty weaker(Certainty a, Certainty b) { return std::max(a, b); }

Certainty by_own_words(const Doc& doc, std::uint32_t token) {
  Certainty certainty = Certainty::kCertain;
  for (const std::uint32_t c : doc.children(token)) {
    const Token& part = doc[c];
    if (part.dep == "aux" && in("possible_modal", part.lower) &&
        !(in("able_modal", part.lower) && negated_itself(doc, token)))  // "cannot": it does not
      return Certainty::kPossible;
    if (part.dep == "aux" && in("probable_modal", part.lower))
      certainty = weaker(certainty, Certainty::kProbable);
    if (part.dep == "mark" && (part.lower == "if" || part.lower == "unless" ||
                               part.lower == "whether" || part.lower == "until"))
      return Certainty::kPossible;
    if (part.dep != "advmod" && part.dep != "amod") continue;
    if (in("possible_adverb", part.lower)) return Certainty::kPossible;
    if (in("probable_adverb", part.lower)) certainty = weaker(certainty, Certainty::kProbable);
  }
  return certainty;
}

Certainty by_governor(std::string_view lemma) {
  if (in("possible_governor", lemma)) return Certainty::kPossible;
  if (in("probable_governor", lemma) || in("unlikely", lemma)) return Certainty::kProbable;
  return Certainty::kCertain;
}

bool is_question(const Doc& doc, std::uint32_t token) {
  const Token& word = doc[token];
  if (word.dep != "ROOT") return false;
  const TokenSpan sentence = doc.sentences()[word.sentence];
  for (std::uint32_t i = sentence.end; i > sentence.begin && i + 3 > sentence.end; --i)
    if (doc[i - 1].text == "?") return true;
  return false;
}

// "left to find work", "a way to find it": aimed at, not told.
Certainty by_aim(const Doc& doc, std::uint32_t token) {
  const Token& word = doc[token];
  if (word.tag != "VB" || (word.dep != "advcl" && word.dep != "acl")) return Certainty::kCertain;
  for (const std::uint32_t c : doc.children(token))
    if (doc[c].dep == "aux" && doc[c].lower == "to")
      return word.dep == "acl" ? Certainty::kPossible : Certainty::kProbable;
  return Certainty::kCertain;
}

Certainty certainty_of(const Doc& doc, std::uint32_t token, int depth = 0) {
  Certainty certainty = by_own_words(doc, token);
  if (is_question(doc, token)) certainty = Certainty::kPossible;
  if (hearsay_of(doc, token) && !is_denied_hearsay(doc, token)) return Certainty::kPossible;
  if (depth > kMaxDepth || doc[token].head == token) return certainty;
  const Token& word = doc[token];
  if (word.dep == "conj" && is_verbal(word))
    return weaker(certainty, certainty_of(doc, word.head, depth + 1));
  if (word.dep == "dobj" && is_verbal(doc[word.head]))  // "plans to open an inquiry"
    return weaker(certainty, certainty_of(doc, word.head, depth + 1));
  if (const auto governor = governor_of(doc, token)) {
    const Certainty given = word.dep == "acl" && word.tag == "VBN"
                                ? Certainty::kCertain  // "an offer made by": of itself
                                : by_governor(doc[*governor].lemma);
    certainty = weaker(certainty, given != Certainty::kCertain ? given : by_aim(doc, token));
    const bool clause = word.dep == "xcomp" || word.dep == "pcomp" || word.dep == "acl";
    if (clause) certainty = weaker(certainty, certainty_of(doc, *governor, depth + 1));
  } else {
    certainty = weaker(certainty, by_aim(doc, token));
  }
  return certainty;
}

Tense tense_of_tag(std::string_view tag) {
  if (tag == "VBD") return Tense::kPast;
  if (tag == "VBZ" || tag == "VBP") return Tense::kPresent;
  return Tense::kNone;
}

void set_tense(const Doc& doc, std::uint32_t verb, Factuality& out) {
  const std::uint32_t first = child(doc, verb, "aux") || child(doc, verb, "auxpass")
                                  ? verb
                                  : head_of_coordination(doc, verb);
  bool found = false;
  for (const std::uint32_t c : doc.children(first)) {
    const Token& part = doc[c];
    if (part.dep != "aux" && part.dep != "auxpass") continue;
    if (part.lemma == "have") out.perfect = true;
    if (part.lower == "to") return;
    if (found) continue;
    found = true;
    if (part.tag == "MD")
      out.tense = part.lower == "will" || part.lower == "'ll" || part.lower == "’ll" ||
                          part.lower == "shall" || part.lower == "wo" || part.lower == "would"
                      ? Tense::kFuture
                      : Tense::kPresent;
    else
      out.tense = tense_of_tag(part.tag);
  }
  if (!found) out.tense = tense_of_tag(doc[verb].tag);
}

}  // namespace

Factuality factuality_of(const Doc& doc, const Trigger& trigger) {
  Factuality out;
  out.polarity = polarity_of(doc, trigger.token);
  out.certainty = certainty_of(doc, trigger.token);
  if (trigger.verbal) set_tense(doc, trigger.token, out);
  return out;
}

}  // namespace dateline::events
