#pragma once
// Tables of a store, for CSV: what is in each, and where its rows come from.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/export/article_view.h"

namespace dateline::exporting {

// A row of a table is a flat object; its keys are the table's columns. Each table but people and
// articles ends in the columns that say where its row stands: article, article_id, title,
// publisher, published, uri, superseded, begin_code_point and end_code_point of the article's text,
// sentence.
struct Table {
  std::string_view name;
  std::string_view holds;  // what a row is
  std::vector<std::string_view> columns;
  // One of them: a row of the timeline or of people, or an article, becomes rows.
  Json (*of_line)(const Json& line) = nullptr;
  Json (*of_person)(const Json& person) = nullptr;
  std::vector<Json> (*of_article)(const ArticleView& article) = nullptr;
};

// In the order that they are told of.
[[nodiscard]] std::span<const Table> tables();
// REQUIRES a name of tables().
[[nodiscard]] const Table& table_named(std::string_view name);

// The head and one row as CSV (RFC 4180). Lists are joined with "; ".
[[nodiscard]] std::string csv_head(const Table& table);
[[nodiscard]] std::string csv_row(const Table& table, const Json& row);

}  // namespace dateline::exporting
