#pragma once
// Near-duplicates: wire copies and reprints, which count once. Candidates by fingerprint (SimHash
// in six bands: two that differ in at most five bits share one; Manku et al. 2007), then the texts
// themselves: at least four fifths of their shingles are shared (Broder 1997) and every number is.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dateline/store/database.h"

namespace dateline::store {

// Number of the band * 65536 + its bits.
[[nodiscard]] std::array<std::int64_t, 6> bands_of(std::uint64_t fingerprint);

// Whether one text is a copy of the other: changed openings and shortened ends count as the same,
// another date or number does not, nor do texts under 30 words. O(bytes).
[[nodiscard]] bool is_copy(std::string_view a, std::string_view b);

// The oldest article that `text` is a copy of.
Result<std::optional<std::int64_t>> find_original(Database& database, std::uint64_t fingerprint,
                                                  std::string_view text);

}  // namespace dateline::store
