#pragma once
// What the tests of this step share: their tables, a JSON row a case.
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "dateline/language/doc.h"
#include "dateline/language/token_dump.h"

namespace dateline::attributions {

struct Case {
  nlohmann::json row;
};
inline void PrintTo(const Case& item, std::ostream* out) { *out << item.row["text"]; }

// The rows of tests/cases/attributions/NAME.jsonl.
inline std::vector<Case> read_cases(const std::string& name) {
  std::ifstream file(std::string(DATELINE_CASES) + "/attributions/" + name + ".jsonl");
  std::vector<Case> rows;
  for (std::string line; std::getline(file, line);) rows.push_back({nlohmann::json::parse(line)});
  return rows;
}

// The annotated text of a row, whose "text" must outlive it.
inline auto read_tokens(const nlohmann::json& row) {
  const nlohmann::json dump = {{"id", row["name"]}, {"tokens", row["tokens"]}};
  return language::read_token_dump(dump.dump(), row["text"].get_ref<const std::string&>());
}

// The tokens of the first place where `words` stand.
inline TokenSpan tokens_of(const Doc& doc, const std::string& words) {
  const auto at = static_cast<std::uint32_t>(doc.text().find(words));
  return doc.token_span({at, at + static_cast<std::uint32_t>(words.size())});
}

}  // namespace dateline::attributions
