#pragma once
// Names as keys: how two articles' names of somebody are compared.
#include <string>
#include <string_view>

namespace dateline::store {

// Folded for comparing: lower case, accents taken off (NFKD), punctuation to spaces, runs of white
// space to one; a possessive "'s" at the end and a leading "the" do not count. "" when nothing is
// left. O(bytes).
[[nodiscard]] std::string name_key(std::string_view name);

// Edits (insert, delete, change a byte) that make `b` of `a`, at most `limit` + 1 (Ukkonen's band).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace dateline::store
