#pragma once
// IPTC ninjs 1.x to 3.x: news items as JSON, one object, an array of them or one after another.
#include <string_view>
#include <vector>

#include "dateline/article/feed_entry.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// True when the beginning of a JSON text has a property that ninjs has and other feeds have not.
[[nodiscard]] bool looks_like_ninjs(std::string_view head);

// The items in their order, withdrawn ones (`pubstatus` "canceled", "withheld") left out with a
// warning. `json` is UTF-8. kCorrupt: not JSON; where it breaks after some items, these are given
// with a warning. O(bytes).
[[nodiscard]] Result<std::vector<FeedEntry>> read_ninjs(std::string_view json,
                                                        std::string_view name, Warnings& warnings);

}  // namespace dateline::article
