#include "dateline/events/dating.h"

#include "dateline/events/lexicon.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

bool is_pluperfect(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t c : doc.children(verb))
    if (doc[c].dep == "aux" && doc[c].lemma == "have" && doc[c].tag == "VBD") return true;
  return false;
}

// "spent the year separated": no subject and no conjunction of its own.
bool is_reduced(const Doc& doc, std::uint32_t verb) {
  return !child(doc, verb, "mark") && !child(doc, verb, "nsubj") && !child(doc, verb, "nsubjpass");
}

// "as", "when", "while" he did it.
bool is_simultaneous(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t c : doc.children(verb)) {
    const std::string_view word = doc[c].lower;
    if (doc[c].dep == "mark" || doc[c].dep == "advmod")
      if (word == "as" || word == "when" || word == "while") return true;
  }
  return false;
}

}  // namespace

Dating::Dating(const EventInput& article, std::span<const Trigger> triggers_found,
               std::span<const Factuality> facts_found, std::span<Event> events_found)
    : input(article),
      doc(article.doc),
      triggers(triggers_found),
      facts(facts_found),
      events(events_found),
      event_at(article.doc.size(), -1),
      vague(events_found.size(), false) {
  for (std::size_t i = 0; i < triggers.size(); ++i)
    event_at[triggers[i].token] = static_cast<std::int32_t>(i);
}

std::optional<std::size_t> Dating::governor(std::size_t event, std::string_view& relation) const {
  std::uint32_t at = triggers[event].token;
  relation = doc[at].dep;
  for (int i = 0; i < 4 && doc[at].head != at; ++i) {
    at = doc[at].head;
    if (event_at[at] >= 0) return static_cast<std::size_t>(event_at[at]);
    if (is_verbal(doc[at])) return std::nullopt;
  }
  return std::nullopt;
}

bool Dating::hands_down(std::size_t event, std::size_t outer, std::string_view relation) const {
  const std::string_view tag = doc[triggers[event].token].tag;
  if (!triggers[event].verbal) return triggers[outer].verbal && !is_prospective(outer);
  if (relation == "conj" && is_pluperfect(doc, triggers[event].token) &&
      !is_pluperfect(doc, triggers[outer].token))
    return false;
  if (relation == "conj")
    return tag == doc[triggers[outer].token].tag || tag == "VBD" || tag == "VBN";
  if (relation == "xcomp") return !is_prospective(outer);
  if (relation == "advcl")
    return tag == "VB" || tag == "VBG" || tag == "VBN" ||
           is_simultaneous(doc, triggers[event].token) || is_reduced(doc, triggers[event].token);
  if (relation == "ccomp" && Lexicon::get().in("perceive", doc[triggers[outer].token].lemma))
    return !child(doc, triggers[event].token, "mark");  // "saw the pilot walk off"
  if (relation == "ccomp" && tag == "VBD" &&
      Lexicon::get().in("intending", doc[triggers[event].token].lemma) &&
      events[outer].time.basis == TimeBasis::kExpression)
    return true;  // "said last week that he intended to go"
  if (relation == "ccomp")
    return tag == "VBN" && Lexicon::get().in("light", doc[triggers[outer].token].lemma);
  return relation == "pcomp" && tag == "VBG" && triggers[outer].verbal;
}

bool Dating::is_prospective(std::size_t event) const {
  return Lexicon::get().in("prospective", doc[triggers[event].token].lemma);
}

}  // namespace dateline::events
