#pragma once
// Text in columns of a terminal: a column is a code point.
#include <cstddef>
#include <string>
#include <string_view>

namespace dateline::record {

// Code points of `text`; a byte that continues one counts nothing.
[[nodiscard]] std::size_t columns(std::string_view text);

// Appends `text` word by word within `width` columns, and a line end; later lines begin with
// `indent` spaces. The first line already holds `used` columns.
void wrap(std::string& out, std::string_view text, std::size_t used, std::size_t indent,
          std::size_t width);

}  // namespace dateline::record
