// Rows of tests/cases/attributions/joins.jsonl: what the rules and the tagger and linker found, in
// some rows `inside` other contents and by `frames` too, and what is made of all.
#include "dateline/attributions/join.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/attributions/quotation.h"
#include "dateline/attributions/test_cases.h"

namespace dateline::attributions {
namespace {

using nlohmann::json;

std::vector<Candidate> candidates_of(const Doc& doc, const json& rows, Origin origin) {
  std::vector<Candidate> candidates;
  for (const json& row : rows) {
    Candidate& candidate = candidates.emplace_back();
    candidate.origin = origin;
    candidate.cue = {tokens_of(doc, row["cue"])};
    for (const json& words : row["content"]) candidate.content.push_back(tokens_of(doc, words));
    if (row["source"] != "") candidate.source = {tokens_of(doc, row["source"])};
    candidate.score = row.value("score", 0.0);
  }
  return candidates;
}

json shown(const Doc& doc, const std::vector<Candidate>& candidates) {
  const auto words = [&](TokenSpan span) { return slice(doc.text(), doc.bytes(span)); };
  json rows = json::array();
  for (const Candidate& candidate : candidates) {
    json row = {{"source", candidate.source.empty() ? "" : words(candidate.source.front())},
                {"cue", words(candidate.cue.front())},
                {"content", json::array()}};
    for (const TokenSpan span : candidate.content) row["content"].push_back(words(span));
    rows.push_back(std::move(row));
  }
  return rows;
}

class Joins : public testing::TestWithParam<Case> {};
TEST_P(Joins, GiveWhatBothSay) {
  const json& row = GetParam().row;
  const auto& text = row["text"].get_ref<const std::string&>();
  const auto read = read_tokens(row);
  ASSERT_TRUE(read);
  const Doc& doc = read->doc;
  constexpr Thresholds kThresholds{
      .keep = 0.4, .unsourced = 0.6, .quoted = 0.3, .nested = 0.4, .nested_alone = 0.8};
  auto joined =
      join_learned(doc, pair_quotations(text), candidates_of(doc, row["rules"], Origin::kQuotation),
                   candidates_of(doc, row["learned"], Origin::kModel), kThresholds);
  join_nested(doc, joined, candidates_of(doc, row.value("inside", json::array()), Origin::kModel),
              candidates_of(doc, row.value("frames", json::array()), Origin::kFrame), kThresholds);
  EXPECT_EQ(shown(doc, joined), row["becomes"]);
}
INSTANTIATE_TEST_SUITE_P(Table, Joins, testing::ValuesIn(read_cases("joins")),
                         [](const auto& test) {
                           return test.param.row["name"].template get<std::string>();
                         });

}  // namespace
}  // namespace dateline::attributions
