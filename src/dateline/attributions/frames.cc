#include "dateline/attributions/frames.h"

#include <algorithm>

namespace dateline::attributions {
namespace {

std::optional<std::uint32_t> object_of(const Doc& doc, std::optional<std::uint32_t> preposition) {
  return preposition ? child_with(doc, *preposition, "pobj") : std::nullopt;
}

bool is_hyphen(const Token& token) { return token.text == "-"; }

// The last part of a hyphenated subject whose every part the tree gives to the verb: "co-author".
std::uint32_t end_of_word(const Doc& doc, std::uint32_t part) {
  const auto goes_on = [&](std::uint32_t next) {
    return next < doc.size() && doc[next].head == doc[part].head &&
           doc[next].dep == doc[part].dep && (is_hyphen(doc[next]) || is_hyphen(doc[part]));
  };
  while (goes_on(part + 1)) ++part;
  return part;
}

// “…,” commented another: what stands behind the verb, though the tree takes it for the object.
std::optional<std::uint32_t> inverted_subject(const Doc& doc, std::uint32_t verb) {
  if (verb == 0 || doc[verb - 1].tag != "''" || (doc[verb].tag != "VBD" && doc[verb].tag != "VBZ"))
    return std::nullopt;
  const auto subject = child_with(doc, verb, "nsubj");
  if (subject && *subject > verb) return std::nullopt;
  const auto object = child_with(doc, verb, "dobj");
  return object && doc[*object].subtree.begin == verb + 1 ? object : std::nullopt;
}

// "quoted Ms Grey as saying", "she was heard telling them": who is quoted or heard.
std::optional<std::uint32_t> overheard(const Doc& doc, std::uint32_t verb) {
  static constexpr std::string_view kVerbs[] = {"quote",    "cite", "hear",
                                                "overhear", "see",  "record"};
  if (doc[verb].tag != "VBG") return std::nullopt;
  std::uint32_t by = doc[verb].head;
  if (doc[verb].dep == "pcomp" && doc[by].lower == "as")
    by = doc[by].head;
  else if (doc[verb].dep != "xcomp")
    return std::nullopt;
  if (std::ranges::find(kVerbs, doc[by].lemma) == std::end(kVerbs)) return std::nullopt;
  if (const auto subject = child_with(doc, by, "nsubjpass")) return subject;
  return doc[verb].dep == "pcomp" ? child_with(doc, by, "dobj") : std::nullopt;
}

// The "that" of a clause behind a verb that the tree takes for an adjunct: "reported, citing three
// clerks, that".
std::optional<std::uint32_t> late_that(const Doc& doc, std::uint32_t clause) {
  if (doc[clause].dep != "advcl" || doc[clause].head > clause) return std::nullopt;
  const auto mark = child_with(doc, clause, "mark");
  return mark && doc[*mark].lower == "that" ? mark : std::nullopt;
}

// Who says: the subject, the agent of a passive, the subject shared over "and", the noun that
// "saying" hangs on.
std::optional<std::uint32_t> subject_of(const Doc& doc, std::uint32_t verb, int depth = 0) {
  if (const auto subject = inverted_subject(doc, verb)) return subject;
  if (const auto subject = child_with(doc, verb, "nsubj")) return end_of_word(doc, *subject);
  if (const auto subject = overheard(doc, verb)) return subject;
  const std::string_view tag = doc[verb].tag;
  if (tag == "VBZ" || tag == "VBD" ||
      (tag == "NNS" && doc[verb].dep == "ROOT"))  // "the filing states", read as one name
    if (const auto noun = child_with(doc, verb, "compound"); noun && *noun < verb) return noun;
  if (child_with(doc, verb, "nsubjpass")) return object_of(doc, child_with(doc, verb, "agent"));
  const Token& token = doc[verb];
  if (depth > 2 || token.head == verb) return std::nullopt;
  if (token.dep == "acl" && (token.tag == "VBG" || token.tag == "VBD")) return token.head;
  if (token.dep == "advcl")
    if (const auto object = object_before(doc, verb)) return object;
  const auto that = late_that(doc, token.head);
  if (token.dep == "advcl" && that && verb < *that)  // "reported, citing them, that"
    return subject_of(doc, doc[token.head].head, depth + 1);
  if (token.dep == "conj" || token.dep == "xcomp" || (token.dep == "advcl" && token.tag == "VBG"))
    return subject_of(doc, token.head, depth + 1);
  return std::nullopt;
}

bool joins_cue(const Token& token) {
  return token.dep == "aux" || token.dep == "auxpass" || token.dep == "neg" ||
         (token.dep == "advmod" && token.tag != "WRB") || token.dep == "prt";
}

TokenSpan cue_of(const Doc& doc, std::uint32_t verb) {
  TokenSpan cue{verb, verb + 1};
  const auto mine = [&](std::uint32_t i) { return doc[i].head == verb && joins_cue(doc[i]); };
  while (cue.begin > 0 && mine(cue.begin - 1)) --cue.begin;
  while (cue.end < doc.size() && mine(cue.end) && doc[cue.end].dep == "prt") ++cue.end;
  return cue;
}

TokenSpan line_part(const Doc& doc, TokenSpan span, std::uint32_t inside) {
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    if (!is_break(doc[i])) continue;
    if (i > inside) return {span.begin, i};
    span.begin = i + 1;
  }
  return span;
}

bool takes_infinitive(const Doc& doc, std::uint32_t verb) {
  static constexpr std::string_view kVerbs[] = {"hope",   "promise", "vow",     "want", "plan",
                                                "intend", "refuse",  "decline", "wish", "threaten",
                                                "pledge", "expect",  "agree",   "seek", "swear"};
  return std::ranges::find(kVerbs, doc[verb].lemma) != std::end(kVerbs);
}

bool hears_evidence(std::string_view lemma) {
  static constexpr std::string_view kNouns[] = {
      "court", "jury", "juror", "inquest", "tribunal", "inquiry", "hearing", "judge", "magistrate"};
  return std::ranges::find(kNouns, lemma) != std::end(kNouns);
}

// "It is understood that", "Bell is said to have left", "…, a jury was told": others say so.
bool is_hearsay(const Doc& doc, std::uint32_t verb) {
  const Token& token = doc[verb];
  const auto subject = child_with(doc, verb, "nsubjpass");
  if (token.tag != "VBN" || !subject || child_with(doc, verb, "agent") ||
      child_with(doc, verb, "neg"))
    return false;
  if (token.lemma == "tell") return hears_evidence(doc[*subject].lemma);
  const auto modal = child_with(doc, verb, "aux");  // "can be said to be a failure"
  if (!is_hearsay_verb(token.lemma) || (modal && doc[*modal].tag == "MD")) return false;
  const bool clause = child_with(doc, verb, "ccomp").has_value();
  return clause ? doc[*subject].lower == "it" : child_with(doc, verb, "xcomp").has_value();
}

// "told the clerk to wait": an order, said to somebody.
bool is_order(const Doc& doc, std::uint32_t verb) {
  return cue_class(doc[verb].lemma) == CueClass::kSay &&
         (child_with(doc, verb, "dobj") || child_with(doc, verb, "dative"));
}

std::vector<TokenSpan> content_of(const Doc& doc, std::uint32_t verb, TokenSpan cue,
                                  TokenSpan source) {
  std::optional<TokenSpan> clause;
  std::uint32_t inside = verb;
  for (const std::uint32_t child : doc.children(verb)) {
    const std::string_view dep = doc[child].dep;
    if (dep == "ccomp" || (dep == "xcomp" && (takes_infinitive(doc, verb) || is_order(doc, verb) ||
                                              is_hearsay(doc, verb)))) {
      clause = doc[child].subtree;
      inside = child;
      const auto object = dep == "xcomp" ? child_with(doc, verb, "dobj") : std::nullopt;
      if (object && child_with(doc, child, "auxpass") && *object < child)
        clause->begin = doc[*object].subtree.begin;  // "ordered complaints to be deleted"
      break;
    }
  }
  const auto adjunct = clause ? std::nullopt : child_with(doc, verb, "advcl");
  const auto that = adjunct ? late_that(doc, *adjunct) : std::nullopt;
  if (that && cue_class(doc[verb].lemma) == CueClass::kSay) {
    clause = TokenSpan{*that, doc[*adjunct].subtree.end};
    inside = *adjunct;
  }
  const Token& token = doc[verb];
  if (!clause && token.dep == "parataxis") {
    clause = doc[token.head].subtree;
    inside = token.head;
  }
  if (!clause) return {};
  const TokenSpan part = trim(doc, line_part(doc, *clause, inside));
  const std::vector<TokenSpan> content = without(doc, without(doc, {part}, cue), source);
  const bool bare_word = content.size() == 1 && content.front().size() < 2;  // "nobody knows why"
  if (!content.empty() && is_idiom(doc, verb, content.front())) return {};
  return bare_word ? std::vector<TokenSpan>{} : content;
}

// "The sign reads: “…”", "a message that read, “…”": what is written, not who reads it.
bool is_written(const Doc& doc, std::uint32_t verb) {
  if (doc[verb].lemma != "read") return false;
  const auto subject = subject_of(doc, verb);
  if (!subject) return false;
  const bool relative = doc[*subject].tag == "WDT" && doc[verb].dep == "relcl";
  std::uint32_t text = relative ? doc[verb].head : *subject;
  if (relative && doc[text].dep == "pobj")
    text = doc[doc[text].head].head;  // "from Bell that read"
  return source_noun(doc[text].lemma) == SourceKind::kDocument;
}

// “…,” the insider dishes: a verb of saying, read as the noun of many.
bool is_misread(const Doc& doc, std::uint32_t verb) {
  const Token& token = doc[verb];
  if (token.tag != "NNS" || token.dep != "ROOT" || cue_class(token.lemma) != CueClass::kSay)
    return false;
  const auto children = doc.children(verb);
  const bool quoted = std::ranges::any_of(
      children, [&](std::uint32_t child) { return child < verb && doc[child].tag == "''"; });
  return quoted && verb > 0 && doc[verb - 1].head == verb && doc[verb - 1].dep == "compound";
}

// “…,” Ms Grey began.
bool is_opening(const Doc& doc, std::uint32_t verb) {
  if (doc[verb].lemma != "begin" || verb + 1 >= doc.size()) return false;
  const auto subject = child_with(doc, verb, "nsubj");
  if (!subject || *subject > verb) return false;
  const std::uint32_t first = doc[*subject].subtree.begin;
  const auto closes = [&](std::uint32_t at) { return doc[at].tag == "''" || doc[at].text == "\""; };
  const bool quoted = closes(first) || (first > 0 && closes(first - 1));
  const bool person = doc[*subject].entity_type == "PERSON" || doc[*subject].pos == "PRON";
  return quoted && person && doc[verb + 1].pos == "PUNCT";
}

std::optional<Frame> verb_frame(const Doc& doc, std::uint32_t verb) {
  const Token& token = doc[verb];
  const bool is_verb = token.pos == "VERB" && token.tag.starts_with("VB");
  if (!is_verb && !is_misread(doc, verb)) return std::nullopt;
  auto known = cue_class(token.lemma);
  if (!known && (is_written(doc, verb) || is_opening(doc, verb))) known = CueClass::kSay;
  if (!known) return std::nullopt;
  Frame frame;
  frame.verb = verb;
  frame.cue_class = *known;
  frame.cue = cue_of(doc, verb);
  frame.source_head = subject_of(doc, verb);
  if (frame.source_head) frame.source = source_phrase(doc, *frame.source_head, frame.cue);
  frame.content = content_of(doc, verb, frame.cue, frame.source);
  frame.infinitive = std::ranges::none_of(
      doc.children(verb), [&](std::uint32_t child) { return doc[child].dep == "ccomp"; });
  const auto adjunct = child_with(doc, verb, "advcl");
  if (token.dep == "parataxis" || is_order(doc, verb) || (adjunct && late_that(doc, *adjunct)))
    frame.infinitive = false;
  frame.hearsay = is_hearsay(doc, verb);
  return frame;
}

// "Per the outlet, they had parted": one that reports, not "per week".
bool is_source_per(const Doc& doc, std::uint32_t at) {
  if (doc[at].lower != "per" || doc[at].dep != "prep") return false;
  const auto object = child_with(doc, at, "pobj");
  if (!object || *object < at) return false;
  if (!doc[at].sentence_start && (at == 0 || doc[at - 1].text != ",")) return false;
  const auto listed = source_noun(doc[*object].lemma);
  const std::string_view type = doc[*object].entity_type;
  return type == "ORG" || (listed && *listed != SourceKind::kUnnamed && doc[at + 1].dep == "det");
}

// "Rumour has it that they parted", "word is that".
std::optional<Frame> rumour_frame(const Doc& doc, std::uint32_t verb) {
  static constexpr std::string_view kNouns[] = {"rumor", "rumour", "legend", "gossip"};
  if (doc[verb].lemma != "have") return std::nullopt;
  const auto noun = child_with(doc, verb, "nsubj"), it = child_with(doc, verb, "dobj");
  const auto clause = child_with(doc, verb, "ccomp");
  if (!noun || !it || !clause || doc[*it].lower != "it" || *clause < verb ||
      std::ranges::find(kNouns, doc[*noun].lower) == std::end(kNouns))
    return std::nullopt;
  Frame frame;
  frame.verb = verb;
  frame.hearsay = true;
  frame.cue_class = CueClass::kThink;  // governs no quotation
  frame.cue = {doc[*noun].subtree.begin, *it + 1};
  frame.content = {trim(doc, line_part(doc, doc[*clause].subtree, *clause))};
  return frame;
}

// "according to": the content is the rest of the clause that it hangs on.
std::optional<Frame> according_frame(const Doc& doc, std::uint32_t at) {
  const bool per = is_source_per(doc, at);
  if (!per && (doc[at].lower != "according" || at + 1 >= doc.size() || doc[at + 1].lower != "to"))
    return std::nullopt;
  const auto object = child_with(doc, per ? at : at + 1, "pobj");
  if (!object) return std::nullopt;
  Frame frame;
  frame.verb = at;
  frame.cue = {at, per ? at + 1 : at + 2};
  frame.source_head = object;
  frame.source = source_phrase(doc, *object, frame.cue);
  const TokenSpan sentence = doc.sentences()[doc[at].sentence];
  const TokenSpan hole{at, std::max(frame.source.end, frame.cue.end)};
  frame.content = without(doc, {trim(doc, line_part(doc, sentence, at))}, hole);
  return frame;
}

// "reportedly": the content is the clause of the verb that it hangs on.
std::optional<Frame> adverb_frame(const Doc& doc, std::uint32_t at) {
  const std::uint32_t verb = doc[at].head;
  if (doc[at].dep != "advmod" || verb == at || !is_report_adverb(doc[at].lower))
    return std::nullopt;
  if (doc[verb].dep == "amod") return std::nullopt;  // "his allegedly brutal men"
  Frame frame;
  frame.verb = at;
  frame.adverb = true;
  frame.cue = {at, at + 1};
  const TokenSpan clause = trim(doc, line_part(doc, doc[verb].subtree, verb));
  frame.content = without(doc, {clause}, frame.cue);
  return frame;
}

// "the rumour that it had sunk", "Ms Grey's claim that …": the content is the clause.
std::optional<Frame> noun_frame(const Doc& doc, std::uint32_t noun) {
  if (doc[noun].pos != "NOUN" || !is_cue_noun(doc[noun].lemma)) return std::nullopt;
  const auto clause = child_with(doc, noun, "acl");
  if (!clause || *clause < noun || doc[doc[*clause].subtree.begin].lower != "that")
    return std::nullopt;
  Frame frame;
  frame.verb = noun;
  frame.noun = true;
  frame.cue_class = CueClass::kThink;  // governs no quotation
  frame.cue = {noun, noun + 1};
  frame.source_head = child_with(doc, noun, "poss");
  if (frame.source_head) frame.source = trim(doc, doc[*frame.source_head].subtree);
  frame.content = {trim(doc, line_part(doc, doc[*clause].subtree, *clause))};
  return frame;
}

bool is_telling(const Doc& doc, const Frame& frame) {
  return !frame.infinitive && frame.source_head && doc[*frame.source_head].lower != "you";
}

// "The clerk said (that) it rained": a verb of saying with a subject that can speak, and a clause.
bool is_sure(const Doc& doc, const Frame& frame) {
  if (frame.noun || frame.hearsay) return true;
  if (frame.cue_class != CueClass::kSay || frame.adverb || !is_telling(doc, frame)) return false;
  const Token& source = doc[*frame.source_head];
  const bool pronoun = source.pos == "PRON" && (source.tag != "PRP" || source.lower == "it");
  return !pronoun && doc[frame.verb].dep != "parataxis";
}

}  // namespace

TokenSpan source_phrase(const Doc& doc, std::uint32_t head, TokenSpan cue) {
  TokenSpan span = doc[head].subtree;
  if (doc[head].dep == "compound")  // its article hangs on the verb
    while (span.begin > 0 && doc[span.begin - 1].head == doc[head].head &&
           (doc[span.begin - 1].dep == "det" || doc[span.begin - 1].dep == "amod"))
      --span.begin;
  while (span.begin > 0 && end_of_word(doc, span.begin - 1) == head)
    span.begin = doc[span.begin - 1].subtree.begin;
  if (cue.begin >= span.begin && cue.begin < span.end) {
    if (cue.begin > head) span.end = cue.begin;
    if (cue.begin < head) span.begin = cue.end;
  }
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    if (!is_break(doc[i])) continue;
    if (i > head) {
      span.end = i;
      break;
    }
    span.begin = i + 1;
  }
  span = trim(doc, span);
  while (span.size() > 1 && (doc[span.begin].tag == "''" || doc[span.begin].text == "\""))
    ++span.begin;  // the closing mark of “…,” Ms Grey began
  return span;
}

bool is_anyone(const Doc& doc, std::uint32_t source) {
  const Token& token = doc[source];
  if (token.tag == "WDT" || token.tag == "WP" || token.lower == "you") return true;
  if (token.pos == "PRON" && token.tag == "NN") return true;
  return token.tag == "NN" && std::ranges::any_of(doc.children(source), [&](std::uint32_t child) {
           const std::string_view word = doc[child].lower;
           return doc[child].dep == "det" &&
                  (word == "a" || word == "an" || word == "no" || word == "any" || word == "every");
         });
}

std::optional<std::uint32_t> teller_of(const Doc& doc, std::uint32_t verb) {
  return subject_of(doc, verb);
}

std::optional<std::uint32_t> object_before(const Doc& doc, std::uint32_t participle) {
  if (doc[participle].tag != "VBG") return std::nullopt;
  for (const std::uint32_t child : doc.children(doc[participle].head))
    if (doc[child].dep == "dobj" && doc[child].subtree.end == participle) return child;
  return std::nullopt;
}

bool is_idiom(const Doc& doc, std::uint32_t verb, TokenSpan words) {
  if (doc[verb].lemma != "call" || words.size() < 2 || doc[words.begin].lower != "it") return false;
  const std::string_view next = doc[words.begin + 1].lower;
  return next == "quits" ||
         (words.size() == 3 && next == "a" && doc[words.begin + 2].lower == "day");
}

std::vector<Frame> find_frames(const Doc& doc) {
  std::vector<Frame> frames;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    auto frame = according_frame(doc, i);
    if (!frame) frame = adverb_frame(doc, i);
    if (!frame) frame = rumour_frame(doc, i);
    if (!frame) frame = verb_frame(doc, i);
    if (!frame) frame = noun_frame(doc, i);
    if (frame) frames.push_back(*std::move(frame));
  }
  return frames;
}

std::vector<Candidate> frame_candidates(const Doc& doc, const std::vector<Frame>& frames,
                                        FrameUse use) {
  std::vector<Candidate> candidates;
  for (const Frame& frame : frames) {
    if (frame.content.empty()) continue;
    if (use == FrameUse::kInside && (!is_telling(doc, frame) || is_anyone(doc, *frame.source_head)))
      continue;
    Candidate candidate;
    candidate.origin = frame.adverb ? Origin::kAdverb : Origin::kFrame;
    candidate.content = frame.content;
    candidate.cue = {frame.cue};
    if (frame.source.size() > 0) candidate.source = {frame.source};
    candidate.source_head = frame.source_head;
    candidate.sure = is_sure(doc, frame);
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace dateline::attributions
