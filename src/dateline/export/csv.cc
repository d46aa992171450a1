#include "dateline/export/csv.h"

#include <string_view>

namespace dateline::exporting {
namespace {

// Article text is data, also in a spreadsheet.
bool is_like_a_formula(const std::string& cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

void add_cell(std::string& out, const std::string& cell) {
  const bool quoted = cell.find_first_of("\",\r\n") != std::string::npos;
  if (quoted) out += '"';
  if (is_like_a_formula(cell)) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

}  // namespace

std::string csv_line(std::span<const std::string> cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    add_cell(out, cells[i]);
  }
  return out + "\r\n";
}

}  // namespace dateline::exporting
