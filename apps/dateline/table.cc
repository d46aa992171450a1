#include "table.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/export/csv.h"
#include "dateline/record/wrap.h"

namespace dateline::app {
namespace {

constexpr std::size_t kWidth = 100, kWidestCell = 40;

// Line ends would break the table.
std::string on_one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), is_space, ' ');
  return text;
}

}  // namespace

std::string write_table(const std::vector<Column>& columns, const std::vector<Json>& rows) {
  if (rows.empty()) return "nothing found\n";
  std::vector<std::vector<std::string>> cells(1);
  for (const Column& column : columns) cells[0].push_back(column.heading);
  for (const Json& row : rows) {
    cells.emplace_back();
    for (const Column& column : columns) cells.back().push_back(on_one_line(column.cell(row)));
  }
  std::vector<std::size_t> widths(columns.size());
  for (const auto& line : cells)
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::min(kWidestCell, std::max(widths[i], record::columns(line[i])));
  std::string out;
  for (const auto& line : cells) {
    std::size_t at = 0;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const std::size_t width = record::columns(line[i]);
      out += line[i];
      // A cell too wide for its column pushes the rest of its line.
      out.append(width < widths[i] ? widths[i] - width + 2 : 2, ' ');
      at += widths[i] + 2;
    }
    record::wrap(out, line.back(), at, at, kWidth);
  }
  return out;
}

std::string write_csv(const std::vector<Column>& columns, const std::vector<Json>& rows) {
  std::vector<std::string> cells;
  cells.reserve(columns.size());
  for (const Column& column : columns) cells.push_back(column.heading);
  std::string out = exporting::csv_line(cells);
  for (const Json& row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = columns[i].cell(row);
    out += exporting::csv_line(cells);
  }
  return out;
}

}  // namespace dateline::app
