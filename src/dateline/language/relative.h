#pragma once
// Relative clauses: which noun a clause is of, where the tree hangs it on the nearest.
#include <cstdint>

#include "dateline/language/doc.h"

namespace dateline {

// The noun that the relative clause of `verb` (its dep is "relcl") tells of: its head, but where
// the pronoun is "which" and the head a person's name, the noun that the name's phrase hangs on
// ("his marriage to Ann Bell, which ended": the marriage). Total; O(depth of the tree, at most six
// steps).
[[nodiscard]] std::uint32_t relative_antecedent(const Doc& doc, std::uint32_t verb);

}  // namespace dateline
