#include "dateline/language/lexeme.h"

#include <gtest/gtest.h>

namespace dateline::language {
namespace {

TEST(Shape, IsThatOfTheTable) {
  const struct {
    const char *text, *shape;
  } kRows[] = {{"Hello", "Xxxxx"}, {"hello", "xxxx"},  {"HELLO", "XXXX"},
               {"1999", "dddd"},   {"3.14", "d.dd"},   {"Don't", "Xxx'x"},
               {"spaCy", "xxxXx"}, {"1a2b", "dxdx"},   {"U.S.A.", "X.X.X."},
               {"  ", "  "},       {"²", "d"},         {"½", "½"},
               {"ǅ", "x"},         {"......", "...."}, {"", ""}};
  for (const auto& row : kRows) EXPECT_EQ(shape_of(row.text), row.shape) << row.text;
  EXPECT_EQ(shape_of(std::string(99, 'x')), "xxxx");
  EXPECT_EQ(shape_of(std::string(100, 'x')), "LONG");
  EXPECT_EQ(shape_of("a\xFF"), "x\xFF") << "an invalid byte is kept";
}

TEST(Flags, FollowPythonsPredicates) {
  const auto has = [](const char* text, Flag flag) {
    return (flags_of(text) >> static_cast<unsigned>(flag) & 1U) != 0;
  };
  EXPECT_TRUE(has("Straße", Flag::kIsAlpha));
  EXPECT_FALSE(has("Straße", Flag::kIsAscii));
  EXPECT_TRUE(has("Straße", Flag::kIsTitle));
  EXPECT_FALSE(has("McX", Flag::kIsTitle));
  EXPECT_FALSE(has("They're", Flag::kIsTitle)) << "r begins a run";
  EXPECT_TRUE(has("1²", Flag::kIsDigit));
  EXPECT_TRUE(has("—!", Flag::kIsPunct));
  EXPECT_FALSE(has("$", Flag::kIsPunct));
  EXPECT_TRUE(has("\x1c\t", Flag::kIsSpace));
  EXPECT_TRUE(has("a1", Flag::kIsLower));
  EXPECT_TRUE(has("A1", Flag::kIsUpper));
  EXPECT_EQ(flags_of(""), 0U);
}

class LexemeCacheTest : public testing::Test {
 protected:
  Vocab vocab_;
  LexemeCache cache_{vocab_};
};

TEST_F(LexemeCacheTest, HoldsOneLexemeAForm) {
  const Lexeme& first = cache_.get("Bordeaux");
  EXPECT_EQ(&cache_.get(std::string("Bordeaux")), &first);
  EXPECT_EQ(cache_.size(), 1U);
  EXPECT_EQ(first.index, 0U);
  EXPECT_EQ(cache_.get("x").index, 1U);
  EXPECT_EQ(first.lower, "bordeaux");
  EXPECT_EQ(first.norm, "bordeaux");
  EXPECT_EQ(first.suffix_id, 405U) << "the symbol aux";
  EXPECT_EQ(first.prefix_id, string_id("B"));
  cache_.clear();
  EXPECT_EQ(cache_.size(), 0U);
  EXPECT_EQ(cache_.get("y").index, 0U);
}

TEST_F(LexemeCacheTest, CountsCharactersNotBytes) {
  const Lexeme& lexeme = cache_.get("Ünïçø");
  EXPECT_EQ(lexeme.prefix_id, string_id("Ü"));
  EXPECT_EQ(lexeme.suffix_id, string_id("ïçø"));
  EXPECT_EQ(cache_.get("ÅÄ").suffix_id, string_id("ÅÄ"));
}

TEST_F(LexemeCacheTest, LowersAsPython) {
  EXPECT_EQ(cache_.get("ΟΔΟΣ").lower, "οδος");
  EXPECT_EQ(cache_.get("ΣΑ").lower, "σα");
  EXPECT_EQ(cache_.get("Σ").lower, "σ");
  EXPECT_EQ(cache_.get("İx").lower, "i̇x");
}

TEST(Vocab, ReportsADamagedTable) {
  const std::string folder = testing::TempDir() + "dateline_vocab_test";
  ASSERT_EQ(std::system(("mkdir -p " + folder + "/vocab").c_str()), 0);
  const std::string path = folder + "/vocab/lookups.bin";
  std::FILE* file = std::fopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  std::fputs("\x81\xAAlexeme_nor", file);
  std::fclose(file);
  const auto vocab = Vocab::load(folder);
  ASSERT_FALSE(vocab.has_value());
  EXPECT_EQ(vocab.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(vocab.error().message.find("lookups.bin"), std::string::npos);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace dateline::language
