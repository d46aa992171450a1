#pragma once
// Identity over articles: which person, organisation or place known to the store a name of an
// article means.
//
// The same full name is the same one when nothing speaks against it: another sex, year of birth,
// trade, spouse, or decades between. A name of one word never decides for a person, and without a
// name nobody has an identity. What is doubtful stays apart and is kept as a candidate with its
// reasons: a wrong merge is worse than a split.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/store/database.h"

namespace dateline::store {

// Gives every named entity of `article` that has none an identity, in order of mention, and writes
// the reasons. O(entities), each with at most a dozen of the candidate's latest articles.
Result<void> assign_identities(Database& database, std::int64_t article);

// Moves `entity` to `to`; a new identity when none is given. Gives the identity.
Result<std::int64_t> move_entity(Database& database, std::int64_t entity,
                                 std::optional<std::int64_t> to);

// Brings name, kind and keys of `person` up to date; deletes one that has no entity left.
Result<void> refresh_person(Database& database, std::int64_t person);

}  // namespace dateline::store
