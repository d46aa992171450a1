#include "dateline/fetch/page_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace dateline::fetch {
namespace {

namespace fs = std::filesystem;

class PageCacheTest : public testing::Test {
 protected:
  PageCacheTest()
      : folder_(fs::temp_directory_path() / ("dateline-cache-test-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
  }
  ~PageCacheTest() override { fs::remove_all(folder_); }
  PageCacheTest(const PageCacheTest&) = delete;
  PageCacheTest& operator=(const PageCacheTest&) = delete;

  static KeptPage page(std::string body) { return {"text/html", {"\"1\"", ""}, std::move(body)}; }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
};

TEST_F(PageCacheTest, GivesWhatWasKept) {
  PageCache cache(folder_.string());
  EXPECT_FALSE(cache.find("http://a.example/"));
  ASSERT_TRUE(cache.keep("http://a.example/", page("one\n\n two\r\n")));
  const auto found = PageCache(folder_.string()).find("http://a.example/");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, "one\n\n two\r\n");
  EXPECT_EQ(found->content_type, "text/html");
  EXPECT_EQ(found->validators.etag, "\"1\"");
  EXPECT_FALSE(cache.find("http://a.example/b"));
}

TEST_F(PageCacheTest, WhatIsCutIsNotThere) {
  PageCache cache(folder_.string());
  ASSERT_TRUE(cache.keep("http://a.example/", page(std::string(1000, 'x'))));
  const fs::path file = fs::directory_iterator(folder_)->path();
  for (const std::uintmax_t size : {900U, 40U, 10U, 0U}) {
    fs::resize_file(file, size);
    EXPECT_FALSE(cache.find("http://a.example/")) << size;
  }
}

TEST_F(PageCacheTest, WithoutValidatorsNothingIsKept) {
  PageCache cache(folder_.string());
  EXPECT_TRUE(cache.keep("http://a.example/", {"text/html", {}, "one"}));
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(PageCacheTest, TheOldestGoWhenThereIsNoRoom) {
  PageCache cache(folder_.string(), /*most_bytes=*/5000);
  for (int i = 0; i < 20; ++i)
    ASSERT_TRUE(cache.keep("http://a.example/" + std::to_string(i), page(std::string(400, 'x'))));
  EXPECT_LE(files(), 11U);
  EXPECT_TRUE(cache.find("http://a.example/19"));
  EXPECT_TRUE(cache.keep("http://a.example/large", page(std::string(600, 'x'))));
  EXPECT_FALSE(cache.find("http://a.example/large"));  // more than a tenth
}

TEST_F(PageCacheTest, AFolderThatCannotBeIsAnError) {
  std::ofstream(folder_) << "a file";
  const auto kept = PageCache(folder_.string()).keep("http://a.example/", page("one"));
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().message, folder_.string() + ": pages cannot be kept here");
}

}  // namespace
}  // namespace dateline::fetch
