#pragma once
// Fetcher: how the reader asks for a page of the web. Reading itself knows no network: without a
// fetcher an address is an error (fetch/ has the one that makes connections).
#include <optional>
#include <string>
#include <string_view>

#include "dateline/article/media_type.h"
#include "dateline/base/ascii.h"
#include "dateline/base/result.h"
#include "dateline/base/time_point.h"

namespace dateline::article {

struct FetchedPage {
  std::string uri;  // that gave it, redirects followed
  MediaType media;
  std::string body;
  std::optional<TimePoint> taken;  // by the server's clock: nothing in the page is later
  std::string warning;             // to be told once; "": nothing
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // The page at `uri`. Errors are one line that names `uri`: kNotFound, kIo, kUnsupported.
  virtual Result<FetchedPage> fetch(const std::string& uri) = 0;
};

// "http://…" or "https://…".
[[nodiscard]] inline bool is_web_address(std::string_view text) {
  const std::string front = to_lower(text.substr(0, 8));
  return front.starts_with("http://") || front.starts_with("https://");
}

}  // namespace dateline::article
