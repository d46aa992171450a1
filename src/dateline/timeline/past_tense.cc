#include "dateline/timeline/past_tense.h"

#include <algorithm>
#include <unordered_map>

#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view timeline_past_forms;
}  // namespace dateline::data

namespace dateline::timeline {
namespace {

bool is_vowel(char letter) {
  return std::string_view("aeiou").find(letter) != std::string_view::npos;
}

// One vowel between consonants, the last of which is heard alone: "stop", not "fix", "play",
// "look".
bool doubles_its_last(std::string_view lemma) {
  const std::size_t size = lemma.size();
  if (size < 3 || std::ranges::count_if(lemma, is_vowel) != 1) return false;
  return !is_vowel(lemma[size - 1]) && is_vowel(lemma[size - 2]) &&
         std::string_view("wxy").find(lemma[size - 1]) == std::string_view::npos;
}

}  // namespace

std::string past_tense(std::string_view lemma) {
  static const auto forms = [] {
    std::unordered_map<std::string_view, std::string_view> table;
    for (const auto& row : parse_tsv(data::timeline_past_forms))
      if (row.size() >= 2) table.emplace(row[0], row[1]);
    return table;
  }();
  if (lemma.empty()) return {};
  if (const auto found = forms.find(lemma); found != forms.end()) return std::string(found->second);
  std::string past(lemma);
  if (past.ends_with('e')) return past + "d";
  if (past.ends_with('y') && past.size() > 1 && !is_vowel(past[past.size() - 2])) {
    past.back() = 'i';
    return past + "ed";
  }
  if (doubles_its_last(lemma)) past += past.back();
  return past + "ed";
}

}  // namespace dateline::timeline
