#include "dateline/record/wrap.h"

#include <algorithm>

#include "dateline/base/ascii.h"

namespace dateline::record {

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

void wrap(std::string& out, std::string_view text, std::size_t used, std::size_t indent,
          std::size_t width) {
  bool first = true;
  while (!(text = trim(text)).empty()) {
    std::size_t end = 0;
    while (end < text.size() && !is_space(text[end])) ++end;
    const std::string_view word = text.substr(0, end);
    const std::size_t size = columns(word);
    if (!first && used + 1 + size > width) {
      out += '\n';
      out.append(indent, ' ');
      used = indent;
      first = true;
    }
    if (!first) out += ' ', ++used;
    out += word;
    used += size;
    first = false;
    text.remove_prefix(end);
  }
  out += '\n';
}

}  // namespace dateline::record
