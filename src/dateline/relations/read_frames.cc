#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr double kFrame = 0.8;

// A day or a year of the calendar: not "currently", and not a name that stands before a date.
bool is_calendar(const Reading& reading, const Argument& argument) {
  if (argument.kind != ArgumentKind::kDate) return false;
  if (argument.time) {
    const std::string& value = reading.input.times[*argument.time].value;
    return !value.empty() && value.front() >= '0' && value.front() <= '9';
  }
  const std::string_view words = slice(reading.doc.text(), argument.span);
  const bool age = words.size() < 4 && std::ranges::all_of(words, is_digit);  // "Ann Lee, 23, died"
  return !age && words.find_first_of("()@") == std::string_view::npos &&
         words.find("age of") == std::string_view::npos;  // "at the age of 81"
}

// The dates that hang on `verb` with no other verb between.
TokenList dates_of(const Reading& reading, std::uint32_t verb) {
  TokenList out;
  for (const std::uint32_t n : reading.arguments.of_sentence(reading.doc[verb].sentence)) {
    const Argument& argument = reading.arguments[n];
    if (!is_calendar(reading, argument)) continue;
    const std::uint32_t up = reading.doc[argument.head].head;
    if (up != argument.head && governing_verb(reading.doc, up) == verb)
      out.push_back(argument.head);
  }
  return out;
}

TokenList fillers(const Reading& reading, std::uint32_t verb, std::string_view role) {
  if (role == "S" && !is_verb(reading.doc, verb)) return {};
  if (role == "S") return doers(reading.doc, verb);
  if (role == "O" && !is_verb(reading.doc, verb)) return subjects(reading.doc, verb);
  if (role == "O") return undergoers(reading.doc, verb);
  if (role == "T") return dates_of(reading, verb);
  TokenList out = prepositional(reading.doc, verb, role);
  for (const std::uint32_t particle : children(reading.doc, verb, "prt|advmod"))
    for (const std::uint32_t each : with_conjuncts(reading.doc, particle))
      for (const std::uint32_t token : prepositional(reading.doc, each, role)) out.push_back(token);
  return out;
}

// "filed to divorce", "plans to marry": not yet done.
bool is_ahead(const Doc& doc, std::uint32_t verb) {
  if (is_future(doc, verb)) return true;
  const std::uint32_t head = over_prepositions(doc, verb);
  if (head != verb && doc[doc[head].head].lower == "engaged") return true;  // "to be married"
  return head != verb && one_of(doc[verb].dep, "xcomp|advcl|ccomp|pobj") &&
         in("intending", doc[head]);
}

// "Is divorcing": begun, not done.
bool is_under_way(const Doc& doc, std::uint32_t verb) {
  const TokenList around = children(doc, verb, "aux|auxpass");
  const bool now = std::ranges::any_of(around, [&](std::uint32_t aux) {
    return doc[aux].lemma == "be" && (one_of(doc[aux].tag, "VBZ|VBP") || is_shifted(doc, verb));
  });
  return now && (doc[verb].lower.ends_with("ing") ||  // "are getting married"
                 std::ranges::any_of(
                     around, [&](std::uint32_t aux) { return doc[aux].lower == "getting"; }));
}

// "Was previously married to": words that say of a tie that it is over.
bool is_called_former(const Reading& reading, std::uint32_t verb) {
  return std::ranges::any_of(children(reading.doc, verb, "advmod"), [&](std::uint32_t adverb) {
    const Status* status = find(reading.words.states, reading.doc[adverb].lower);
    return status != nullptr && *status == Status::kFormer;
  });
}

// "Was married to him for six years": no longer.
bool has_lasted(const Doc& doc, std::uint32_t verb) {
  TokenList around = children(doc, verb, "auxpass");
  if (doc[verb].dep == "acomp") around.push_back(doc[verb].head);
  const bool was = std::ranges::any_of(
      around, [&](std::uint32_t aux) { return one_of(doc[aux].lower, "was|were"); });
  return was && !is_shifted(doc, verb) &&
         std::ranges::any_of(prepositional(doc, verb, "for"), [&](std::uint32_t span) {
           return one_of(doc[span].lemma, "year|month|week|decade|day");
         });
}

// "Have decided to part ways": as good as done.
bool is_decided(const Doc& doc, std::uint32_t verb) {
  return doc[verb].dep == "xcomp" && in("deciding", doc[doc[verb].head]) &&
         !is_negated(doc, verb) && !is_future(doc, doc[verb].head);
}

Status status_now(const Frame& frame, const Doc& doc, std::uint32_t verb) {
  if (frame.relation.starts_with("couple") && is_decided(doc, verb)) return frame.status;
  const bool love = frame.relation == "spouse" && frame.change != Change::kHold;
  if (is_ahead(doc, verb) || (love && is_under_way(doc, verb))) {
    if (frame.relation == "spouse")
      return frame.status == Status::kFormer ? Status::kDivorcing : Status::kEngaged;
    if (frame.change == Change::kEnd) return Status::kCurrent;
    if (frame.change != Change::kNone) return Status::kIntended;
  }
  if (frame.change == Change::kHold && frame.status == Status::kCurrent && is_past(doc, verb))
    return Status::kFormer;
  return frame.status;
}

// "is engaged to", "is married to": a participle that the tagger took for an adjective.
std::string_view frame_lemma(const Doc& doc, std::uint32_t token) {
  if (doc[token].lower == "seeing") return "seeing";  // of lovers; "saw each other" says less
  if (is_verb(doc, token)) return doc[token].lemma;
  if (doc[token].lower == "divorcing") return "divorce";
  if (doc[token].dep != "acomp") return "";
  if (doc[token].lower == "engaged") return "engage";
  if (doc[token].lower == "married") return "marry";
  if (doc[token].lower == "separated") return "separate";
  return doc[token].lower == "divorced" ? "divorce" : "";
}

// The words of `phrase`, which stand between blanks, follow `verb` in that order.
bool follows(const Doc& doc, std::uint32_t verb, std::string_view phrase) {
  constexpr std::uint32_t kReach = 6;
  const std::uint32_t end = std::min(doc.sentences()[doc[verb].sentence].end, verb + kReach);
  for (std::uint32_t i = verb + 1; i < end; ++i) {
    const std::size_t blank = phrase.find(' ');
    if (doc[i].lower != phrase.substr(0, blank)) continue;
    if (blank == std::string_view::npos) return true;
    phrase.remove_prefix(blank + 1);
  }
  return false;
}

// The words without which the frame does not hold: "seen out with", "seen together".
bool has_needed(const Doc& doc, std::uint32_t verb, std::string_view phrases) {
  if (phrases.empty()) return true;
  for (;;) {
    const std::size_t bar = phrases.find('|');
    if (follows(doc, verb, phrases.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    phrases.remove_prefix(bar + 1);
  }
}

// Both sides of a tie in one role: "Ann and Ben, who divorced"; a group stands for its two.
TokenList both_in_role(const Reading& reading, std::uint32_t verb, std::string_view role) {
  TokenList out = fillers(reading, verb, role);
  const Doc& doc = reading.doc;
  if (out.size() == 1 && doc[verb].dep == "relcl" && doc[out[0]].dep == "conj")
    out = with_conjuncts(doc, doc[out[0]].head);
  return out;
}

// "Left school", "joined staff", "left a friend's house": no body that is meant by itself.
bool is_no_body(const Reading& reading, std::uint32_t argument) {
  const Argument& it = reading.arguments[argument];
  if (it.form != ArgumentForm::kNominal) return false;
  return it.tokens.size() == 1 ||
         std::ranges::any_of(children(reading.doc, it.head, "poss"),
                             [&](std::uint32_t owner) { return reading.doc[owner].pos == "NOUN"; });
}

// Puts `finding` between every one and every other that are of the frame's kinds.
void pair_up(const Reading& reading, const Frame& frame, const TokenList& one,
             const TokenList& other, Finding finding, Findings& out) {
  const bool same_role = frame.subject_role == frame.object_role;
  const bool group = same_role && one.size() == 1;
  for (const std::uint32_t a : one)
    for (const std::uint32_t b : other) {
      if (same_role && !group && a >= b) continue;
      const auto subject = argument_at(reading, a, frame.subject_kind);
      const auto object = argument_at(reading, b, frame.object_kind);
      if (!subject || !object || (*subject == *object && !group)) continue;
      if (frame.object_kind == "org" && is_no_body(reading, *object)) continue;
      finding.subject = *subject;
      finding.object = object;
      out.push_back(finding);
    }
}

// What stands for `token`: for a body of it or its own word for it, the organisation ("left the
// board of Northwind").
TokenList organisations_of(const Reading& reading, std::uint32_t token) {
  const std::string lemma = to_lower(reading.doc[token].lemma);
  const bool body = reading.words.sets.in("part_of_body", lemma);
  if (!body && !reading.words.sets.in("body", lemma)) return {token};
  TokenList out;
  for (const std::uint32_t owner : children(reading.doc, token, "poss|compound|nmod"))
    for (const std::uint32_t each : with_conjuncts(reading.doc, owner))
      if (reading.arguments.at(each)) out.push_back(each);
  for (const std::uint32_t owner : prepositional(reading.doc, token, "of|at")) out.push_back(owner);
  if (out.empty() && !body) out.push_back(token);
  return out;
}

// "Asked whether she would marry him", "asked her to marry him": nobody says so.
bool is_asked(const Doc& doc, std::uint32_t verb) {
  if (doc[verb].dep == "xcomp" && in("asking", doc[doc[verb].head])) return true;
  return std::ranges::any_of(children(doc, verb, "mark"), [&](std::uint32_t mark) {
    return one_of(doc[mark].lower, "whether|if");
  });
}

void read_frame(const Reading& reading, std::uint32_t verb, const Frame& frame, Findings& out) {
  if (!has_needed(reading.doc, verb, frame.needs) || is_asked(reading.doc, verb)) return;
  const bool same_role = frame.subject_role == frame.object_role;
  const TokenList one = same_role ? both_in_role(reading, verb, frame.subject_role)
                                  : fillers(reading, verb, frame.subject_role);
  if (one.empty()) return;
  TokenList other = same_role ? one : fillers(reading, verb, frame.object_role);
  if (other.empty() && !frame.needs.empty())  // "exchanged vows with Ben"
    for (const std::uint32_t object : children(reading.doc, verb, "dobj"))
      if (one_of(reading.doc[object].lower, frame.needs))
        other = prepositional(reading.doc, object, frame.object_role);
  if (frame.object_kind == "org") {
    TokenList all;
    for (const std::uint32_t token : other)
      for (const std::uint32_t each : organisations_of(reading, token)) all.push_back(each);
    other = all;
  }
  Finding finding;
  finding.relation = frame.relation;
  finding.trigger = verb;
  finding.status = status_now(frame, reading.doc, verb);
  if ((finding.status == Status::kCurrent || finding.status == Status::kEngaged) &&
      one_of(frame.relation, "spouse|partner") &&
      (is_called_former(reading, verb) || has_lasted(reading.doc, verb)))
    finding.status = Status::kFormer;
  finding.said = (finding.status != Status::kCurrent && finding.status != Status::kUnknown) ||
                 (finding.status == Status::kCurrent && frame.needs.starts_with("back"));
  finding.change = frame.change;
  finding.negative = is_negated(reading.doc, verb);
  finding.hedged = frame.possible || is_hedged(reading.doc, verb);
  finding.confidence = kFrame;
  pair_up(reading, frame, one, other, finding, out);
}

bool is_dash(const Doc& doc, std::uint32_t token) {
  return one_of(doc[token].text, "–|-|—|to") || doc[token].text.starts_with("–");
}

// In the bracket whose inside begins at `token`.
bool has_dash(const Doc& doc, std::uint32_t token) {
  for (; token < doc.size() && doc[token].text != ")"; ++token)
    if (is_dash(doc, token)) return true;
  return false;
}

}  // namespace

void read_frames(const Reading& reading, Findings& out) {
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) {
    const std::string_view lemma = frame_lemma(reading.doc, i);
    if (lemma.empty()) continue;
    const auto* frames = find(reading.words.frames, lemma);
    if (frames == nullptr) continue;
    for (const Frame& frame : *frames) read_frame(reading, i, frame, out);
  }
}

// "Ann Lee (3 May 1950 – 2 June 2001)", "(born 1950 in Bergen)".
void read_brackets(const Reading& reading, Findings& out) {
  const Doc& doc = reading.doc;
  for (std::uint32_t n = 0; n < reading.arguments.all().size(); ++n) {
    const Argument& person = reading.arguments[n];
    if (person.kind != ArgumentKind::kPerson || person.form != ArgumentForm::kName) continue;
    if (person.tokens.end >= doc.size() || doc[person.tokens.end].text != "(") continue;
    const bool lived = has_dash(doc, person.tokens.end + 1);
    bool death = false, born = false;
    for (std::uint32_t i = person.tokens.end + 1; i < doc.size() && doc[i].text != ")"; ++i) {
      if (one_of(doc[i].lower, "born|b.|b|née")) born = true;
      if (one_of(doc[i].lower, "died|d.|d|†") || is_dash(doc, i)) death = true;
      const auto date = argument_at(reading, i, "date");
      if (!date || !is_calendar(reading, reading.arguments[*date])) continue;
      if (!born && !death && (!lived || doc[i - 1].text != "(")) continue;
      Finding finding;
      finding.relation = death ? "death_date" : "birth_date";
      finding.subject = n;
      finding.object = date;
      finding.trigger = i;
      finding.confidence = kFrame;
      out.push_back(finding);
      i = std::max(i, reading.arguments[*date].tokens.end - 1);
    }
  }
}

}  // namespace dateline::relations
