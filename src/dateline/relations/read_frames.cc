#include <algorithm>

#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr double kFrame = 0.8;

// The dates that hang on `verb` with no other verb between.
TokenList dates_of(const Reading& reading, std::uint32_t verb) {
  TokenList out;
  for (const std::uint32_t n : reading.arguments.of_sentence(reading.doc[verb].sentence)) {
    const Argument& argument = reading.arguments[n];
    if (argument.kind != ArgumentKind::kDate) continue;
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
  return prepositional(reading.doc, verb, role);
}

// "filed to divorce", "plans to marry": not yet done.
bool is_ahead(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t aux : children(doc, verb, "aux"))
    if (one_of(doc[aux].lower, "will|'ll|’ll")) return true;
  const std::uint32_t head = over_prepositions(doc, verb);
  return head != verb && one_of(doc[verb].dep, "xcomp|advcl|ccomp|pobj") &&
         one_of(doc[head].lemma,
                "file|plan|intend|seek|want|hope|agree|vow|prepare|go|expect|petition|ask");
}

Status status_now(const Frame& frame, const Doc& doc, std::uint32_t verb) {
  if (is_ahead(doc, verb)) {
    if (frame.relation == "spouse")
      return frame.status == Status::kFormer ? Status::kDivorcing : Status::kEngaged;
    if (frame.change != Change::kNone) return Status::kIntended;
  }
  if (frame.change == Change::kHold && frame.status == Status::kCurrent && is_past(doc, verb))
    return Status::kFormer;
  return frame.status;
}

// "is engaged to", "is married to": a participle that the tagger took for an adjective.
std::string_view frame_lemma(const Doc& doc, std::uint32_t token) {
  if (is_verb(doc, token)) return doc[token].lemma;
  if (doc[token].dep != "acomp") return "";
  if (doc[token].lower == "engaged") return "engage";
  if (doc[token].lower == "married") return "marry";
  return doc[token].lower == "divorced" ? "divorce" : "";
}

void read_frame(const Reading& reading, std::uint32_t verb, const Frame& frame, Findings& out) {
  const TokenList one = fillers(reading, verb, frame.subject_role);
  if (one.empty()) return;
  const TokenList other = fillers(reading, verb, frame.object_role);
  Finding finding;
  finding.relation = frame.relation;
  finding.trigger = verb;
  finding.status = status_now(frame, reading.doc, verb);
  finding.said = finding.status != Status::kCurrent && finding.status != Status::kUnknown;
  finding.change = frame.change;
  finding.negative = is_negated(reading.doc, verb);
  finding.hedged = is_hedged(reading.doc, verb);
  finding.confidence = kFrame;
  for (const std::uint32_t a : one)
    for (const std::uint32_t b : other) {
      if (frame.subject_role == frame.object_role && a >= b) continue;
      const auto subject = argument_at(reading, a, frame.subject_kind);
      const auto object = argument_at(reading, b, frame.object_kind);
      if (!subject || !object || *subject == *object) continue;
      finding.subject = *subject;
      finding.object = object;
      out.push_back(finding);
    }
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
    bool death = false, born = false;
    for (std::uint32_t i = person.tokens.end + 1; i < doc.size() && doc[i].text != ")"; ++i) {
      if (one_of(doc[i].lower, "born|b.|b|née")) born = true;
      if (one_of(doc[i].lower, "died|d.|d|–|-|—|to|†") || doc[i].text.starts_with("–"))
        death = true;
      const auto date = argument_at(reading, i, "date");
      if (!date || (!born && !death && doc[i - 1].text != "(")) continue;
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
