#include "dateline/article/class_hints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace dateline::article {
namespace {

TEST(ClassHints, SayWhatTheNamesSay) {
  struct Row {
    std::string_view names;
    std::vector<Hint> hints;
  };
  const Row kRows[] = {
      {"", {}},
      {"a", {}},
      {"css-1x2y3z", {}},
      {"Article-BODY", {Hint::kMaybe, Hint::kGood}},
      {"comment-list", {Hint::kUnlikely, Hint::kBad, Hint::kElsewhere}},
      {"hid", {Hint::kBad}},
      {"orchid", {}},
      {"share", {Hint::kShare, Hint::kBad}},
      {"shares", {Hint::kBad}},
      {"entry-date", {Hint::kGood, Hint::kDated, Hint::kPublished}},
      {"last-updated", {Hint::kDated, Hint::kModified}},
      {"\xFFrelated", {Hint::kUnlikely, Hint::kBad, Hint::kElsewhere}},
  };
  constexpr Hint kAll[] = {Hint::kUnlikely, Hint::kMaybe,    Hint::kGood,  Hint::kBad,
                           Hint::kByline,   Hint::kShare,    Hint::kDated, Hint::kPublished,
                           Hint::kModified, Hint::kElsewhere};
  ClassHints hints;
  for (int time = 0; time < 2; ++time) {
    for (const Row& row : kRows) {
      for (const Hint hint : kAll) {
        const bool wanted = std::find(row.hints.begin(), row.hints.end(), hint) != row.hints.end();
        EXPECT_EQ(hints.of(row.names).has(hint), wanted)
            << row.names << ' ' << static_cast<int>(hint);
      }
    }
  }
}

}  // namespace
}  // namespace dateline::article
