// What stands beside and between an article's paragraphs, each row a page with the blocks kept.
#include "dateline/article/page_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dateline/article/read_html.h"

namespace dateline::article {
namespace {

using testing::ElementsAreArray;

// Six paragraphs, each of one hundred bytes and more.
const std::vector<std::string> kStory = {
    "The ferry of Lesna, which had been laid up since the storm of last winter, went back to work.",
    "Some forty people were on board when it left the northern bank, a little late, at six "
    "o'clock.",
    "The captain, Dora Hale, said that the engine had been taken apart and cleaned, piece by "
    "piece.",
    "In the town they had got used to the long way round, over the old bridge, an hour each "
    "morning.",
    "The council, which pays for the ferry, wants to see until the autumn how many people use it.",
    "A second boat, smaller and without a deck for cars, is being built in the yard of Port "
    "Sable."};

std::string paragraph(std::size_t i) {
  return "<p>" + kStory[i] + " Nobody, as far as is known, objected to that.</p>";
}

// `between` stands behind the third paragraph, `after` behind the last.
std::string page(const std::string& before, const std::string& between, const std::string& after,
                 const std::string& head = {}) {
  return "<html><head>" + head + "</head><body><div class='page'>" + before + paragraph(0) +
         paragraph(1) + paragraph(2) + between + paragraph(3) + paragraph(4) + paragraph(5) +
         after + "</div></body></html>";
}

// The blocks that are not one of the six paragraphs.
std::vector<std::string> others(const std::string& html) {
  Warnings warnings;
  const auto article = read_html(html, {}, "page", warnings);
  EXPECT_TRUE(article);
  std::vector<std::string> list;
  std::size_t story = 0;
  if (!article) return list;
  for (const Block& block : article->blocks) {
    const std::string words(slice(article->text, block.span));
    if (words.find("objected to that") != std::string::npos)
      ++story;
    else
      list.push_back(words);
  }
  EXPECT_EQ(story, kStory.size());
  for (const SourceRun& run : article->source)
    EXPECT_EQ(article->text.substr(run.text, run.size), html.substr(run.source, run.size));
  return list;
}

struct Row {
  std::string_view name, before, between, after;
  std::vector<std::string> kept;
};
const Row kRows[] = {
    {"nothing_else", "", "", "", {}},
    {"promotion", "", "<p><a href='/b'>Ten ferries that never came back</a></p>", "", {}},
    {"promotion_that_asks", "", "<p><a href='/b'>Who pays for the ferry?</a></p>", "", {}},
    {"linked_sentence",
     "",
     "<p><a href='/b'>The yard of Port Sable has built nine ferries since the war.</a></p>",
     "",
     {"The yard of Port Sable has built nine ferries since the war."}},
    {"linked_heading", "", "<h2><a href='/b'>The second boat</a></h2>", "", {"The second boat"}},
    {"date_before", "<p>Published 3 May 2021, 10:30 GMT</p>", "", "", {}},
    {"date_between", "", "<p>3 May 2021</p>", "", {"3 May 2021"}},
    {"byline_behind", "", "", "<p>By Anna Kovacs</p>", {}},
    {"byline_is_a_sentence", "By and by it rained.", "", "", {"By and by it rained."}},
    {"label_of_each_picture", "<p>Picture</p>", "<p>Picture</p>", "<p>Picture</p>", {}},
    {"label_twice", "<p>Picture</p>", "", "<p>Picture</p>", {"Picture", "Picture"}},
    {"answer_thrice", "", "<p>No.</p><p>No.</p><p>No.</p>", "", {"No.", "No.", "No."}},
    {"counters", "", "<p>1</p><p>2</p><p>&gt;&gt;</p>", "", {}},
    {"counter_of_all", "", "<p>1 / 5</p>", "", {}},
    {"one_number", "", "<p>41</p>", "", {"41"}},
    {"links_announced",
     "",
     "",
     "<div><p>More from Lesna:</p><ul><li><a href='/1'>The bridge is closed again, as ever</a></li>"
     "<li><a href='/2'>Mayor will stand for another term</a></li></ul></div>",
     {}},
    {"facts_in_a_list",
     "",
     "<ul><li>Nine ferries</li><li>Two yards</li></ul>",
     "",
     {"Nine ferries", "Two yards"}},
    {"named_related",
     "",
     "<div class='article-related'><p>Ferries of the world, and their captains"
     "</p></div>",
     "",
     {}},
    {"named_newsletter_and_content",
     "",
     "<section class='newsletter-content'><h3>The morning letter</h3><p>All of Lesna in your "
     "box.</p></section>",
     "",
     {}},
    {"said_for_screen_readers",
     "",
     "<p><span class='visually-hidden'>Opens in a window</span>"
     "A boat.</p>",
     "",
     {"A boat."}},
    {"label_of_advertisements", "", "<p>Advertising</p>", "", {}},
};
class PageLines : public testing::TestWithParam<Row> {};
TEST_P(PageLines, AreKept) {
  const Row& row = GetParam();
  EXPECT_THAT(
      others(page(std::string(row.before), std::string(row.between), std::string(row.after))),
      ElementsAreArray(row.kept));
}
INSTANTIATE_TEST_SUITE_P(Table, PageLines, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(PageBody, NothingFollowsTheElementThatIsTheBody) {
  EXPECT_THAT(others("<html><body><div><p>The ferry is back, and more people than ever want to "
                     "know when it leaves, and from where.</p><div class='entry-content'>" +
                     page("", "", "") +
                     "</div><p>Dora Hale has written about boats for as long as there have been "
                     "any, in this paper and others.</p></div></body></html>"),
              testing::ElementsAre("The ferry is back, and more people than ever want to know when "
                                   "it leaves, and from where."));
}

TEST(PageBody, NamesThatWouldTakeMuchOfTheTextMeanSomethingElse) {
  std::string html = "<html><body><div>";
  for (std::size_t i = 0; i < kStory.size(); ++i)
    html += "<div class='promo-text'>" + paragraph(i) + "</div>";
  EXPECT_THAT(others(html + "</div></body></html>"), testing::IsEmpty());
}

std::string json_ld(const std::string& body) {
  return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The ferry "
         "is back\",\"articleBody\":\"" +
         body + "\"}</script>";
}

std::string whole_story() {
  std::string body;
  for (const std::string& line : kStory)
    body += line + " Nobody, as far as is known, objected to that. ";
  return body;
}

TEST(JsonLdBody, SaysWhatIsNotInIt) {
  const std::string more = "<p>Dora Hale has written about boats for years.</p>";
  EXPECT_EQ(others(page("", "", more)).size(), 1U);
  EXPECT_THAT(others(page("", "", more, json_ld(whole_story()))), testing::IsEmpty());
}

TEST(JsonLdBody, IsTheTextOfAPageThatShowsNone) {
  const std::string html =
      "<html><head>" + json_ld(whole_story() + "\\n\\nThe end of it.") +
      "</head><body><div id='root'><p>Loading the page.</p></div></body></html>";
  Warnings warnings;
  const auto article = read_html(html, {}, "page", warnings);
  ASSERT_TRUE(article);
  EXPECT_EQ(article->blocks.size(), 2U);
  EXPECT_TRUE(article->text.ends_with("\n\nThe end of it."));
  EXPECT_TRUE(article->source.empty());
}

TEST(LineBeforeTheProse, GivesTheDateOfAPageThatSaysNone) {
  Warnings warnings;
  const auto article =
      read_html(page("<div><p>By Ada Lind, May 3, 2021</p></div>", "", ""), {}, "page", warnings);
  ASSERT_TRUE(article && article->published);
  EXPECT_EQ(iso8601(*article->published), "2021-05-03");
  EXPECT_EQ(article->published_basis, DateBasis::kText);
}

TEST(LifeOfTheAuthor, IsNoPartOfTheArticle) {
  const std::string author = "<meta name='author' content='Dora Hale'>";
  const std::string life =
      "<p>Dora Hale is the captain of the ferry of Lesna, and the first who "
      "has written of it in this paper.</p>";
  EXPECT_THAT(others(page("", "", life, author)), testing::IsEmpty());
  EXPECT_EQ(others(page("", "", life)).size(), 1U);
}

TEST(JsonLdBody, IsNotBelievedWhereItIsCutShort) {
  const std::string more = "<p>Dora Hale has written about boats for years.</p>";
  EXPECT_EQ(others(page("", "", more, json_ld(whole_story().substr(0, 520)))).size(), 1U);
}

TEST(JsonLdBody, ShowsTheArticleWhereAnotherTextIsLonger) {
  std::string comments;
  for (int i = 0; i < 30; ++i)
    comments +=
        "<p>I have, as a reader, for years, said the same, and nobody, nobody, listens, "
        "and that, I say, is how it is, number " +
        std::to_string(i) + ".</p>";
  std::string story;
  for (std::size_t i = 0; i < kStory.size(); ++i)
    story +=
        "<li><span>" + kStory[i] + " Nobody, as far as is known, objected to that.</span></li>";
  EXPECT_THAT(others("<html><head>" + json_ld(whole_story()) + "</head><body><ul>" + story +
                     "</ul><div class='text'>" + comments + "</div></body></html>"),
              testing::IsEmpty());
}

}  // namespace
}  // namespace dateline::article
