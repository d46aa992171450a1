#pragma once
// Records inside a store, packed to about an eighth (docs/store.md, "Records").
//
// Two steps, both undone by unpack(): every pair of numbers "[a,b]" outside of strings becomes
// "[a-p,b-a]", p being the `a` of the pair before; then zlib (RFC 1950, level 6) with the article's
// text and the keys of a record as preset dictionary.
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::store {

// `json`: a record without its text; `text`: that text, needed again to unpack. O(bytes).
[[nodiscard]] std::string pack(std::string_view json, std::string_view text);
// kCorrupt when `bytes` did not come from pack() with `text`, or would take more than 256 MiB.
Result<std::string> unpack(std::string_view bytes, std::string_view text);

}  // namespace dateline::store
