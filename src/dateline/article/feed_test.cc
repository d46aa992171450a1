#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "dateline/article/read_feed.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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
            "s.xml: a sitemap: it lists pages and holds no article");
  EXPECT_THAT(read_feed("<html></html>", "f", warnings).error().message,
              HasSubstr("f: not a feed (its root is <html>)"));
  EXPECT_THAT(read_feed("", "f", warnings).error().message, HasSubstr("f: not a feed"));
  EXPECT_THAT(read_feed("{", "f", warnings).error().message, HasSubstr("f: not a feed"));
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
