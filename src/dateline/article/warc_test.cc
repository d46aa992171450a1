#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>

#include "dateline/article/inputs.h"
#include "dateline/article/read_warc.h"

namespace dateline::article {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string in = bytes, out(bytes.size() + 200, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string record(const std::string& type, const std::string& block,
                   const std::string& media = "application/http; msgtype=response") {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: https://post.example/{}\r\n"
      "WARC-Date: 2021-06-01T00:00:00Z\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      type, block.size(), media, block.size(), block);
}

std::string answer(const std::string& page, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + headers + "\r\n" + page;
}

std::vector<std::string> read(const std::string& bytes) {
  const fs::path path = fs::temp_directory_path() / fmt::format("dateline_{}.warc.gz", getpid());
  std::FILE* file = std::fopen(path.c_str(), "wb");
  std::fwrite(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  InputStream stream({path.string()}, {});
  std::vector<std::string> told;
  for (int i = 0; i < 50; ++i) {
    const auto next = stream.next();
    if (next && !*next) break;
    if (!next) {
      told.push_back(fmt::format("! {}", next.error().message.substr(path.string().size())));
      continue;
    }
    const Article& article = **next;
    told.push_back(article.text);
    if (article.published) told.back() += ' ' + iso8601(*article.published);
  }
  fs::remove(path);
  return told;
}

TEST(ReadWarc, ReadsPagesAndPassesOverTheRest) {
  const std::string chunked = "5\r\n<p>On\r\n6\r\ne.</p>\r\n0\r\n\r\n";
  const std::string archive =
      gzip(record("warcinfo", "software: x", "application/warc-fields")) +
      gzip(record("request", "GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")) +
      gzip(record("response", answer(chunked, "Transfer-Encoding: chunked\r\n"))) +
      gzip(record("response", answer(gzip("<p>Two.</p>"), "Content-Encoding: gzip\r\n"))) +
      gzip(record("response", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>Gone.</p>")) +
      gzip(record("revisit", "")) + gzip(record("conversion", "Three.", "text/plain")) +
      gzip(record("resource", "<p>Four.</p>", "text/html"));
  EXPECT_THAT(read(archive), ElementsAre("One.", "Two.", "Three.", "Four."));
}

TEST(ReadWarc, NoPageIsPublishedAfterItWasTaken) {
  const std::string page =
      "<meta property='article:published_time' content='2022-01-01'><meta name='date' "
      "content='2021-05-03'><p>One.</p>";
  EXPECT_THAT(read(record("response", answer(page))), ElementsAre("One. 2021-05-03"));
}

TEST(ReadWarc, BreaksAreNamedAndWhatCameBeforeIsRead) {
  const std::string one = gzip(record("response", answer("<p>One.</p>")));
  const auto cut = read(one + one.substr(0, one.size() - 30));
  ASSERT_EQ(cut.size(), 2U);
  EXPECT_EQ(cut[0], "One.");
  EXPECT_THAT(cut[1], HasSubstr("cut short"));
  const auto odd = read(one + gzip("nonsense\r\n"));
  ASSERT_EQ(odd.size(), 2U);
  EXPECT_THAT(odd[1], HasSubstr("record 2: not a WARC record"));
}

TEST(ReadHttp, BombsAndOtherCodingsAreRefused) {
  const std::string bomb = gzip(std::string(1 << 20, 'a'));
  const auto big = read_http(answer(bomb, "Content-Encoding: gzip\r\n"), 1000);
  ASSERT_FALSE(big);
  EXPECT_THAT(big.error().message, HasSubstr("more than the limit of 1000 bytes"));
  EXPECT_FALSE(read_http(answer("x", "Content-Encoding: br\r\n"), 1000));
  EXPECT_FALSE(read_http("no answer", 1000));
  EXPECT_EQ(read_http("HTTP/1.1 200 OK", 1000)->status, 200);
}

}  // namespace
}  // namespace dateline::article
