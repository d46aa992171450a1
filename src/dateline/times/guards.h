#pragma once
// Guards: whether words that can mean a time do so here. The tagger, the parser and the entities
// decide, named by the rule's guard column.
#include "dateline/language/doc.h"
#include "dateline/times/grammar.h"

namespace dateline::times {

// False where `reading` is a name, a verb, a count or the like. Total.
[[nodiscard]] bool is_time(const Reading& reading, const Doc& doc, const Scan& scan);

}  // namespace dateline::times
