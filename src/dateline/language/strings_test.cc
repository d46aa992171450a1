#include "dateline/language/strings.h"

#include <gtest/gtest.h>

#include "dateline/language/text_table.h"

namespace dateline::language {
namespace {

TEST(Murmur64a, GivesTheKnownHashes) {
  EXPECT_EQ(murmur64a("nsubj"), 1638336668109737677U);
  EXPECT_EQ(murmur64a("X"), 4918752717281726814U);
}

TEST(StringId, GivesTheKnownIds) {
  const struct {
    const char* text;
    StringId id;
  } kRows[] = {
      {"coffee", 3197928453018144401U},  {"apple", 8566208034543834098U},
      {"Apple", 6418411030699964375U},   {"the", 7425985699627899538U},
      {"ünïcødé", 1287214212516472143U}, {"ROOT", 8206900633647566924U},
      {"Xx", 12204527652707022206U},     {"Xxxxx", 16072095006890171862U},
      {"dd", 4620368362210911820U},      {"subtok", 14792705179330092273U},
      {"noun", 16833663260455505849U},   {"a", 11901859001352538922U},
  };
  for (const auto& row : kRows) EXPECT_EQ(string_id(row.text), row.id) << row.text;
}

TEST(StringId, KnowsTheSymbols) {
  const struct {
    const char* text;
    StringId id;
  } kRows[] = {
      {"", 0},      {"IS_ALPHA", 1}, {"FLAG19", 19}, {"ID", 64},      {"ORTH", 65},
      {"ADJ", 84},  {"X", 101},      {"SPACE", 103}, {"PERSON", 380}, {"DEPRECATED276", 379},
      {"acl", 451}, {"aux", 405},    {"nsubj", 429}, {"punct", 445},  {"_", 456},
  };
  for (const auto& row : kRows) EXPECT_EQ(string_id(row.text), row.id) << row.text;
}

TEST(TextTable, KeepsTheFirstValueAndGrows) {
  std::vector<std::string> keys;
  for (int i = 0; i < 1000; ++i) keys.push_back("key " + std::to_string(i));
  TextTable<int> table;
  EXPECT_EQ(table.find("key 1"), nullptr);
  for (int i = 0; i < 1000; ++i) table.insert(keys[static_cast<std::size_t>(i)], i);
  table.insert("key 7", 8);
  EXPECT_EQ(table.size(), 1000U);
  for (int i = 0; i < 1000; ++i) {
    const int* found = table.find(keys[static_cast<std::size_t>(i)]);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(*found, i);
  }
  EXPECT_EQ(table.find("key 1000"), nullptr);
  table.insert("", 5);
  ASSERT_NE(table.find(""), nullptr);
  table.clear();
  EXPECT_EQ(table.find("key 1"), nullptr);
}

}  // namespace
}  // namespace dateline::language
