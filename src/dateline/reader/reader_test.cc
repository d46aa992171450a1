#include "dateline/reader/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dateline/article/read_text.h"
#include "dateline/record/brief.h"
#include "dateline/record/invariants.h"
#include "dateline/record/write_json.h"

namespace dateline {
namespace {

// Words and labels that the steps look for, thrown together without sense: what no parser would
// give must still give a record that keeps its promises.
class Soup {
 public:
  explicit Soup(unsigned seed) : random_(seed) {}

  std::string text(std::size_t words) {
    static const char* const kWords[] = {
        "Ann",       "Lee",      "said",    "\"",   "“",         "”",         "on",
        "Monday",    "May",      "3",       "2021", ",",         "wife",      "of",
        "estranged", "he",       "who",     "left", "not",       "and",       "the",
        "Boe",       "&",        "sources", ".",    "yesterday", "filed",     "to",
        "divorce",   "31 April", "\n\n",    "it",   "'s",        "two",       "years",
        "ago",       "😀",        "\xff",    "’",    "chief",     "executive", "Inc.",
        "according", "that",     "might",   "I",    "my",        "last",      "week",
        ":"};
    std::string out = below(3) == 0 ? "date 2021-12-01 " : "";
    for (std::size_t i = 0; i < words; ++i) {
      out += kWords[below(std::size(kWords))];
      if (below(5) != 0) out += ' ';
    }
    return out;
  }

  // Tokens cut at spaces, every label random.
  Doc doc(std::string_view text) {
    static const char* const kTags[] = {"NNP", "NN", "NNS", "VBD",  "VBZ", "VBN", "VB", "MD",
                                        "IN",  "DT", "PRP", "PRP$", "CD",  "POS", "WP", "TO",
                                        "CC",  ",",  ".",   "``",   "''",  "_SP", ""};
    static const char* const kPos[] = {"PROPN", "NOUN", "VERB",  "AUX",   "ADP", "DET",
                                       "PRON",  "NUM",  "PUNCT", "SPACE", "ADJ", "ADV"};
    static const char* const kDeps[] = {
        "nsubj", "dobj",     "ROOT",      "ccomp", "prep",     "pobj",  "poss", "appos",
        "conj",  "cc",       "nsubjpass", "relcl", "advcl",    "xcomp", "aux",  "neg",
        "det",   "compound", "amod",      "agent", "npadvmod", "punct"};
    static const char* const kTypes[] = {"PERSON", "ORG", "GPE", "DATE", "TIME", "NORP", "MONEY"};
    std::vector<Token> tokens;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == ' ') {
        ++at;
        continue;
      }
      const std::size_t end = std::min(text.find(' ', at), text.size());
      Token token;
      token.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      token.space_after = end < text.size();
      token.tag = kTags[below(std::size(kTags))];
      token.pos = kPos[below(std::size(kPos))];
      token.dep = kDeps[below(std::size(kDeps))];
      token.lemma = text.substr(at, end - at);
      token.sentence_start = below(9) == 0;
      token.entity_tag = static_cast<EntityTag>(below(3));
      if (token.entity_tag != EntityTag::kOutside)
        token.entity_type = kTypes[below(std::size(kTypes))];
      tokens.push_back(token);
      at = end;
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      // Heads to the left or, now and then, the next one: no cycles longer than what assemble()
      // must bear.
      tokens[i].head = static_cast<std::uint32_t>(below(4) == 0 ? i : below(i + 1));
    }
    return Doc::assemble(text, std::move(tokens), {});
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::mt19937 random_;
};

TEST(Read, KeepsItsPromisesForTokenSoup) {
  for (unsigned seed = 0; seed < 400; ++seed) {
    Soup soup(seed);
    const Article article = article::read_text(soup.text(seed % 120), {});
    const Record record = read(article, soup.doc(article.text));
    ASSERT_THAT(record::broken_invariants(record), testing::IsEmpty()) << "seed " << seed << "\n"
                                                                       << article.text;
    EXPECT_FALSE(record::write_brief(record).empty() && !article.text.empty());
  }
}

TEST(Read, EmptyTextGivesAnEmptyRecord) {
  const Article article = article::read_text("", {});
  const Record record = read(article, Doc::assemble(article.text, {}, {}));
  EXPECT_TRUE(record.sentences.empty() && record.events.empty() && record.timeline.empty());
}

}  // namespace
}  // namespace dateline
