#include "table.h"

#include <fmt/format.h>

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/record/wrap.h"

namespace dateline::app {
namespace {

constexpr std::size_t kWidth = 100, kWidestCell = 40;

// Line ends would break the table.
std::string on_one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), is_space, ' ');
  return text;
}

// The cell of column `at`, in quotation marks where it needs them.
void add_cell(std::string& out, std::size_t at, const std::string& cell) {
  if (at > 0) out += ',';
  if (cell.find_first_of("\",\r\n") == std::string::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
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
  std::string out;
  for (std::size_t i = 0; i < columns.size(); ++i) add_cell(out, i, columns[i].heading);
  out += "\r\n";
  for (const Json& row : rows) {
    for (std::size_t i = 0; i < columns.size(); ++i) add_cell(out, i, columns[i].cell(row));
    out += "\r\n";
  }
  return out;
}

std::string text_at(const Json& row, const char* key) {
  if (!row.is_object() || !row.contains(key) || row[key].is_null()) return {};
  return row[key].is_string() ? row[key].get<std::string>() : row[key].dump();
}

std::string names_in(const Json& people) {
  std::string names;
  for (const Json& person : people) names += (names.empty() ? "" : ", ") + text_at(person, "name");
  return names;
}

std::string interval_words(const Json& interval) {
  if (!interval.is_array() || interval.size() != 2) return {};
  const std::string begin = interval[0].is_null() ? "" : interval[0].get<std::string>(),
                    end = interval[1].is_null() ? "" : interval[1].get<std::string>();
  if (begin.empty() && end.empty()) return {};
  if (end.empty()) return "from " + begin;
  if (begin.empty()) return "before " + end;
  return begin + " to " + end;
}

std::string citation_words(const Json& citation) {
  std::string publisher = text_at(citation, "publisher");
  if (publisher.empty()) publisher = text_at(citation, "title");
  if (publisher.empty()) publisher = text_at(citation, "article_id");
  const std::string published = text_at(citation, "published").substr(0, 10);
  const std::string paragraph = text_at(citation, "paragraph");
  return fmt::format("{}{}{} [{}{}]", publisher, published.empty() ? "" : ", ", published,
                     text_at(citation, "article"), paragraph.empty() ? "" : ":" + paragraph);
}

std::string attributed_words(const Json& attributed) {
  if (!attributed.is_object()) return {};
  const std::string speaker = text_at(attributed, "speaker");
  return "according to " + (speaker.empty() ? "an unnamed source" : speaker);
}

}  // namespace dateline::app
