#pragma once
// What must hold of every record, whatever the text: used by tests and fuzz targets.
#include <string>
#include <vector>

#include "dateline/record/record.h"

namespace dateline::record {

// A line for each promise of docs/record.md that `record` breaks: spans that do not lie in the
// text, lists out of order, references to what is not there, intervals that end before they begin,
// probabilities outside [0, 1].
[[nodiscard]] std::vector<std::string> broken_invariants(const Record& record);

}  // namespace dateline::record
