#include "dateline/article/inputs.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <map>

#include "dateline/article/read_jsonl.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

class Inputs : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("dateline_inputs_" + std::to_string(getpid()) + "_" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::FILE* file = std::fopen(path.c_str(), "wb");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    return path.string();
  }
  // Texts of the articles; "! message" for errors, "? message" for warnings (behind the folder).
  std::vector<std::string> read(std::vector<std::string> inputs, InputOptions options = {}) {
    InputStream stream(std::move(inputs), options);
    std::vector<std::string> told;
    for (int i = 0; i < 100; ++i) {
      const auto next = stream.next();
      if (next && !*next) return told;
      told.push_back(next ? (*next)->text : "! " + shortened(next.error().message));
      for (const Warning& warning : stream.take_warnings())
        told.push_back("? " + shortened(warning.message));
    }
    told.push_back("endless");
    return told;
  }
  std::string shortened(std::string message) const {
    const std::size_t at = message.find(folder_.string() + "/");
    return at == std::string::npos ? message : message.erase(at, folder_.string().size() + 1);
  }
  fs::path folder_;
};

TEST_F(Inputs, AFolderIsReadByNameAndOnlyItsTexts) {
  write("b.txt", "Second.");
  write("a/z.txt", "First.");
  write("c.png", "picture");
  write(".hidden.txt", "no");
  EXPECT_THAT(read({folder_.string()}), ElementsAre("First.", "Second."));
}

TEST_F(Inputs, AGlobAndAListKeepTheirOrder) {
  const auto last = write("x.txt", "Last.");
  write("1.md", "One.");
  write("2.md", "Two.");
  EXPECT_THAT(read({(folder_ / "*.md").string(), last}), ElementsAre("One.", "Two.", "Last."));
}

using Files = std::vector<std::pair<std::string, std::string>>;

// The bytes of an archive by libarchive's names of format and filter; "raw" holds one file's bytes.
std::string packed(const char* format, const char* filter, const Files& files) {
  archive* handle = archive_write_new();
  archive_write_set_format_by_name(handle, format);
  if (std::string_view(filter) != "none") archive_write_add_filter_by_name(handle, filter);
  archive_write_set_bytes_in_last_block(handle, 1);
  std::string bytes(1 << 20U, '\0');
  std::size_t used = 0;
  archive_write_open_memory(handle, bytes.data(), bytes.size(), &used);
  for (const auto& [name, content] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(handle, entry);
    archive_write_data(handle, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(handle);
  archive_write_free(handle);
  bytes.resize(used);
  return bytes;
}

std::string warc_of(const std::string& text) {
  return "WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: " +
         std::to_string(text.size()) + "\r\n\r\n" + text + "\r\n\r\n";
}

TEST_F(Inputs, ArchivesAreReadInTheOrderOfTheirFiles) {
  const Files files = {{"b.txt", "First."},
                       {"picture.png", "no"},
                       {"sub/.hidden.txt", "no"},
                       {"sub/lines.jsonl", "{\"text\": \"Second.\"}\n{\"text\": \"Third.\"}\n"},
                       {"pages.warc.gz", packed("raw", "gzip", {{"", warc_of("Fourth.")}})},
                       {"last.txt.zst", packed("raw", "zstd", {{"", "Fifth."}})}};
  const auto all = ElementsAre("First.", "Second.", "Third.", "Fourth.", "Fifth.");
  EXPECT_THAT(read({write("a.zip", packed("zip", "none", files))}), all);
  EXPECT_THAT(read({write("a.tar", packed("pax", "none", files))}), all);
  EXPECT_THAT(read({write("a.tar.gz", packed("pax", "gzip", files))}), all);
  EXPECT_THAT(read({write("a.tar.zst", packed("pax", "zstd", files))}), all);
}

TEST_F(Inputs, OfAWaczItsWarcsAreRead) {
  const Files files = {
      {"datapackage.json", "{\"profile\": \"data-package\"}"},
      {"pages/pages.jsonl", "{\"format\": \"json-pages-1.0\"}"},
      {"archive/data.warc.gz", packed("raw", "gzip", {{"", warc_of("She left.")}})}};
  EXPECT_THAT(read({write("crawl.wacz", packed("zip", "none", files))}), ElementsAre("She left."));
}

TEST_F(Inputs, ZstdIsUndone) {
  const auto pages = warc_of("One.") + warc_of("Two.");
  EXPECT_THAT(read({write("a.warc.zst", packed("raw", "zstd", {{"", pages}}))}),
              ElementsAre("One.", "Two."));
}

TEST_F(Inputs, BrokenArchivesAreNamedAndWhatCameBeforeIsRead) {
  const Files files = {{"a.txt", "First."}, {"b.txt", "Second, and more than is there."}};
  const std::string whole = packed("pax", "none", files);
  const auto after = write("z.txt", "After.");
  EXPECT_THAT(read({write("cut.tar", whole.substr(0, 1024 + 512 + 6)), after}),
              ElementsAre("First.", "Second", HasSubstr("? cut.tar, b.txt: cut short"),
                          HasSubstr("! cut.tar: cut short"), "After."));
  EXPECT_THAT(read({write("cut.zip", std::string("PK\x03\x04 and no more")), after}),
              ElementsAre(HasSubstr("! cut.zip"), "After."));
  const std::string packed_once = packed("raw", "zstd", {{"", std::string(5000, 'a') + " end."}});
  EXPECT_THAT(read({write("cut.txt.zst", packed_once.substr(0, 12)), after}),
              ElementsAre(HasSubstr("! cut.txt"), "After."));
}

TEST_F(Inputs, OfAFileCutInsideAnArchiveWhatCameBeforeIsRead) {
  std::string lines, page = "<html><body><h1>She left</h1>";
  for (int i = 0; i < 40; ++i) {
    lines += "{\"text\": \"Line " + std::to_string(i) + ".\"}\n";
    page += "<p>Sentence " + std::to_string(i) + " of the page, which is not short, was kept.</p>";
  }
  const auto cut = [](const std::string& whole, std::size_t after) {
    return whole.substr(0, 512 + after);  // behind the header of the first file
  };
  const auto page_cut =
      read({write("p.tar", cut(packed("ustar", "none", {{"a.html", page}}), 1000))});
  ASSERT_EQ(page_cut.size(), 3U);
  EXPECT_THAT(page_cut[0], HasSubstr("Sentence 9 of the page"));
  EXPECT_THAT(page_cut[1], HasSubstr("? p.tar, a.html: cut short or broken"));
  EXPECT_THAT(page_cut[2], HasSubstr("! p.tar: cut short or broken"));
  const auto lines_cut =
      read({write("l.tar", cut(packed("ustar", "none", {{"a.jsonl", lines}}), 50))});
  ASSERT_EQ(lines_cut.size(), 5U);
  EXPECT_THAT(lines_cut, testing::Contains("Line 0."));
  EXPECT_THAT(lines_cut, testing::Contains("Line 1."));
  EXPECT_THAT(lines_cut, testing::Contains(HasSubstr("! l.tar, a.jsonl: cut short or broken")));
}

TEST_F(Inputs, ABombOfZstdEndsAtTheLimit) {
  InputOptions options;
  options.max_bytes = 1 << 16U;
  const auto bomb = packed("raw", "zstd", {{"", std::string(std::size_t{1} << 22U, 'a')}});
  ASSERT_LT(bomb.size(), 4096U);
  EXPECT_THAT(read({write("bomb.txt.zst", bomb)}, options), ElementsAre(HasSubstr("longer than")));
  EXPECT_THAT(read({write("bomb.zip", packed("zip", "none", {{"a.txt.zst", bomb}}))}, options),
              ElementsAre(HasSubstr("longer than")));
}

TEST_F(Inputs, ArticlesInAnotherLanguageArePassedOver) {
  const std::string german =
      "Die B\u00FCrgermeisterin der kleinen Stadt sagte am Dienstag, dass sie nicht wieder "
      "antreten "
      "werde. Ihr Stellvertreter soll ihr im Fr\u00FChjahr nachfolgen.";
  const auto first = write("a.txt", german);
  const auto second = write("b.txt", "She left.");
  InputOptions english;
  english.language = "en";
  EXPECT_THAT(read({first, second}, english),
              ElementsAre("She left.", HasSubstr("? a.txt: in German, passed over")));
  EXPECT_THAT(read({first, second}), ElementsAre(german, "She left."));
  InputStream stream({first}, {});
  EXPECT_EQ((*stream.next())->language, "de");
}

TEST_F(Inputs, BadInputsAreNamedAndTheRestIsRead) {
  fs::create_directories(folder_ / "empty");
  const auto binary = write("b.txt", std::string("\0\1\2\3", 4));
  const auto good = write("g.txt", "Good.");
  const auto odd = write("o.txt", "Caf\xE9 closed.");
  const auto blank = write("n.txt", " \n");
  EXPECT_THAT(read({(folder_ / "none.txt").string(), (folder_ / "empty").string(), binary, good,
                    odd, blank, (folder_ / "*.zip").string()}),
              ElementsAre("! none.txt: no such file", "! empty: a folder without articles",
                          "! b.txt: bytes that are no text", "Good.", "Caf\xE9 closed.",
                          "? o.txt: 1 byte is not UTF-8, read as U+FFFD",
                          "! n.txt: empty, no article", "! *.zip: no file matches"));
}

TEST_F(Inputs, BadLinesAreNamedAndTheRestIsRead) {
  const auto path = write("n.jsonl",
                          "{\"text\": \"One.\"}\n{nonsense\n[1]\n\n{\"id\": 7}\n"
                          "{\"text\": \"Two.\", \"published\": \"soon\"}\n{\"text\": \"Three.\"}");
  const auto told = read({path});
  ASSERT_EQ(told.size(), 7U);
  EXPECT_EQ(told[0], "One.");
  EXPECT_THAT(told[1], HasSubstr("n.jsonl, line 2: not JSON"));
  EXPECT_EQ(told[2], "! n.jsonl, line 3: not a JSON object");
  EXPECT_EQ(told[3], "! n.jsonl, line 5: no body (neither `text` nor `html`)");
  EXPECT_EQ(told[4], "Two.");
  EXPECT_EQ(told[5], "? n.jsonl, line 6: `published` is no date that can be read: \"soon\"");
  EXPECT_EQ(told[6], "Three.");
}

TEST_F(Inputs, ALineOverTheLimitIsPassedOver) {
  const auto path =
      write("n.jsonl", "{\"text\": \"" + std::string(600000, 'a') + "\"}\n{\"text\": \"Two.\"}\n");
  InputOptions options;
  options.max_bytes = 1000;
  EXPECT_THAT(read({path}, options),
              ElementsAre("! n.jsonl, line 1: longer than the limit of 1000 bytes", "Two."));
}

TEST_F(Inputs, GzipIsReadAndABreakIsNamed) {
  const std::string path = (folder_ / "n.jsonl.gz").string();
  gzFile file = gzopen(path.c_str(), "wb");
  for (int i = 0; i < 3; ++i) gzputs(file, "{\"text\": \"One.\"}\n");
  gzclose(file);
  EXPECT_THAT(read({path}), ElementsAre("One.", "One.", "One."));
  fs::resize_file(path, fs::file_size(path) - 6);
  const auto told = read({path});
  ASSERT_FALSE(told.empty());
  EXPECT_THAT(told.back(), HasSubstr("n.jsonl.gz: gzip data is cut short or broken"));
}

TEST_F(Inputs, ABreakInGzipKeepsWhatCameBeforeAndSaysWhere) {
  const std::string path = (folder_ / "n.jsonl.gz").string();
  gzFile file = gzopen(path.c_str(), "wb0");  // stored, so that whole lines stand before the break
  for (int i = 0; i < 3; ++i) gzputs(file, "{\"text\": \"One.\"}\n");
  gzclose(file);
  fs::resize_file(path, fs::file_size(path) - 12);
  const auto told = read({path, write("t.txt", "Two.")});
  ASSERT_GE(told.size(), 3U);
  EXPECT_EQ(told[0], "One.");
  EXPECT_EQ(told[1], "One.");
  EXPECT_THAT(told, testing::Contains(testing::ContainsRegex("near byte [1-9][0-9]*")));
  EXPECT_EQ(told.back(), "Two.");
}

TEST_F(Inputs, WhatInflatesBeyondTheLimitIsNamed) {
  const std::string path = (folder_ / "p.html.gz").string();
  gzFile file = gzopen(path.c_str(), "wb");
  gzputs(file, ("<p>" + std::string(1 << 20, 'a')).c_str());
  gzclose(file);
  InputOptions options;
  options.max_bytes = 100000;
  EXPECT_THAT(read({path, write("t.txt", "Two.")}, options),
              ElementsAre("! p.html.gz: longer than the limit of 100000 bytes", "Two."));
}

TEST_F(Inputs, EmptyPagesAndFeedsThatAreNoXmlAreNamed) {
  const auto told = read({write("e.html", ""), write("b.html", "<html><body></body></html>"),
                          write("f.rss", "It rained.\n"), write("l.jsonl", "{\"html\": \"\"}\n"),
                          write("t.txt", "Two.")});
  ASSERT_EQ(told.size(), 5U);
  EXPECT_EQ(told[0], "! e.html: no article in this page");
  EXPECT_EQ(told[1], "! b.html: no article in this page");
  EXPECT_THAT(told[2], HasSubstr("! f.rss: not a feed"));
  EXPECT_THAT(told[3], HasSubstr("! l.jsonl, line 1: "));
  EXPECT_EQ(told[4], "Two.");
}

TEST_F(Inputs, OneJsonObjectOverManyLines) {
  const auto path = write("n.json", "{\n  \"text\": \"One.\",\n  \"id\": \"x\"\n}\n");
  EXPECT_THAT(read({path}), ElementsAre("One."));
}

TEST(DetectFormat, ByContentThenByName) {
  EXPECT_EQ(detect_format("  <!DOCTYPE html><p>", "x.txt"), InputFormat::kHtml);
  EXPECT_EQ(detect_format("{\"text\": 1}", "-"), InputFormat::kJsonl);
  EXPECT_EQ(detect_format("<?xml version='1.0'?>\n<rss version='2.0'>", "-"), InputFormat::kFeed);
  EXPECT_EQ(detect_format("{\n \"uri\": \"x\", \"body_text\": \"y\"}", "-"), InputFormat::kFeed);
  EXPECT_EQ(detect_format("{\"text\": \"x\", \"body_text\": \"y\"}", "-"), InputFormat::kJsonl);
  EXPECT_EQ(detect_format("[{\"versionCreated\": \"2021\"}]", "-"), InputFormat::kFeed);
  EXPECT_EQ(detect_format("{\"text\": \"a \\\"body_text\\\" b\"}", "-"), InputFormat::kJsonl);
  EXPECT_EQ(detect_format("WARC/1.0\r\n", "-"), InputFormat::kWarc);
  EXPECT_EQ(detect_format("She left.", "a.jsonl.gz"), InputFormat::kJsonl);
  EXPECT_EQ(detect_format("{She} left.", "-"), InputFormat::kText);
  EXPECT_EQ(detect_format("", ""), InputFormat::kText);
}

// A web that has these pages.
class FakeWeb : public Fetcher {
 public:
  std::map<std::string, FetchedPage> pages;
  std::vector<std::string> asked;
  void add(const std::string& uri, const std::string& type, std::string body) {
    pages[uri] = {uri, parse_media_type(type), std::move(body), std::nullopt, {}};
  }
  Result<FetchedPage> fetch(const std::string& uri) override {
    asked.push_back(uri);
    const auto found = pages.find(uri);
    if (found == pages.end()) return fail(ErrorCode::kNotFound, uri + ": the server answers 404");
    return found->second;
  }
};

constexpr std::string_view kStory =
    "The old bridge over the harbour was opened again on Monday, and the ferry was tied up.";

std::string page_of(std::string_view text) {
  return "<html><head><title>Bridge open again</title></head><body><article><p>" +
         std::string(text) + "</p></article></body></html>";
}

TEST_F(Inputs, AnAddressIsReadWhereThereIsAFetcher) {
  EXPECT_THAT(read({"http://post.example/a"}),
              ElementsAre("! http://post.example/a: an address, and nothing is fetched here"));
  FakeWeb web;
  // The header's charset goes before that of the page, and the header's type before the name.
  web.add("http://post.example/a", "text/html; charset=windows-1252",
          page_of("Mr S\xF8rby said: " + std::string(kStory)));
  web.add("http://post.example/b.html", "text/plain", "Ann left.");
  web.add("http://post.example/f", "text/html",
          "<rss><channel><item><description>Bo left.</description></item></channel></rss>");
  InputOptions options;
  options.fetcher = &web;
  EXPECT_THAT(
      read({"http://post.example/none", "http://post.example/a", "HTTP://POST.example/"}, options),
      ElementsAre("! http://post.example/none: the server answers 404",
                  "Mr S\u00F8rby said: " + std::string(kStory),
                  "! HTTP://POST.example/: the server answers 404"));
  InputStream stream({"http://post.example/a"}, options);
  EXPECT_EQ((*stream.next())->uri, "http://post.example/a");
  EXPECT_THAT(
      read({"http://post.example/f"}, options),
      ElementsAre("Bo left.", "? http://post.example/f: 1 entry with no more than a summary"));
}

TEST_F(Inputs, NothingIsLaterThanTheServersClock) {
  FakeWeb web;
  web.add("http://post.example/2031/05/03/a", "text/html", page_of(kStory));
  web.pages.begin()->second.taken = *parse_time_point("2021-05-04T10:00:00Z");
  InputOptions options;
  options.fetcher = &web;
  InputStream stream({"http://post.example/2031/05/03/a"}, options);
  EXPECT_FALSE((*stream.next())->published);
}

TEST_F(Inputs, LinkedPagesAreFetchedWhereThatIsAsked) {
  FakeWeb web;
  web.add("http://post.example/1", "text/html", page_of(kStory));
  web.add("http://post.example/3", "image/png", "x");
  const std::string feed = write(
      "f.rss",
      "<rss><channel><title>Post</title><item><link>http://post.example/1</link>"
      "<title>Bridge</title><pubDate>Mon, 03 May 2021 10:30:00 +0200</pubDate><description>Open."
      "</description></item><item><link>http://post.example/2</link><description>Rain."
      "</description></item><item><link>http://post.example/3</link></item></channel></rss>");
  InputOptions options;
  options.fetcher = &web;
  EXPECT_THAT(read({feed}, options).size(), 4U);  // two summaries, two warnings
  EXPECT_TRUE(web.asked.empty());
  options.fetch_linked = true;
  EXPECT_THAT(read({feed}, options),
              ElementsAre(kStory, "Rain.",
                          "? http://post.example/2: the server answers 404; the feed's summary is "
                          "read",
                          "! http://post.example/3: no page (image/png)"));
  InputStream stream({feed}, options);
  const auto first = *stream.next();
  EXPECT_EQ(first->title, "Bridge");
  EXPECT_EQ(iso8601(*first->published), "2021-05-03T10:30:00+02:00");
  EXPECT_EQ(first->published_basis, DateBasis::kFeed);
}

TEST_F(Inputs, SitemapsLeadToTheirNews) {
  FakeWeb web;
  web.add("http://post.example/1", "text/html", page_of(kStory));
  web.add("http://post.example/s.xml", "text/xml",
          "<urlset xmlns:news='n'><url><loc>http://post.example/1</loc><news:news>"
          "<news:publication_date>2021-05-03</news:publication_date></news:news></url></urlset>");
  web.add("http://post.example/i.xml", "text/xml",
          "<sitemapindex><sitemap><loc>http://post.example/i.xml</loc></sitemap></sitemapindex>");
  const std::string index =
      write("i.xml",
            "<sitemapindex><sitemap><loc>http://post.example/i.xml</loc></sitemap><sitemap><loc>"
            "http://post.example/s.xml</loc></sitemap></sitemapindex>");
  InputOptions options;
  options.fetcher = &web;
  options.fetch_linked = true;
  EXPECT_THAT(read({index}, options),
              ElementsAre("! http://post.example/i.xml: an index of sitemaps within another is not "
                          "read",
                          kStory));
}

TEST(ReadJsonl, KeepsWhatTheObjectSays) {
  JsonlReader reader;
  Warnings warnings;
  const auto article = reader.read(
      R"({"id": 12, "uri": "https://a.example/x", "title": "T", "text": "She left.",
          "published": "Mon, 03 May 2021 10:00:00 GMT", "modified": "2021-05-04",
          "authors": ["Anna Bell", null], "publisher": "Post", "language": "en"})",
      "line 1", {}, warnings);
  ASSERT_TRUE(article);
  EXPECT_EQ(article->id, "12");
  EXPECT_EQ(article->title, "T");
  EXPECT_EQ(iso8601(*article->published), "2021-05-03T10:00:00Z");
  EXPECT_EQ(article->published_basis, DateBasis::kGiven);
  EXPECT_EQ(iso8601(*article->modified), "2021-05-04");
  EXPECT_THAT(article->authors, ElementsAre("Anna Bell"));
  EXPECT_TRUE(warnings.empty());
}

TEST(ReadJsonl, HalfASurrogatePairAndBadBytesAreReplaced) {
  JsonlReader reader;
  Warnings warnings;
  const auto half = reader.read(R"({"text": "a\ud83d b\ud83d\ude00"})", "line 1", {}, warnings);
  ASSERT_TRUE(half);
  EXPECT_EQ(half->text, "a\uFFFD b\U0001F600");
  const auto bad = reader.read("{\"text\": \"a\xFF\"}", "line 2", {}, warnings);
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->text, "a\uFFFD");
  EXPECT_EQ(warnings.size(), 2U);
}

TEST(ReadJsonl, AnEmptyTextIsABody) {
  JsonlReader reader;
  Warnings warnings;
  EXPECT_TRUE(reader.read(R"({"text": ""})", "line 1", {}, warnings));
}

}  // namespace
}  // namespace dateline::article
