#pragma once
// The record as JSON (docs/record.md, docs/record.schema.json).
#include <string>

#include "dateline/record/record.h"
#include "dateline/unicode/utf8.h"

namespace dateline::record {

struct JsonOptions {
  unicode::OffsetUnit offsets = unicode::OffsetUnit::kCodePoints;
  int indent = -1;          // spaces a level; -1: one line
  bool text = true;         // write the article's text
  bool source_map = false;  // write where each piece of the text stands in the page
};

// One object, no line end. Bytes that are not UTF-8 become U+FFFD each; offsets count them as one
// code point. The same record gives the same bytes.
[[nodiscard]] std::string write_json(const Record& record, const JsonOptions& options = {});

}  // namespace dateline::record
