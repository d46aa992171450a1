#include "dateline/events/find_events.h"

#include <algorithm>

#include "dateline/events/event_time.h"
#include "dateline/events/factuality.h"
#include "dateline/events/lexicon.h"
#include "dateline/events/participants.h"
#include "dateline/events/tree.h"
#include "dateline/events/triggers.h"

namespace dateline::events {
namespace {

std::uint32_t total_size(std::span<const ByteSpan> spans) {
  std::uint32_t total = 0;
  for (const ByteSpan span : spans) total += span.size();
  return total;
}

// Whether a word of the cue is in the set of lemmas.
bool has_cue(const EventInput& input, const Attribution& attribution, std::string_view set) {
  for (const ByteSpan part : attribution.cue) {
    const TokenSpan tokens = input.doc.token_span(part);
    for (std::uint32_t t = tokens.begin; t < tokens.end; ++t)
      if (Lexicon::get().in(set, input.doc[t].lemma)) return true;
  }
  return false;
}

// In a relative clause, or one of time: "thinks the flight was short before it turned back".
// Whoever tells of the thought says so too.
bool is_presupposed(const Doc& doc, std::uint32_t token, ByteSpan content) {
  for (int steps = 0; steps < 12 && doc[token].head != token; ++steps) {
    if (!content.contains(doc[token].span)) return false;
    if (doc[token].dep == "relcl") return true;
    if (doc[token].dep == "advcl")
      for (const std::uint32_t c : doc.children(token))
        if (doc[c].dep == "mark" || doc[c].dep == "advmod")
          if (Lexicon::get().in("clause_of_time", doc[c].lower)) return true;
    token = doc[token].head;
  }
  return false;
}

// A quotation within another's words is not carried on in the next paragraph.
bool is_cut_off(const EventInput& input, const Attribution& attribution, ByteSpan part) {
  if (!attribution.parent || attribution.cue.empty()) return false;
  const ByteSpan cue = attribution.cue.back();
  if (cue.end >= part.begin) return false;
  const std::string_view between = slice(input.doc.text(), ByteSpan{cue.end, part.begin});
  return between.find('\n') != std::string_view::npos;
}

// In a clause that adds something of somebody: "Ann Bell, who came in 2012, won, the clerk said";
// also "Ann Bell, a judge who came in 2012, won". Not what the clause itself says: "Ann Bell, who
// says that she won".
bool is_aside(const Doc& doc, std::uint32_t token, std::span<const ByteSpan> cue) {
  for (int steps = 0; steps < 8 && doc[token].head != token; ++steps) {
    const std::uint32_t begin = doc[token].subtree.begin;
    if (doc[token].dep == "relcl" && begin > 1 && doc[begin].lower == "who" &&
        (doc[begin - 1].text == "," || doc[doc[token].head].dep == "appos"))
      return std::ranges::none_of(
          cue, [&](ByteSpan part) { return doc.bytes(doc[token].subtree).contains(part); });
    token = doc[token].head;
  }
  return false;
}

// Whose word it is that the event happened: not of who notices it, nor of who thinks something else
// of it; what the article adds to another's words is its own.
bool vouches(const EventInput& input, const Attribution& attribution, std::uint32_t token) {
  if (has_cue(input, attribution, "factive")) return false;
  if (attribution.form == AttributionForm::kIndirect && is_aside(input.doc, token, attribution.cue))
    return false;
  if (has_cue(input, attribution, "evades") && hearsay_of(input.doc, token)) return false;
  if (!has_cue(input, attribution, "attitude")) return true;
  return std::none_of(attribution.content.begin(), attribution.content.end(), [&](ByteSpan part) {
    return part.contains(input.doc[token].span) && is_presupposed(input.doc, token, part);
  });
}

// The shortest content in which the trigger stands; that around it where its source does not vouch
// for the event.
std::optional<std::uint32_t> innermost_attribution(const EventInput& input, ByteSpan trigger,
                                                   std::uint32_t token) {
  std::optional<std::uint32_t> best;
  for (std::uint32_t i = 0; i < input.attributions.size(); ++i) {
    const Attribution& attribution = input.attributions[i];
    const auto& content = attribution.content;
    const bool inside = std::any_of(content.begin(), content.end(), [&](ByteSpan part) {
      return part.contains(trigger) && !is_cut_off(input, attribution, part);
    });
    if (inside && (!best || total_size(content) < total_size(input.attributions[*best].content)))
      best = i;
  }
  for (std::size_t steps = 0; best && steps < input.attributions.size(); ++steps) {
    if (vouches(input, input.attributions[*best], token)) break;
    best = input.attributions[*best].parent;
  }
  return best;
}

// The trigger with what hangs from it, less coordinated clauses and what joins them.
ByteSpan clause_of(const Doc& doc, std::uint32_t trigger) {
  TokenSpan clause{trigger, trigger + 1};
  for (const std::uint32_t c : doc.children(trigger)) {
    const Token& token = doc[c];
    if (token.dep == "punct" || token.dep == "cc" || token.dep == "parataxis") continue;
    if (token.dep == "conj" && is_verbal(token)) continue;
    clause.begin = std::min(clause.begin, token.subtree.begin);
    clause.end = std::max(clause.end, token.subtree.end);
  }
  return doc.bytes(clause);
}

Event make_event(const EventInput& input, const MentionIndex& index, const Trigger& trigger,
                 const Factuality& facts) {
  Event event;
  event.span = input.doc.bytes(trigger.words);
  event.trigger = trigger.token;
  event.clause = clause_of(input.doc, trigger.token);
  event.lemma = trigger.lemma;
  event.event_class = std::string(trigger.event_class);
  event.participants = find_participants(input, index, trigger);
  event.polarity = facts.polarity;
  event.certainty = facts.certainty;
  event.tense = facts.tense;
  event.attribution = innermost_attribution(input, event.span, trigger.token);
  event.confidence = trigger.confidence;
  return event;
}

}  // namespace

std::vector<Event> find_events(const EventInput& input) {
  const std::vector<Trigger> triggers = find_triggers(input.doc);
  const MentionIndex index(input);
  std::vector<Factuality> facts;
  std::vector<Event> events;
  for (const Trigger& trigger : triggers) {
    facts.push_back(factuality_of(input.doc, trigger));
    events.push_back(make_event(input, index, trigger, facts.back()));
  }
  assign_times(input, triggers, facts, events);
  return events;
}

}  // namespace dateline::events
