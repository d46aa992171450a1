#include "dateline/serve/http.h"

#include <gtest/gtest.h>

#include "dateline/serve/page.h"

namespace dateline::serve {
namespace {

Request get(std::string path) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

Response with_body(std::string body) {
  Response response;
  response.body = std::move(body);
  return response;
}

TEST(Http, SameBytesAreNotSentTwice) {
  const Response body = with_body(R"({"rows":[]})");
  Request request = get("/api/people");
  const Response first = finish(request, body);
  EXPECT_EQ(first.status, 200);
  request.if_none_match = first.etag;
  const Response second = finish(request, body);
  EXPECT_EQ(second.status, 304);
  EXPECT_TRUE(second.body.empty());
  EXPECT_EQ(finish(request, with_body(R"({"rows":[1]})")).status, 200);
}

TEST(Http, CompressesForThoseWhoTakeIt) {
  const Response body = with_body(std::string(5000, 'a'));
  Request request = get("/api/people");
  EXPECT_FALSE(finish(request, body).gzipped);
  request.accept_encoding = "gzip, br";
  const Response small = finish(request, body);
  EXPECT_TRUE(small.gzipped);
  EXPECT_LT(small.body.size(), 200U);
  EXPECT_FALSE(finish(request, with_body("short")).gzipped);
}

TEST(Http, ErrorsAreOfOneShape) {
  const Response response =
      error_response(Error{ErrorCode::kNotFound, "nobody is called \"\xff\""});
  EXPECT_EQ(response.status, 404);
  EXPECT_NE(response.body.find(R"({"error":{"code":"not_found","message":)"), std::string::npos);
}

TEST(Page, EveryViewIsThePage) {
  if (page_files().empty()) GTEST_SKIP() << "built without the page";
  for (const char* path : {"/", "/story", "/conflicts", "/drop", "/person/P12", "/article/17"})
    EXPECT_EQ(answer_page(get(path)).content_type, "text/html; charset=utf-8") << path;
}

TEST(Page, ServesNothingButItself) {
  for (const char* path :
       {"/../etc/passwd", "/assets/../../etc/passwd", "/etc/passwd", "//etc/passwd",
        "/index.html/..", "/assets/", "/.git/config", "/story/../x"})
    EXPECT_NE(answer_page(get(path)).status, 200) << path;
}

}  // namespace
}  // namespace dateline::serve
