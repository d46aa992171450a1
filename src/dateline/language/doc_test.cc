#include "dateline/language/doc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dateline/language/conllu.h"
#include "dateline/language/token_dump.h"

namespace dateline {
namespace {

constexpr std::string_view kText = "A Heading\n\nShe left. É so";
constexpr std::string_view kDump = R"({"id":"x","tokens":[
 {"begin":0,"end":1,"tag":"DT","pos":"DET","morph":"","lemma":"a","head":1,"dep":"det","sent_start":true,"ent_iob":"O","ent_type":""},
 {"begin":2,"end":9,"tag":"NN","pos":"NOUN","morph":"","lemma":"heading","head":4,"dep":"dep","sent_start":false,"ent_iob":"O","ent_type":""},
 {"begin":9,"end":11,"tag":"_SP","pos":"SPACE","morph":"","lemma":"\n\n","head":1,"dep":"dep","sent_start":false,"ent_iob":"O","ent_type":""},
 {"begin":11,"end":14,"tag":"PRP","pos":"PRON","morph":"","lemma":"she","head":4,"dep":"nsubj","sent_start":false,"ent_iob":"O","ent_type":""},
 {"begin":15,"end":19,"tag":"VBD","pos":"VERB","morph":"","lemma":"leave","head":4,"dep":"ROOT","sent_start":false,"ent_iob":"O","ent_type":""},
 {"begin":19,"end":20,"tag":".","pos":"PUNCT","morph":"","lemma":".","head":4,"dep":"punct","sent_start":false,"ent_iob":"O","ent_type":""},
 {"begin":21,"end":22,"tag":"NNP","pos":"PROPN","morph":"","lemma":"É","head":7,"dep":"nsubj","sent_start":true,"ent_iob":"B","ent_type":"PERSON"},
 {"begin":23,"end":25,"tag":"RB","pos":"ADV","morph":"","lemma":"so","head":7,"dep":"ROOT","sent_start":false,"ent_iob":"I","ent_type":"PERSON"}]})";

Doc make() { return std::move(language::read_token_dump(kDump, kText)->doc); }

TEST(Doc, LinksSentencesEntitiesAndChildren) {
  const Doc doc = make();
  EXPECT_EQ(doc.sentences().size(), 2U);
  ASSERT_EQ(doc.entities().size(), 1U);
  EXPECT_EQ(slice(kText, doc.bytes(doc.entities()[0].tokens)), "É so");
  EXPECT_THAT(doc.children(4), testing::ElementsAre(1, 3, 5));
  EXPECT_EQ(doc[4].subtree, (TokenSpan{0, 6}));
  EXPECT_EQ(doc[6].lower, "é");
}

TEST(Doc, StartsSentencesWhereTheLayoutSays) {
  Doc doc = make();
  const std::uint32_t edges[] = {0, 9, 11, 20};
  doc.start_sentences_at(edges);
  ASSERT_EQ(doc.sentences().size(), 3U);
  EXPECT_EQ(doc.sentences()[1], (TokenSpan{3, 6}));
  EXPECT_EQ(doc[1].head, 1U) << "a dependency that crosses the new edge is cut";
  EXPECT_THAT(doc.children(4), testing::ElementsAre(3, 5));
}

TEST(Doc, FindsTheHeadOfARange) {
  const Doc doc = make();
  EXPECT_EQ(doc.head_of({0, 2}), 1U);
  EXPECT_EQ(doc.head_of({2, 6}), 4U) << "the line end before it is no word";
  EXPECT_EQ(doc.head_of({1, 4}), 1U) << "the first of several";
  EXPECT_EQ(doc.head_of({5, 6}), 5U) << "a mark alone";
  EXPECT_EQ(doc.head_of({3, 3}), 3U);
}

// Tokens of one byte each with these heads.
Doc make_tree(std::string_view text, const std::vector<std::uint32_t>& heads) {
  std::vector<Token> tokens(heads.size());
  for (std::uint32_t i = 0; i < heads.size(); ++i) {
    tokens[i].span = {i, i + 1};
    tokens[i].head = heads[i];
  }
  return Doc::assemble(text, std::move(tokens), {});
}

TEST(Doc, CutsCirclesOfHeads) {
  const Doc doc = make_tree("abcdef", {1, 2, 0, 0, 4, 4});
  EXPECT_EQ(doc[0].head, 0U) << "the first of the circle is a root";
  EXPECT_EQ(doc[1].head, 2U);
  EXPECT_EQ(doc[2].head, 0U);
  EXPECT_EQ(doc[0].subtree, (TokenSpan{0, 4}));
  EXPECT_EQ(doc[2].subtree, (TokenSpan{1, 3}));
  EXPECT_EQ(doc[4].subtree, (TokenSpan{4, 6}));
  EXPECT_THAT(doc.children(0), testing::ElementsAre(2, 3));
}

// Widening all spans until nothing changes would take a round a token here.
TEST(Doc, LinksDeepTreesInLinearTime) {
  constexpr std::uint32_t kSize = 600'000;
  const std::string text(kSize, 'a');
  std::vector<std::uint32_t> heads(kSize);
  for (std::uint32_t i = 0; i < kSize; ++i) heads[i] = i < kSize / 2 ? kSize - 1 - i : kSize - i;
  heads[kSize / 2] = kSize / 2;
  const Doc doc = make_tree(text, heads);
  EXPECT_EQ(doc[kSize / 2].subtree, (TokenSpan{0, kSize}));
  EXPECT_EQ(doc[0].subtree, (TokenSpan{0, 1}));
}

TEST(Doc, FindsTokensByByte) {
  const Doc doc = make();
  EXPECT_EQ(doc.token_at(0), 0U);
  EXPECT_EQ(doc.token_at(1), 1U) << "between tokens: the next one";
  EXPECT_EQ(doc.token_at(99), doc.size());
  EXPECT_EQ(doc.token_span({11, 20}), (TokenSpan{3, 6}));
}

TEST(TokenDump, WritesWhatItRead) {
  const auto again = language::read_token_dump(language::write_token_dump("x", make()), kText);
  ASSERT_TRUE(again);
  EXPECT_EQ(language::write_token_dump("x", again->doc), language::write_token_dump("x", make()));
}

TEST(TokenDump, RefusesWhatDoesNotFit) {
  EXPECT_FALSE(language::read_token_dump("[]", kText));
  EXPECT_FALSE(language::read_token_dump("{\"tokens\":[{}]}", kText));
  EXPECT_FALSE(language::read_token_dump("{\"tokens\":[{\"begin\":5,\"end\":5}]}", kText));
  EXPECT_FALSE(language::read_token_dump(
      "{\"tokens\":[{\"begin\":1,\"end\":2},{\"begin\":0,\"end\":1}]}", kText));
  EXPECT_FALSE(language::read_token_dump("not json", kText));
}

TEST(Conllu, LeavesWhiteSpaceOutAndRenumbersHeads) {
  const std::string conllu = language::write_conllu("x", make());
  EXPECT_THAT(conllu, testing::HasSubstr("3\tShe\tshe\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n"));
  EXPECT_THAT(conllu,
              testing::HasSubstr("4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"));
  EXPECT_THAT(conllu, testing::Not(testing::HasSubstr("SPACE")));
}

}  // namespace
}  // namespace dateline
