#pragma once
// The words of a line: the event's own clause cut to its core, names for pronouns.
#include <string>

#include "dateline/events/find_events.h"

namespace dateline::timeline {

// The clause of `event` in the article's words, less its date (which has its own column), less
// subordinate clauses, appositions and what stands before the subject; its doer, taken over from
// another clause, comes first. Pronouns, family names and short definite descriptions of named
// entities become their names. No words are made up. O(tokens of the sentence).
[[nodiscard]] std::string word_line(const events::EventInput& input, const Event& event);

}  // namespace dateline::timeline
