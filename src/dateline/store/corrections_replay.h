#pragma once
// Corrections after an article was read again.
#include <cstdint>

#include "dateline/store/database.h"

namespace dateline::store {

// Applies the standing corrections to the entities of `article` once more, in order.
Result<void> replay_corrections(Database& database, std::int64_t article);

}  // namespace dateline::store
