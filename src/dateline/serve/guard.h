#pragma once
// Who may ask. A page somewhere on the web can make a browser send requests to 127.0.0.1, and a
// name of its own can be made to point there (DNS rebinding); neither may read a store or change
// one.
#include <optional>
#include <string>
#include <vector>

#include "dateline/serve/http.h"

namespace dateline::serve {

struct GuardOptions {
  std::string token;               // "": none is wanted
  std::vector<std::string> hosts;  // names the server may be called by, besides this machine's own
  bool loopback = true;            // false: an address in the Host line is taken too
};

// Nothing where `request` may go on; else the answer that refuses it:
// 421 for a Host that is not ours, 403 for a page of another origin, 401 for a missing token.
// Only what lies under /api is secret: the page itself is the same for everybody.
[[nodiscard]] std::optional<Response> refusal(const Request& request, const GuardOptions& options);

// True for 127.0.0.0/8 and ::1.
[[nodiscard]] bool is_loopback(std::string_view address);

}  // namespace dateline::serve
