#include "dateline/attributions/find_attributions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "dateline/attributions/test_cases.h"
#include "dateline/language/token_dump.h"

namespace dateline::attributions {
namespace {

using nlohmann::json;

std::string first(const std::string& text, const std::vector<ByteSpan>& spans) {
  return spans.empty() ? "" : std::string(slice(text, spans.front()));
}

json shown(const std::string& text, const std::vector<Attribution>& attributions) {
  json rows = json::array();
  for (const Attribution& attribution : attributions) {
    json content = json::array();
    for (const ByteSpan span : attribution.content) content.push_back(slice(text, span));
    rows.push_back({{"form", name_of(attribution.form)},
                    {"source", first(text, attribution.source)},
                    {"cue", first(text, attribution.cue)},
                    {"content", content},
                    {"kind", name_of(attribution.source_kind)}});
  }
  return rows;
}

// An entity for every capitalised subject, as the step before would give it.
Entities entities_of(const Doc& doc) {
  Entities entities;
  for (const NamedEntity& named : doc.entities()) {
    if (named.type != "PERSON" && named.type != "ORG") continue;
    const auto number = static_cast<std::uint32_t>(entities.entities.size());
    const std::uint32_t head = named.tokens.end - 1;
    entities.mentions.push_back(
        {doc.bytes(named.tokens), named.tokens, head, MentionForm::kName, number});
    Entity entity;
    entity.kind = EntityKind::kPerson;
    entity.name = std::string(slice(doc.text(), doc.bytes(named.tokens)));
    entity.mentions = {number};
    entity.named = true;
    entities.entities.push_back(std::move(entity));
  }
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    if (doc[i].lower != "i" || doc[i].pos != "PRON") continue;
    const auto entity = static_cast<std::uint32_t>(entities.entities.size());
    const auto mention = static_cast<std::uint32_t>(entities.mentions.size());
    entities.mentions.push_back({doc[i].span, {i, i + 1}, i, MentionForm::kPronoun, entity});
    entities.entities.emplace_back().mentions = {mention};
  }
  return entities;
}

TEST(FindAttributions, ReadsTheCases) {
  const std::vector<Case> cases = read_cases("cases");
  ASSERT_GT(cases.size(), 20U);
  for (const auto& [row] : cases) {
    const auto text = row["text"].get<std::string>();
    auto dump = language::read_token_dump(row["dump"].get<std::string>(), text);
    ASSERT_TRUE(dump) << row["name"];
    Article article;
    article.text = text;
    Entities entities = entities_of(dump->doc);
    const auto found = find_attributions(article, dump->doc, entities);
    EXPECT_EQ(shown(text, found), row["expected"]) << row["name"];
  }
}

TEST(FindAttributions, GivesTheFirstPersonToTheSpeaker) {
  for (const auto& [row] : read_cases("cases")) {
    if (row["name"] != "nested") continue;
    const auto text = row["text"].get<std::string>();
    auto dump = language::read_token_dump(row["dump"].get<std::string>(), text);
    ASSERT_TRUE(dump);
    Article article;
    article.text = text;
    Entities entities = entities_of(dump->doc);
    const auto found = find_attributions(article, dump->doc, entities);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[1].parent, 0U);
    ASSERT_TRUE(found[0].speaker);
    EXPECT_EQ(found[0].speaker, found[1].speaker);
    EXPECT_EQ(entities.entities[*found[0].speaker].name, "Voss");
    EXPECT_EQ(entities.entities[*found[0].speaker].mentions.size(), 2U);
  }
}

// Tokens, labels and heads by chance.
struct Soup {
  std::string text;
  std::vector<Token> tokens;
};

Soup make_soup(std::mt19937& random) {
  static const std::vector<std::string> kWords = {"said", "Voss", "that", "“",   "”", "\"",
                                                  "'",    "‘",    "’",    ",",   ":", ".",
                                                  "―",    "\n",   "to",   "she", "I", "according"};
  static const std::vector<std::string_view> kTags = {"VBD", "NNP", "IN", "``", "''", "PRP"};
  static const std::vector<std::string_view> kPos = {"VERB", "PROPN", "SCONJ", "PUNCT", "PRON"};
  static const std::vector<std::string_view> kDeps = {"nsubj", "ccomp", "ROOT",      "conj", "pobj",
                                                      "xcomp", "relcl", "parataxis", "acl",  "aux"};
  Soup soup;
  const auto size = static_cast<std::uint32_t>(random() % 60);
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::string& word = kWords[random() % kWords.size()];
    Token token;
    token.span.begin = static_cast<std::uint32_t>(soup.text.size());
    soup.text += word;
    token.span.end = static_cast<std::uint32_t>(soup.text.size());
    if (random() % 4 != 0) soup.text += " ";
    token.tag = kTags[random() % kTags.size()];
    token.pos = kPos[random() % kPos.size()];
    token.dep = kDeps[random() % kDeps.size()];
    token.lemma = word == "said" ? "say" : "word";
    token.head = static_cast<std::uint32_t>(random() % size);
    token.sentence_start = random() % 9 == 0;
    soup.tokens.push_back(token);
  }
  return soup;
}

void expect_spans(const std::string& text, const std::vector<ByteSpan>& spans) {
  for (std::size_t i = 0; i < spans.size(); ++i) {
    EXPECT_LT(spans[i].begin, spans[i].end);
    EXPECT_LE(spans[i].end, text.size());
    if (i > 0) {
      EXPECT_LE(spans[i - 1].end, spans[i].begin);
    }
  }
}

TEST(FindAttributions, KeepsItsPromisesOnTokenSoup) {
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    Soup soup = make_soup(random);
    const Doc doc = Doc::assemble(soup.text, std::move(soup.tokens), StringArena{});
    Entities entities = entities_of(doc);
    const auto found = find_attributions(Article{}, doc, entities);
    std::uint32_t last = 0;
    for (const Attribution& attribution : found) {
      ASSERT_FALSE(attribution.content.empty());
      EXPECT_LE(last, attribution.content.front().begin);
      last = attribution.content.front().begin;
      for (const auto* spans : {&attribution.content, &attribution.cue, &attribution.source})
        expect_spans(soup.text, *spans);
      EXPECT_GE(attribution.confidence, 0.0);
      EXPECT_LE(attribution.confidence, 1.0);
      if (attribution.speaker) {
        EXPECT_LT(*attribution.speaker, entities.entities.size());
      }
      if (!attribution.parent) continue;
      ASSERT_LT(*attribution.parent, found.size());
      for (const ByteSpan part : attribution.content)
        EXPECT_TRUE(std::ranges::any_of(found[*attribution.parent].content,
                                        [&](ByteSpan whole) { return whole.contains(part); }));
    }
  }
}

}  // namespace
}  // namespace dateline::attributions
