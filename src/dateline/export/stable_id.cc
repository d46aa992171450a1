#include "dateline/export/stable_id.h"

#include <fmt/format.h>

#include "dateline/base/sha256.h"

namespace dateline::exporting {

std::string stable_id(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += fmt::format("{}:{}", part.size(), part);
  return sha256_hex(all).substr(0, 40);
}

std::string stable_urn(std::initializer_list<std::string_view> parts) {
  std::string hex = stable_id(parts);
  hex[12] = '8';                                              // the version
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];  // the variant
  const std::string_view h = hex;
  return fmt::format("urn:uuid:{}-{}-{}-{}-{}", h.substr(0, 8), h.substr(8, 4), h.substr(12, 4),
                     h.substr(16, 4), h.substr(20, 12));
}

std::string store_key(const Json& oldest) {
  return stable_id({text_at(oldest, "article_id"), text_at(oldest, "uri"),
                    text_at(oldest, "publisher"), text_at(oldest, "published"),
                    text_at(oldest, "title")});
}

}  // namespace dateline::exporting
