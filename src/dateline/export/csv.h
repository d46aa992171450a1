#pragma once
// CSV (RFC 4180) that no spreadsheet takes for formulas.
#include <span>
#include <string>

namespace dateline::exporting {

// One line with its line end, CR LF. Cells are put in quotation marks where they need them; one
// that begins with "=", "+", "-", "@", a tab or a carriage return, which a spreadsheet would take
// for a formula, is told apart by a leading apostrophe.
[[nodiscard]] std::string csv_line(std::span<const std::string> cells);

}  // namespace dateline::exporting
