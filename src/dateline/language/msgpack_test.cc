#include "dateline/language/msgpack.h"

#include <gtest/gtest.h>

namespace dateline::language::msgpack {
namespace {

using namespace std::string_view_literals;

TEST(Msgpack, ReadsEveryKindOfInteger) {
  EXPECT_EQ(Reader("\x07"sv).uint(), 7U);
  EXPECT_EQ(Reader("\xcc\xff"sv).uint(), 255U);
  EXPECT_EQ(Reader("\xcd\x01\x00"sv).uint(), 256U);
  EXPECT_EQ(Reader("\xcf\xff\xff\xff\xff\xff\xff\xff\xff"sv).uint(), ~std::uint64_t{0});
  EXPECT_EQ(Reader("\xff"sv).integer(), -1);
  EXPECT_EQ(Reader("\xd1\xff\x00"sv).integer(), -256);
  EXPECT_EQ(Reader("\xd3\x80\x00\x00\x00\x00\x00\x00\x00"sv).integer(), INT64_MIN);
  Reader negative("\xd0\x80"sv);
  negative.uint();
  EXPECT_FALSE(negative.ok());
}

TEST(Msgpack, ReadsATree) {
  const auto value = parse(
      "\x82\xa1"
      "a"
      "\x93\x01\xc0\xc3"
      "\xc4\x01"
      "b"
      "\xfe"sv,
      "x");
  ASSERT_TRUE(value.has_value());
  ASSERT_NE(value->find("a"), nullptr);
  EXPECT_EQ(value->find("a")->items.size(), 3U);
  EXPECT_EQ(value->find("b")->number, -2);
  EXPECT_TRUE(value->find("b")->negative);
  EXPECT_EQ(value->find("c"), nullptr);
}

TEST(Msgpack, EveryPrefixIsAnError) {
  const auto whole =
      "\x82\xa1"
      "a"
      "\x93\x01\xc0\xc3"
      "\xc4\x01"
      "b"
      "\xcd\x01\x00"sv;
  ASSERT_TRUE(parse(whole, "x").has_value());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = parse(whole.substr(0, size), "some/file");
    ASSERT_FALSE(cut.has_value()) << size;
    EXPECT_NE(cut.error().message.find("some/file"), std::string::npos);
    Reader reader(whole.substr(0, size));
    reader.skip();
    EXPECT_FALSE(reader.ok());
  }
}

TEST(Msgpack, LiesAboutSizeAreErrors) {
  for (const auto bytes : {"\xdf\xff\xff\xff\xff"sv, "\xdd\xff\xff\xff\xff\x00"sv,
                           "\xdb\x7f\xff\xff\xff"
                           "a"sv,
                           "\xc1"sv, "\xd4\x00\x00"sv, "\x01\x01"sv}) {
    EXPECT_FALSE(parse(bytes, "x").has_value());
  }
  EXPECT_FALSE(parse(std::string(100'000, '\x91'), "deep").has_value());
}

}  // namespace
}  // namespace dateline::language::msgpack
