#pragma once
// A story's timeline for TimelineJS3 (Knight Lab's JSON: {"events": […]}).
#include "dateline/export/piece.h"
#include "dateline/export/row_words.h"

namespace dateline::exporting {

inline constexpr Frame kTimelineJs = {"{\"events\":[\n", ",\n", "\n]}\n"};

// One event of a row of the timeline. TimelineJS has no "about" and no "by": `start_date` and
// `end_date` are as sure as the line is, and `display_date` has its date in words. What is denied,
// hedged, retracted or said by somebody is told so in the headline and in the text, which has the
// sentence of every teller. Headline and text are HTML, all of the articles' words escaped.
// TimelineJS needs a date: undated lines are left out.
[[nodiscard]] Piece write_timelinejs(const Json& line);

}  // namespace dateline::exporting
