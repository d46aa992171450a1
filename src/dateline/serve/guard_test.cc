#include "dateline/serve/guard.h"

#include <gtest/gtest.h>

#include <vector>

namespace dateline::serve {
namespace {

Request request(std::string host, std::string origin = "", std::string authorization = "") {
  Request made;
  made.method = "GET";
  made.path = "/api/status";
  made.host = std::move(host);
  made.origin = std::move(origin);
  made.authorization = std::move(authorization);
  return made;
}

struct Row {
  const char* name;
  Request request;
  GuardOptions options;
  int status;  // 0: goes on
};

TEST(Guard, Table) {
  const GuardOptions plain{};
  const GuardOptions shared{.token = "s3cret", .hosts = {"desk.example"}, .loopback = false};
  const std::vector<Row> rows{
      {"loopback by number", request("127.0.0.1:8021"), plain, 0},
      {"loopback by name", request("localhost:8021"), plain, 0},
      {"loopback by name in capitals", request("LOCALHOST"), plain, 0},
      {"loopback of IPv6", request("[::1]:8021"), plain, 0},
      {"a tunnel with another port", request("localhost:9999"), plain, 0},
      {"a name that was rebound", request("evil.example:8021"), plain, 421},
      {"a name that begins like ours", request("localhost.evil.example"), plain, 421},
      {"a name that begins like an address", request("127.0.0.1.evil.example"), plain, 421},
      {"no Host at all", request(""), plain, 421},
      {"an address that is not ours", request("192.0.2.7:8021"), plain, 421},
      {"half a bracket", request("[::1"), plain, 421},
      {"our own page", request("127.0.0.1:8021", "http://127.0.0.1:8021"), plain, 0},
      {"a page of another site", request("127.0.0.1:8021", "https://evil.example"), plain, 403},
      {"a page of another port", request("127.0.0.1:8021", "http://127.0.0.1:3000"), plain, 403},
      {"a page without an origin", request("127.0.0.1:8021", "null"), plain, 403},
      {"shared, no token", request("192.0.2.7:8021"), shared, 401},
      {"shared, wrong token", request("192.0.2.7:8021", "", "Bearer s3creT"), shared, 401},
      {"shared, token cut short", request("192.0.2.7:8021", "", "Bearer s3c"), shared, 401},
      {"shared, token with more", request("192.0.2.7:8021", "", "Bearer s3cretX"), shared, 401},
      {"shared, the token", request("192.0.2.7:8021", "", "Bearer s3cret"), shared, 0},
      {"shared, by its name", request("desk.example", "", "Bearer s3cret"), shared, 0},
      {"shared, another name", request("evil.example", "", "Bearer s3cret"), shared, 421},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto refused = refusal(row.request, row.options);
    EXPECT_EQ(refused ? refused->status : 0, row.status);
  }
}

TEST(Guard, PageItselfNeedsNoToken) {
  Request page = request("192.0.2.7:8021");
  page.path = "/story";
  EXPECT_FALSE(refusal(page, {.token = "s3cret", .hosts = {}, .loopback = false}));
}

TEST(Guard, BrowserSaysCrossSite) {
  Request linked = request("127.0.0.1:8021");
  linked.fetch_site = "cross-site";
  EXPECT_EQ(refusal(linked, {})->status, 403);
  linked.fetch_site = "same-origin";
  EXPECT_FALSE(refusal(linked, {}));
}

}  // namespace
}  // namespace dateline::serve
