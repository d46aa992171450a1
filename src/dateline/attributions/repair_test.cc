#include "dateline/attributions/repair.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/attributions/test_cases.h"

namespace dateline::attributions {
namespace {

using nlohmann::json;

class Repairs : public testing::TestWithParam<Case> {};
TEST_P(Repairs, FollowTheTree) {
  const json& row = GetParam().row;
  const auto& text = row["text"].get_ref<const std::string&>();
  const auto read = read_tokens(row);
  ASSERT_TRUE(read);
  const Doc& doc = read->doc;
  Candidate candidate;
  candidate.cue = {tokens_of(doc, row["cue"])};
  candidate.content = {tokens_of(doc, row["content"])};
  if (row.contains("content2")) candidate.content.push_back(tokens_of(doc, row["content2"]));
  if (row["source"] != "") candidate.source = {tokens_of(doc, row["source"])};
  if (row.contains("source2")) candidate.source.push_back(tokens_of(doc, row["source2"]));
  if (!candidate.source.empty()) candidate.source_head = doc.head_of(candidate.source.front());
  repair_source(doc, candidate);
  repair_content(doc, candidate);
  if (row.contains("says")) {
    EXPECT_EQ(slice(text, doc.bytes(candidate.content.front())), row["says"].get<std::string>());
  }
  EXPECT_EQ(candidate.source.empty() ? "" : slice(text, doc.bytes(candidate.source.front())),
            row["becomes"].get<std::string>());
  EXPECT_EQ(candidate.source.empty(), !candidate.source_head);
  EXPECT_EQ(is_readable(doc, candidate), row["readable"].get<bool>());
  EXPECT_EQ(is_worth_nesting(doc, candidate), row["nests"].get<bool>());
}
INSTANTIATE_TEST_SUITE_P(Table, Repairs, testing::ValuesIn(read_cases("repairs")),
                         [](const auto& test) {
                           return test.param.row["name"].template get<std::string>();
                         });

}  // namespace
}  // namespace dateline::attributions
