#include "dateline/attributions/repair.h"

#include <algorithm>

#include "dateline/attributions/frames.h"
#include "dateline/attributions/lexicon.h"

namespace dateline::attributions {
namespace {

// The verb or noun that says; of "was heard telling" the second.
std::uint32_t cue_head(const Doc& doc, const Candidate& candidate) {
  const TokenSpan cue = candidate.cue.front();
  const std::uint32_t head = doc.head_of(cue);
  if (doc[head].lemma == "hear" || doc[head].lemma == "overhear")
    for (std::uint32_t i = head + 1; i < cue.end; ++i)
      if (doc[i].tag == "VBG" && doc[i].head == head && cue_class(doc[i].lemma)) return i;
  return head;
}

template <class Test>
bool any_in(const std::vector<TokenSpan>& spans, Test test) {
  return std::ranges::any_of(spans, [&](TokenSpan span) {
    for (std::uint32_t i = span.begin; i < span.end; ++i)
      if (test(i)) return true;
    return false;
  });
}

bool holds(const std::vector<TokenSpan>& spans, std::uint32_t token) {
  return std::ranges::any_of(spans, [&](TokenSpan span) { return span.contains(token); });
}

// "was told", "has been hit with claims of"; not "was quoted as saying", nor what people are by
// themselves ("is convinced").
bool is_said_to_subject(const Doc& doc, const Candidate& candidate, std::uint32_t verb) {
  const bool says = any_in(candidate.cue, [&](std::uint32_t i) {
    return i != verb && doc[i].pos == "VERB" && cue_class(doc[i].lemma);
  });
  if (says) return false;
  if (cue_class(doc[verb].lemma)) return true;
  return any_in(candidate.cue, [&](std::uint32_t i) { return i > verb && doc[i].pos == "NOUN"; });
}

// By the tree (also "Ada" of "Ada Grey"), or where the tree gives the verb no subject: by its
// place.
bool is_subject_of_passive(const Doc& doc, const Candidate& candidate, std::uint32_t verb) {
  const Token* name = &doc[*candidate.source_head];
  if (name->dep == "compound") name = &doc[name->head];
  const Token& source = *name;
  if (source.dep == "nsubjpass" && source.head == verb) return true;
  if (doc[verb].lemma == "ask" && doc[verb].dep == "acl" && doc[verb].tag != "VBG" &&
      doc[verb].head == *candidate.source_head)
    return true;  // "Ms Grey, asked about the pier"
  return child_with(doc, verb, "auxpass") && !child_with(doc, verb, "nsubjpass") &&
         candidate.source.back().end == candidate.cue.front().begin;
}

void set_source(const Doc& doc, Candidate& candidate, std::optional<std::uint32_t> head) {
  candidate.source.clear();
  candidate.source_head = head;
  if (!head) return;
  std::vector<TokenSpan> source = {source_phrase(doc, *head, candidate.cue.front())};
  for (const TokenSpan part : candidate.cue) source = without(doc, source, part);
  for (const TokenSpan part : candidate.content) source = without(doc, source, part);
  candidate.source = std::move(source);
  if (candidate.source.empty()) candidate.source_head.reset();
}

bool is_modifier(const Token& token) {
  return token.dep == "amod" || token.dep == "nummod" || token.dep == "det" ||
         token.dep == "poss" || token.dep == "compound";
}

// "Small" of "Small groups of protesters".
void widen_source(const Doc& doc, Candidate& candidate) {
  std::uint32_t head = *candidate.source_head;
  if (!is_modifier(doc[head])) return;
  const std::uint32_t noun = doc[head].head;
  if (noun < head || holds(candidate.cue, noun) || holds(candidate.content, noun)) return;
  if (doc[noun].pos != "NOUN" && doc[noun].pos != "PROPN") return;
  std::uint32_t end = noun + 1;
  if (end < doc.size() && doc[end].lower == "of" && doc[end].head == noun) {
    const TokenSpan of = doc[end].subtree;
    while (end < of.end && doc[end].text != "," && !holds(candidate.cue, end)) ++end;
  }
  candidate.source = {{candidate.source.front().begin, end}};
  candidate.source_head = noun;
}

// "a neighbour, who did not want to be" is read on to the verb: "… named".
void finish_source(const Doc& doc, Candidate& candidate) {
  TokenSpan& span = candidate.source.back();
  const Token& last = doc[span.end - 1];
  const bool open =
      last.dep == "aux" || last.dep == "auxpass" || last.dep == "prep" || is_modifier(last);
  const std::uint32_t end =
      std::min(doc[*candidate.source_head].subtree.end, candidate.cue.front().begin);
  if (!open || last.head < span.end || last.head >= end) return;
  for (std::uint32_t i = span.end; i < end; ++i)
    if (holds(candidate.content, i) || is_break(doc[i])) return;
  span = trim(doc, {span.begin, end});
}

// "Tilda said to the clerk": the hearer behind the verb is no part of who says.
void drop_hearer(Candidate& candidate) {
  if (candidate.source.size() < 2 || candidate.source.front().end > candidate.cue.front().begin)
    return;
  std::erase_if(candidate.source,
                [&](TokenSpan part) { return part.begin >= candidate.cue.front().end; });
}

// Whether the finite verb belongs to a relative clause or the like of the span.
bool is_within_clause(const Doc& doc, TokenSpan span, std::uint32_t verb) {
  constexpr int kDepth = 20;
  for (int i = 0; i < kDepth && span.contains(verb); ++i) {
    if (doc[verb].dep == "relcl" || doc[verb].dep == "acl") return true;
    if (doc[verb].head == verb) return false;
    verb = doc[verb].head;
  }
  return false;
}

// "Tilda left early and Ada Grey, the clerk, said": of two clauses only who says it is the source.
void narrow_source(const Doc& doc, Candidate& candidate, std::uint32_t cue) {
  const bool has_clause = any_in(candidate.source, [&](std::uint32_t i) {
    const bool finite = doc[i].tag == "VBD" || doc[i].tag == "VBZ" || doc[i].tag == "VBP";
    return finite && !is_within_clause(doc, candidate.source.front(), i);
  });
  if (!has_clause) return;
  const auto teller = teller_of(doc, cue);
  if (teller && holds(candidate.source, *teller)) set_source(doc, candidate, teller);
}

bool is_seeming(std::string_view lemma) { return lemma == "seem" || lemma == "appear"; }

bool is_taken(const Candidate& candidate, std::uint32_t token) {
  return holds(candidate.cue, token) || holds(candidate.source, token);
}

// One word of the clause that nobody else claims.
bool is_gap(const Doc& doc, const Candidate& candidate, TokenSpan gap) {
  return gap.size() == 1 && !is_taken(candidate, gap.begin) && doc[gap.begin].pos != "PUNCT" &&
         doc[gap.begin].pos != "SPACE" && !doc[gap.begin].sentence_start;
}

// Where the phrase that the token `last` opens ends: at its noun, or with what a preposition takes;
// `last` where it opens none.
std::uint32_t phrase_end(const Doc& doc, std::uint32_t last) {
  const Token& token = doc[last];
  if (is_modifier(token) || token.dep == "quantmod") return token.head;
  if (token.dep != "prep") return last;
  const auto object = child_with(doc, last, "pobj");
  return object ? doc[*object].subtree.end - 1 : last;
}

// "to form a" is widened to "to form a task force", "the price of" to "the price of bread".
void finish_phrase(const Doc& doc, const Candidate& candidate, std::uint32_t limit,
                   TokenSpan& span) {
  constexpr std::uint32_t kWords = 6;
  const std::uint32_t last = span.end - 1, end = phrase_end(doc, last);
  if (end < span.end || end >= limit || end - last > kWords) return;
  for (std::uint32_t i = span.end; i <= end; ++i)
    if (is_taken(candidate, i) || doc[i].pos == "PUNCT" || doc[i].pos == "SPACE") return;
  span.end = end + 1;
}

// "that it rained and": what the word joins is no part of it.
void drop_joint(const Doc& doc, TokenSpan& span) {
  constexpr std::uint32_t kLeast = 3;
  while (span.size() > kLeast && (doc[span.end - 1].dep == "cc" || doc[span.end - 1].dep == "mark"))
    --span.end;
}

// "told me, “…”", "confirmed the news in a post: “…”": hearer and object before the quotation are
// no part of it.
void drop_before_quotation(const Doc& doc, std::vector<TokenSpan>& content) {
  constexpr std::uint32_t kWords = 3;
  if (content.size() < 2 || content.front().size() > kWords) return;
  const std::string_view mark = doc[content[1].begin].text;
  if (mark != "“" && mark != "\"" && mark != "‘" && mark != "'") return;
  const bool speaks = any_in({content.front()}, [&](std::uint32_t i) {
    return doc[i].pos == "VERB" || doc[i].pos == "AUX" || doc[i].pos == "PUNCT";
  });
  if (!speaks) content.erase(content.begin());
}

// "The boat sank after it hit a rock, two sailors said": all that the tree gives to the verb from
// the beginning of the sentence to the comma, where only a part of it was read.
void widen_inverted(const Doc& doc, Candidate& candidate) {
  if (candidate.source.empty() || candidate.content.size() != 1) return;
  const std::uint32_t verb = cue_head(doc, candidate);
  const auto clause = child_with(doc, verb, "ccomp");
  TokenSpan& read = candidate.content.front();
  const std::uint32_t source = candidate.source.front().begin;
  if (!clause || cue_class(doc[verb].lemma) != CueClass::kSay || source > verb || source == 0 ||
      doc[source - 1].text != ",")
    return;
  const TokenSpan whole = trim(doc, doc[*clause].subtree);
  if (!doc[whole.begin].sentence_start || whole.end + 1 < source || whole.end > source) return;
  if (read.begin < whole.begin || read.end > whole.end) return;
  for (std::uint32_t i = whole.begin; i < whole.end; ++i)
    if (is_break(doc[i])) return;
  read = whole;
}

bool is_quiet(const Token& token) { return token.pos == "PUNCT" || token.pos == "SPACE"; }

// "told this newspaper he would go": the hearer before the clause is no part of it, nor is what
// stands before its "that".
void drop_before_clause(const Doc& doc, const Candidate& candidate,
                        std::vector<TokenSpan>& content) {
  const std::uint32_t verb = cue_head(doc, candidate);
  const auto clause = child_with(doc, verb, "ccomp");
  if (!clause || *clause < verb || content.front().begin <= verb) return;
  std::uint32_t begin = doc[*clause].subtree.begin;
  const bool that = doc[begin].lower == "that";
  if (begin > 0 && doc[begin - 1].tag == "``") --begin;
  if (begin <= content.front().begin || !holds(content, begin)) return;
  for (std::uint32_t i = content.front().begin; i < begin; ++i) {
    if (!holds(content, i) || is_quiet(doc[i])) continue;
    if (doc[i].tag == "VB" || doc[i].tag == "VBD" || doc[i].tag == "VBZ") return;
    std::uint32_t top = i;
    for (int steps = 0; steps < 20 && doc[top].head != verb; ++steps) top = doc[top].head;
    const Token& part = doc[top];
    const bool hearer = part.dep == "dobj" || part.dep == "dative" || part.lower == "to";
    if (!hearer && !that) return;
  }
  if (!that && content.front().end <= begin) return;
  std::erase_if(content, [&](TokenSpan span) { return span.end <= begin; });
  content.front().begin = std::max(content.front().begin, begin);
}

// "…, on May 2, the singer announced." of which only the comma or the number was read: what stands
// before it in its sentence and line is the content, too.
void find_content(const Doc& doc, Candidate& candidate) {
  const bool has_words = any_in(candidate.content, [&](std::uint32_t i) {
    return doc[i].pos != "PUNCT" && doc[i].pos != "SPACE" && doc[i].pos != "NUM";
  });
  if (has_words) return;
  TokenSpan read = candidate.content.front();
  const auto goes_on = [&](std::uint32_t i) {
    return !is_taken(candidate, i) && doc[i].sentence == doc[read.end - 1].sentence &&
           !is_break(doc[i]);
  };
  while (read.begin > 0 && goes_on(read.begin - 1)) --read.begin;
  candidate.content = without(doc, {trim(doc, read)}, {});
}

// "was praised by Ms Grey": who does it is no part of what is said.
bool take_agent(const Doc& doc, Candidate& candidate, std::uint32_t verb) {
  const auto by = child_with(doc, verb, "agent");
  const auto agent = by ? child_with(doc, *by, "pobj") : std::nullopt;
  if (!agent || doc[verb].tag != "VBN") return false;
  std::vector<TokenSpan> rest = without(doc, candidate.content, doc[*by].subtree);
  if (rest.empty()) return false;
  candidate.content = std::move(rest);
  set_source(doc, candidate, agent);
  return true;
}

// "was called “the best of all” by the critic Arthur Bly": the tree gives the agent to the quoted
// noun.
bool take_agent_behind(const Doc& doc, Candidate& candidate, std::uint32_t verb) {
  if (doc[verb].tag != "VBN") return false;
  for (const TokenSpan span : candidate.content)
    for (std::uint32_t i = std::max(span.begin, verb) + 1; i < span.end; ++i) {
      if (doc[i].lower != "by" || doc[i - 1].tag != "''") continue;
      const auto agent = child_with(doc, i, "pobj");
      if (!agent || *agent >= span.end) continue;
      candidate.content = without(doc, candidate.content, {i, doc[*agent].subtree.end});
      set_source(doc, candidate, agent);
      return true;
    }
  return false;
}

bool has_predicate(const Doc& doc, const Candidate& candidate) {
  return any_in(candidate.content,
                [&](std::uint32_t i) { return doc[i].pos == "VERB" || doc[i].pos == "AUX"; });
}

// "to a request for comment on the claim that it sank", "a story that lasted a winter": no clause,
// whatever is told of the thing.
bool is_thing(const Doc& doc, const Candidate& candidate) {
  const TokenSpan first = candidate.content.front();
  std::uint32_t head = doc.head_of(first);
  if (doc[head].dep == "prep")
    if (const auto object = child_with(doc, head, "pobj")) head = *object;
  const bool quoted = any_in({first}, [&](std::uint32_t i) { return doc[i].tag == "``"; });
  return doc[head].pos == "NOUN" && !is_cue_noun(doc[head].lemma) && !quoted &&
         candidate.content.size() == 1;
}

// "did not respond to a request", "would not comment on it": nothing is said.
bool is_silence(const Doc& doc, std::uint32_t verb) {
  static constexpr std::string_view kAnswers[] = {"respond", "reply", "answer", "comment"};
  return child_with(doc, verb, "neg") &&
         std::ranges::find(kAnswers, doc[verb].lemma) != std::end(kAnswers);
}

// "asked not to be named", "requested anonymity": how somebody speaks, not what he says.
bool hides_name(const Doc& doc, const Candidate& candidate) {
  constexpr std::uint32_t kWords = 5;
  const TokenSpan span = candidate.content.front();
  for (std::uint32_t i = span.begin; i < std::min(span.end, span.begin + kWords); ++i) {
    if (doc[i].lemma == "anonymity") return true;
    const bool named = doc[i].lower == "named" || doc[i].lower == "identified";
    if (named && i > span.begin && doc[i - 1].lower == "be" &&
        doc[doc[i - 1].head].lower == doc[i].lower)
      return i < span.begin + 4 &&
             (doc[span.begin].lower == "not" || doc[span.begin].lower == "to");
  }
  return false;
}

// The source that the reading left out.
void find_source(const Doc& doc, Candidate& candidate) {
  const std::uint32_t cue = cue_head(doc, candidate);
  if (take_agent(doc, candidate, cue) || take_agent_behind(doc, candidate, cue)) return;
  std::optional<std::uint32_t> head;
  if (doc[cue].pos == "VERB" && !is_seeming(doc[cue].lemma)) head = teller_of(doc, cue);
  if (!head && doc[cue].pos == "NOUN") head = child_with(doc, cue, "poss");
  if (head && holds(candidate.content, *head)) {  // "she" of "she was heard telling"
    const std::vector<TokenSpan> rest = without(doc, candidate.content, doc[*head].subtree);
    if (candidate.content.size() > 1 && !rest.empty()) candidate.content = rest;
  }
  if (!head || holds(candidate.content, *head) || holds(candidate.cue, *head)) return;
  for (std::uint32_t i = std::min(*head, cue); i < std::max(*head, cue); ++i)
    if ((doc[i].tag == "``" || doc[i].tag == "''") && !holds(candidate.content, i))
      return;  // another speaks there
  set_source(doc, candidate, head);
}

// The closing mark of the quotation before, read with the opening one: " "The pier …".
bool is_doubled(const Doc& doc, std::uint32_t mark) {
  const std::string_view text = doc[mark].text;
  return (text == "\"" || text == "”") && mark + 1 < doc.size() &&
         (doc[mark + 1].text == "\"" || doc[mark + 1].text == "“");
}

}  // namespace

void repair_source(const Doc& doc, Candidate& candidate) {
  if (candidate.cue.empty()) return;
  if (candidate.source_head && holds(candidate.content, *candidate.source_head))
    set_source(doc, candidate, std::nullopt);
  if (!candidate.source_head) return find_source(doc, candidate);
  const std::uint32_t verb = cue_head(doc, candidate);
  if (is_subject_of_passive(doc, candidate, verb) && is_said_to_subject(doc, candidate, verb)) {
    const auto agent = child_with(doc, verb, "agent");
    const Token& subject = doc[*candidate.source_head];
    if (subject.dep == "compound") {  // the rest of its name
      std::vector<TokenSpan> rest = without(doc, candidate.content, doc[subject.head].subtree);
      if (!rest.empty()) candidate.content = std::move(rest);
    }
    return set_source(doc, candidate, agent ? child_with(doc, *agent, "pobj") : std::nullopt);
  }
  drop_hearer(candidate);
  widen_source(doc, candidate);
  finish_source(doc, candidate);
  narrow_source(doc, candidate, verb);
}

void repair_content(const Doc& doc, Candidate& candidate) {
  if (!candidate.content.empty()) find_content(doc, candidate);
  std::vector<TokenSpan> content;
  for (TokenSpan span : candidate.content) {
    while (span.size() > 1 && (doc[span.begin].text == "," || is_doubled(doc, span.begin)))
      ++span.begin;
    if (!content.empty() && is_gap(doc, candidate, {content.back().end, span.begin})) {
      content.back().end = span.end;
    } else {
      content.push_back(span);
    }
  }
  const auto no_words = [&](TokenSpan span) {
    return std::all_of(doc.tokens().begin() + span.begin, doc.tokens().begin() + span.end,
                       is_quiet);
  };
  if (!std::ranges::all_of(content, no_words)) std::erase_if(content, no_words);
  if (!content.empty() && !candidate.cue.empty()) drop_before_clause(doc, candidate, content);
  for (std::size_t i = 0; i < content.size(); ++i) {
    const std::uint32_t limit = i + 1 < content.size() ? content[i + 1].begin : doc.size();
    finish_phrase(doc, candidate, limit, content[i]);
    drop_joint(doc, content[i]);
  }
  drop_before_quotation(doc, content);
  candidate.content = std::move(content);
  if (!candidate.cue.empty()) widen_inverted(doc, candidate);
}

bool is_readable(const Doc& doc, const Candidate& candidate) {
  if (candidate.content.empty()) return false;
  if (candidate.cue.empty()) return true;
  const std::uint32_t verb = cue_head(doc, candidate);
  if (candidate.source_head && doc[*candidate.source_head].lower == "you") return false;
  if (is_idiom(doc, verb, candidate.content.front())) return false;
  if (hides_name(doc, candidate)) return false;
  if (doc[verb].lemma == "ask" && !candidate.source_head && !has_predicate(doc, candidate))
    return false;  // "asked about the pier, she said"
  const bool apology = doc[verb].lemma == "apologise" || doc[verb].lemma == "apologize";
  const std::uint32_t before = candidate.content.front().begin;
  if (apology && before > 0 && doc[before - 1].lower == "to" && !has_predicate(doc, candidate))
    return false;  // "to the fans": who hears it
  if (is_silence(doc, verb) && (!has_predicate(doc, candidate) || is_thing(doc, candidate)))
    return false;
  if (candidate.source_head && is_seeming(doc[verb].lemma) &&
      doc[*candidate.source_head].head == verb) {
    const bool says = any_in(candidate.cue, [&](std::uint32_t i) {
      return i > verb && doc[i].pos == "VERB" && cue_class(doc[i].lemma);
    });
    if (!says) return false;
  }
  const std::uint32_t head = doc.head_of(candidate.content.front());
  const std::uint32_t noun = doc[head].head;
  return doc[head].dep != "relcl" || holds(candidate.content, noun) || holds(candidate.cue, noun);
}

bool tells_clause(const Doc& doc, const Candidate& candidate) {
  return has_predicate(doc, candidate) && !is_thing(doc, candidate);
}

bool is_worth_nesting(const Doc& doc, const Candidate& candidate) {
  if (!tells_clause(doc, candidate)) return false;
  if (candidate.source_head && is_anyone(doc, *candidate.source_head)) return false;
  const auto says = [&](CueClass known) {
    return any_in(candidate.cue, [&](std::uint32_t i) { return cue_class(doc[i].lemma) == known; });
  };
  if (says(CueClass::kSay)) return true;
  return says(CueClass::kThink) && doc[candidate.content.front().begin].tag != "TO";
}

}  // namespace dateline::attributions
