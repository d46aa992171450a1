#include "dateline/attributions/quotation.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dateline::attributions {
namespace {

struct Row {
  std::string name, text;
  std::vector<std::string> spans;
};

class PairQuotations : public testing::TestWithParam<Row> {};

TEST_P(PairQuotations, FindsTheOutermost) {
  std::vector<std::string> spans;
  for (const Quotation& quotation : pair_quotations(GetParam().text)) {
    spans.emplace_back(slice(GetParam().text, quotation.span));
    EXPECT_TRUE(quotation.span.contains(quotation.inside));
  }
  EXPECT_EQ(spans, GetParam().spans);
}

INSTANTIATE_TEST_SUITE_P(
    Styles, PairQuotations,
    testing::Values(
        Row{"curly", "“Go,” she said, “now.”", {"“Go,”", "“now.”"}},
        Row{"straight", "\"Go,\" she said. \"Now.\"", {"\"Go,\"", "\"Now.\""}},
        Row{"tex", "``Go,'' she said.", {"``Go,''"}},
        Row{"two_apostrophes", "''Go,'' she said. ''Now.''", {"''Go,''", "''Now.''"}},
        Row{"guillemets", "«Go» she said", {"«Go»"}}, Row{"low", "„Go“, she said", {"„Go“"}},
        Row{"single_inside_double", "“He said ‘no’ to us,” she said", {"“He said ‘no’ to us,”"}},
        Row{"single_curly", "‘We don’t know,’ Bo’s aide said", {"‘We don’t know,’"}},
        Row{"plural_possession",
            "‘The dogs’ home is shut,’ she said. ‘Dogs’ bark.",
            {"‘The dogs’ home is shut,’", "‘Dogs’"}},
        Row{"single_straight", "a 'quiet' word with the clerks' union", {"'quiet'"}},
        Row{"apostrophes_only", "the clerks' club wouldn't 'cause it's Bo's", {}},
        Row{"clipped", "Get 'em all, rock 'n' roll", {}},
        Row{"inches", "He is 6'2\" tall and 4\" wide", {}},
        Row{"reopened_paragraph",
            "“First part\n“Second part,” she said",
            {"“First part", "“Second part,”"}},
        Row{"missing_close", "\"Go, she said. \"Now.\"", {"\"Go, she said. ", "\"Now.\""}},
        Row{"closing_mark_opens_a_line", "She said:\n”Go now.” ― Ada", {"”Go now.”"}},
        Row{"closing_mark_of_the_line_before", "“Go\n”she said. “Now.”", {"“Go", "“Now.”"}},
        Row{"stray_close", "Go,” she said. “Now.”", {"“Now.”"}}, Row{"empty", "“” \"\"", {}},
        Row{"no_text", "", {}}),
    [](const auto& row) { return row.param.name; });

TEST(PairQuotations, TakesAnyBytes) {
  std::string text;
  for (unsigned i = 0; i < 4096; ++i) text += static_cast<char>((i * 2654435761U) >> 23U & 0xFFU);
  for (std::size_t cut = 0; cut < text.size(); cut += 97) {
    const std::string_view part = std::string_view(text).substr(cut);
    for (const Quotation& quotation : pair_quotations(part)) {
      EXPECT_LE(quotation.span.end, part.size());
      EXPECT_LT(quotation.inside.begin, quotation.inside.end);
    }
  }
}

}  // namespace
}  // namespace dateline::attributions
