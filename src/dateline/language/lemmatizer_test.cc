#include "dateline/language/lemmatizer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace dateline::language {
namespace {

std::string text_value(std::string_view text) {  // fixstr
  std::string out(1, static_cast<char>(0xA0 | text.size()));
  return out.append(text);
}

std::string id_value(std::string_view text) {  // uint 64
  std::string out = "\xCF";
  const StringId id = string_id(text);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(id >> shift & 0xFFU);
  return out;
}

// Verbs: "" for "s", "e" for "ed", "" for "ed"; the index knows hop and hope; "went" is "go".
std::string small_lookups() {
  std::string out = "\x83";
  out += text_value("lemma_rules") + "\x81" + id_value("verb") + "\x93";
  for (const auto& [old_end, new_end] : {std::pair{"s", ""}, {"ed", "e"}, {"ed", ""}})
    out.append("\x92").append(text_value(old_end)).append(text_value(new_end));
  out += text_value("lemma_exc") + "\x81" + id_value("verb") + "\x81" + text_value("went") +
         "\x91" + text_value("go");
  out += text_value("lemma_index") + "\x81" + id_value("verb") + "\x92" + text_value("hop") +
         text_value("hope");
  return out;
}

class LemmatizerTest : public testing::Test {
 protected:
  LemmatizerTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("dateline_lemma_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::filesystem::create_directories(folder_ / "lemmatizer/lookups");
  }
  ~LemmatizerTest() override { std::filesystem::remove_all(folder_); }

  Result<Lemmatizer> load(std::string_view bytes, LemmaOrder order = LemmaOrder::kIndexFirst) {
    std::ofstream(folder_ / "lemmatizer/lookups/lookups.bin", std::ios::binary) << bytes;
    return Lemmatizer::load(folder_.string(), order);
  }

  std::string lemma(const Lemmatizer& lemmatizer, const char* text, const char* pos,
                    const char* morph = "") {
    const Lexeme& lexeme = cache_.get(text);
    Token token;
    token.pos = pos;
    token.morph = morph;
    StringArena arena;
    return std::string(
        lemmatizer.lemmatize({{}, &lexeme, false, lexeme.norm_id, lexeme.norm}, token, arena));
  }

  std::filesystem::path folder_;
  Vocab vocab_;
  LexemeCache cache_{vocab_};
};

TEST_F(LemmatizerTest, FollowsRulesIndexAndExceptions) {
  const auto lemmatizer = load(small_lookups());
  ASSERT_TRUE(lemmatizer.has_value()) << lemmatizer.error().message;
  EXPECT_EQ(lemma(*lemmatizer, "Hoped", "VERB"), "hop");
  EXPECT_EQ(lemma(*lemmatizer, "hopes", "VERB"), "hope");
  EXPECT_EQ(lemma(*lemmatizer, "Zaps", "VERB"), "zap") << "no table knows it";
  EXPECT_EQ(lemma(*lemmatizer, "9s", "VERB"), "9");
  EXPECT_EQ(lemma(*lemmatizer, "S", "VERB"), "S") << "no form: as printed";
  EXPECT_EQ(lemma(*lemmatizer, "WENT", "VERB"), "go");
  EXPECT_EQ(lemma(*lemmatizer, "Hops", "VERB", "VerbForm=Inf"), "hops");
  EXPECT_EQ(lemma(*lemmatizer, "Hops", "VERB", "Tense=Pres|VerbForm=Fin"), "hops");
  EXPECT_EQ(lemma(*lemmatizer, "Hops", "VERB", "Number=Sing|Tense=Pres|VerbForm=Fin"), "hop");
  EXPECT_EQ(lemma(*lemmatizer, "Paris", "PROPN"), "Paris");
  EXPECT_EQ(lemma(*lemmatizer, "The", "DET"), "the");
  EXPECT_EQ(lemma(*lemmatizer, " \n", "SPACE"), " \n");
  EXPECT_EQ(lemma(*lemmatizer, "Any", ""), "any");
  EXPECT_EQ(lemma(*lemmatizer, "\xFFs", "VERB"), "\xFF");
}

TEST_F(LemmatizerTest, TakesTheFirstRuleInRuleOrder) {
  const auto lemmatizer = load(small_lookups(), LemmaOrder::kRuleOrder);
  ASSERT_TRUE(lemmatizer.has_value());
  EXPECT_EQ(lemma(*lemmatizer, "hoped", "VERB"), "hope");
}

TEST_F(LemmatizerTest, ReportsDamagedFiles) {
  EXPECT_EQ(Lemmatizer::load("/nonexistent").error().code, ErrorCode::kNotFound);
  const std::string whole = small_lookups();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto lemmatizer = load(whole.substr(0, size));
    ASSERT_FALSE(lemmatizer.has_value()) << size;
    EXPECT_EQ(lemmatizer.error().code, ErrorCode::kCorrupt) << size;
  }
  EXPECT_FALSE(load("\x80").has_value()) << "no rules";
}

TEST_F(LemmatizerTest, ReadsTheEnglishPackage) {
  const char* folder = std::getenv("DATELINE_MODEL");
  if (folder == nullptr) GTEST_SKIP() << "DATELINE_MODEL names no package";
  const auto newer = Lemmatizer::load(folder, LemmaOrder::kIndexFirst);
  const auto older = Lemmatizer::load(folder, LemmaOrder::kRuleOrder);
  ASSERT_TRUE(newer.has_value() && older.has_value());
  const struct {
    const char *text, *pos, *older, *newer;
  } kRows[] = {{"hoped", "VERB", "hope", "hop"},
               {"rated", "VERB", "rate", "rat"},
               {"co-authored", "VERB", "co-authore", "co-author"},
               {"leaves", "NOUN", "leave", "leaf"},
               {"planed", "VERB", "plane", "plan"},
               {"taxes", "NOUN", "taxis", "taxis"},
               {"“", "PUNCT", "\"", "\""}};
  for (const auto& row : kRows) {
    EXPECT_EQ(lemma(*older, row.text, row.pos), row.older);
    EXPECT_EQ(lemma(*newer, row.text, row.pos), row.newer);
  }
}

}  // namespace
}  // namespace dateline::language
