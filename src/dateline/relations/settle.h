#pragma once
// Settling: what all that an article says of a tie makes of each place that speaks of it.
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "dateline/relations/finding.h"
#include "dateline/relations/relation.h"

namespace dateline::relations {

struct Row {
  Relation relation;
  bool said = false;
  bool decided = false;
};
using Key = std::tuple<ByteSpan, ByteSpan, std::string, std::uint32_t, std::int64_t, std::string>;
using Rows = std::map<Key, Row>;

// Both sides alike: "spouse".
[[nodiscard]] bool is_symmetric(std::string_view relation);
// A state that time ends: a tie of blood has none.
[[nodiscard]] bool has_states(std::string_view relation);

// Adds a row. What the same words say of the same two is one row; a state that is said goes before
// one that merely stands to reason.
void merge(Rows& rows, const Row& further);

// Gives names to the ties that a place leaves open ("they split", "she filed for divorce"), and the
// state that is said of a tie to the places that say none. O(rows squared) at worst.
void settle(Rows& rows);

}  // namespace dateline::relations
