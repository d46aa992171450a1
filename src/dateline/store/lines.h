#pragma once
// Lines over many articles: which events of different articles are one event.
//
// One event: the same class or lemma, the same polarity, the same doers, and times that do not
// speak against it. Where that is not sure there are two lines. A line's interval is what its
// tellers agree on.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/store/database.h"

namespace dateline::store {

// Puts every event of `article` that has none into a line. O(events), each with at most 200
// lines of its first doer and class.
Result<void> link_lines(Database& database, std::int64_t article);

// Takes the events of `article` out of their lines; lines without an event go.
Result<void> unlink_lines(Database& database, std::int64_t article);

// Minutes since 1970 of a day or time as the store writes it, for order and overlap; none for ""
// and what is none. Zones do not take part.
[[nodiscard]] std::optional<std::int64_t> minute_of(const std::string& time);

}  // namespace dateline::store
