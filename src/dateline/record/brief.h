#pragma once
// The brief page: what an article tells, for people. Title and date with its basis, the timeline,
// the people with their ties, the quotations (docs/cli.md, "Reading").
#include <cstddef>
#include <string>

#include "dateline/record/record.h"

namespace dateline::record {

struct BriefOptions {
  std::size_t width = 80;           // columns; a word that is longer stands alone on its line
  std::size_t max_people = 20;      // of those named, the most mentioned
  std::size_t max_quotations = 20;  // direct ones, in text order
};

// Lines of at most `width` code points, each ended by '\n'. A section without entries is left out.
// Numbers as "[3]" cite the paragraph of the text, counted from 1. O(record).
[[nodiscard]] std::string write_brief(const Record& record, const BriefOptions& options = {});

}  // namespace dateline::record
