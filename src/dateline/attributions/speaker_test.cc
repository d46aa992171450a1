#include "dateline/attributions/speaker.h"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/attributions/find_attributions.h"
#include "dateline/attributions/test_cases.h"
#include "dateline/entities/find_entities.h"

namespace dateline::attributions {
namespace {

using nlohmann::json;

// The name of who says what begins, or holds, `words`; the innermost such attribution.
std::string speaker_of(const std::string& text, const std::vector<Attribution>& found,
                       const Entities& entities, const std::string& words) {
  const auto at = static_cast<std::uint32_t>(text.find(words));
  const Attribution* best = nullptr;
  for (const Attribution& item : found)
    for (const ByteSpan span : item.content)
      if (span.begin <= at && at < span.end &&
          (best == nullptr || span.size() < best->content.front().size()))
        best = &item;
  if (best == nullptr) return "no attribution";
  return best->speaker ? entities.entities[*best->speaker].name : "nobody";
}

// The name of the entity whose mention begins where `words` do.
std::string meant_by(const std::string& text, const Entities& entities, const std::string& words) {
  for (const Mention& mention : entities.mentions)
    if (mention.span.begin == text.find(words) && mention.form == MentionForm::kPronoun)
      return entities.entities[mention.entity].name;
  return "nobody";
}

class Speakers : public testing::TestWithParam<Case> {};
TEST_P(Speakers, AreTheEntitiesMeant) {
  const json& row = GetParam().row;
  const auto& text = row["text"].get_ref<const std::string&>();
  const auto read = read_tokens(row);
  ASSERT_TRUE(read);
  Article article;
  article.text = text;
  Entities entities = entities::find_entities(article, read->doc, {});
  const auto found = find_attributions(article, read->doc, entities);
  for (const json& pair : row["speakers"])
    EXPECT_EQ(speaker_of(text, found, entities, pair[0]), pair[1]) << pair[0];
  for (const json& pair : row.value("meant", json::array()))
    EXPECT_EQ(meant_by(text, entities, pair[0]), pair[1]) << pair[0];
  for (std::size_t i = 1; i < entities.mentions.size(); ++i)
    EXPECT_LE(entities.mentions[i - 1].span.begin, entities.mentions[i].span.begin);
  for (std::uint32_t e = 0; e < entities.entities.size(); ++e)
    for (const std::uint32_t mention : entities.entities[e].mentions)
      EXPECT_EQ(entities.mentions[mention].entity, e);
}
INSTANTIATE_TEST_SUITE_P(Table, Speakers, testing::ValuesIn(read_cases("speakers")),
                         [](const auto& test) {
                           return test.param.row["name"].template get<std::string>();
                         });

}  // namespace
}  // namespace dateline::attributions
