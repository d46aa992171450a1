#include "dateline/language/config.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace dateline::language {
namespace {

TEST(Config, ValuesAreJsonOrText) {
  const auto config = parse_config(
      "# a comment\n[nlp]\nlang = \"en\"\npipeline = [\"a\",\n  \"b\"]\n\n"
      "[nlp.inner]\n@kind = spacy.X.v1\nobject = {\"@tokenizers\":\"spacy.Tokenizer.v1\"}\nn = "
      "null\n",
      "c");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(*find_path(*config, "nlp.lang"), "en");
  EXPECT_EQ(find_path(*config, "nlp.pipeline")->size(), 2U);
  EXPECT_EQ(*find_path(*config, "nlp.inner.@kind"), "spacy.X.v1");
  EXPECT_EQ(*find_path(*config, "nlp.inner.object.@tokenizers"), "spacy.Tokenizer.v1");
  EXPECT_TRUE(find_path(*config, "nlp.inner.n")->is_null());
  EXPECT_EQ(find_path(*config, "nlp.nothing.here"), nullptr);
}

TEST(Config, BothFormsOfReference) {
  const auto config = parse_config(
      "[a.b]\nx = ${c:width}\ny = ${a.b.x}\nz = \"to ${c.width} wide\"\n[c]\nwidth = 96\n", "c");
  ASSERT_TRUE(config.has_value()) << config.error().message;
  EXPECT_EQ(*find_path(*config, "a.b.x"), 96);
  EXPECT_EQ(*find_path(*config, "a.b.y"), 96);
  EXPECT_EQ(*find_path(*config, "a.b.z"), "to 96 wide");
}

TEST(Config, ErrorsNameTheFileAndThePlace) {
  const struct {
    std::string_view text, says;
  } rows[] = {
      {"[a]\nx = ${b.y}\n", "${b.y} stands for nothing"},
      {"[a]\nx = ${a.x}\n", "refers to itself"},
      {"[a]\nnonsense\n", "line 2 is neither"},
      {"x = 1\n", "line 1 is neither"},
      {"[a]\nb = 1\n[a.b]\nc = 2\n", "[a.b] lies inside a value"},
  };
  for (const auto& row : rows) {
    const auto config = parse_config(row.text, "model/config.cfg");
    ASSERT_FALSE(config.has_value()) << row.text;
    EXPECT_NE(config.error().message.find(row.says), std::string::npos) << config.error().message;
    EXPECT_TRUE(config.error().message.starts_with("model/config.cfg: "));
  }
}

}  // namespace
}  // namespace dateline::language
