#include "dateline/article/page_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "dateline/article/read_html.h"

namespace dateline::article {
namespace {

// Lines that begin with "# " are headings, with "> " quotations; the rest are paragraphs.
struct Lines {
  std::string text;
  std::vector<Block> blocks;
  explicit Lines(std::string_view source) {
    while (!source.empty()) {
      const std::size_t end = source.find('\n');
      std::string_view line = source.substr(0, end);
      source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
      BlockKind kind = BlockKind::kParagraph;
      if (line.starts_with("# ")) kind = BlockKind::kHeading;
      if (line.starts_with("> ")) kind = BlockKind::kBlockquote;
      if (kind != BlockKind::kParagraph) line.remove_prefix(2);
      const auto begin = static_cast<std::uint32_t>(text.size());
      text += line;
      blocks.push_back({{begin, static_cast<std::uint32_t>(text.size())}, kind});
      text += "\n\n";
    }
  }
};

struct Row {
  std::string_view name, type, lines;
  PageKind kind;
};
constexpr Row kRows[] = {
    {"nothing", "", "", PageKind::kArticle},
    {"plain", "NewsArticle", "Ann left.\nBo stayed.", PageKind::kArticle},
    {"live_blog_by_type", "https://schema.org/LiveBlogPosting", "Ann left.", PageKind::kLiveBlog},
    {"numbered_headings", "", "# 1. Bridge\na\n# 2. Ferry\nb\n# 3. Port\nc", PageKind::kList},
    {"counted_down", "", "# 10) Bridge\n# 9) Ferry\na\n# 8) Port", PageKind::kList},
    {"hash_numbers", "", "# #1 Bridge\n# #2 Ferry\n# #3 Port", PageKind::kList},
    {"two_are_too_few", "", "# 1. Bridge\n# 2. Ferry", PageKind::kArticle},
    {"numbers_out_of_order", "", "# 1. Bridge\n# 5. Ferry\n# 2. Port", PageKind::kArticle},
    {"up_and_down_is_no_order", "", "# 1. Bridge\n# 2. Ferry\n# 1. Port", PageKind::kArticle},
    {"decimals", "", "# 1.5 crowns\n# 2.5 crowns\n# 3.5 crowns", PageKind::kArticle},
    {"years", "", "# 2019: Bridge\n# 2020: Ferry\n# 2021: Port", PageKind::kArticle},
    {"numbered_paragraphs", "", "1. Bridge\n2. Ferry\n3. Port", PageKind::kArticle},
    {"marked_questions", "", "Q: Why?\nA: So.\nQ: When?\nA: Now.\nQ: Who?\nA: Ann.",
     PageKind::kQuestions},
    {"headings_that_ask", "", "# Why a bridge?\na\n# Who pays?\nb\n# When?\nc",
     PageKind::kQuestions},
    {"some_headings_ask", "", "# Why?\n# Who?\n# When?\n# Bridge\n# Ferry\n# Port",
     PageKind::kArticle},
};
class Kind : public testing::TestWithParam<Row> {};
TEST_P(Kind, OfThePage) {
  const Lines lines(GetParam().lines);
  EXPECT_EQ(page_kind_of(GetParam().type, lines.text, lines.blocks), GetParam().kind);
}
INSTANTIATE_TEST_SUITE_P(PageKind, Kind, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(PullQuotes, AreQuotationsOfTheArticleItself) {
  Lines lines(
      "\u201CNobody believed in it any more,\u201D said the engineer.\n"
      "> Nobody believed in it any more\n"
      "> Somebody else had said this in another place.\n"
      "> Nobody believed");
  mark_pull_quotes(lines.text, lines.blocks);
  std::vector<bool> marks;
  for (const Block& block : lines.blocks) marks.push_back(block.pull_quote);
  EXPECT_THAT(marks, testing::ElementsAre(false, true, false, false));
}

std::string story(std::string_view name) {
  std::string text;
  for (int i = 0; i < 6; ++i)
    text += "<p>The bridge of " + std::string(name) +
            ", closed since the storm, was opened by the mayor, who had promised it, and by some "
            "four hundred people, who had come to walk across it in the rain of Monday.</p>";
  return text;
}

PageFacts facts_of(const std::string& body, std::vector<std::string>* told = nullptr) {
  Warnings warnings;
  const auto article = read_html("<html><body>" + body + "</body></html>", {}, "page", warnings);
  EXPECT_TRUE(article);
  if (told != nullptr)
    for (const Warning& warning : warnings) told->push_back(warning.message);
  return article ? article->page : PageFacts();
}

TEST(PageFacts, ArticlesBesideTheMainOneAreCounted) {
  std::vector<std::string> told;
  const std::string main = "<article>" + story("Osterhaven") + story("Osterhaven") + "</article>";
  EXPECT_EQ(facts_of(main), PageFacts());
  EXPECT_EQ(facts_of(main + "<article><p><a href='/b'>Ferry</a></p></article>"), PageFacts());
  EXPECT_EQ(facts_of("<div>" + main + "</div><aside class='sidebar'><article>" + story("Lesna") +
                         "</article></aside>",
                     &told)
                .other_articles,
            1U);
  EXPECT_THAT(told, testing::ElementsAre("page: articles beside the main one, not read (1)"));
}

TEST(PageFacts, APageThatIsNotFreeSaysSo) {
  const std::string json =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge\","
      "\"isAccessibleForFree\":false}</script>";
  EXPECT_TRUE(facts_of(json + "<article><p>The bridge of Osterhaven, closed since the storm, was "
                              "opened by the mayor, who had promised it.</p></article>")
                  .only_beginning);
  EXPECT_FALSE(facts_of(json + "<article>" + story("Osterhaven") + story("Lesna") + "</article>")
                   .only_beginning);
}

TEST(PageFacts, APageMadeForAmpIsReadLikeAnyOther) {
  Warnings warnings;
  const auto article = read_html(
      "<html \u26A1 lang='en'><head><title>Bridge open</title><link rel='canonical' "
      "href='https://post.example/a'></head><body><amp-sidebar hidden><ul><li><a href='/'>Home</a>"
      "</li></ul></amp-sidebar><article>" +
          story("Osterhaven") +
          "<amp-img src='a.jpg'><noscript>Picture</noscript></amp-img><amp-ad></amp-ad></article>"
          "</body></html>",
      {}, "page", warnings);
  ASSERT_TRUE(article);
  EXPECT_EQ(article->blocks.size(), 6U);
  EXPECT_EQ(article->uri, "https://post.example/a");
}

}  // namespace
}  // namespace dateline::article
