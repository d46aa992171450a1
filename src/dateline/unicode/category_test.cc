#include "dateline/unicode/category.h"

#include <gtest/gtest.h>

#include "dateline/unicode/utf8.h"

namespace dateline::unicode {
namespace {

TEST(Category, AgreesWithPython) {
  EXPECT_TRUE(is_letter(U'é'));
  EXPECT_TRUE(is_letter(U'中'));
  EXPECT_FALSE(is_letter(U'9'));
  EXPECT_FALSE(is_letter(0x31350)) << "assigned in Unicode 15";
  EXPECT_TRUE(is_upper(0x24B6)) << "circled A, which is no letter";
  EXPECT_FALSE(is_upper(0x1C5)) << "title case";
  EXPECT_TRUE(is_lower(0xAA));
  EXPECT_TRUE(is_digit(0xB2));
  EXPECT_FALSE(is_digit(0xBD)) << "one half";
  EXPECT_TRUE(is_punctuation(U'—'));
  EXPECT_FALSE(is_punctuation(U'+'));
  EXPECT_TRUE(is_space(0x1C));
  EXPECT_TRUE(is_space(0x3000));
  EXPECT_FALSE(is_space(0x200B));
}

TEST(ToLower, EndsWordsWithTheFinalSigma) {
  const struct {
    const char *text, *lower;
  } kRows[] = {{"Σ", "σ"},         {"ΑΣ", "ας"},        {"ΑΣΑ", "ασα"}, {"ΑΣ.", "ας."},
               {"ΑΣ'Α", "ασ'α"},   {"Α'Σ", "α'ς"},      {"1Σ", "1σ"},   {"ΑΣ1", "ας1"},
               {"\xFFΣ", "\xFFσ"}, {"Α\xA3Σ", "α\xA3σ"}};
  for (const auto& row : kRows) EXPECT_EQ(to_lower(row.text), row.lower) << row.text;
}

}  // namespace
}  // namespace dateline::unicode
