#pragma once
// What stands about a name tells its kind, where the tagger takes it for a person ("PORT LORNE — ",
// "Ann Bell, 58, of Graz", "the payments company Quillstack", 'won a prize for "The Ferryman"') or
// for something else ("their daughter, Juno").
#include <vector>

#include "dateline/entities/find_names.h"

namespace dateline::entities {

// Corrects the kinds of `names`, and the words of those of works. Total; O(names * log names).
void correct_kinds(const Doc& doc, std::vector<NameSpan>& names);

}  // namespace dateline::entities
