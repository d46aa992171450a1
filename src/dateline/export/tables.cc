#include "dateline/export/tables.h"

#include <algorithm>
#include <array>

#include "dateline/export/csv.h"
#include "dateline/export/table_rows.h"

namespace dateline::exporting {
namespace {

using Columns = std::vector<std::string_view>;

// Where a row stands, behind its own columns.
Columns cited(Columns columns) {
  columns.insert(columns.end(), {"article", "article_id", "title", "publisher", "published", "uri",
                                 "superseded", "begin_code_point", "end_code_point", "sentence"});
  return columns;
}

// A list as "a; b"; what is null or not there as "".
std::string cell(const Json& row, std::string_view column) {
  const std::string key(column);
  const Json& value = value_at(row, key.c_str());
  if (!value.is_array()) return text_at(row, key.c_str());
  std::string out;
  for (const Json& part : value)
    out += (out.empty() ? "" : "; ") + (part.is_string() ? part.get<std::string>() : written(part));
  return out;
}

}  // namespace

std::span<const Table> tables() {
  static const std::array<Table, 8> all = {{
      {.name = "timeline",
       .holds = "a line over all articles, where its first teller tells it",
       .columns = cited({"line", "begin", "end", "grain", "label", "text", "class", "polarity",
                         "certainty", "attributed", "attributed_kind", "retracted", "people",
                         "people_ids", "publishers", "tellers"}),
       .of_line = line_row},
      {.name = "events",
       .holds = "an event as one article tells it",
       .columns = cited({"event", "words", "clause", "lemma", "class", "begin", "end", "basis",
                         "polarity", "certainty", "tense", "attributed", "attributed_kind",
                         "participants", "on_timeline", "confidence"}),
       .of_article = event_rows},
      {.name = "relations",
       .holds = "a tie as one article tells it",
       .columns = cited({"id", "relation", "subject", "subject_id", "object", "object_id", "value",
                         "status", "begin", "end", "polarity", "certainty", "attributed",
                         "attributed_kind", "confidence"}),
       .of_article = relation_rows},
      {.name = "quotes",
       .holds = "who says what, in one article",
       .columns = cited({"quote", "form", "speaker", "speaker_id", "source", "source_kind", "cue",
                         "content", "within", "confidence"}),
       .of_article = quote_rows},
      {.name = "times",
       .holds = "a time expression of one article (TIMEX3)",
       .columns = cited({"time", "words", "type", "value", "mod", "quant", "freq", "begin", "end",
                         "anchor", "alternatives"}),
       .of_article = time_rows},
      {.name = "mentions",
       .holds = "a name, description or pronoun that speaks of somebody or something",
       .columns = cited({"entity", "person_id", "name", "kind", "form", "words"}),
       .of_article = mention_rows},
      {.name = "people",
       .holds = "an identity over all articles: a person, organisation, place …",
       .columns = {"id", "name", "kind", "aliases", "descriptions", "articles", "mentions", "first",
                   "last"},
       .of_person = person_row},
      {.name = "articles",
       .holds = "an article",
       .columns = {"article", "article_id", "title", "publisher", "published", "published_basis",
                   "uri", "authors", "modified", "correction", "superseded_by", "code_points",
                   "copies"},
       .of_article = article_rows},
  }};
  return all;
}

const Table& table_named(std::string_view name) {
  const auto all = tables();
  return *std::find_if(all.begin(), all.end(),
                       [&](const Table& table) { return table.name == name; });
}

std::string csv_head(const Table& table) {
  return csv_line(std::vector<std::string>(table.columns.begin(), table.columns.end()));
}

std::string csv_row(const Table& table, const Json& row) {
  std::vector<std::string> cells;
  cells.reserve(table.columns.size());
  for (const std::string_view column : table.columns) cells.push_back(cell(row, column));
  return csv_line(cells);
}

}  // namespace dateline::exporting
