#pragma once
// Order by words: what the text puts "before" or "after" something else, where dates do not tell.
#include <span>
#include <vector>

#include "dateline/events/event.h"
#include "dateline/language/doc.h"
#include "dateline/timeline/line.h"

namespace dateline::timeline {

// Moves an undated line, or one of the same date, to the side of the line that its clause puts it
// on: "moved to Oslo before she married", "resigned after the raid". Lines whose dates differ stay.
// O(lines x children of their verbs).
void order_by_words(const Doc& doc, std::span<const Event> events, std::vector<Line>& lines);

}  // namespace dateline::timeline
