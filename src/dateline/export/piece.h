#pragma once
// What the writers of formats give: pieces of a document, so that an export holds one row or one
// article at a time.
#include <string>
#include <string_view>

namespace dateline::exporting {

// One piece, or why there is none: a format that has no place for something says so.
struct Piece {
  std::string text;           // "": left out
  std::string_view left_out;  // the reason, in the plural ("undated lines"); "" with a text
};

// What stands around and between the pieces of a document.
struct Frame {
  std::string_view open, between, close;
};

}  // namespace dateline::exporting
