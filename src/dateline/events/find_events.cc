#include "dateline/events/find_events.h"

#include <algorithm>

#include "dateline/events/event_time.h"
#include "dateline/events/factuality.h"
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

// The shortest content in which the trigger stands.
std::optional<std::uint32_t> innermost_attribution(const EventInput& input, ByteSpan trigger) {
  std::optional<std::uint32_t> best;
  for (std::uint32_t i = 0; i < input.attributions.size(); ++i) {
    const auto& content = input.attributions[i].content;
    const bool inside = std::any_of(content.begin(), content.end(),
                                    [&](ByteSpan part) { return part.contains(trigger); });
    if (inside && (!best || total_size(content) < total_size(input.attributions[*best].content)))
      best = i;
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
  event.attribution = innermost_attribution(input, event.span);
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
  assign_times(input, index, triggers, facts, events);
  return events;
}

}  // namespace dateline::events
