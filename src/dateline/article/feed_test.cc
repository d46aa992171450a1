#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dateline/article/read_feed.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The articles of a feed whose pages are not fetched.
Result<std::vector<Article>> read_feed(std::string_view bytes, std::string_view name,
                                       Warnings& warnings) {
  DATELINE_TRY(auto items, read_feed(bytes, name, LinkedPages::kNotRead, warnings));
  std::vector<Article> articles;
  for (FeedItem& item : items) articles.push_back(*std::move(item.article));
  return articles;
}

constexpr std::string_view kRss = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m"><channel>
<title>Harbour Post</title><language>en-gb</language>
<item><title>Bridge &amp; ferry</title><link>https://post.example/1</link><guid>g1</guid>
<pubDate>Mon, 03 May 2021 10:30:00 +0200</pubDate><dc:creator>Anna Kovacs</dc:creator>
<description>Short.</description><media:content url="x"/>
<content:encoded><![CDATA[<p>The bridge is open.</p><p>The ferry is not.</p>]]></content:encoded></item>
<item><title>Rain</title><link>https://post.example/2</link>
<author>joe@post.example (Joe Bell)</author><description>&lt;b&gt;It rained.&lt;/b&gt;</description></item>
<item><title>Nothing</title></item>
</channel></rss>)";

TEST(ReadFeed, Rss) {
  Warnings warnings;
  const auto articles = read_feed(kRss, "feed", warnings);
  ASSERT_TRUE(articles);
  ASSERT_EQ(articles->size(), 2U);
  const Article& first = (*articles)[0];
  EXPECT_EQ(first.id, "g1");
  EXPECT_EQ(first.title, "Bridge & ferry");
  EXPECT_EQ(first.text, "The bridge is open.\n\nThe ferry is not.");
  EXPECT_EQ(first.publisher, "Harbour Post");
  EXPECT_EQ(first.language, "en");
  EXPECT_THAT(first.authors, ElementsAre("Anna Kovacs"));
  EXPECT_EQ(iso8601(*first.published), "2021-05-03T10:30:00+02:00");
  EXPECT_EQ(first.published_basis, DateBasis::kFeed);
  const Article& second = (*articles)[1];
  EXPECT_EQ(second.id, "https://post.example/2");
  EXPECT_EQ(second.text, "It rained.");
  EXPECT_THAT(second.authors, ElementsAre("Joe Bell"));
  EXPECT_FALSE(second.published);
  EXPECT_THAT(warnings, ElementsAre(Warning{"feed: 1 entry without text left out"},
                                    Warning{"feed: 1 entry with no more than a summary"}));
}

TEST(ReadFeed, Atom) {
  Warnings warnings;
  const auto articles = read_feed(
      R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>a1</id>
      <link rel="self" href="https://post.example/self"/><link href="https://post.example/a"/>
      <title type="html">&lt;i&gt;Open&lt;/i&gt;</title><author><name>Anna Kovacs</name></author>
      <published>2021-05-03T10:30:00Z</published><updated>2021-05-04T00:00:00Z</updated>
      <content type="xhtml"><div xmlns="x"><p>One.</p><p>Two.</p></div></content></entry></feed>)",
      "feed", warnings);
  ASSERT_TRUE(articles);
  ASSERT_EQ(articles->size(), 1U);
  EXPECT_EQ((*articles)[0].text, "One.\n\nTwo.");
  EXPECT_EQ((*articles)[0].title, "Open");
  EXPECT_EQ((*articles)[0].uri, "https://post.example/a");
  EXPECT_EQ(iso8601(*(*articles)[0].published), "2021-05-03T10:30:00Z");
  EXPECT_EQ(iso8601(*(*articles)[0].modified), "2021-05-04T00:00:00Z");
}

TEST(ReadFeed, RdfAndJson) {
  Warnings warnings;
  const auto rdf = read_feed(
      "<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><channel><title>P</title></channel><item><title>T"
      "</title><dc:date>2021-05-03</dc:date><description>Text.</description></item></rdf:RDF>",
      "feed", warnings);
  ASSERT_TRUE(rdf);
  ASSERT_EQ(rdf->size(), 1U);
  EXPECT_EQ(iso8601(*(*rdf)[0].published), "2021-05-03");
  const auto json = read_feed(
      R"({"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [{"id": "1",
      "content_text": "Plain.", "date_published": "2021-05-03T10:00:00Z",
      "authors": [{"name": "Joe Bell"}]}]})",
      "feed", warnings);
  ASSERT_TRUE(json);
  ASSERT_EQ(json->size(), 1U);
  EXPECT_EQ((*json)[0].text, "Plain.");
  EXPECT_EQ((*json)[0].published_basis, DateBasis::kFeed);
}

TEST(ReadFeed, WhatIsNoFeedIsNamed) {
  Warnings warnings;
  EXPECT_EQ(read_feed("<urlset></urlset>", "s.xml", warnings).error().message,
            "s.xml: a sitemap: it lists pages (0) and holds no article");
  EXPECT_THAT(read_feed("<html></html>", "f", warnings).error().message,
              HasSubstr("f: not a feed (its root is <html>)"));
  EXPECT_THAT(read_feed("", "f", warnings).error().message, HasSubstr("f: not a feed"));
  EXPECT_THAT(read_feed("{", "f", warnings).error().message, HasSubstr("f: not a feed"));
}

TEST(ReadFeed, ASitemapSaysWhatItLists) {
  Warnings warnings;
  std::string map =
      "<urlset xmlns:news='n'><url><loc>https://post.example/a</loc><news:news>"
      "<news:publication_date>2021-05-03</news:publication_date>"
      "<news:title>Bridge &amp; ferry</news:title></news:news></url>";
  for (int i = 0; i < 21; ++i) map += "<url><loc>https://post.example/b</loc></url>";
  EXPECT_EQ(read_feed(map + "</urlset>", "s.xml", warnings).error().message,
            "s.xml: a sitemap: it lists pages (22) and holds no article");
  ASSERT_EQ(warnings.size(), 21U);
  EXPECT_EQ(warnings[0].message,
            "s.xml: https://post.example/a, 2021-05-03, \"Bridge & ferry\": not read, pages are "
            "fetched with --fetch");
  EXPECT_EQ(warnings[1].message,
            "s.xml: https://post.example/b: not read, pages are fetched with --fetch");
  EXPECT_EQ(warnings[20].message, "s.xml: and 2 more");
}

constexpr std::string_view kNinjs1 = R"({"uri": "https://agency.example/1", "type": "text",
    "versioncreated": "2021-05-04T09:00:00Z", "firstcreated": "2021-05-03T10:30:00Z",
    "headline": "Bridge opens", "byline": "By Anna Kovacs and Joe Bell", "language": "en-GB",
    "body_text": "The bridge was opened.", "infosource": [{"name": "Coast Agency"}]})";

TEST(ReadNinjs, AnItemOfTheFirstVersion) {
  Warnings warnings;
  const auto articles = read_feed(kNinjs1, "n.json", warnings);
  ASSERT_TRUE(articles) << articles.error().message;
  ASSERT_EQ(articles->size(), 1U);
  const Article& article = articles->front();
  EXPECT_EQ(article.text, "The bridge was opened.");
  EXPECT_EQ(article.title, "Bridge opens");
  EXPECT_EQ(article.uri, "https://agency.example/1");
  EXPECT_EQ(article.publisher, "Coast Agency");
  EXPECT_EQ(article.language, "en");
  EXPECT_THAT(article.authors, testing::ElementsAre("Anna Kovacs", "Joe Bell"));
  EXPECT_EQ(iso8601(*article.published), "2021-05-03T10:30:00Z");
  EXPECT_EQ(article.published_basis, DateBasis::kFeed);
  EXPECT_EQ(iso8601(*article.modified), "2021-05-04T09:00:00Z");
  EXPECT_TRUE(warnings.empty());
}

TEST(ReadNinjs, ItemsOfLaterVersions) {
  Warnings warnings;
  const auto articles = read_feed(
      R"([{"uri": "tag:1", "versionCreated": "2021-05-03", "provider": {"name": "Agency"},
      "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Bridge opens"}],
      "bodies": [{"contentType": "text/plain", "value": "Plain."},
                 {"contentType": "text/html", "value": "<p>One.</p><p>Two.</p>"}], "by": "Joe Bell"},
      {"uri": "tag:2", "type": "picture", "descriptions": [{"value": "A bridge."}]},
      {"uri": "tag:3", "pubstatus": "canceled", "body_text": "Never mind."}, 7])",
      "n.json", warnings);
  ASSERT_TRUE(articles) << articles.error().message;
  ASSERT_EQ(articles->size(), 1U);
  EXPECT_EQ(articles->front().text, "One.\n\nTwo.");
  EXPECT_EQ(articles->front().title, "Bridge opens");
  EXPECT_EQ(articles->front().id, "tag:1");
  EXPECT_EQ(articles->front().uri, "");
  EXPECT_EQ(articles->front().publisher, "Agency");
  EXPECT_THAT(articles->front().authors, testing::ElementsAre("Joe Bell"));
  EXPECT_FALSE(articles->front().modified);
  std::vector<std::string> told;
  for (const Warning& warning : warnings) told.push_back(warning.message);
  EXPECT_THAT(told, testing::ElementsAre("n.json: tag:3: canceled, left out",
                                         "n.json: an item that is no object left out",
                                         "n.json: 1 entry without text left out"));
}

TEST(ReadNinjs, ItemsOneAfterAnotherAndABreakAmongThem) {
  Warnings warnings;
  const std::string two = std::string(kNinjs1) + "\n" + std::string(kNinjs1) + "\n";
  EXPECT_EQ(read_feed(two, "n", warnings)->size(), 2U);
  EXPECT_TRUE(warnings.empty());
  const auto broken = read_feed(two + "{\"uri\": \"x\", \"body_te", "n", warnings);
  ASSERT_TRUE(broken);
  EXPECT_EQ(broken->size(), 2U);
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0].message, HasSubstr("behind item 2"));
  EXPECT_THAT(read_feed("[{\"body_text\": ", "n", warnings).error().message,
              HasSubstr("n: not JSON"));
}

TEST(ReadFeed, PagesThatSayMoreAreListed) {
  Warnings warnings;
  const auto items = read_feed(kRss, "feed", LinkedPages::kListed, warnings);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 2U);
  EXPECT_FALSE((*items)[0].linked);  // the feed has it in full
  ASSERT_TRUE((*items)[1].linked);
  EXPECT_EQ((*items)[1].linked->uri, "https://post.example/2");
  EXPECT_EQ((*items)[1].linked->title, "Rain");
  EXPECT_EQ((*items)[1].article->text, "It rained.");
  EXPECT_THAT(warnings, ElementsAre(Warning{"feed: 1 entry without text left out"}));
}

TEST(ReadFeed, ASitemapListsItsNews) {
  Warnings warnings;
  const auto items = read_feed(
      "<urlset xmlns:news='n'><url><loc>https://post.example/a</loc><news:news><news:publication>"
      "<news:name>Post</news:name><news:language>en</news:language></news:publication>"
      "<news:publication_date>2021-05-03</news:publication_date><news:title>Bridge &amp; ferry"
      "</news:title></news:news></url><url><loc>https://post.example/about</loc></url>"
      "<url><loc>file:///etc/hosts</loc><news:news/></url></urlset>",
      "s.xml", LinkedPages::kListed, warnings);
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 1U);
  const TextOptions& linked = *items->front().linked;
  EXPECT_EQ(linked.uri, "https://post.example/a");
  EXPECT_EQ(linked.title, "Bridge & ferry");
  EXPECT_EQ(linked.publisher, "Post");
  EXPECT_EQ(iso8601(*linked.published), "2021-05-03");
  EXPECT_FALSE(items->front().sitemap);
  EXPECT_THAT(warnings,
              ElementsAre(Warning{"s.xml: pages without a date of news not fetched (1)"}));
}

TEST(ReadFeed, AnIndexListsItsSitemapsAndNotWithoutEnd) {
  Warnings warnings;
  std::string index = "<sitemapindex>";
  for (int i = 0; i < 1001; ++i) index += "<sitemap><loc>https://post.example/s</loc></sitemap>";
  const auto items = read_feed(index + "</sitemapindex>", "i.xml", LinkedPages::kListed, warnings);
  ASSERT_TRUE(items);
  EXPECT_EQ(items->size(), 1000U);
  EXPECT_TRUE(items->front().sitemap);
  EXPECT_THAT(warnings,
              ElementsAre(Warning{"i.xml: lists 1001 pages, the first 1000 are fetched"}));
}

TEST(ReadFeed, ABrokenFeedGivesWhatCameBefore) {
  Warnings warnings;
  const auto articles = read_feed(kRss.substr(0, kRss.find("Rain")), "feed", warnings);
  ASSERT_TRUE(articles);
  EXPECT_GE(articles->size(), 1U);
}

TEST(ReadFeed, AnyBytesEnd) {
  std::mt19937 random(5);
  for (int round = 0; round < 500; ++round) {
    std::string bytes(kRss);
    for (int i = 0; i < 8; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() & 0xFF);
    Warnings warnings;
    static_cast<void>(read_feed(bytes, "feed", warnings));
  }
}

}  // namespace
}  // namespace dateline::article
