#pragma once
// HttpClient: one GET at a time over HTTP or HTTPS. The one file (http_client.cc) that knows
// libcurl.
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::fetch {

// An address taken apart (RFC 3986), evened out: "HTTP://A.example/x/../b#c" is
// "http://a.example/b".
struct Address {
  std::string uri;     // whole, without a fragment
  std::string origin;  // "https://post.example:8080", the place of one robots.txt
  std::string host;    // "post.example"
  std::string target;  // "/a?b"
};

// kUnsupported: another scheme than http and https, a name and password in it; kInvalidArgument: no
// address at all. Messages name `text`.
[[nodiscard]] Result<Address> parse_address(const std::string& text);

// What lets a server say that nothing has changed.
struct Validators {
  std::string etag, last_modified;  // as the server gave them; "" where it gave none
  [[nodiscard]] bool any() const { return !etag.empty() || !last_modified.empty(); }
};

struct HttpAnswer {
  int status = 0;
  std::string content_type, date;  // as the server gave them
  std::string location;            // absolute; of a redirect
  Validators validators;
  bool no_store = false;  // Cache-Control says that the page must not be kept
  std::string body;       // with gzip, br and the like undone
};

// Follows no redirect; proxies as the environment says (http_proxy …). Not shared by threads.
class HttpClient {
 public:
  struct Options {
    std::string agent;                    // User-Agent
    std::size_t max_bytes = 0;            // of a body, unpacked
    std::chrono::milliseconds timeout{};  // of one request, from the name look-up to the end
  };
  [[nodiscard]] static Result<HttpClient> make(Options options);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;
  HttpClient& operator=(HttpClient&&) noexcept;

  // Any status is an answer. kIo: no answer (the message says why); kUnsupported: over the limit.
  [[nodiscard]] Result<HttpAnswer> get(const std::string& uri, const Validators& known);

 private:
  struct Impl;
  explicit HttpClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::fetch
