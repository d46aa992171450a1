// Sentences of tests/cases/events/sentences.jsonl with what each event of them must be; and the
// promises that hold for any tokens.
#include "dateline/events/find_events.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "dateline/language/token_dump.h"

namespace dateline::events {
namespace {

using Json = nlohmann::json;

ByteSpan find(std::string_view text, const std::string& words) {
  const auto at = text.find(words);
  EXPECT_NE(at, std::string_view::npos) << words;
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

std::optional<TimePoint> point(const Json& value) {
  return value.is_string() ? std::optional(*parse_time_point(value.get<std::string>()))
                           : std::nullopt;
}

// A case with all that the step reads of it.
struct Case {
  explicit Case(const std::string& line) : json(Json::parse(line)) {
    article.text = json["text"];
    article.published = point(json["published"]);
    auto dump = language::read_token_dump(line, article.text);
    EXPECT_TRUE(dump.has_value());
    doc = std::move(dump->doc);
    for (const Json& row : json["times"]) {
      TimeExpression time;
      time.span = find(article.text, row[0]);
      if (row[1].is_string()) time.interval = Interval{point(row[1]), point(row[2])};
      if (row.size() > 3) time.value = row[3];
      if (time.value.starts_with("P1")) time.type = TimeType::kDuration;
      times.push_back(std::move(time));
    }
    for (const Json& words : json["content"]) {
      attributions.emplace_back();
      attributions.back().content = {find(article.text, words)};
      if (json.contains("cue"))
        attributions.back().cue = {find(article.text, json["cue"][attributions.size() - 1])};
    }
  }

  [[nodiscard]] std::vector<Event> run() const {
    return find_events({article, doc, times, entities, attributions});
  }

  Json json;
  Article article;
  Doc doc;
  std::vector<TimeExpression> times;
  Entities entities;
  std::vector<Attribution> attributions;
};

std::vector<Case> read_cases() {
  std::ifstream file(DATELINE_CASES "/events/sentences.jsonl");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) cases.emplace_back(line);
  return cases;
}

std::vector<std::string> spans_of(const Case& c, const Event& event, Role role) {
  std::vector<std::string> spans;
  for (const Participant& participant : event.participants)
    if (participant.role == role) spans.emplace_back(slice(c.article.text, participant.span));
  return spans;
}

Json time_of(const std::optional<TimePoint>& value) {
  return value ? Json(iso8601(*value)) : Json();
}

void check(const Case& c, const Json& expected, const Event& event) {
  for (const Role role : {Role::kAgent, Role::kPatient, Role::kCompanion})
    if (expected.contains(name_of(role))) {
      EXPECT_EQ(Json(spans_of(c, event, role)), expected[std::string(name_of(role))])
          << name_of(role);
    }
  const Interval interval = event.time.interval.value_or(Interval{});
  const Json actual = {
      {"class", event.event_class},
      {"polarity", name_of(event.polarity)},
      {"certainty", name_of(event.certainty)},
      {"tense", name_of(event.tense)},
      {"when", time_of(interval.begin)},
      {"until", time_of(interval.end)},
      {"basis", event.time.basis == TimeBasis::kNone ? Json() : Json(name_of(event.time.basis))},
      {"attributed", event.attribution.has_value()}};
  for (const auto& [key, value] : actual.items())
    if (expected.contains(key)) {
      EXPECT_EQ(value, expected[key]) << key;
    }
}

TEST(FindEvents, Sentences) {
  const std::vector<Case> cases = read_cases();
  ASSERT_GT(cases.size(), 40U);
  for (const Case& c : cases) {
    const std::vector<Event> events = c.run();
    for (const Json& expected : c.json["expect"]) {
      SCOPED_TRACE(c.json["name"].get<std::string>() + ": " +
                   expected["trigger"].get<std::string>());
      const auto found = std::find_if(events.begin(), events.end(), [&](const Event& event) {
        return slice(c.article.text, event.span) == expected["trigger"].get<std::string>();
      });
      if (found == events.end())
        ADD_FAILURE() << "no such event";
      else
        check(c, expected, *found);
    }
    for (const Json& absent : c.json.value("absent", Json::array()))
      for (const Event& event : events)
        EXPECT_NE(slice(c.article.text, event.span), absent.get<std::string>()) << c.json["name"];
  }
}

TEST(FindEvents, NothingInNothing) {
  const Article article;
  const Doc doc;
  const Entities entities;
  EXPECT_TRUE(find_events({article, doc, {}, entities, {}}).empty());
}

// The tokens of the cases with heads and labels drawn at random: any tree gives a sound record.
TEST(FindEvents, AnyTreeGivesSoundEvents) {
  std::mt19937 random(7);
  for (const Case& c : read_cases()) {
    std::vector<Token> tokens(c.doc.tokens().begin(), c.doc.tokens().end());
    const auto draw = [&] { return static_cast<std::uint32_t>(random() % tokens.size()); };
    for (Token& token : tokens) {
      token.head = draw();
      token.dep = c.doc[draw()].dep;
      token.tag = c.doc[draw()].tag;
      token.pos = c.doc[draw()].pos;
    }
    const Doc soup = Doc::assemble(c.article.text, std::move(tokens), StringArena());
    const std::vector<Event> events =
        find_events({c.article, soup, c.times, c.entities, c.attributions});
    for (const Event& event : events) {
      EXPECT_LE(event.span.end, c.article.text.size());
      EXPECT_TRUE(event.clause.contains({event.span.begin, event.span.begin}));
      EXPECT_FALSE(event.lemma.empty());
      for (const Participant& participant : event.participants)
        EXPECT_LE(participant.span.end, c.article.text.size());
    }
    EXPECT_TRUE(std::is_sorted(events.begin(), events.end(), [](const Event& a, const Event& b) {
      return a.trigger < b.trigger;
    }));
  }
}

}  // namespace
}  // namespace dateline::events
