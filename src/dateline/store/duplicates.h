#pragma once
// Near-duplicates: wire copies and reprints, which count once. Candidates by fingerprint (SimHash,
// Charikar 2002), then the texts themselves: at least four fifths of their shingles are shared
// (Broder 1997) and every number is.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/store/database.h"

namespace dateline::store {

// The SimHashes of all articles of a store, kept in memory: comparing with a million takes less
// than a look-up. One a connection; what others add is caught up with.
class Fingerprints {
 public:
  // Reads what came since the last time. O(new articles).
  Result<void> catch_up(Database& database);
  // Articles within twelve bits, oldest first; of more than twenty the nearest. O(articles).
  [[nodiscard]] std::vector<std::int64_t> near(std::uint64_t fingerprint) const;

 private:
  struct Entry {
    std::int64_t article;
    std::uint64_t bits;
  };
  std::vector<Entry> all_;  // by article
};

// The oldest article that `text` is a copy of.
Result<std::optional<std::int64_t>> find_original(Database& database, Fingerprints& fingerprints,
                                                  std::uint64_t fingerprint, std::string_view text);

}  // namespace dateline::store
