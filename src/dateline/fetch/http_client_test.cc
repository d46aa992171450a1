#include "dateline/fetch/http_client.h"

#include <gtest/gtest.h>

namespace dateline::fetch {
namespace {

struct Row {
  std::string_view name, text, uri, origin, target;
};
constexpr Row kRows[] = {
    {"plain", "http://post.example/a", "http://post.example/a", "http://post.example", "/a"},
    {"no_path", "https://post.example", "https://post.example/", "https://post.example", "/"},
    {"port_and_query", "http://post.example:8080/a?b=c#d", "http://post.example:8080/a?b=c",
     "http://post.example:8080", "/a?b=c"},
    {"host_in_capitals", "HTTP://Post.Example/A", "http://post.example/A", "http://post.example",
     "/A"},
    {"dots", "http://post.example/a/../b/./c", "http://post.example/b/c", "http://post.example",
     "/b/c"},
    {"space", "http://post.example/a b", "http://post.example/a%20b", "http://post.example",
     "/a%20b"},
};
class ParseAddress : public testing::TestWithParam<Row> {};
TEST_P(ParseAddress, TakesItApart) {
  const auto address = parse_address(std::string(GetParam().text));
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(address->uri, GetParam().uri);
  EXPECT_EQ(address->origin, GetParam().origin);
  EXPECT_EQ(address->target, GetParam().target);
}
INSTANTIATE_TEST_SUITE_P(Table, ParseAddress, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ParseAddress, WhatIsNotFetched) {
  EXPECT_EQ(parse_address("file:///etc/hosts").error().message,
            "file:///etc/hosts: neither http nor https, not fetched");
  EXPECT_EQ(parse_address("gopher://post.example/").error().code, ErrorCode::kUnsupported);
  // The password is not repeated.
  EXPECT_EQ(parse_address("http://ann:secret@post.example/").error().message,
            "an address with a name and password in it is not read");
  for (const char* text : {"", "post", "http://", "http://a b/"})
    EXPECT_FALSE(parse_address(text)) << text;
}

}  // namespace
}  // namespace dateline::fetch
