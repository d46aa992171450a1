#pragma once
// Records inside a store: zlib (RFC 1950) with the keys of a record as preset dictionary, which
// halves what a short article's record takes.
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::store {

[[nodiscard]] std::string pack(std::string_view bytes);
// kCorrupt when `bytes` did not come from pack(), or would take more than 256 MiB.
Result<std::string> unpack(std::string_view bytes);

}  // namespace dateline::store
