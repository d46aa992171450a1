#pragma once
// People: who stands in a record, with what ties them to others, in words.
#include <cstddef>
#include <string>
#include <vector>

#include "dateline/record/record.h"

namespace dateline::record {

// A paragraph for each of at most `most` named persons, those mentioned most first: "Ann Bell (the
// singer): married to Ben Cole (according to a friend)". Whose name stands in the byline only is
// left out. O(persons * relations).
[[nodiscard]] std::vector<std::string> describe_people(const Record& record, std::size_t most);

}  // namespace dateline::record
