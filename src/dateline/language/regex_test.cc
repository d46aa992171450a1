#include "dateline/language/regex.h"

#include <gtest/gtest.h>

namespace dateline::language {
namespace {

TEST(ToPcre2, ConvertsWhatDiffers) {
  const struct {
    const char *python, *pcre2;
  } kRows[] = {
      {R"((?u)^a)", "^a"},
      {R"([\u00A6\U0001F600])", R"([\x{00A6}\x{0001F600}])"},
      {R"(\d[\d])", R"(\p{Nd}[\p{Nd}])"},
      {R"(\w[\w.])", R"([\p{L}\p{N}_][\p{L}\p{N}_.])"},
      {R"([[:a])", R"([\[:a])"},
      {R"([]a])", R"([\]a])"},
      {R"([^]a][b])", R"([^\]a][b])"},
      {R"(\[\.\\)", R"(\[\.\\)"},
  };
  for (const auto& row : kRows) {
    bool caseless = false;
    const auto converted = to_pcre2(row.python, &caseless);
    ASSERT_TRUE(converted.has_value()) << row.python;
    EXPECT_EQ(*converted, row.pcre2);
    EXPECT_FALSE(caseless);
  }
  bool caseless = false;
  EXPECT_TRUE(to_pcre2("(?iu)a", &caseless).has_value());
  EXPECT_TRUE(caseless);
}

TEST(ToPcre2, RefusesWhatWouldMeanSomethingElse) {
  bool caseless = false;
  for (const char* python : {R"(\bword)", R"(\B)", R"([\W])", R"(\u12)", "\\"})
    EXPECT_FALSE(to_pcre2(python, &caseless).has_value()) << python;
}

TEST(Regex, FindsLeftmostMatchInBytes) {
  const auto regex = Regex::compile(R"((?<=é)\.+|x$)", "test");
  ASSERT_TRUE(regex.has_value());
  const auto match = regex->search(".é..");
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->begin, 3U);
  EXPECT_EQ(match->end, 5U);
  EXPECT_FALSE(regex->search(".x.").has_value());
  EXPECT_FALSE(regex->search("").has_value());
  EXPECT_FALSE(regex->matches_at_start("ax"));
  EXPECT_TRUE(regex->matches_at_start("x"));
}

TEST(Regex, HasPythonsWhiteSpace) {
  const auto regex = Regex::compile(R"(^\S+$)", "test");
  ASSERT_TRUE(regex.has_value());
  EXPECT_TRUE(regex->matches_at_start("a\u180Eb"));
  EXPECT_FALSE(regex->matches_at_start("a\x1Cz"));
  EXPECT_FALSE(regex->matches_at_start("a\u3000b"));
}

TEST(Regex, NamesWhatDoesNotCompile) {
  const auto regex = Regex::compile("(a", "tokenizer, prefix_search");
  ASSERT_FALSE(regex.has_value());
  EXPECT_NE(regex.error().message.find("tokenizer, prefix_search"), std::string::npos);
}

}  // namespace
}  // namespace dateline::language
