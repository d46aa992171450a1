#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dateline/base/arena.h"
#include "dateline/base/span.h"
#include "dateline/base/time_point.h"
#include "dateline/base/tsv.h"

namespace dateline {
namespace {

TEST(Slice, IsTotal) {
  EXPECT_EQ(slice("abc", {1, 2}), "b");
  EXPECT_EQ(slice("abc", {1, 99}), "bc");
  EXPECT_EQ(slice("abc", {7, 99}), "");
  EXPECT_EQ(slice("abc", {2, 1}), "");
}

TEST(ParseTsv, PassesOverCommentsAndEmptyLines) {
  EXPECT_THAT(parse_tsv("# source\n\na\tb\r\nc\n"),
              testing::ElementsAre(testing::ElementsAre("a", "b"), testing::ElementsAre("c")));
}

TEST(WordsOf, PassesOverBlanks) {
  EXPECT_THAT(words_of(" tell  inform "), testing::ElementsAre("tell", "inform"));
  EXPECT_THAT(words_of(" "), testing::IsEmpty());
}

TEST(WordSets, AddsRowsOfOneName) {
  const WordSets words("# set\twords\nweather\train snow\nkin\tson\nweather\thail\n");
  EXPECT_TRUE(words.in("weather", "snow"));
  EXPECT_TRUE(words.in("weather", "hail"));
  EXPECT_FALSE(words.in("weather", "son"));
}

struct DateCase {
  const char* name;
  const char* text;
  const char* iso;  // "" for an error
};
class ParseTimePoint : public testing::TestWithParam<DateCase> {};
TEST_P(ParseTimePoint, GivesTheIsoForm) {
  const auto point = parse_time_point(GetParam().text);
  EXPECT_EQ(point ? iso8601(*point) : "", GetParam().iso);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ParseTimePoint,
    testing::Values(DateCase{"Day", "2021-12-01", "2021-12-01"},
                    DateCase{"Compact", "20211201", "2021-12-01"},
                    DateCase{"Minutes", "2021-12-01T09:30", "2021-12-01T09:30"},
                    DateCase{"Zulu", "2021-12-01T09:30:05Z", "2021-12-01T09:30:05Z"},
                    DateCase{"Fraction", "2021-12-01T09:30:05.123+01:00",
                             "2021-12-01T09:30:05+01:00"},
                    DateCase{"SpacedZone", "2021-12-01 09:30 -0500", "2021-12-01T09:30-05:00"},
                    DateCase{"NoSuchDay", "2021-02-30", ""}, DateCase{"MonthOnly", "2021-02", ""},
                    DateCase{"Word", "yesterday", ""}, DateCase{"Empty", "", ""},
                    DateCase{"Hour25", "2021-12-01T25:00", ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(StringArena, ViewsSurviveMovesAndGrowth) {
  StringArena arena;
  const auto first = arena.add("first");
  for (int i = 0; i < 5000; ++i) arena.add("filler filler");
  const StringArena moved = std::move(arena);
  EXPECT_EQ(first, "first");
}

}  // namespace
}  // namespace dateline
