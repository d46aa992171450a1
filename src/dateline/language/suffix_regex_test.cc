#include "dateline/language/suffix_regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace dateline::language {
namespace {

// The shapes that the English package's suffixes have.
constexpr std::string_view kSuffixes =
    R"(…$|……$|,$|\!$|\)$|\$$|\.\.+$|__+$|['"’]$|'s$|’S$|(?<=[0-9])\+$|(?<=°[FfCcKk])\.$|)"
    R"((?<=[0-9])(?:\$|US\$|€)$|(?<=[0-9])(?:km|m²|мм|كم)$|)"
    R"((?<=[0-9a-z\u00DF-\u00F6%²\-\+)(?:'"])\.$|(?<=[A-Z][A-Z])\.$)";

TEST(SuffixRegex, MeasuresPatterns) {
  const struct {
    const char* pattern;
    std::size_t length, look_behind;
  } kBounded[] = {
      {"", 0, 0},
      {"a$", 1, 0},
      {"ab|…$|x", 2, 0},
      {R"((?<=[0-9])(?:km|m²|hPa)$)", 3, 1},
      {R"((?<=°[FfCcKk])\.$)", 1, 2},
      {R"([]a)|]b[^]x]\u00A6)", 4, 0},
      {R"(a?b{2,3}(?:cd){2}?)", 8, 0},
      {R"(a(?=b[0-9])(?!c))", 1, 0},
  };
  for (const auto& row : kBounded) {
    const auto extent = extent_of(row.pattern);
    ASSERT_TRUE(extent) << row.pattern;
    EXPECT_EQ(extent->length, row.length) << row.pattern;
    EXPECT_EQ(extent->look_behind, row.look_behind) << row.pattern;
  }
  for (const char* pattern :
       {"a*", "a+$", "a{2,}", "a{,2}", "^a", "(a)\\1", "(?i)a", "(?P<n>a)", "(?<=(?<=a)b)c", "[a",
        "(a", "a)", "\\", "a?+", "\\Aa", "*", "(?>a)", "a{9999}"})
    EXPECT_FALSE(extent_of(pattern)) << pattern;
}

TEST(SuffixRegex, FindsAlternatives) {
  EXPECT_THAT(alternatives_of(R"(a|(b|c)$|[|)]|\||[]|]x|)"),
              testing::ElementsAre("a", "(b|c)$", "[|)]", R"(\|)", "[]|]x", ""));
}

TEST(SuffixRegex, SaysWhatTheWholeSearchSays) {
  const auto suffix = SuffixRegex::compile(kSuffixes, "test");
  const auto whole = Regex::compile(kSuffixes, "test");
  ASSERT_TRUE(suffix && whole);
  EXPECT_TRUE(suffix->is_bounded());
  const std::string_view kParts[] = {"a",  "9", ".", "..", "…", "_", "°F", ")",  "US$", "km",
                                     "m²", "'", "s", "’S", "A", "B", "+",  "كم", "%",   "é"};
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t n = random() % 14; n > 0; --n) text += kParts[random() % std::size(kParts)];
    const auto match = whole->search(text);
    ASSERT_EQ(suffix->length(text), match ? match->end - match->begin : 0) << text;
  }
  EXPECT_EQ(suffix->length("\n\n"), 0U);
}

TEST(SuffixRegex, TakesPatternsWithoutBoundsAsTheyAre) {
  for (const char* pattern : {"[.!]+$", "a|b$", "^a$", "(?<=x.*)$", R"(\.\$)"}) {
    const auto suffix = SuffixRegex::compile(pattern, "test");
    if (!suffix) continue;  // not a pattern at all
    EXPECT_FALSE(suffix->is_bounded()) << pattern;
  }
  const auto suffix = SuffixRegex::compile("[.!]+$", "test");
  ASSERT_TRUE(suffix);
  EXPECT_EQ(suffix->length("a!.!"), 3U);
  EXPECT_EQ(SuffixRegex::compile("(", "test").error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace dateline::language
