#include "dateline/article/read_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dateline/article/page_date.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;

std::string published(const Article& article) {
  return article.published ? iso8601(*article.published) : "";
}

// "header:date 2021-05-03"
std::vector<std::string> blocks(const Article& article) {
  std::vector<std::string> list;
  for (const Block& block : article.blocks)
    list.push_back(std::string(name_of(block.kind)) + ":" +
                   std::string(slice(article.text, block.span)));
  return list;
}

struct DateCase {
  const char* name;
  const char* text;
  const char* iso;
  std::uint32_t size;
};
class ReadPageDate : public testing::TestWithParam<DateCase> {};
TEST_P(ReadPageDate, Reads) {
  const auto date = read_page_date(GetParam().text);
  ASSERT_EQ(date.has_value(), GetParam().size > 0);
  if (!date) return;
  EXPECT_EQ(iso8601(date->point), GetParam().iso);
  EXPECT_EQ(date->size, GetParam().size);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ReadPageDate,
    testing::Values(
        DateCase{"Iso", "2021-05-03 Anna", "2021-05-03", 10},
        DateCase{"IsoTime", "2021-05-03T10:30:00+02:00", "2021-05-03T10:30:00+02:00", 25},
        DateCase{"IsoMillis", "2021-05-03T10:30:00.123Z", "2021-05-03T10:30:00Z", 24},
        DateCase{"British", "3 May 2021", "2021-05-03", 10},
        DateCase{"Ordinal", "3rd of May, 2021 was", "2021-05-03", 16},
        DateCase{"American", "May 3, 2021", "2021-05-03", 11},
        DateCase{"Weekday", "Mon., Sept. 6, 2021, 4:05 p.m. EDT", "2021-09-06T16:05-04:00", 34},
        DateCase{"AtClock", "May 3rd, 2021 at 10:30 am", "2021-05-03T10:30", 25},
        DateCase{"Rfc2822", "Mon, 03 May 2021 10:00:01 GMT", "2021-05-03T10:00:01Z", 29},
        DateCase{"Rfc2822Offset", "Mon, 03 May 2021 10:00:01 -0530", "2021-05-03T10:00:01-05:30",
                 31},
        DateCase{"ClockFirst", "10:30 AM EST, Mon May 3, 2021", "2021-05-03T10:30-05:00", 29},
        DateCase{"German", "03.05.2021", "2021-05-03", 10},
        DateCase{"SlashDayOver12", "23/05/2021", "2021-05-23", 10},
        DateCase{"Compact", "20210503", "2021-05-03", 8},
        DateCase{"NoYear", "3 May", "0004-05-03", 5}, DateCase{"NoSuchDay", "31 April 2021", "", 0},
        DateCase{"JustAYear", "2021", "", 0}, DateCase{"Word", "Mayor Bell", "", 0},
        DateCase{"Empty", "", "", 0}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ReadText, AHeaderGluedToTheTextIsABlockOfItsOwn) {
  const Article article =
      read_text(" date 2021-05-03 Anna Kovacs has left.\n\nA Quiet House\n\nIt is.");
  EXPECT_THAT(blocks(article),
              ElementsAre("header:date 2021-05-03", "paragraph:Anna Kovacs has left.",
                          "heading:A Quiet House", "paragraph:It is."));
  EXPECT_EQ(published(article), "2021-05-03");
  EXPECT_EQ(article.published_basis, DateBasis::kHeader);
  EXPECT_EQ(article.title, "");
}

TEST(ReadText, AHeaderThatAgreesWithTheContainerIsTheBasis) {
  TextOptions options;
  options.published = parse_time_point("2021-05-03").value();
  EXPECT_EQ(read_text("date 2021-05-03 She left.", options).published_basis, DateBasis::kHeader);
  const Article other = read_text("date 2021-05-04 She left.", options);
  EXPECT_EQ(other.published_basis, DateBasis::kGiven);
  EXPECT_EQ(published(other), "2021-05-03");
  EXPECT_EQ(other.published_candidates.size(), 2U);
}

TEST(ReadText, TitleBylineDateAndDateline) {
  const Article article = read_text(
      "Bridge Opens After Nine Years\nBy Anna Kovacs and Joe Bell, Harbour Post\n"
      "Published: 3 May 2021 | Updated: 4 May 2021\n\n"
      "OSTERHAVEN, 2 May (Coast Agency) \u2014 The bridge is open.\n\nPhoto: Joe Bell\n\n"
      "- It is long.\n\nRead more: Ten bridges\n\nNobody fell.");
  EXPECT_THAT(blocks(article),
              ElementsAre("title:Bridge Opens After Nine Years",
                          "byline:By Anna Kovacs and Joe Bell, Harbour Post",
                          "header:Published: 3 May 2021", "header:Updated: 4 May 2021",
                          "dateline:OSTERHAVEN, 2 May (Coast Agency) \u2014",
                          "paragraph:The bridge is open.", "caption:Photo: Joe Bell",
                          "list_item:- It is long.", "boilerplate:Read more: Ten bridges",
                          "paragraph:Nobody fell."));
  EXPECT_EQ(article.title, "Bridge Opens After Nine Years");
  EXPECT_THAT(article.authors, ElementsAre("Anna Kovacs", "Joe Bell"));
  EXPECT_EQ(published(article), "2021-05-03");
  EXPECT_EQ(iso8601(*article.modified), "2021-05-04");
  EXPECT_THAT(article.published_candidates,
              ElementsAre(DateCandidate{"2021-05-03", DateBasis::kHeader},
                          DateCandidate{"2021-05-02", DateBasis::kDateline}));
}

TEST(ReadText, ADatelineWithoutYearNeedsOtherEvidence) {
  const std::string text = "PORT ANSEL, Dec. 31 (CA) - Snow fell.";
  const Article alone = read_text(text);
  EXPECT_EQ(published(alone), "");
  EXPECT_THAT(alone.published_candidates,
              ElementsAre(DateCandidate{"XXXX-12-31", DateBasis::kDateline}));
  TextOptions options;
  options.uri = "https://post.example/2022/01/01/snow";
  const Article dated = read_text(text, options);
  EXPECT_THAT(dated.published_candidates,
              ElementsAre(DateCandidate{"2022-01-01", DateBasis::kUrl},
                          DateCandidate{"2021-12-31", DateBasis::kDateline}));
}

TEST(ReadText, NoDatelineWhereADashJustInterrupts) {
  EXPECT_THAT(blocks(read_text("NOVA \u2014 the space office \u2014 said no.")),
              ElementsAre("paragraph:NOVA \u2014 the space office \u2014 said no."));
}

TEST(ReadText, WrappedLinesAreOneParagraph) {
  const std::string text =
      "The council of Osterhaven met on Monday evening to talk about\n"
      "the bridge that has been closed since the storm of last winter\n"
      "and about the money that the repair of the northern pier will\n"
      "cost. Nobody was sure.\n\nA second paragraph stands here and it is long enough to be\n"
      "wrapped as well.\n";
  EXPECT_EQ(read_text(text).blocks.size(), 2U);
}

TEST(ReadText, TheFallbackDateIsTheLastEvidence) {
  TextOptions options;
  options.fallback_published = parse_time_point("2020-01-01").value();
  EXPECT_EQ(published(read_text("She left.", options)), "2020-01-01");
  EXPECT_EQ(published(read_text("May 3, 2021\n\nShe left.", options)), "2021-05-03");
}

TEST(ReadText, TakesOffAByteOrderMarkAndNamesByHash) {
  const Article article = read_text(
      "\xEF\xBB\xBF"
      "abc");
  EXPECT_EQ(article.text, "abc");
  EXPECT_EQ(article.id.substr(0, 15), "sha256:ba7816bf");
}

TEST(DateInUri, FindsADayAndNoMonth) {
  const auto day = [](std::string_view uri) {
    const auto found = date_in_uri(uri);
    return found ? iso8601(*found) : "";
  };
  EXPECT_EQ(day("https://a.example/2021/05/03/x"), "2021-05-03");
  EXPECT_EQ(day("https://a.example/news/2021-05-03-x.html"), "2021-05-03");
  EXPECT_EQ(day("https://a.example/20210503/x"), "2021-05-03");
  EXPECT_EQ(day("https://a.example/2021/05/x"), "");
  EXPECT_EQ(day("https://a.example/story-12345678"), "");
}

TEST(ReadText, AnyBytesGiveOrderedBlocksInRange) {
  std::mt19937 random(7);
  const std::string_view pieces[] = {"date ",  "2021-05-03", "\n",     "\r\n",   "By ", "Anna Bell",
                                     "\xC3",   "\xE2\x80",   "\u2014", " - ",    "(",   ")",
                                     ". ",     "\t",         "PARIS",  "\u2022", "1. ", ":",
                                     "Title:", "\0x",        "word ",  "\n\n",   "\"",  "?"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto i = random() % 30; i > 0; --i) text += pieces[random() % std::size(pieces)];
    const Article article = read_text(text);
    std::uint32_t end = 0;
    for (const Block& block : article.blocks) {
      ASSERT_GE(block.span.begin, end) << testing::PrintToString(text);
      ASSERT_GT(block.span.end, block.span.begin) << testing::PrintToString(text);
      end = block.span.end;
    }
    ASSERT_LE(end, article.text.size());
  }
}

}  // namespace
}  // namespace dateline::article
