#pragma once
// The times that events have by expressions of their own.
#include "dateline/events/dating.h"

namespace dateline::events {

// Gives every time expression to the event that it hangs from. O(expressions x depth of the tree).
void give_own_times(Dating& dating);

}  // namespace dateline::events
