#pragma once
// Request and Response: what the routes see of HTTP, and nothing of the library that speaks it.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/base/result.h"

namespace dateline::serve {

struct Request {
  std::string method;                                      // "GET", "POST" …; a HEAD comes as GET
  std::string path;                                        // decoded, begins with "/"
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in the order of the address
  std::string host, origin, authorization, content_type, if_none_match, accept_encoding;
  std::string fetch_site;  // Sec-Fetch-Site
  std::string body;

  // The first value of `name`; "" where it is missing.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string etag;      // with its quotation marks; "": none
  std::string allow;     // of a 405
  bool lasting = false;  // the address names these very bytes: they may be kept for ever
  bool gzipped = false;  // body is compressed already
};

// The one table from our errors to those of HTTP.
[[nodiscard]] int status_of(ErrorCode code);
// "invalid_argument", "not_found" …: `code` of the error object.
[[nodiscard]] std::string_view name_of(ErrorCode code);
// {"error": {"code": …, "message": …}} with its status.
[[nodiscard]] Response error_response(const Error& error);
[[nodiscard]] Response error_response(int status, std::string_view code, std::string_view message);

// Adds an ETag of the body, answers 304 where the client has these bytes, and compresses what is
// worth it for a client that takes gzip.
[[nodiscard]] Response finish(const Request& request, Response response);

[[nodiscard]] bool takes_gzip(const Request& request);

// `bytes` as a gzip member.
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace dateline::serve
