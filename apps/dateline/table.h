#pragma once
// Rows for people and for programs: aligned columns, CSV, JSON.
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dateline::app {

using Json = nlohmann::ordered_json;

// A column: its heading and how its cell is made of a row.
struct Column {
  std::string heading;
  std::string (*cell)(const Json& row);
};

// Columns two spaces apart, each as wide as its widest cell but the last, which is wrapped within
// 100 columns. Nothing but a line that says so for no rows.
[[nodiscard]] std::string write_table(const std::vector<Column>& columns,
                                      const std::vector<Json>& rows);
// RFC 4180, with a head.
[[nodiscard]] std::string write_csv(const std::vector<Column>& columns,
                                    const std::vector<Json>& rows);

// The text at a key, "" where it is null or not there.
[[nodiscard]] std::string text_at(const Json& row, const char* key);
// Names of a list of references, comma separated.
[[nodiscard]] std::string names_in(const Json& people);
// "3 Dec 2021 – Jan 2022", "from 2021-05-03", "" for unknown.
[[nodiscard]] std::string interval_words(const Json& interval);
// "Morning Post, 3 Dec 2021 [¶2]" of a citation.
[[nodiscard]] std::string citation_words(const Json& citation);
// "according to Ann Bell", "according to an unnamed source"; "" for the article's own voice.
[[nodiscard]] std::string attributed_words(const Json& attributed);

}  // namespace dateline::app
