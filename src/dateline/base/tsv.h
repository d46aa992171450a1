#pragma once
// Word lists and rule tables: data/<step>/*.tsv, embedded at build as
// dateline::data::<step>_<file>. Tab-separated; a line that begins with '#' is a comment (source
// and licence stand there); empty lines are passed over.
#include <string_view>
#include <vector>

namespace dateline {

// The rows of `table`, each a list of its cells. The views point into `table`. O(bytes).
[[nodiscard]] std::vector<std::vector<std::string_view>> parse_tsv(std::string_view table);

// The words of a cell, between blanks; none for a cell of blanks. The views point into `cell`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view cell);

}  // namespace dateline
