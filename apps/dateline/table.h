#pragma once
// Rows for people and for programs: aligned columns, CSV, JSON.
#include <string>
#include <vector>

#include "dateline/export/row_words.h"

namespace dateline::app {

using exporting::attributed_words;
using exporting::citation_words;
using exporting::interval_words;
using exporting::Json;
using exporting::marks;
using exporting::names_in;
using exporting::text_at;

// A column: its heading and how its cell is made of a row.
struct Column {
  std::string heading;
  std::string (*cell)(const Json& row);
};

// Columns two spaces apart, each as wide as its widest cell but the last, which is wrapped within
// 100 columns. Nothing but a line that says so for no rows.
[[nodiscard]] std::string write_table(const std::vector<Column>& columns,
                                      const std::vector<Json>& rows);
// RFC 4180, with a head; export/csv.h.
[[nodiscard]] std::string write_csv(const std::vector<Column>& columns,
                                    const std::vector<Json>& rows);

}  // namespace dateline::app
