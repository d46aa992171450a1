#include "dateline/serve/guard.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "dateline/base/ascii.h"

namespace dateline::serve {
namespace {

// "[::1]:8021" → "::1", "Localhost:8021" → "localhost".
std::string name_of_host(std::string_view host) {
  std::string_view name = host;
  if (host.starts_with("[")) {
    const auto end = host.find(']');
    if (end == std::string_view::npos) return {};
    name = host.substr(1, end - 1);
  } else {
    name = host.substr(0, host.find(':'));
  }
  return to_lower(name);
}

bool is_address(const std::string& name) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

bool is_our_host(std::string_view host, const GuardOptions& options) {
  const std::string name = name_of_host(host);
  if (name == "localhost" || is_loopback(name)) return true;
  // An address cannot be rebound to another machine; a name can.
  if (!options.loopback && is_address(name)) return true;
  return std::find(options.hosts.begin(), options.hosts.end(), name) != options.hosts.end();
}

// As long for a wrong token as for the right one.
bool same_secret(std::string_view given, std::string_view wanted) {
  unsigned difference = given.size() == wanted.size() ? 0U : 1U;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const char c = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(c ^ wanted[i]);
  }
  return difference == 0;
}

bool bears_token(const Request& request, const std::string& token) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.authorization;
  return header.starts_with(kBearer) && same_secret(header.substr(kBearer.size()), token);
}

}  // namespace

bool is_loopback(std::string_view address) {
  const std::string name(address);
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, name.c_str(), bytes.data()) == 1) return bytes[0] == 127;
  return name == "::1";
}

std::optional<Response> refusal(const Request& request, const GuardOptions& options) {
  if (!is_our_host(request.host, options))
    return error_response(421, "foreign_host", "this server is not called " + request.host);
  if (!request.path.starts_with("/api/")) return std::nullopt;
  const bool other_page = !request.origin.empty() && request.origin != "http://" + request.host &&
                          request.origin != "https://" + request.host;
  const bool other_site = request.fetch_site == "cross-site" || request.fetch_site == "same-site";
  if (other_page || other_site)
    return error_response(403, "foreign_origin", "only the page of this server may ask it");
  if (!options.token.empty() && !bears_token(request, options.token))
    return error_response(401, "token", "this store is opened with a token");
  return std::nullopt;
}

}  // namespace dateline::serve
