// Whole pages as systems of newspapers write them, tests/cases/article/NAME.html, and what is read
// of each, NAME.txt: title, date and text.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "dateline/article/read_html.h"

namespace dateline::article {
namespace {

const std::filesystem::path kFolder = DATELINE_CASES "/article";

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::vector<std::string> names() {
  std::vector<std::string> list;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder))
    if (entry.path().extension() == ".html") list.push_back(entry.path().stem().string());
  std::sort(list.begin(), list.end());
  return list;
}

class PageCases : public testing::TestWithParam<std::string> {};
TEST_P(PageCases, AreRead) {
  const std::string html = content_of(kFolder / (GetParam() + ".html"));
  TextOptions options;
  options.uri = "https://www.news.example/" + GetParam();
  Warnings warnings;
  const auto article = read_html(html, options, "page", warnings);
  ASSERT_TRUE(article);
  const std::string published = article->published ? iso8601(*article->published) : "none";
  EXPECT_EQ(
      "title: " + article->title + "\npublished: " + published + "\n\n" + article->text + "\n",
      content_of(kFolder / (GetParam() + ".txt")));
  for (const SourceRun& run : article->source)
    EXPECT_EQ(article->text.substr(run.text, run.size), html.substr(run.source, run.size));
}
INSTANTIATE_TEST_SUITE_P(Pages, PageCases, testing::ValuesIn(names()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace dateline::article
