#pragma once
// What a Content-Type field says: RFC 9110, 8.3.
#include <string>
#include <string_view>

namespace dateline::article {

struct MediaType {
  std::string type, charset;  // lower case: "text/html", "utf-8"; "" where it says nothing
  [[nodiscard]] bool is_page() const {
    return type == "text/html" || type == "application/xhtml+xml";
  }
};

// Total. `value` is what stands behind "Content-Type:".
[[nodiscard]] MediaType parse_media_type(std::string_view value);

}  // namespace dateline::article
