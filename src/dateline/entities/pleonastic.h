#pragma once
// "It" that refers to nothing: "it is likely that", "it rained", "it takes years to".
#include <cstdint>

#include "dateline/language/doc.h"

namespace dateline::entities {

[[nodiscard]] bool is_pleonastic(const Doc& doc, std::uint32_t it);

}  // namespace dateline::entities
