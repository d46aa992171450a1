#pragma once
// Which words of an event's clause a line keeps.
#include <cstdint>
#include <vector>

#include "dateline/events/find_events.h"

namespace dateline::timeline {

// kHard also cuts what stands beside the core of the clause: a second verb, adverbs, what is
// reported, prepositions behind an object.
enum class Cut { kLight, kHard };

// By token of the article: whether the line of `event` keeps it. Its date, who tells it,
// subordinate clauses, appositions and what stands before the subject are left out. O(tokens).
[[nodiscard]] std::vector<bool> kept_words(const events::EventInput& input, const Event& event,
                                           Cut cut);

// "Herself", "themselves".
[[nodiscard]] bool is_self(const Token& word);

}  // namespace dateline::timeline
