#pragma once
// The times that events have by where they stand: by what they hang from, else the day that the
// article reports on.
#include "dateline/events/dating.h"

namespace dateline::events {

// Of the events without a time, of verbs first. O(events x depth of the tree).
void give_context_times(Dating& dating);

}  // namespace dateline::events
