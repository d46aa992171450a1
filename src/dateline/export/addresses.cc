#include "dateline/export/addresses.h"

#include <algorithm>

namespace dateline::exporting {

bool is_web_address(std::string_view uri) {
  if (!uri.starts_with("http://") && !uri.starts_with("https://")) return false;
  return std::none_of(uri.begin(), uri.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '\x7F';
  });
}

}  // namespace dateline::exporting
