#pragma once
// Triggers: the words that name events. Verbs but auxiliaries; nouns by the tables of data/events/.
#include <string>
#include <string_view>
#include <vector>

#include "dateline/events/event.h"
#include "dateline/language/doc.h"

namespace dateline::events {

struct Trigger {
  std::uint32_t token = 0;
  TokenSpan words;  // with the particle that stands next to it
  bool verbal = false;
  std::string lemma;              // "step_down"
  std::string_view event_class;   // "" outside the ontology
  Role possessor = Role::kAgent;  // of a noun's owner
  double confidence = 0;
};

// In text order, one a token at most. O(tokens).
[[nodiscard]] std::vector<Trigger> find_triggers(const Doc& doc);

}  // namespace dateline::events
