#pragma once
// What rows of the store (docs/store.md, "Rows") say, in words: for tables, CSV and formats that
// have no field for it.
#include <nlohmann/json.hpp>
#include <string>

namespace dateline::exporting {

using Json = nlohmann::ordered_json;

// The text at a key, "" where it is null or not there; of what is no text, its JSON.
[[nodiscard]] std::string text_at(const Json& row, const char* key);
// The value at a key; null where it is not there.
[[nodiscard]] const Json& value_at(const Json& row, const char* key);
// Names of a list of references, comma separated.
[[nodiscard]] std::string names_in(const Json& people);
// "2021-05-03 to 2021-06-01", "from 2021-05-03", "" for unknown.
[[nodiscard]] std::string interval_words(const Json& interval);
// "Morning Post, 2021-12-03 [17:2]" of a citation: article 17, paragraph 2.
[[nodiscard]] std::string citation_words(const Json& citation);
// "according to Ann Bell", "according to an unnamed source"; "" for the article's own voice.
[[nodiscard]] std::string attributed_words(const Json& attributed);
// What stands between a row and a plain fact, each in brackets after a blank: " (possible)",
// " (denied)", " (retracted)", " (according to Ann Bell)"; "" for a plain fact.
[[nodiscard]] std::string marks(const Json& row);

// `json` on one line; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string written(const Json& json);

}  // namespace dateline::exporting
