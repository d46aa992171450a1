#include "dateline/events/find_events.h"

namespace dateline::events {

std::vector<Event> find_events(const EventInput&) { return {}; }

}  // namespace dateline::events
