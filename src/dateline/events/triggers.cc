#include "dateline/events/triggers.h"

#include <algorithm>

#include "dateline/events/lexicon.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

constexpr double kNounThreshold = 0.6;

bool is_trigger_verb(const Token& token) {
  if (!is_verbal(token) || token.tag == "MD") return false;
  const std::string_view dep = token.dep;
  return dep != "aux" && dep != "auxpass" && dep != "prep" && dep != "compound" && dep != "agent" &&
         dep != "mark" && dep != "case" && dep != "intj";
}

// "Bring" in "the comedy Bring Her Round".
bool is_in_title(const Token& token) {
  return token.entity_type == "WORK_OF_ART" && token.text.front() != token.lower.front();
}

// "A son named Al", "a firm called Zendo": tells the name and no event.
bool is_naming(const Doc& doc, std::uint32_t token) {
  const Token& word = doc[token];
  if (word.dep != "acl" || word.tag != "VBN" || !Lexicon::get().in("naming", word.lower))
    return false;
  return std::ranges::any_of(doc.children(token), [&](std::uint32_t child) {
    return child > token && (doc[child].dep == "oprd" || doc[child].dep == "dobj");
  });
}

// The particle of a verb, next to it: "stepped down", "got back".
std::optional<std::uint32_t> particle_of(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t c : doc.children(verb))
    if (doc[c].dep == "prt" ||
        (c == verb + 1 && doc[c].dep == "advmod" && Lexicon::get().in("particle", doc[c].lower)))
      return c;
  return std::nullopt;
}

// Whether a child in the frame's relation, or below a preposition, is among its companions.
bool fits(const Doc& doc, std::uint32_t verb, const Frame& frame) {
  for (const std::uint32_t c : doc.children(verb)) {
    const Token& token = doc[c];
    const bool any = frame.relation == "any";
    if ((any || token.dep == frame.relation) && frame.companions.contains(token.lemma)) return true;
    if (token.dep != "prep" || (!any && token.lower != frame.relation)) continue;
    for (const std::uint32_t inner : doc.children(c))
      if (frame.companions.contains(doc[inner].lemma)) return true;
  }
  return false;
}

std::string_view class_of_verb(const Doc& doc, std::uint32_t verb, std::string_view lemma) {
  const Lexicon& lexicon = Lexicon::get();
  if (const auto* frames = lexicon.frames(lemma))
    for (const Frame& frame : *frames)
      if (fits(doc, verb, frame)) return frame.event_class;
  return lexicon.verb_class(lemma);
}

Trigger verb_trigger(const Doc& doc, std::uint32_t verb) {
  Trigger trigger{verb, {verb, verb + 1}, true, std::string(doc[verb].lemma), {}, {}, 0.9};
  std::string_view found;
  if (const auto particle = particle_of(doc, verb)) {
    if (*particle == verb + 1) trigger.words.end = verb + 2;
    trigger.lemma += '_';
    trigger.lemma += doc[*particle].lower;
    found = class_of_verb(doc, verb, trigger.lemma);
  }
  trigger.event_class = found.empty() ? class_of_verb(doc, verb, doc[verb].lemma) : found;
  return trigger;
}

bool is_measure(std::string_view entity_type) {
  return entity_type == "DATE" || entity_type == "TIME" || entity_type == "MONEY" ||
         entity_type == "PERCENT" || entity_type == "QUANTITY" || entity_type == "ORDINAL";
}

std::optional<Trigger> noun_trigger(const Doc& doc, std::uint32_t noun) {
  const Token& token = doc[noun];
  if (token.pos != "NOUN" || token.dep == "compound" || is_measure(token.entity_type))
    return std::nullopt;
  const NounEntry* entry = Lexicon::get().noun(token.lemma);
  if (!entry || entry->confidence < kNounThreshold) return std::nullopt;
  return Trigger{noun,
                 {noun, noun + 1},
                 false,
                 std::string(token.lemma),
                 entry->event_class,
                 entry->possessor,
                 entry->confidence};
}

}  // namespace

std::vector<Trigger> find_triggers(const Doc& doc) {
  std::vector<Trigger> triggers;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    if (is_trigger_verb(doc[i]) && !is_naming(doc, i) && !is_in_title(doc[i]))
      triggers.push_back(verb_trigger(doc, i));
    else if (auto noun = noun_trigger(doc, i))
      triggers.push_back(std::move(*noun));
  }
  return triggers;
}

}  // namespace dateline::events
