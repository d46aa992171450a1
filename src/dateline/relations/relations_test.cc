#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "dateline/language/token_dump.h"
#include "dateline/relations/find_relations.h"
#include "dateline/times/find_times.h"
#include "dateline/unicode/utf8.h"

namespace dateline::relations {
namespace {

using Json = nlohmann::json;
using testing::Contains;
using testing::IsSupersetOf;
using testing::Not;

// One frozen sentence with its mentions and what must and must not be found in it.
struct Case {
  std::string name, text;
  Json mentions, dump;
  std::vector<std::string> expected, never;
};

void PrintTo(const Case& it, std::ostream* out) { *out << it.name; }

std::vector<Case> read_cases() {
  std::vector<Case> cases;
  std::ifstream in(std::string(DATELINE_CASES) + "/relations/cases.jsonl");
  for (std::string line; std::getline(in, line);) {
    const Json json = Json::parse(line);
    cases.push_back({json["name"], json["text"], json["mentions"], json["dump"], json["expected"],
                     json["never"]});
  }
  return cases;
}

// Bytes of the code point offset.
std::uint32_t byte_of(const std::string& text, std::uint32_t offset) {
  std::uint32_t at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && offset-- == 0) break;
  return at;
}

struct Named {
  Entities entities;
  std::vector<std::string> ids;
};

EntityKind kind_of(const std::string& name) {
  for (const EntityKind kind : {EntityKind::kPerson, EntityKind::kOrg, EntityKind::kPlace,
                                EntityKind::kGroup, EntityKind::kOther})
    if (name_of(kind) == name) return kind;
  return EntityKind::kOther;
}

void add_mention(const Json& row, const Doc& doc, const std::string& text, Named& out) {
  const std::string id = row[2];
  auto at = std::ranges::find(out.ids, id);
  const auto number = static_cast<std::uint32_t>(at - out.ids.begin());
  if (at == out.ids.end()) {
    out.ids.push_back(id);
    out.entities.entities.emplace_back().kind = kind_of(row[3]);
  }
  Entity& entity = out.entities.entities[number];
  Mention mention;
  mention.span = {byte_of(text, row[0]), byte_of(text, row[1])};
  mention.tokens = doc.token_span(mention.span);
  mention.head = doc.head_of(mention.tokens);
  mention.entity = number;
  mention.form = row[4] == "name"      ? MentionForm::kName
                 : row[4] == "nominal" ? MentionForm::kNominal
                                       : MentionForm::kPronoun;
  if (mention.form == MentionForm::kName) {
    entity.named = true;
    if (entity.name.empty()) entity.name = std::string(slice(text, mention.span));
  }
  entity.mentions.push_back(static_cast<std::uint32_t>(out.entities.mentions.size()));
  out.entities.mentions.push_back(mention);
}

std::string sides_of(const Relation& relation, const Named& named) {
  return relation.relation + " " + named.ids[relation.subject] + " " +
         (relation.object ? named.ids[*relation.object] : "=\"" + relation.value + "\"");
}

// " since" and " until" the days that the tie holds from and to.
std::string times_of(const Relation& relation) {
  std::string out;
  if (relation.interval.begin) out += " since " + iso8601(*relation.interval.begin);
  if (relation.interval.end) out += " until " + iso8601(*relation.interval.end);
  return out;
}

std::string line_of(const Relation& relation, const Named& named) {
  std::string out = relation.polarity == Polarity::kNegative ? "not " : "";
  if (relation.certainty != Certainty::kCertain) out += "maybe ";
  return out + sides_of(relation, named) + " " + std::string(name_of(relation.status));
}

class RelationCases : public testing::TestWithParam<Case> {};

TEST_P(RelationCases, AreRead) {
  const Case& it = GetParam();
  Article article;
  article.text = it.text;
  const auto read = language::read_token_dump(it.dump.dump(), article.text);
  ASSERT_TRUE(read);
  Named named;
  for (const Json& row : it.mentions) add_mention(row, read->doc, it.text, named);
  const auto times = times::find_times(article, read->doc);
  const auto relations = find_relations({article, read->doc, times, named.entities, {}}, {});
  std::vector<std::string> lines, sides;
  for (const Relation& relation : relations) {
    lines.push_back(line_of(relation, named));
    lines.push_back(line_of(relation, named) + times_of(relation));
    sides.push_back(sides_of(relation, named));
    EXPECT_LE(relation.evidence.end, it.text.size());
    EXPECT_TRUE(relation.evidence.contains(relation.subject_span));
    EXPECT_GE(relation.confidence, 0);
    EXPECT_LE(relation.confidence, 1);
  }
  EXPECT_THAT(lines, IsSupersetOf(it.expected)) << it.text;
  for (const std::string& never : it.never) EXPECT_THAT(sides, Not(Contains(never))) << it.text;
}

INSTANTIATE_TEST_SUITE_P(Frozen, RelationCases, testing::ValuesIn(read_cases()),
                         [](const auto& row) { return row.param.name; });

TEST(Relations, OfNothingAreNone) {
  Article article;
  const Doc doc = Doc::assemble(article.text, {}, StringArena());
  const Entities entities;
  EXPECT_TRUE(find_relations({article, doc, {}, entities, {}}, {}).empty());
}

TEST(RelationModel, SaysWhatIsMissing) {
  const auto model = RelationModel::load("/no/such/folder");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace dateline::relations
