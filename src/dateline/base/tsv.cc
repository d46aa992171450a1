#include "dateline/base/tsv.h"

#include <cassert>

namespace dateline {
namespace {

std::vector<std::string_view> split(std::string_view line, char mark) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t at = line.find(mark);
    cells.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return cells;
    line.remove_prefix(at + 1);
  }
}

}  // namespace

std::vector<std::vector<std::string_view>> parse_tsv(std::string_view table) {
  std::vector<std::vector<std::string_view>> rows;
  while (!table.empty()) {
    const std::size_t end = table.find('\n');
    std::string_view line = table.substr(0, end);
    table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') rows.push_back(split(line, '\t'));
  }
  return rows;
}

std::vector<std::string_view> words_of(std::string_view cell) {
  std::vector<std::string_view> words = split(cell, ' ');
  std::erase(words, std::string_view());
  return words;
}

WordSets::WordSets(std::string_view table) {
  for (const auto& row : parse_tsv(table))
    if (row.size() >= 2)
      for (const std::string_view word : words_of(row[1])) sets_[row[0]].insert(word);
}

bool WordSets::in(std::string_view set, std::string_view word) const {
  const auto found = sets_.find(set);
  assert(found != sets_.end());
  return found != sets_.end() && found->second.contains(word);
}

}  // namespace dateline
