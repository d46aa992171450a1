#include "dateline/article/media_type.h"

#include "dateline/base/ascii.h"

namespace dateline::article {

MediaType parse_media_type(std::string_view value) {
  const std::string lower = to_lower(value);
  MediaType media{std::string(trim(std::string_view(lower).substr(0, lower.find(';')))), {}};
  const std::size_t at = lower.find("charset=");
  if (at != std::string::npos) {
    media.charset = lower.substr(at + 8);
    media.charset = media.charset.substr(0, media.charset.find_first_of("; "));
    std::erase(media.charset, '"');
  }
  return media;
}

}  // namespace dateline::article
