#pragma once
// String ids: how spaCy's networks, tables and rules name strings.
#include <cstdint>
#include <string_view>

namespace dateline::language {

// 0 for the empty string, 1 to 456 for the reserved symbols (data/language/symbols.tsv), else
// the 64-bit hash of the UTF-8 bytes. Distinct strings are taken to have distinct ids.
using StringId = std::uint64_t;

// MurmurHash64A, little-endian (Appleby's MurmurHash2.cpp).
[[nodiscard]] std::uint64_t murmur64a(std::string_view bytes, std::uint64_t seed = 1);

// O(bytes). Of any bytes; nothing is looked up but the symbols.
[[nodiscard]] StringId string_id(std::string_view text);

}  // namespace dateline::language
