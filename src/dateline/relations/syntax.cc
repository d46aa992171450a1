#include "dateline/relations/syntax.h"

#include <algorithm>

#include "dateline/language/relative.h"
#include "dateline/relations/lexicon.h"

namespace dateline::relations {
namespace {

constexpr int kMaxDepth = 6;

void append(TokenList& to, const TokenList& from) {
  for (const std::uint32_t token : from)
    if (std::ranges::find(to, token) == to.end()) to.push_back(token);
}

TokenList expand(const Doc& doc, const TokenList& tokens) {
  TokenList out;
  for (const std::uint32_t token : tokens) append(out, with_conjuncts(doc, token));
  return out;
}

TokenList resolve_relatives(const Doc& doc, std::uint32_t verb, TokenList tokens) {
  for (std::uint32_t& token : tokens) {
    if (!is_relative(doc, token)) continue;
    if (doc[verb].dep == "relcl") token = relative_antecedent(doc, verb);
  }
  return tokens;
}

TokenList subjects_within(const Doc& doc, std::uint32_t verb, int depth) {
  const TokenList own = children(doc, verb, "nsubj|nsubjpass");
  if (!own.empty()) return resolve_relatives(doc, verb, own);
  if (depth == 0 || doc[verb].head == verb) return {};
  const std::string_view dep = doc[verb].dep;
  const std::uint32_t head = doc[verb].head;
  if (dep == "relcl" || dep == "acl") return {head};
  if (dep == "xcomp" || dep == "ccomp") {
    if (doc[verb].tag != "VB" && doc[verb].tag != "VBG" && dep == "ccomp") return {};
    const TokenList objects = children(doc, head, "dobj");
    return objects.empty() ? subjects_within(doc, head, depth - 1) : objects;
  }
  if (dep == "acomp") return subjects_within(doc, head, depth - 1);
  if (one_of(dep, "conj|advcl|pcomp|prep") || (dep == "pobj" && doc[head].dep == "prep"))
    return subjects_within(doc, head, depth - 1);
  return {};
}

bool has_child(const Doc& doc, std::uint32_t token, std::string_view labels,
               std::string_view words) {
  return std::ranges::any_of(children(doc, token, labels), [&](std::uint32_t child) {
    return one_of(doc[child].lower, words) || one_of(doc[child].lemma, words);
  });
}

bool has_hedge(const Doc& doc, std::uint32_t token) {
  return std::ranges::any_of(children(doc, token, "advmod|amod"), [&](std::uint32_t child) {
    return lexicon().sets.in("hedge", doc[child].lower) || in("hedge", doc[child]);
  });
}

// From a verb up through what it is a complement of.
TokenList governors(const Doc& doc, std::uint32_t token) {
  TokenList out;
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const std::uint32_t head = doc[token].head;
    if (head == token ||
        !one_of(doc[token].dep, "xcomp|ccomp|conj|advcl|attr|acomp|prep|pobj|pcomp"))
      break;
    out.push_back(head);
    token = head;
  }
  return out;
}

}  // namespace

bool one_of(std::string_view text, std::string_view list) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    if (list.substr(0, bar) == text) return true;
    if (bar == std::string_view::npos) return false;
    list.remove_prefix(bar + 1);
  }
  return false;
}

bool is_passage(const Doc& doc) { return doc.sentences().size() <= 3; }

bool is_verb(const Doc& doc, std::uint32_t token) {
  return doc[token].pos == "VERB" || doc[token].pos == "AUX";
}

bool is_relative(const Doc& doc, std::uint32_t token) {
  return one_of(doc[token].tag, "WP|WDT|WP$|WRB") &&
         one_of(doc[token].lower, "who|whom|which|that|where|whose") &&
         relative_clause(doc, token).has_value();
}

std::optional<std::uint32_t> relative_clause(const Doc& doc, std::uint32_t token) {
  for (int depth = 0; depth < 5; ++depth) {
    const std::uint32_t head = doc[token].head;
    if (head == token) return std::nullopt;
    if (doc[token].dep == "relcl") return token;
    token = head;
  }
  return doc[token].dep == "relcl" ? std::optional(token) : std::nullopt;
}

TokenList children(const Doc& doc, std::uint32_t token, std::string_view labels) {
  TokenList out;
  for (const std::uint32_t child : doc.children(token))
    if (one_of(doc[child].dep, labels)) out.push_back(child);
  return out;
}

TokenList with_conjuncts(const Doc& doc, std::uint32_t token) {
  TokenList out = {token};
  for (std::size_t i = 0; i < out.size() && out.size() < 32; ++i)
    append(out, children(doc, out[i], "conj"));
  return out;
}

TokenList prepositional(const Doc& doc, std::uint32_t token, std::string_view words) {
  TokenList out;
  for (const std::uint32_t prep : children(doc, token, "prep|agent|dative")) {
    if (!one_of(doc[prep].lower, words)) continue;
    append(out, expand(doc, children(doc, prep, "pobj")));
    for (const std::uint32_t further : children(doc, prep, "conj|prep"))
      if (one_of(doc[further].lower, words))
        append(out, expand(doc, children(doc, further, "pobj")));
  }
  return out;
}

std::uint32_t over_prepositions(const Doc& doc, std::uint32_t token) {
  std::uint32_t head = doc[token].head;
  for (int depth = 0; depth < 4 && doc[head].dep == "prep"; ++depth) head = doc[head].head;
  return head;
}

std::string hyphenated(const Doc& doc, std::uint32_t token) {
  const auto joined = [&](std::uint32_t i) {  // i is a hyphen inside a word
    return i > 0 && i + 1 < doc.size() && doc[i].text == "-" && !doc[i].space_after &&
           !doc[i - 1].space_after;
  };
  std::uint32_t begin = token, end = token + 1;
  while (begin >= 2 && joined(begin - 1)) begin -= 2;
  while (joined(end)) end += 2;
  std::string out;
  for (std::uint32_t i = begin; i < end; ++i) out += doc[i].lower;
  return out;
}

bool is_passive(const Doc& doc, std::uint32_t verb) {
  if (!children(doc, verb, "nsubjpass|auxpass").empty()) return true;
  if (doc[verb].tag != "VBN") return false;
  // A sentence that was cut in two leaves roots labelled "conj".
  if (doc[verb].dep == "conj" && doc[verb].head != verb && is_verb(doc, doc[verb].head) &&
      children(doc, verb, "aux|nsubj").empty())
    return is_passive(doc, doc[verb].head);
  return children(doc, verb, "aux|dobj|nsubj").empty();
}

TokenList subjects(const Doc& doc, std::uint32_t verb) {
  return expand(doc, subjects_within(doc, verb, kMaxDepth));
}

TokenList doers(const Doc& doc, std::uint32_t verb) {
  if (!is_passive(doc, verb)) return subjects(doc, verb);
  return prepositional(doc, verb, "by");
}

TokenList undergoers(const Doc& doc, std::uint32_t verb) {
  if (is_passive(doc, verb)) return subjects(doc, verb);
  TokenList out = expand(doc, children(doc, verb, "dobj"));
  if (out.empty() && doc[verb].dep == "relcl" && !children(doc, verb, "nsubj").empty() &&
      resolve_relatives(doc, verb, children(doc, verb, "nsubj")) == children(doc, verb, "nsubj"))
    out.push_back(doc[verb].head);
  return resolve_relatives(doc, verb, out);
}

bool is_negated(const Doc& doc, std::uint32_t token) {
  if (!children(doc, token, "neg").empty() || has_child(doc, token, "det|preconj", "no|neither"))
    return true;
  if (has_child(doc, token, "advmod", "never")) return true;
  const auto is_conceded = [&](std::uint32_t verb) {
    return std::ranges::any_of(children(doc, verb, "mark|advmod"), [&](std::uint32_t child) {
      return lexicon().sets.in("concession", doc[child].lower);
    });
  };
  bool conceded = is_conceded(token);
  for (const std::uint32_t over : governors(doc, token)) {
    if (conceded) break;
    if (in("denying", doc[over]) && is_verb(doc, over)) return true;
    if (one_of(doc[over].dep, "conj")) break;
    conceded = is_conceded(over);
    if (!children(doc, over, "neg").empty() && !one_of(doc[over].lemma, "know|say|only"))
      return true;
  }
  return false;
}

bool has_ceased(const Doc& doc, std::uint32_t token) {
  for (const std::uint32_t adverb : children(doc, token, "advmod")) {
    if (doc[adverb].lower == "anymore" && is_negated(doc, token)) return true;
    if (doc[adverb].lower != "longer" || adverb == 0) continue;
    if (doc[adverb - 1].lower == "no") return true;
    if (doc[adverb - 1].lower == "any" && is_negated(doc, token)) return true;
  }
  return false;
}

bool is_hedged(const Doc& doc, std::uint32_t token) {
  TokenList line = governors(doc, token);
  line.insert(line.begin(), token);
  for (const std::uint32_t at : line) {
    if (has_child(doc, at, "aux", "may|might|could|would")) return true;
    if (has_hedge(doc, at)) return true;
    if (in("hedging", doc[at]) && is_verb(doc, at)) return true;
    if (has_child(doc, at, "mark", "if|whether|unless")) return true;
  }
  return false;
}

bool is_future(const Doc& doc, std::uint32_t verb) {
  const bool told = doc[verb].dep == "ccomp" && doc[doc[verb].head].tag == "VBD";
  return std::ranges::any_of(children(doc, verb, "aux"), [&](std::uint32_t aux) {
    return one_of(doc[aux].lower, "will|'ll|’ll|shall") || (told && doc[aux].lower == "would");
  });
}

bool is_shifted(const Doc& doc, std::uint32_t verb) {
  return doc[verb].dep == "ccomp" && doc[doc[verb].head].tag == "VBD" &&
         (doc[verb].lower.ends_with("ing") || doc[verb].lemma == "be");
}

bool is_past(const Doc& doc, std::uint32_t token) {
  const auto verb = governing_verb(doc, token);
  if (!verb) return false;
  if (doc[*verb].dep == "xcomp" && doc[doc[*verb].head].lower == "used") return true;
  if (is_shifted(doc, *verb)) return false;
  for (const std::uint32_t aux : children(doc, *verb, "aux|auxpass")) {
    if (one_of(doc[aux].tag, "VBZ|VBP|MD")) return false;
    if (doc[aux].tag == "VBD") return true;
  }
  return doc[*verb].tag == "VBD";
}

std::optional<std::uint32_t> governing_verb(const Doc& doc, std::uint32_t token) {
  for (int depth = 0; depth < 12; ++depth) {
    if (is_verb(doc, token)) return token;
    if (doc[token].head == token) break;
    token = doc[token].head;
  }
  return std::nullopt;
}

}  // namespace dateline::relations
