#include "dateline/language/attribute_ruler.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace dateline::language {
namespace {

// Words with a tag and a label each, as the tagger and the parser leave them.
struct Word {
  const char *text, *tag, *dep;
};

class AttributeRulerTest : public testing::Test {
 protected:
  AttributeRulerTest()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("dateline_ruler_" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::filesystem::create_directories(folder_ / "attribute_ruler");
  }
  ~AttributeRulerTest() override { std::filesystem::remove_all(folder_); }

  Result<AttributeRuler> load_bytes(std::string_view bytes) {
    std::ofstream(folder_ / "attribute_ruler/patterns", std::ios::binary) << bytes;
    return AttributeRuler::load(folder_.string(), vocab_);
  }
  Result<AttributeRuler> load(const char* json) {
    const auto bytes = nlohmann::json::to_msgpack(nlohmann::json::parse(json));
    return load_bytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }

  std::vector<Token> apply(const AttributeRuler& ruler, std::initializer_list<Word> words) {
    std::vector<RawToken> raw;
    std::vector<Token> tokens;
    for (const Word& word : words) {
      const Lexeme& lexeme = cache_.get(word.text);
      raw.push_back({{}, &lexeme, false, lexeme.norm_id, lexeme.norm});
      tokens.emplace_back().tag = word.tag;
      tokens.back().dep = word.dep;
    }
    StringArena arena;
    ruler.apply(raw, tokens, arena);
    return tokens;
  }

  std::filesystem::path folder_;
  Vocab vocab_;
  LexemeCache cache_{vocab_};
};

constexpr const char* kRules = R"([
  {"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN", "MORPH": "Number=Sing|Case=b,a"}, "index": 0},
  {"patterns": [[{"TAG": {"IN": ["NN", "JJ"]}, "DEP": {"NOT_IN": ["det", ""]}}]],
   "attrs": {"pos": "X"}, "index": 0},
  {"patterns": [[{"LOWER": {"REGEX": "^n'?t$"}}]], "attrs": {"LEMMA": "not"}, "index": 0},
  {"patterns": [[{"LOWER": "gon"}, {"LOWER": "na"}]], "attrs": {"LEMMA": "to"}, "index": -1},
  {"patterns": [[{"IS_SPACE": true}], [{"IS_SPACE": true, "TAG": "Q"}]],
   "attrs": {"TAG": "_SP", "DEP": "dep", "MORPH": "_"}, "index": 0}])";

TEST_F(AttributeRulerTest, AppliesRulesInTheirOrder) {
  const auto ruler = load(kRules);
  ASSERT_TRUE(ruler.has_value()) << ruler.error().message;
  const auto tokens = apply(*ruler, {{"dog", "NN", ""},
                                     {"dog", "NN", "ROOT"},
                                     {"N't", "RB", "neg"},
                                     {"gon", "VB", "x"},
                                     {"na", "NN", "det"},
                                     {" \n", "NN", "ROOT"},
                                     {"gon", "VB", "x"}});
  EXPECT_EQ(tokens[0].pos, "NOUN");
  EXPECT_EQ(tokens[0].morph, "Case=a,b|Number=Sing");
  EXPECT_EQ(tokens[1].pos, "X") << "the later rule wins";
  EXPECT_EQ(tokens[1].morph, "Case=a,b|Number=Sing") << "what it does not set stays";
  EXPECT_EQ(tokens[2].lemma, "not");
  EXPECT_EQ(tokens[3].lemma, "");
  EXPECT_EQ(tokens[4].lemma, "to");
  EXPECT_EQ(tokens[4].pos, "NOUN");
  EXPECT_EQ(tokens[5].tag, "_SP");
  EXPECT_EQ(tokens[5].dep, "dep");
  EXPECT_EQ(tokens[5].morph, "");
  EXPECT_EQ(tokens[5].pos, "X") << "rules look at the tokens as they were";
  EXPECT_TRUE(apply(*ruler, {}).empty());
}

TEST_F(AttributeRulerTest, RefusesWhatItDoesNotKnow) {
  for (const char* json :
       {R"([{"patterns": [[{"TAG": "NN", "OP": "+"}]], "attrs": {}, "index": 0}])",
        R"([{"patterns": [[{"ENT_TYPE": "ORG"}]], "attrs": {}, "index": 0}])",
        R"([{"patterns": [[{"TAG": {"FUZZY": "NN"}}]], "attrs": {}, "index": 0}])",
        R"([{"patterns": [[{"TAG": "NN"}]], "attrs": {"NORM": "x"}, "index": 0}])"}) {
    const auto ruler = load(json);
    ASSERT_FALSE(ruler.has_value()) << json;
    EXPECT_EQ(ruler.error().code, ErrorCode::kUnsupported) << json;
  }
  for (const char* json :
       {"{}", "[1]", R"([{"patterns": [[{"TAG": "NN"}]], "attrs": {}, "index": 1}])",
        R"([{"patterns": [[]], "attrs": {}, "index": 0}])"}) {
    const auto ruler = load(json);
    ASSERT_FALSE(ruler.has_value()) << json;
    EXPECT_EQ(ruler.error().code, ErrorCode::kCorrupt) << json;
  }
}

TEST_F(AttributeRulerTest, ReportsDamagedFiles) {
  EXPECT_EQ(AttributeRuler::load("/nonexistent", vocab_).error().code, ErrorCode::kNotFound);
  const auto bytes = nlohmann::json::to_msgpack(nlohmann::json::parse(kRules));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto ruler = load_bytes({reinterpret_cast<const char*>(bytes.data()), size});
    EXPECT_FALSE(ruler.has_value()) << size;
  }
}

TEST_F(AttributeRulerTest, ReadsTheEnglishPackage) {
  const char* folder = std::getenv("DATELINE_MODEL");
  if (folder == nullptr) GTEST_SKIP() << "DATELINE_MODEL names no package";
  const auto ruler = AttributeRuler::load(folder, vocab_);
  ASSERT_TRUE(ruler.has_value()) << ruler.error().message;
  const auto tokens = apply(*ruler, {{"This", "DT", "nsubj"},
                                     {"is", "VBZ", "ROOT"},
                                     {"getting", "VBG", "xcomp"},
                                     {"\n", "_SP", "ROOT"},
                                     {"got", "VBD", "ROOT"}});
  EXPECT_EQ(tokens[0].pos, "PRON");
  EXPECT_EQ(tokens[0].morph, "Number=Sing|PronType=Dem");
  EXPECT_EQ(tokens[2].pos, "VERB");
  EXPECT_EQ(tokens[3].pos, "SPACE");
  EXPECT_EQ(tokens[3].dep, "dep");
  EXPECT_EQ(tokens[4].lemma, "get");
}

TEST(NormalizeMorph, SortsFeaturesAndValues) {
  EXPECT_EQ(normalize_morph("Number=Sing|Case=b,a"), "Case=a,b|Number=Sing");
  EXPECT_EQ(normalize_morph("_"), "");
  EXPECT_EQ(normalize_morph(""), "");
}

}  // namespace
}  // namespace dateline::language
