// Stories of tests/cases/timeline/stories.jsonl with the lines that they must give.
#include "dateline/timeline/make_timeline.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "dateline/language/token_dump.h"
#include "dateline/timeline/past_tense.h"

namespace dateline::timeline {
namespace {

using Json = nlohmann::json;

// The `nth` place of the words, counted from 1.
ByteSpan find(std::string_view text, const std::string& words, int nth = 1) {
  std::size_t at = text.find(words);
  for (int i = 1; i < nth; ++i) at = text.find(words, at + 1);
  EXPECT_NE(at, std::string_view::npos) << words;
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

TimePoint point(const Json& value) { return *parse_time_point(value.get<std::string>()); }

// A story with its hand-made times, entities and attributions.
struct Story {
  explicit Story(const std::string& line) : json(Json::parse(line)) {
    article.text = json["text"];
    article.published = point(json["published"]);
    doc = std::move(language::read_token_dump(line, article.text)->doc);
    for (const Json& row : json["times"]) {
      TimeExpression time;
      time.span = find(article.text, row[0]);
      time.interval = Interval{point(row[1]), point(row[2])};
      time.value = row[3];
      times.push_back(std::move(time));
    }
    for (const Json& entity : json["entities"]) add(entity);
    for (const Json& words : json["content"]) {
      attributions.emplace_back();
      Attribution& item = attributions.back();
      item.content = {find(article.text, words)};
      if (json.contains("cue")) item.cue = {find(article.text, json["cue"][0])};
      if (json.contains("source")) item.source = {find(article.text, json["source"][0])};
    }
  }

  void add(const Json& row) {
    Entity entity;
    entity.kind = EntityKind::kPerson;
    entity.name = row["name"];
    entity.named = true;
    for (const Json& m : row["mentions"]) {
      Mention mention;
      mention.span = find(article.text, m[0], m[1].get<int>());
      mention.tokens = doc.token_span(mention.span);
      mention.head = mention.tokens.end - 1;
      mention.form = m[2] == "name" ? MentionForm::kName : MentionForm::kPronoun;
      mention.entity = static_cast<std::uint32_t>(entities.entities.size());
      entity.mentions.push_back(static_cast<std::uint32_t>(entities.mentions.size()));
      entities.mentions.push_back(mention);
    }
    entities.entities.push_back(std::move(entity));
  }

  Json json;
  Article article;
  Doc doc;
  std::vector<TimeExpression> times;
  Entities entities;
  std::vector<Attribution> attributions;
};

TEST(MakeTimeline, Stories) {
  std::ifstream file(DATELINE_CASES "/timeline/stories.jsonl");
  int stories = 0;
  for (std::string row; std::getline(file, row); ++stories) {
    const Story story(row);
    const events::EventInput input{story.article, story.doc, story.times, story.entities,
                                   story.attributions};
    const std::vector<Event> found = events::find_events(input);
    Json lines = Json::array();
    for (const Line& line : make_timeline(input, found, {})) {
      EXPECT_LT(line.event, found.size());
      lines.push_back({line.interval ? Json(iso8601(*line.interval->begin)) : Json(), line.grain,
                       line.text, line.attribution.has_value()});
    }
    EXPECT_EQ(lines, story.json["lines"]) << lines.dump(1);
  }
  EXPECT_GT(stories, 0);
}

TEST(MakeTimeline, NothingInNothing) {
  const Article article;
  const Doc doc;
  const Entities entities;
  EXPECT_TRUE(make_timeline({article, doc, {}, entities, {}}, {}, {}).empty());
}

TEST(PastTense, FollowsTheTableAndTheSpelling) {
  EXPECT_EQ(past_tense("graduate"), "graduated");
  EXPECT_EQ(past_tense("marry"), "married");
  EXPECT_EQ(past_tense("play"), "played");
  EXPECT_EQ(past_tense("stop"), "stopped");
  EXPECT_EQ(past_tense("fix"), "fixed");
  EXPECT_EQ(past_tense("look"), "looked");
  EXPECT_EQ(past_tense("open"), "opened");
  EXPECT_EQ(past_tense("leave"), "left");
  EXPECT_EQ(past_tense(""), "");
}

}  // namespace
}  // namespace dateline::timeline
