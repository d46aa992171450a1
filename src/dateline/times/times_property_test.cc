// Promises of find_times over texts that mean nothing.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "dateline/times/calendar.h"
#include "dateline/times/find_times.h"

namespace dateline::times {
namespace {

// A Doc whose tokens are the pieces, one space between them, with labels drawn from `pick`.
Doc soup(const std::string& text, std::mt19937& random) {
  constexpr std::array<std::string_view, 8> kTags{"NN", "NNP", "CD", "VBD", "IN", "DT", "JJ", "MD"};
  constexpr std::array<std::string_view, 5> kDeps{"pobj", "nummod", "npadvmod", "ROOT", "compound"};
  std::vector<Token> tokens;
  std::uint32_t at = 0;
  while (at < text.size()) {
    auto end = static_cast<std::uint32_t>(std::min(text.find(' ', at), text.size()));
    if (end > at) {
      Token token;
      token.span = {at, end};
      token.tag = kTags[random() % kTags.size()];
      token.dep = kDeps[random() % kDeps.size()];
      token.entity_type = random() % 3 == 0 ? "DATE" : "";
      token.head = static_cast<std::uint32_t>(random() % (tokens.size() + 1));
      token.sentence_start = tokens.empty() || random() % 12 == 0;
      tokens.push_back(token);
    }
    at = end + 1;
  }
  return Doc::assemble(text, std::move(tokens), {});
}

void expect_promises(const std::vector<TimeExpression>& times, const std::string& text) {
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const TimeExpression& time = times[i];
    EXPECT_LT(time.span.begin, time.span.end) << text;
    EXPECT_LE(time.span.end, text.size()) << text;
    EXPECT_GE(time.span.begin, last) << text;
    last = time.span.end;
    EXPECT_LT(time.anchor, static_cast<int>(i)) << text;
    EXPECT_TRUE(!time.value.empty() || !time.reason.empty()) << text;
    if (time.interval && time.interval->begin && time.interval->end) {
      EXPECT_TRUE(*time.interval->begin < *time.interval->end) << text << ": " << time.value;
    }
  }
}

std::string random_words(std::mt19937& random) {
  constexpr std::array<std::string_view, 60> kWords{
      "the",
      "last",
      "next",
      "that",
      "year",
      "years",
      "month",
      "week",
      "day",
      "May",
      "March",
      "Sept.",
      "31",
      "29",
      "0",
      "99",
      "1999",
      "2024",
      "9999",
      "0000",
      "'80s",
      "1990s",
      "ago",
      "later",
      "-",
      ",",
      "of",
      "early",
      "late",
      "Friday",
      "night",
      "morning",
      "10:35",
      "a.m.",
      "25:99",
      "11.12.13",
      "2021-02-30",
      "99999999999999999999",
      "billion",
      "two",
      "hundred",
      "and",
      "a",
      "half",
      "quarter",
      "third",
      "Christmas",
      "Easter",
      "every",
      "other",
      "twice",
      "now",
      "recent",
      "weeks",
      "fall",
      "century",
      "in",
      "until",
      "\xE2\x80\x99"
      "98",
      "\xFF\xFE",
  };
  std::string text;
  for (auto left = random() % 30; left > 0; --left) {
    text += kWords[random() % kWords.size()];
    text += ' ';
  }
  return text;
}

TEST(FindTimes, KeepsItsPromisesOverWordSoup) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random_words(random);
    Article article;
    article.text = text;
    const auto published =
        make_day(static_cast<int>(random() % 9998) + 1, static_cast<int>(random() % 12) + 1, 28);
    if (round % 5 != 0) article.published = TimePoint{.day = *published};
    expect_promises(find_times(article, soup(text, random)), text);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(FindTimes, KeepsItsPromisesOverBytes) {
  std::mt19937 random(11);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto left = random() % 60; left > 0; --left) text += static_cast<char>(random() % 256);
    Article article;
    article.text = text;
    article.published = TimePoint{.day = day_of(2021, 12, 1)};
    expect_promises(find_times(article, soup(text, random)), text);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(FindTimes, SaysNothingOfAnEmptyText) { EXPECT_TRUE(find_times({}, {}).empty()); }

TEST(Calendar, EasterOfKnownYears) {
  EXPECT_EQ(easter(2019), day_of(2019, 4, 21));
  EXPECT_EQ(easter(2024), day_of(2024, 3, 31));
  EXPECT_EQ(orthodox_easter(2024), day_of(2024, 5, 5));
}

TEST(Calendar, EveryElementIsFullAndHoldsItsDay) {
  for (int offset = 0; offset < 1500; ++offset) {
    const Day day = day_of(2019, 1, 1) + std::chrono::days(offset);
    for (const Grain grain :
         {Grain::kDay, Grain::kWeek, Grain::kMonth, Grain::kQuarter, Grain::kSeason, Grain::kHalf,
          Grain::kYear, Grain::kDecade, Grain::kCentury}) {
      const Element element = element_at(grain, day);
      const Interval interval = interval_of(element);
      EXPECT_LE(interval.begin->day, day) << value_of(element);
      EXPECT_GT(interval.end->day, day) << value_of(element);
      EXPECT_EQ(interval_of(step(element, 1)).begin->day, interval.end->day) << value_of(element);
      EXPECT_EQ(step(step(element, 3), -3), element) << value_of(element);
    }
  }
}

TEST(Calendar, DurationsAreWritten) {
  EXPECT_EQ(duration_value(2.5, Unit::kYear), "P2Y6M");
  EXPECT_EQ(duration_value(1.5, Unit::kHour), "PT1H30M");
  EXPECT_EQ(duration_value(-1, Unit::kWeek), "PXW");
  EXPECT_EQ(duration_value(2, Unit::kDecade), "P20Y");
  EXPECT_EQ(duration_value(1e9, Unit::kYear), "P1000000000Y");
}

}  // namespace
}  // namespace dateline::times
