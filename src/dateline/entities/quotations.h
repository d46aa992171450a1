#pragma once
// Which tokens stand inside quotation marks: a rough reading for coreference alone (the step
// attributions has the careful one).
#include <cstdint>
#include <vector>

#include "dateline/language/doc.h"

namespace dateline::entities {

// For each token the number of its quotation from 1, or 0. Marks left open end with the paragraph.
[[nodiscard]] std::vector<std::uint32_t> number_quotations(const Doc& doc);

}  // namespace dateline::entities
