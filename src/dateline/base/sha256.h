#pragma once
// SHA-256 (FIPS 180-4): the name of a text that came without one.
#include <string>
#include <string_view>

namespace dateline {

// The hash of `bytes`: 32 bytes. O(bytes).
[[nodiscard]] std::string sha256(std::string_view bytes);

// The same as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace dateline
