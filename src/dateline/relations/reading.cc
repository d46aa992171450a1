// What the readers by rule share.
#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

bool is_school(const Reading& reading, const Argument& argument) {
  for (std::uint32_t i = argument.tokens.begin; i < argument.tokens.end; ++i)
    if (reading.words.sets.in("school", reading.doc[i].lower)) return true;
  return false;
}

bool fits(const Reading& reading, const Argument& argument, std::string_view kind) {
  if (kind == "person") return argument.kind == ArgumentKind::kPerson;
  if (kind == "place") return argument.kind == ArgumentKind::kPlace;
  if (kind == "date") return argument.kind == ArgumentKind::kDate;
  if (kind == "school") return argument.kind == ArgumentKind::kOrg && is_school(reading, argument);
  return argument.kind == ArgumentKind::kOrg;
}

// "Ann Lee, a deputy and former judge who …": of a description that is no argument, what it stands
// in apposition to.
std::uint32_t described(const Reading& reading, std::uint32_t token) {
  const Doc& doc = reading.doc;
  for (int depth = 0; depth < 4 && !reading.arguments.at(token); ++depth) {
    const bool trade = doc[token].pos == "NOUN" && reading.words.roles.contains(doc[token].lemma);
    if (doc[token].dep != "appos" && (doc[token].dep != "conj" || !trade)) break;
    token = doc[token].head;
  }
  return token;
}

}  // namespace

Findings read_by_rules(const Reading& reading) {
  Findings out;
  read_kin(reading, out);
  read_ties(reading, out);
  read_roles(reading, out);
  read_frames(reading, out);
  read_brackets(reading, out);
  return out;
}

void add_people(const Reading& reading, const TokenList& tokens, ArgumentList& out) {
  for (const std::uint32_t token : tokens) {
    const auto person = person_at(reading, token);
    if (person && std::ranges::find(out, *person) == out.end()) out.push_back(*person);
  }
}

void pair_up(const ArgumentList& one, const ArgumentList& other, bool forward, Finding finding,
             Findings& out) {
  for (const std::uint32_t a : one)
    for (const std::uint32_t b : other) {
      if (a == b && one != other) continue;
      finding.subject = forward ? a : b;
      finding.object = forward ? b : a;
      out.push_back(finding);
    }
}

bool has_past_date(const Reading& reading, std::uint32_t token, std::string_view prepositions) {
  const auto& published = reading.input.article.published;
  if (!published) return false;
  return std::ranges::any_of(
      prepositional(reading.doc, token, prepositions), [&](std::uint32_t object) {
        return std::ranges::any_of(reading.input.times, [&](const TimeExpression& time) {
          return time.interval && time.interval->end &&
                 reading.doc.token_span(time.span).contains(object) &&
                 !(*published < *time.interval->end);
        });
      });
}

std::optional<Status> status_before(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  if (doc[noun].lower.starts_with("ex-") || hyphenated(doc, noun).starts_with("ex-"))
    return Status::kFormer;
  if (noun > 0 && one_of(doc[noun].dep, "dobj|oprd|attr") && doc[doc[noun].head].lower == "turned")
    return Status::kCurrent;  // "a former gymnast turned host"
  TokenList words = children(doc, noun, "amod|advmod|nmod|compound");
  if (one_of(doc[noun].dep, "compound|nmod"))
    for (const std::uint32_t token : children(doc, doc[noun].head, "amod|nmod|advmod"))
      if (token < noun) words.push_back(token);
  const auto is_capital = [&](std::uint32_t word) { return is_upper(doc[word].text.front()); };
  for (const std::uint32_t word : words) {
    if (word > noun || (is_capital(word) && is_capital(noun) &&
                        doc[word].lower == "first"))  // "the First Minister"
      continue;
    if (const Status* status = find(reading.words.states, doc[word].lower)) return *status;
    const std::string lowered = to_lower(doc[word].lemma);
    if (const Status* status = find(reading.words.states, lowered)) return *status;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> argument_at(const Reading& reading, std::uint32_t token,
                                         std::string_view kind) {
  const auto found = reading.arguments.at(described(reading, token));
  if (!found || !fits(reading, reading.arguments[*found], kind)) return std::nullopt;
  return found;
}

std::optional<std::uint32_t> person_at(const Reading& reading, std::uint32_t token) {
  return argument_at(reading, token, "person");
}

}  // namespace dateline::relations
