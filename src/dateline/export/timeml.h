#pragma once
// The times of one article as TimeML, in the document form of TempEval-3 (DOCID, DCT, TITLE, TEXT
// around the elements of TimeML 1.2.1), which the official scorers read.
#include <string>

#include "dateline/record/record.h"

namespace dateline::exporting {

// One document with its line end. The TEXT is the record's text, unchanged but for XML's escapes;
// bytes that are not UTF-8 and characters that XML 1.0 does not allow become U+FFFD. The document
// creation time is t0, also where it is unknown (its value is then empty); the n-th time is tn.
[[nodiscard]] std::string write_timeml(const Record& record);

}  // namespace dateline::exporting
