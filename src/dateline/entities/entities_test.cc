#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "dateline/entities/clauses.h"
#include "dateline/entities/features.h"
#include "dateline/entities/find_candidates.h"
#include "dateline/entities/find_entities.h"
#include "dateline/entities/join_names.h"
#include "dateline/entities/lexicon.h"
#include "dateline/entities/pronoun_features.h"
#include "dateline/language/token_dump.h"

namespace dateline::entities {
namespace {

using Json = nlohmann::json;
using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

// --- whole sentences, annotated beforehand (tests/cases/entities/joined.jsonl)

struct Read {
  Article article;
  std::unique_ptr<Doc> doc;
  Entities entities;
};

Read read_case(const Json& row) {
  Read read;
  read.article.text = row["text"];
  read.article.title = row.value("title", "");
  const Json dump = {{"id", row["name"]}, {"tokens", row["tokens"]}};
  read.doc = std::make_unique<Doc>(
      std::move(language::read_token_dump(dump.dump(), read.article.text).value().doc));
  read.entities = find_entities(read.article, *read.doc, {});
  return read;
}

std::vector<Json> cases() {
  std::ifstream file(DATELINE_CASES "/entities/joined.jsonl");
  std::vector<Json> rows;
  for (std::string line; std::getline(file, line);) rows.push_back(Json::parse(line));
  return rows;
}

Read read_named(std::string_view name) {
  for (const Json& row : cases())
    if (row["name"] == name) return read_case(row);
  ADD_FAILURE() << "no case " << name;
  return {};
}

// "Bell#2" is the second place where "Bell" stands. The entity of the narrowest mention over it.
std::optional<std::uint32_t> entity_at(const Read& read, std::string place) {
  int nth = 1;
  if (const auto mark = place.find('#'); mark != std::string::npos) {
    nth = place[mark + 1] - '0';
    place.resize(mark);
  }
  const std::string& text = read.article.text;
  std::size_t at = text.find(place);
  while (at != std::string::npos && nth-- > 1) at = text.find(place, at + 1);
  if (at == std::string::npos) return std::nullopt;
  const ByteSpan target{static_cast<std::uint32_t>(at),
                        static_cast<std::uint32_t>(at + place.size())};
  std::optional<std::uint32_t> best;
  std::uint32_t size = 0;
  for (const Mention& mention : read.entities.mentions)
    if ((mention.span.contains(target) || target.contains(mention.span)) &&
        (!best || mention.span.size() < size))
      best = mention.entity, size = mention.span.size();
  return best;
}

class Joined : public testing::TestWithParam<Json> {};
TEST_P(Joined, SameAreOneAndApartAreTwo) {
  const Read read = read_case(GetParam());
  for (const Json& group : GetParam()["same"])
    for (const Json& place : group) {
      ASSERT_TRUE(entity_at(read, place)) << place;
      EXPECT_EQ(entity_at(read, place), entity_at(read, group[0])) << place;
    }
  for (const Json& pair : GetParam()["apart"])
    EXPECT_NE(entity_at(read, pair[0]), entity_at(read, pair[1])) << pair;
  const Json groups = GetParam().value("members", Json::object());
  for (const auto& [group, names] : groups.items()) {
    std::vector<std::uint32_t> members;
    for (const Json& name : names) members.push_back(entity_at(read, name).value());
    const auto entity = entity_at(read, group);
    ASSERT_TRUE(entity) << group;
    EXPECT_THAT(read.entities.entities[*entity].members, UnorderedElementsAreArray(members));
  }
}
INSTANTIATE_TEST_SUITE_P(Table, Joined, testing::ValuesIn(cases()), [](const auto& test) {
  return test.param["name"].template get<std::string>();
});

TEST(FindEntities, TheFullestNameIsTheNameTheOthersAreAliases) {
  const Read read = read_named("family_name_goes_to_the_one_named_before");
  const Entity& entity = read.entities.entities[*entity_at(read, "Lindqvist#2")];
  EXPECT_EQ(entity.name, "Marta Lindqvist");
  EXPECT_THAT(entity.aliases, Contains("Lindqvist"));
  EXPECT_EQ(entity.kind, EntityKind::kPerson);
  EXPECT_TRUE(entity.named);
}

TEST(FindEntities, ItThatRefersToNothingIsNoMention) {
  const Read read = read_named("no_pleonastic_it");
  for (const Mention& mention : read.entities.mentions)
    EXPECT_NE(mention.form, MentionForm::kPronoun);
}

TEST(FindEntities, WedIsNoPronoun) {
  const Read read = read_named("wed_is_no_we");
  for (const Mention& mention : read.entities.mentions) {
    EXPECT_NE(mention.form, MentionForm::kPronoun);
    EXPECT_FALSE(slice(read.article.text, mention.span).starts_with("wed"));
  }
}

TEST(FindEntities, UnnamedActorsAreEntities) {
  const Read read = read_named("unnamed_actor");
  ASSERT_FALSE(read.entities.entities.empty());
  EXPECT_EQ(read.entities.entities[0].name, "A police spokesman");
  EXPECT_FALSE(read.entities.entities[0].named);
}

TEST(FindEntities, WhatANameDoesTellsAPersonFromAFirm) {
  const auto kind_at = [](std::string_view name, const std::string& place) {
    const Read read = read_named(name);
    return read.entities.entities.at(entity_at(read, place).value()).kind;
  };
  EXPECT_EQ(kind_at("a_name_that_retires_is_a_person", "Quillan"), EntityKind::kPerson);
  EXPECT_EQ(kind_at("a_name_that_sells_shops_is_none", "Brackley"), EntityKind::kOrg);
  EXPECT_EQ(kind_at("an_agency_before_a_caption", "Reuters"), EntityKind::kOrg);
}

// Where a phrase ends when the parse attaches what follows wrongly.
std::vector<std::string> mentions_with(std::string_view name, std::size_t token, std::size_t head) {
  for (Json row : cases()) {
    if (row["name"] != name) continue;
    row["tokens"][token]["head"] = head;
    row["tokens"][token]["sent_start"] = token == head;
    const Read read = read_case(row);
    std::vector<std::string> texts;
    for (const Mention& mention : read.entities.mentions)
      texts.emplace_back(slice(read.article.text, mention.span));
    return texts;
  }
  return {};
}
TEST(FindEntities, APersonEndsWhereTheNextOneBegins) {
  constexpr std::size_t kFirm = 7, kNextPerson = 10;
  EXPECT_THAT(mentions_with("a_person_of_a_firm", kNextPerson, kFirm),
              Contains("Edwin Marsh of Northern Airways"));
}
TEST(FindEntities, APersonTakesBackTheFirmThatTheParseCutOff) {
  constexpr std::size_t kFirm = 7;
  EXPECT_THAT(mentions_with("a_person_of_a_firm", kFirm, kFirm),
              Contains("Edwin Marsh of Northern Airways"));
}

// --- names

struct NamePair {
  const char* name;
  const char* a;
  const char* b;
  bool one;
};
class PersonNames : public testing::TestWithParam<NamePair> {};
TEST_P(PersonNames, MayBeOneOrNot) {
  EXPECT_EQ(may_be_one_person(GetParam().a, GetParam().b), GetParam().one);
  EXPECT_EQ(may_be_one_person(GetParam().b, GetParam().a), GetParam().one);
}
INSTANTIATE_TEST_SUITE_P(
    Table, PersonNames,
    testing::Values(NamePair{"Same", "ann bell", "ann bell", true},
                    NamePair{"Initial", "a bell", "ann bell", true},
                    NamePair{"OtherInitial", "b bell", "ann bell", false},
                    NamePair{"MiddleLeftOut", "ann bell", "ann marie bell", true},
                    NamePair{"MiddlesConflict", "john a stone", "john b stone", false},
                    NamePair{"Nickname", "bob stone", "robert stone", true},
                    NamePair{"Sisters", "ann bell", "eve bell", false},
                    NamePair{"MarriedName", "ann bell", "ann bell stone", true},
                    NamePair{"Hyphen", "ann bell", "ann bell-stone", true},
                    NamePair{"Junior", "john stone", "john stone jr", false},
                    NamePair{"FamilyFirst", "tanaka yui", "yui tanaka", true},
                    NamePair{"FirstNameOnly", "ann bell", "ann stone", false},
                    NamePair{"QuotedNickname", "robert \" bo \" stone", "robert stone", true}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(AcronymOf, LeavesOutSmallWords) {
  EXPECT_EQ(acronym_of("northern fisheries union"), "nfu");
  EXPECT_EQ(acronym_of("bureau of the north"), "bn");
  EXPECT_EQ(acronym_of("all-northern airways"), "ana");
}

// --- word lists

TEST(Lexicon, GenderIsAShare) {
  EXPECT_LT(female_share("john"), 0.1F);
  EXPECT_GT(female_share("mary"), 0.9F);
  EXPECT_GT(female_share("zorinella"), 0.6F);  // by its ending
  EXPECT_FLOAT_EQ(female_share("x"), 0.5F);
}
TEST(Lexicon, NounsTellWhatTheySpeakOf) {
  EXPECT_EQ(noun_sense("spokeswoman")->female, 1.0F);
  EXPECT_EQ(noun_sense("airline")->kind, EntityKind::kOrg);
  EXPECT_EQ(noun_sense("cellist")->kind, EntityKind::kPerson);
  EXPECT_EQ(noun_sense("ex-drummer")->kind, EntityKind::kPerson);
  EXPECT_FALSE(noun_sense("chasm"));
}
TEST(Lexicon, PronounsTellNumberAndPerson) {
  EXPECT_EQ(pronoun_sense("their")->number, Number::kPlural);
  EXPECT_TRUE(pronoun_sense("its")->thing);
  EXPECT_EQ(pronoun_sense("we")->person, 1);
  EXPECT_EQ(pronoun_sense("table"), nullptr);
}

TEST(Lexicon, VerbsAreOfOneClassOrNone) {
  EXPECT_EQ(verb_class("tell"), verb_class("promise"));
  EXPECT_NE(verb_class("tell"), verb_class("marry"));
  EXPECT_EQ(verb_class("zigzag"), 0U);
  EXPECT_LT(verb_class("lend"), kVerbClasses);
}

// --- the tree

TEST(TreePath, TellsWhereTwoWordsPart) {
  const Read read = read_named("in_her_own_clause");  // "Susan Harrow praised Ingrid Falk, who …"
  constexpr std::uint32_t kHarrow = 1, kPraised = 2, kFalk = 4;
  const TreePath path = tree_path(*read.doc, kHarrow, kFalk);
  EXPECT_EQ(path.meeting, kPraised);
  EXPECT_NE(path.from, path.to);
  EXPECT_EQ(tree_path(*read.doc, kFalk, kHarrow).from, path.to);
  EXPECT_EQ(tree_path(*read.doc, kPraised, kFalk).from, 0U);
}
TEST(TreePath, OfTwoSentencesHasNoMeeting) {
  const Read read = read_named("whose_sister_she_is");
  const std::uint32_t last = static_cast<std::uint32_t>(read.doc->size()) - 2;
  EXPECT_EQ(tree_path(*read.doc, 1, last).meeting, kNoToken);
}

// --- the ranker

TEST(CorefModel, TheShippedWeightsFitTheFeatures) {
  const auto model = CorefModel::load(DATELINE_MODELS "/coref");
  ASSERT_TRUE(model) << model.error().message;
  const PronounSense* const she = pronoun_sense("she");
  for (const PronounSense* const pronoun : {she, pronoun_sense("it"), pronoun_sense("they"),
                                            static_cast<const PronounSense*>(nullptr)}) {
    neural::SparseRows rows(kFeatures + (pronoun ? kPronounOnlyFeatures : 0));
    EXPECT_THAT(model->score(rows, pronoun), IsEmpty());
    const std::uint32_t last = static_cast<std::uint32_t>(rows.width()) - 1;
    const float one = 1;
    rows.add({{&last, 1}, {&one, 1}});
    rows.add({});
    EXPECT_EQ(model->score(rows, pronoun).size(), 2U);
    EXPECT_THAT(model->score(rows, pronoun ? nullptr : she), IsEmpty());
  }
}
// What an antecedent wins over another the other loses, whichever comes first.
TEST(CorefModel, TheOrderOfAntecedentsDoesNotMatter) {
  const auto model = CorefModel::load(DATELINE_MODELS "/coref").value();
  const PronounSense* const she = pronoun_sense("she");
  const std::uint32_t last = kFeatures + kPronounOnlyFeatures - 1, other = kFeatures;
  const float one = 1;
  neural::SparseRows rows(last + 1), turned(last + 1);
  rows.add({{&last, 1}, {&one, 1}});
  rows.add({{&other, 1}, {&one, 1}});
  turned.add(rows[1]);
  turned.add(rows[0]);
  const auto scores = model.score(rows, she), again = model.score(turned, she);
  ASSERT_EQ(scores.size(), 2U);
  EXPECT_NEAR(scores[0], again[1], 1e-5);
  EXPECT_NEAR(scores[1], again[0], 1e-5);
}
TEST(Lexicon, KnowsLinesThatListOtherArticles) {
  EXPECT_TRUE(is_list_of_articles("Related stories Mayor resigns Bridge opens"));
  EXPECT_TRUE(is_list_of_articles("RELATED ARTICLES: Bridge opens"));
  EXPECT_FALSE(is_list_of_articles("Related stories-within-stories fill the novel"));
  EXPECT_FALSE(is_list_of_articles("The related stories were withdrawn."));
}
TEST(CorefModel, AFolderWithoutWeightsIsNotFound) {
  const auto model = CorefModel::load("no/such/folder");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
}
struct Pronoun {
  const char* name;
  const char* of;  // whose it is
  const char* place;
};
class ByModel : public testing::TestWithParam<Pronoun> {};
TEST_P(ByModel, JoinsPronounsAsTheCasesSay) {
  const auto model = CorefModel::load(DATELINE_MODELS "/coref").value();
  Read read = read_named(GetParam().name);
  read.entities = find_entities(read.article, *read.doc, {}, &model);
  EXPECT_EQ(entity_at(read, GetParam().of), entity_at(read, GetParam().place));
}
INSTANTIATE_TEST_SUITE_P(
    Table, ByModel,
    testing::Values(Pronoun{"he_and_she", "Ingrid Falk", "She"},
                    Pronoun{"a_name_to_come", "Ingrid Falk", "her"},
                    Pronoun{"whom_she_met_is_another", "Ingrid Falk", " she "},
                    Pronoun{"an_actress_is_she", "Quillan Falk", "her"},
                    Pronoun{"she_who_acts_is_not_her", "Ingrid Falk", "her"},
                    Pronoun{"whose_sister_she_is", "Ingrid Falk", "her"},
                    Pronoun{"whose_sister_in_apposition", "Ingrid Falk", "her"},
                    Pronoun{"whose_sister_stands_beside", "Ingrid Falk", "her"},
                    Pronoun{"whom_she_speaks_of_is_another", "Susan Harrow", "She"},
                    Pronoun{"who_is_told_of_is_not_the_object", "Ingrid Falk", "her"},
                    Pronoun{"in_her_own_clause", "Ingrid Falk", "her"},
                    Pronoun{"the_paper_is_not_she", "Tessa Okafor", "She"},
                    Pronoun{"the_union_is_not_he", "Edwin Marsh", "him"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Candidates, HerOwnsSomethingBeforeANounOnly) {
  const Read read = read_named("her_owns_before_a_noun_only");
  const auto candidates = find_candidates(read.article, *read.doc, {});
  std::vector<bool> owners;
  for (const Candidate& candidate : candidates)
    if (candidate.pronoun && candidate.key == "her")
      owners.push_back(candidate.pronoun->possessive);
  EXPECT_EQ(owners, (std::vector<bool>{false, true}));
}

// --- any annotation

Doc token_soup(const std::string& text, std::mt19937& random) {
  static constexpr std::string_view kTags[] = {"NNP", "NN", "NNS", "PRP", "PRP$",
                                               "VBD", "DT", "CC",  ""};
  static constexpr std::string_view kPos[] = {"PROPN", "NOUN",  "PRON",  "VERB",
                                              "DET",   "CCONJ", "PUNCT", ""};
  static constexpr std::string_view kDeps[] = {"nsubj", "dobj", "poss", "compound",
                                               "appos", "conj", "cc",   "prep",
                                               "pobj",  "ROOT", "attr", "relcl"};
  static constexpr std::string_view kTypes[] = {"PERSON", "ORG", "GPE", "NORP", "DATE", "FAC"};
  const auto pick = [&](const auto& list) { return list[random() % std::size(list)]; };
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    Token token;
    token.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    token.tag = pick(kTags);
    token.pos = pick(kPos);
    token.dep = pick(kDeps);
    token.lemma = std::string_view(text).substr(at, end - at);
    token.sentence_start = tokens.empty() || random() % 9 == 0;
    token.entity_tag = static_cast<EntityTag>(random() % 3);
    if (tokens.empty() && token.entity_tag == EntityTag::kInside)
      token.entity_tag = EntityTag::kBegin;
    if (token.entity_tag != EntityTag::kOutside) token.entity_type = pick(kTypes);
    tokens.push_back(token);
    at = end + 1;
  }
  for (Token& token : tokens) token.head = static_cast<std::uint32_t>(random() % tokens.size());
  return Doc::assemble(text, std::move(tokens), StringArena());
}

TEST(FindEntities, AnyAnnotationGivesSoundEntities) {
  static constexpr std::string_view kWords[] = {
      "Ann", "Bell", "he",     "her",  "it", "the", "and", "wife", "company", "\"",     "“",   "”",
      "two", "Jr.",  "couple", "they", "I",  "we",  "law", "-",    "in",      "family", "U.S."};
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string text;
    const std::size_t size = random() % 60;
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) text += ' ';
      text += kWords[random() % std::size(kWords)];
    }
    const Doc doc = token_soup(text, random);
    const Entities found = find_entities({}, doc, {});
    std::vector<int> seen(found.mentions.size());
    for (std::size_t m = 0; m < found.mentions.size(); ++m) {
      const Mention& mention = found.mentions[m];
      ASSERT_LT(mention.entity, found.entities.size());
      ASSERT_LE(mention.span.end, text.size());
      ASSERT_FALSE(mention.span.empty());
      ASSERT_EQ(mention.span, doc.bytes(mention.tokens));
      if (m > 0) {
        ASSERT_LE(found.mentions[m - 1].span.begin, mention.span.begin);
      }
    }
    for (std::size_t e = 0; e < found.entities.size(); ++e) {
      const Entity& entity = found.entities[e];
      EXPECT_FALSE(entity.name.empty());
      EXPECT_THAT(entity.mentions, testing::Not(IsEmpty()));
      for (const std::uint32_t m : entity.mentions) {
        ASSERT_EQ(found.mentions[m].entity, e);
        ++seen[m];
      }
      for (const std::uint32_t member : entity.members) ASSERT_LT(member, found.entities.size());
    }
    EXPECT_THAT(seen, testing::Each(1));
  }
}

}  // namespace
}  // namespace dateline::entities
