// Runs tests/cases/times/*.jsonl: texts with frozen annotations and the times to be found in them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/language/token_dump.h"
#include "dateline/times/find_times.h"

namespace dateline::times {
namespace {

using Json = nlohmann::json;

struct Row {
  Json json;
  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.json["name"]; }
};

std::vector<Row> rows() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(DATELINE_TIMES_CASES))
    if (file.path().extension() == ".jsonl") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  std::vector<Row> all;
  for (const auto& file : files) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) all.push_back({Json::parse(line)});
  }
  return all;
}

std::string anchor_name(int anchor) {
  if (anchor == TimeExpression::kPublished) return "published";
  return anchor < 0 ? "" : fmt::format("t{}", anchor + 1);
}

Json interval_json(const Interval& interval) {
  const auto side = [](const std::optional<TimePoint>& point) {
    return point ? Json(iso8601(*point)) : Json();
  };
  return Json::array({side(interval.begin), side(interval.end)});
}

// What was found, with only the fields that `want` names (value, type and words always).
Json said(const TimeExpression& time, const std::string& text, const Json& want) {
  Json row = {{"words", std::string(slice(text, time.span))},
              {"type", name_of(time.type)},
              {"value", time.value.empty() ? Json() : Json(time.value)}};
  const auto add = [&](const char* key, Json value) {
    if (want.contains(key)) row[key] = std::move(value);
  };
  add("mod", time.mod);
  add("quant", time.quant);
  add("freq", time.freq);
  add("reason", time.reason);
  add("anchor", anchor_name(time.anchor));
  add("alternatives", time.alternatives);
  add("interval", time.interval ? interval_json(*time.interval) : Json());
  return row;
}

class Cases : public testing::TestWithParam<Row> {};

TEST_P(Cases, FindsTheTimes) {
  const Json& row = GetParam().json;
  Article article;
  article.text = row["text"].get<std::string>();
  if (const std::string day = row["published"].get<std::string>(); !day.empty()) {
    const auto published = parse_time_point(day);
    ASSERT_TRUE(published);
    article.published = *published;
  }
  const auto dump = language::read_token_dump(row.dump(), article.text);
  ASSERT_TRUE(dump) << dump.error().message;
  const auto times = find_times(article, dump->doc);
  Json found = Json::array();
  for (std::size_t i = 0; i < times.size(); ++i)
    found.push_back(
        said(times[i], article.text, i < row["times"].size() ? row["times"][i] : Json::object()));
  EXPECT_EQ(found, row["times"]) << row["name"] << ": " << article.text;
}

std::string case_name(const testing::TestParamInfo<Row>& info) {
  std::string name = info.param.json["name"].get<std::string>();
  for (char& c : name)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
  return fmt::format("{}_{}", name, info.index);
}

INSTANTIATE_TEST_SUITE_P(Times, Cases, testing::ValuesIn(rows()), case_name);

}  // namespace
}  // namespace dateline::times
