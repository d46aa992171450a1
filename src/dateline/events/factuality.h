#pragma once
// Factuality: did it happen, by scope over the tree: negation, implicatives ("failed to"), modals,
// hedges, plans, conditions, questions. Whose word it is is the attribution's business.
#include "dateline/events/event.h"
#include "dateline/events/triggers.h"

namespace dateline::events {

struct Factuality {
  Polarity polarity = Polarity::kPositive;
  Certainty certainty = Certainty::kCertain;
  Tense tense = Tense::kNone;
  bool perfect = false;  // "has filed", "had filed"
};

// O(children of the trigger and of its governors).
[[nodiscard]] Factuality factuality_of(const Doc& doc, const Trigger& trigger);

}  // namespace dateline::events
