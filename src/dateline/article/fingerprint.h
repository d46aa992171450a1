#pragma once
// Fingerprints of texts, alike for alike texts: SimHash (Charikar 2002) over the shingles of four
// words, as Manku et al. (2007) use it for pages. For folding wire copies and near-duplicates.
#include <cstdint>
#include <string_view>
#include <vector>

namespace dateline::article {

// Hashes of each four words in a row, in text order; of a text of fewer words, one of them all.
// Case, punctuation and white space do not count. Nothing for a text without words. O(bytes).
[[nodiscard]] std::vector<std::uint64_t> shingles(std::string_view text);

// Case, punctuation and white space do not count. 0 for a text without words. O(bytes).
[[nodiscard]] std::uint64_t fingerprint(std::string_view text);

// The number of bits in which two fingerprints differ, 0 to 64. Copies with small changes differ in
// a few, texts of their own in about 32.
[[nodiscard]] int distance(std::uint64_t a, std::uint64_t b);

}  // namespace dateline::article
