#pragma once
// The row and the keys of an identity, which follow its entities.
#include <cstdint>
#include <optional>

#include "dateline/store/identity.h"

namespace dateline::store {

// Brings an identity up to date with one more of its entities, or makes one of it; its id.
Result<std::int64_t> take_in(Database& database, const Named& entity,
                             std::optional<std::int64_t> to);

// The fullest name used is the identity's; the first of equals stays. Not said where its counts
// are: naming an indexed column writes its index's page, changed or not.
Result<void> take_fuller_name(Database& database, const Named& entity, std::int64_t person);

// The keys of one entity that its identity is looked up by.
Result<void> add_keys(Database& database, const Named& entity, std::int64_t person);

// Moves `entity` to `to`; a new identity when none is given. Gives the identity.
Result<std::int64_t> move_entity(Database& database, std::int64_t entity,
                                 std::optional<std::int64_t> to);

// Brings name, kind and keys of `person` up to date; deletes one that has no entity left.
Result<void> refresh_person(Database& database, std::int64_t person);

// The number in the cell, if there is one.
[[nodiscard]] std::optional<std::int64_t> number_at(const Row& row, std::size_t at);

}  // namespace dateline::store
