#pragma once
// Word lists and rule tables: data/<step>/*.tsv, embedded at build as
// dateline::data::<step>_<file>. Tab-separated; a line that begins with '#' is a comment (source
// and licence stand there); empty lines are passed over.
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace dateline {

// The rows of `table`, each a list of its cells. The views point into `table`. O(bytes).
[[nodiscard]] std::vector<std::vector<std::string_view>> parse_tsv(std::string_view table);

// The words of a cell, between blanks; none for a cell of blanks. The views point into `cell`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view cell);

// Sets of words by name, of a table with the columns set, words (parted by blanks); the rows of one
// name add up. Borrows the table. Immutable.
class WordSets {
 public:
  WordSets() = default;
  explicit WordSets(std::string_view table);
  // Whether the set holds the word. REQUIRES: the table has the set. O(1).
  [[nodiscard]] bool in(std::string_view set, std::string_view word) const;

 private:
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> sets_;
};

}  // namespace dateline
