#include "dateline/times/lexicon.h"

#include <algorithm>
#include <array>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::times {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Symbol::kCount)> kSymbolNames{
    "MONTH",   "MONTHABBR",   "WEEKDAY", "WEEKDAYS",    "WEEKDAYABBR", "SEASON",   "SEASONS",
    "PART",    "PARTWORD",    "PARTS",   "UNIT",        "UNITS",       "CARDINAL", "SCALE",
    "ORDWORD", "DECADEWORD",  "VAGUE",   "REL",         "ANA",         "EARLY",    "EARLIER",
    "EDGE",    "AMPM",        "ZONE",    "NOON",        "OFTEN",       "EVERY",    "TIMESWORD",
    "HINT",    "ART",         "NUM",     "YEAR",        "SHORTYEAR",   "DAY",      "ORDINAL",
    "DECADE",  "NUMERICDATE", "CLOCK",   "QUARTERNAME", "HALFNAME",    "HOLIDAY",  "WORD",
    "PUNCT"};

std::optional<HolidayRule> holiday_rule(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) parts.push_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  const auto number = [&](std::size_t i) {
    if (i >= parts.size()) return 0;
    std::string_view digits = parts[i];
    if (digits.starts_with('+')) digits.remove_prefix(1);
    return to_number(digits).value_or(0);
  };
  if (parts.size() < 2) return std::nullopt;
  HolidayRule rule{.a = number(1), .b = number(2), .c = number(3), .offset = number(4)};
  if (parts[0] == "fixed") return rule;
  rule.kind = parts[0] == "nth"      ? HolidayRule::Kind::kNth
              : parts[0] == "easter" ? HolidayRule::Kind::kEaster
                                     : HolidayRule::Kind::kOrthodox;
  if (parts[0] != "nth" && parts[0] != "easter" && parts[0] != "orthodox") return std::nullopt;
  return rule;
}

}  // namespace

std::optional<Symbol> symbol_of(std::string_view name) {
  const auto found = std::find(kSymbolNames.begin(), kSymbolNames.end(), name);
  if (found == kSymbolNames.end()) return std::nullopt;
  return static_cast<Symbol>(found - kSymbolNames.begin());
}

std::vector<std::string_view> split_word(std::string_view word) {
  std::vector<std::string_view> parts;
  const auto kind = [&](std::size_t i) {
    const char c = word[i];
    if (is_digit(c)) return 1;
    return is_alpha(c) || (c & 0x80) != 0 ? 2 : 0;
  };
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i + 1;
    if (kind(i) != 0)
      while (end < word.size() && kind(end) == kind(i)) ++end;
    if (word[i] == '\'' && end < word.size() && word[end] == 's' &&
        (end + 1 == word.size() || kind(end + 1) == 0))
      ++end;
    parts.push_back(word.substr(i, end - i));
    i = end;
  }
  return parts;
}

std::uint32_t Lexicon::intern(std::string_view word) {
  Word& entry = words_[std::string(word)];
  if (entry.id == 0) entry.id = next_id_++;
  return entry.id;
}

void Lexicon::add_sense(std::string_view word, Symbol symbol, std::string_view value) {
  intern(word);
  Word& entry = words_.find(word)->second;
  Sense sense{symbol, {.code = value}};
  if (const auto number = to_number<int>(value)) {
    sense.value.a = *number;
    sense.value.number = *number;
  }
  entry.classes |= std::uint64_t{1} << static_cast<unsigned>(symbol);
  entry.senses.push_back(sense);
}

const Word* Lexicon::find(std::string_view lower) const {
  const auto found = words_.find(lower);
  return found == words_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>* Lexicon::holidays_from(std::string_view first) const {
  const auto found = holiday_starts_.find(first);
  return found == holiday_starts_.end() ? nullptr : &found->second;
}

bool Lexicon::is_southern(std::string_view word, std::string_view next) const {
  const auto found = southern_.find(word);
  return found != southern_.end() &&
         std::ranges::any_of(found->second, [&](std::string_view second) {
           return second.empty() || second == next;
         });
}

Lexicon Lexicon::load(std::string_view words, std::string_view holidays,
                      std::string_view southern) {
  Lexicon lexicon;
  for (const auto& row : parse_tsv(southern)) {
    const std::size_t space = std::min(row[0].find(' '), row[0].size());
    lexicon.southern_[row[0].substr(0, space)].push_back(
        row[0].substr(std::min(space + 1, row[0].size())));
  }
  for (const auto& row : parse_tsv(words)) {
    const auto symbol = row.size() >= 3 ? symbol_of(row[1]) : std::nullopt;
    if (symbol)
      lexicon.add_sense(row[0], *symbol, row[2]);
    else
      ++lexicon.malformed_;
  }
  for (const auto& row : parse_tsv(holidays)) {
    const auto rule = row.size() >= 2 ? holiday_rule(row[1]) : std::nullopt;
    if (!rule) {
      ++lexicon.malformed_;
      continue;
    }
    Holiday holiday{.words = {}, .rule = *rule};
    std::string_view rest = row[0];
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      for (const std::string_view part : split_word(rest.substr(0, space)))
        holiday.words.emplace_back(part);
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    lexicon.holiday_starts_[holiday.words.front()].push_back(
        static_cast<std::uint32_t>(lexicon.holidays_.size()));
    lexicon.holidays_.push_back(std::move(holiday));
  }
  for (auto& [first, list] : lexicon.holiday_starts_)
    std::stable_sort(list.begin(), list.end(), [&](std::uint32_t a, std::uint32_t b) {
      return lexicon.holidays_[a].words.size() > lexicon.holidays_[b].words.size();
    });
  return lexicon;
}

}  // namespace dateline::times
