#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dateline/article/html_tree.h"
#include "dateline/article/json_ld.h"
#include "dateline/article/read_html.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en-GB"><head><title>Bridge opens after nine years | Harbour Post</title>
<link rel="canonical" href="https://post.example/2021/05/03/bridge">
<meta property="og:site_name" content="Harbour Post">
<meta property="article:modified_time" content="2021-05-04T08:00:00+02:00">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite",
"name":"Harbour Post"},{"@type":"NewsArticle","headline":"Bridge opens after nine years",
"datePublished":"2021-05-03T10:30:00+02:00","author":[{"@type":"Person","name":"Anna Kovacs"},
{"name":"Joe Bell"}],"publisher":{"name":"The Harbour Post"}}]}</script>
</head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<div class="page"><article class="story">
<h1>Bridge opens after nine years</h1>
<p class="byline">By Anna Kovacs</p>
<div class="article-body">
<p>OSTERHAVEN, 2 May (Coast Agency) &mdash; The bridge over the Lesna, closed since the storm of
2012, was opened on Monday by the mayor, who had promised it in each of three campaigns, and by
some four hundred people who had come to walk across it.</p>
<h2>A long wait</h2>
<p>&#8220;We are glad&#8221;, said Marta Szabo, who lives on the northern bank, works on the
southern one, and has taken the ferry twice a day, in rain, in snow, and once in a flood.</p>
<figure><img src="b.jpg"><figcaption>The bridge on Monday. Photo: J. Bell</figcaption></figure>
<p>Advertisement</p>
<blockquote><p>Nobody believed in it any more, and neither, to be honest, did I, said the engineer,
who has built two others, both of them shorter, and neither of them over a river like
this&shy;one.</p></blockquote>
<p>The council paid nine million crowns, of which the county gave three, the port two, and the rest
came from a loan that will be paid back, if all goes well, within thirty years.</p>
</div></article>
<aside class="related"><p>Related: <a href="/x">Ten bridges that never opened, and why</a></p></aside>
<div class="comments"><p>First! says a reader, who has, as always, nothing else to say of it.</p></div>
</div><footer>Copyright Harbour Post</footer></body></html>)";

Article read(std::string_view page, const TextOptions& options = {}) {
  Warnings warnings;
  auto article = read_html(page, options, "page", warnings);
  EXPECT_TRUE(article) << (article ? "" : article.error().message);
  return article ? *std::move(article) : Article{};
}

std::vector<std::string> blocks(const Article& article) {
  std::vector<std::string> list;
  for (const Block& block : article.blocks)
    list.push_back(std::string(name_of(block.kind)) + ":" +
                   std::string(slice(article.text, block.span).substr(0, 18)));
  return list;
}

TEST(ReadHtml, KeepsTheArticleAndItsBlocks) {
  const Article article = read(kPage);
  EXPECT_THAT(blocks(article),
              ElementsAre("dateline:OSTERHAVEN, 2 May ", "paragraph:The bridge over th",
                          "heading:A long wait", "paragraph:\u201CWe are glad\u201D,",
                          "caption:The bridge on Mond", "blockquote:Nobody believed in",
                          "paragraph:The council paid n"));
  EXPECT_THAT(article.text, HasSubstr("like thisone."));
  for (const char* gone : {"First!", "Related", "Sport", "Copyright", "Advertisement"})
    EXPECT_THAT(article.text, Not(HasSubstr(gone)));
}

TEST(ReadHtml, ReadsWhatThePageSaysOfItself) {
  const Article article = read(kPage);
  EXPECT_EQ(article.title, "Bridge opens after nine years");
  EXPECT_THAT(article.authors, ElementsAre("Anna Kovacs", "Joe Bell"));
  EXPECT_EQ(article.publisher, "The Harbour Post");
  EXPECT_EQ(article.language, "en");
  EXPECT_EQ(article.uri, "https://post.example/2021/05/03/bridge");
  ASSERT_TRUE(article.published);
  EXPECT_EQ(iso8601(*article.published), "2021-05-03T10:30:00+02:00");
  EXPECT_EQ(article.published_basis, DateBasis::kJsonLd);
  EXPECT_EQ(iso8601(*article.modified), "2021-05-04T08:00:00+02:00");
  EXPECT_THAT(article.published_candidates,
              ElementsAre(DateCandidate{"2021-05-03T10:30:00+02:00", DateBasis::kJsonLd},
                          DateCandidate{"2021-05-03", DateBasis::kUrl}));
}

TEST(ReadHtml, EveryRunOfTheTextStandsInThePage) {
  const Article article = read(kPage);
  std::size_t covered = 0;
  std::uint32_t end = 0;
  for (const SourceRun& run : article.source) {
    ASSERT_GE(run.text, end);
    end = run.text + run.size;
    ASSERT_LE(end, article.text.size());
    EXPECT_EQ(article.text.substr(run.text, run.size), kPage.substr(run.source, run.size));
    covered += run.size;
  }
  EXPECT_GT(covered * 10, article.text.size() * 7);  // all but spaces and entities
}

TEST(ReadHtml, WhatTheContainerKnowsGoesFirst) {
  TextOptions options;
  options.id = "a1";
  options.title = "Another title";
  options.published = parse_time_point("2021-05-02").value();
  const Article article = read(kPage, options);
  EXPECT_EQ(article.id, "a1");
  EXPECT_EQ(article.title, "Another title");
  EXPECT_EQ(iso8601(*article.published), "2021-05-02");
  EXPECT_EQ(article.published_basis, DateBasis::kGiven);
}

TEST(ReadHtml, APageWithoutTextIsNamed) {
  Warnings warnings;
  const auto article = read_html("<html><body><img src=x></body></html>", {}, "p.html", warnings);
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().message, "p.html: no article in this page");
}

TEST(ReadHtml, APageOfLinksIsNamed) {
  std::string page = "<title>Harbour Post</title><ul>";
  for (int i = 0; i < 40; ++i)
    page += "<li><a href='/" + std::to_string(i) + "'>The council votes on the ferry</a></li>";
  Warnings warnings;
  const auto article = read_html(page + "</ul>", {}, "p.html", warnings);
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().message, "p.html: no article: navigation page");
  EXPECT_EQ(read("<p>She left. <a href='/b'>Her letter</a> says why.</p>").text,
            "She left. Her letter says why.");
}

struct PageDateCase {
  const char* name;
  const char* page;
  const char* uri;
  const char* expected;  // "iso basis"
};
class PageDates : public testing::TestWithParam<PageDateCase> {};
TEST_P(PageDates, AreRanked) {
  TextOptions options;
  options.uri = GetParam().uri;
  const Article article =
      read(std::string(GetParam().page) + "<p>Some text of a page.</p>", options);
  const std::string got = article.published ? iso8601(*article.published) + " " +
                                                  std::string(name_of(article.published_basis))
                                            : "none";
  EXPECT_EQ(got, GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Table, PageDates,
    testing::Values(
        PageDateCase{"Meta", "<meta property='article:published_time' content='2021-05-03'>", "",
                     "2021-05-03 meta"},
        PageDateCase{"MetaBeforeUrl", "<meta name='pubdate' content='2021-05-03'>",
                     "https://a.example/2021/05/04/x", "2021-05-03 meta"},
        PageDateCase{"Url", "", "https://a.example/2021/05/04/x", "2021-05-04 url"},
        PageDateCase{"Time", "<time itemprop='datePublished' datetime='2021-05-03T10:00Z'>x</time>",
                     "", "2021-05-03T10:00Z time_element"},
        PageDateCase{"TimeOfAnotherArticle",
                     "<aside><time datetime='2021-05-03'>3 May</time></aside>", "", "none"},
        PageDateCase{"Byline", "<div class='byline'>By Anna Bell, May 3, 2021</div>", "",
                     "2021-05-03 text"},
        PageDateCase{"BeforeTheWeb", "<meta name='date' content='1970-01-01'>", "", "none"},
        PageDateCase{"ModifiedIsNotPublished",
                     "<meta property='article:modified_time' content='2021-05-03'>", "", "none"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ReadJsonLd, MendsWhatScriptsGetWrong) {
  const auto articles = read_json_ld(
      "//<![CDATA[\n{\"@type\": [\"Thing\", \"NewsArticle\"], \"headline\": \"Tom &amp; "
      "Ann\nmeet\","
      " \"author\": \"Joe Bell\"};\n//]]>");
  ASSERT_EQ(articles.size(), 1U);
  EXPECT_EQ(articles[0].headline, "Tom & Ann meet");
  EXPECT_THAT(articles[0].authors, ElementsAre("Joe Bell"));
  EXPECT_TRUE(read_json_ld("{broken").empty());
  EXPECT_TRUE(read_json_ld("").empty());
}

TEST(HtmlTree, CutsAndMoves) {
  auto tree = HtmlTree::parse("<p>a<b>b</b>c</p><div>d</div>");
  ASSERT_TRUE(tree);
  const NodeId body = tree->find(tree->root(), Tag::kBody);
  EXPECT_EQ(tree->text_of(body), "abcd");
  const NodeId p = tree->find(body, Tag::kP), b = tree->find(body, Tag::kB);
  const NodeId box = tree->wrap(b, (*tree)[b].next, Tag::kSpan);
  EXPECT_EQ(tree->text_of(box), "bc");
  HtmlTree copy = *tree;
  tree->remove(box);
  EXPECT_EQ(tree->text_of(p), "a");
  EXPECT_EQ(copy.text_of(p), "abc");
  copy.replace(p, box);
  EXPECT_EQ(copy.text_of(body), "bcd");
}

TEST(HtmlTree, DeepAndMisnestedPagesEnd) {
  std::string deep, misnested;
  for (int i = 0; i < 10000; ++i) deep += "<div>";
  ASSERT_TRUE(HtmlTree::parse(deep + "x"));
  EXPECT_THAT(read(deep + "She left.").text, "She left.");
  // Boxes beyond a depth are siblings: none lies in the one before it.
  const auto tree = HtmlTree::parse(deep + "<section id=a>One.<section id=b>Two.");
  ASSERT_TRUE(tree);
  const NodeId one = tree->find(tree->root(), Tag::kSection);
  EXPECT_EQ(tree->text_of(one), "One.");
  EXPECT_EQ(tree->text_of(tree->root()), "One.Two.");
  EXPECT_THAT(read(deep + "</div><p>She left.</p></div><p>He stayed.</p>").text,
              "She left.\n\nHe stayed.");
  std::string tables;
  for (int i = 0; i < 3000; ++i) tables += "<table><tr><td>";
  EXPECT_FALSE(HtmlTree::parse(tables));
  for (int i = 0; i < 3000; ++i) misnested += "<b id=" + std::to_string(i) + "><p>";
  static_cast<void>(HtmlTree::parse(misnested));
}

// Each of these made the parser or the search for the article take time by the square of the page.
TEST(ReadHtml, DeepPagesKeepTheirWords) {
  for (const std::string_view open :
       {"<ul><li>", "<dl><dd>", "<b>", "<x>", "<font size=1>", "<p><span>", "<a href=x><i>"}) {
    std::string page;
    for (int i = 0; i < 10000; ++i) page += open;
    const auto tree = HtmlTree::parse(page + "She left.</q></q><p>He stayed.");
    ASSERT_TRUE(tree) << open;
    EXPECT_EQ(tree->text_of(tree->root()), "She left.He stayed.") << open;
  }
}

// The parser compares each attribute of an element with those before it, and looks each name up in
// a table that does not grow: these pages took half a minute and more.
TEST(HtmlTree, MoreAttributesThanAnElementMayHaveAreLeftOut) {
  struct Case {
    std::string_view name, before, after;  // around the attributes, which are "a0 a1 …"
    Tag tag;
  };
  for (const Case& c : {Case{"one element", "<div id=first", ">She left.", Tag::kDiv},
                        Case{"an end tag", "<div id=first></b", ">She left.", Tag::kDiv},
                        Case{"a meta element", "<meta id=first", ">She left.", Tag::kMeta}}) {
    std::string page(c.before);
    for (int i = 0; i < 50000; ++i) page += " a" + std::to_string(i);
    const auto tree = HtmlTree::parse(page + std::string(c.after));
    ASSERT_TRUE(tree) << c.name;
    const NodeId node = tree->find(tree->root(), c.tag);
    EXPECT_EQ(tree->attribute(node, "id"), "first") << c.name;
    EXPECT_LE((*tree)[node].end - (*tree)[node].begin, 500U) << c.name;
    EXPECT_EQ(tree->text_of(tree->root()), "She left.") << c.name;
  }
}

TEST(HtmlTree, AttributesOfManyTagsThatAreOneElementAreLeftOutToo) {
  for (const std::string name : {"html", "body"}) {
    std::string page = "<" + name + " id=first>";
    for (int i = 0; i < 20000; ++i) page += "<" + name + " a" + std::to_string(i) + ">";
    const auto tree = HtmlTree::parse(page + "She left.");
    ASSERT_TRUE(tree) << name;
    const NodeId node = tree->find(tree->root(), tag_of(name));
    EXPECT_EQ(tree->attribute(node, "id"), "first") << name;
    EXPECT_EQ((*tree)[node].end - (*tree)[node].begin, 500U) << name;
    EXPECT_EQ(tree->text_of(tree->root()), "She left.") << name;
  }
}

// The parser is kept from page to page: nothing of a page may be seen in the next.
TEST(HtmlTree, APageIsReadAlikeWhateverCameBefore) {
  const auto text = [](std::string_view page) {
    const auto tree = HtmlTree::parse(page);
    return tree ? tree->text_of(tree->root()) : tree.error().message;
  };
  std::string tables;
  for (int i = 0; i < 3000; ++i) tables += "<table><tr><td>";
  for (const std::string& before :
       {std::string(), std::string("<p><b>Open <i"), std::string("<title>Open"),
        std::string("<script>Open"), std::string("<!-- Open"), std::string("<table><tr><b>Open"),
        std::string("<svg><![CDATA[Open"), std::string("<template><td>Open"),
        std::string("<textarea>Open &am"), std::string("<frameset>"), tables}) {
    static_cast<void>(text(before));
    EXPECT_EQ(text("<p>She left.</p><td>He"), "She left.He") << before.substr(0, 20);
  }
}

TEST(ReadHtml, AnyBytesGiveAnArticleOrAnError) {
  std::mt19937 random(11);
  const std::string_view pieces[] = {
      "<p>",
      "</p>",
      "<div class=\"article\">",
      "</div>",
      "<br>",
      "<br><br>",
      "words, words ",
      "&amp;",
      "&#x27",
      "&",
      "<table><tr><td>",
      "</table>",
      "<b>",
      "</i>",
      "<a href=x>",
      "</a>",
      "<li>",
      "\xC3",
      "\xE2\x80\x94",
      "<!--",
      "-->",
      "<script>",
      "</script>",
      "<time>",
      "3 May 2021 ",
      "<h1>",
      "<meta name=date content=",
      "\"",
      ">",
      "<svg><p>",
      "<template>",
      "A much longer run of words, with commas, that scores, as paragraphs of articles do. "};
  for (int round = 0; round < 1500; ++round) {
    std::string page;
    for (auto i = random() % 40; i > 0; --i) page += pieces[random() % std::size(pieces)];
    Warnings warnings;
    const auto article = read_html(page, {}, "page", warnings);
    if (!article) continue;
    std::uint32_t end = 0;
    for (const Block& block : article->blocks) {
      ASSERT_GE(block.span.begin, end) << page;
      ASSERT_LT(block.span.begin, block.span.end) << page;
      end = block.span.end;
    }
    ASSERT_LE(end, article->text.size()) << page;
    for (const SourceRun& run : article->source)
      ASSERT_EQ(article->text.substr(run.text, run.size), page.substr(run.source, run.size))
          << page;
  }
}

}  // namespace
}  // namespace dateline::article
