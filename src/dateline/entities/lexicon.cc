#include "dateline/entities/lexicon.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>
#include <utility>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view entities_nouns, entities_pronouns, entities_titles,
    entities_nicknames, entities_short_names, entities_name_words, entities_given_names,
    entities_name_endings, entities_list_headings, entities_epithets, entities_person_signs,
    entities_verb_classes, entities_post_nominals, entities_words;
}  // namespace dateline::data

namespace dateline::entities {
namespace {

template <class Value>
using Table = std::unordered_map<std::string_view, Value>;

// Rows of at least `cells` cells, each made a value by `make`; the first row of a word counts.
template <class Value, class Make>
Table<Value> read_table(std::string_view tsv, std::size_t cells, Make make) {
  Table<Value> table;
  for (const auto& row : parse_tsv(tsv))
    if (row.size() >= cells) table.emplace(row[0], make(row));
  return table;
}

// The first two cells of every row.
std::set<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view tsv) {
  std::set<std::pair<std::string_view, std::string_view>> pairs;
  for (const auto& row : parse_tsv(tsv))
    if (row.size() >= 2) pairs.emplace(row[0], row[1]);
  return pairs;
}

float read_share(std::string_view cell) {
  float share = 0.5F;
  std::from_chars(cell.data(), cell.data() + cell.size(), share);
  return share;
}

float share_of(std::string_view gender) {
  if (gender == "m") return 0.0F;
  return gender == "f" ? 1.0F : 0.5F;
}

EntityKind kind_of(std::string_view cell) {
  static const Table<EntityKind> kinds = {
      {"person", EntityKind::kPerson}, {"group", EntityKind::kGroup},
      {"org", EntityKind::kOrg},       {"place", EntityKind::kPlace},
      {"event", EntityKind::kEvent},   {"product", EntityKind::kProduct},
      {"work", EntityKind::kWork}};
  const auto found = kinds.find(cell);
  return found == kinds.end() ? EntityKind::kOther : found->second;
}

using Cells = std::vector<std::string_view>;

const Table<NounSense>& nouns() {
  static const auto table = read_table<NounSense>(data::entities_nouns, 3, [](const Cells& row) {
    return NounSense{kind_of(row[1]), row[1] == "time", share_of(row[2])};
  });
  return table;
}

const Table<float>& given_names() {
  static const auto table = read_table<float>(data::entities_given_names, 2,
                                              [](const Cells& row) { return read_share(row[1]); });
  return table;
}

}  // namespace

std::optional<NounSense> noun_sense(std::string_view lemma) {
  const auto found = nouns().find(lemma);
  if (found != nouns().end()) return found->second;
  static constexpr std::pair<std::string_view, float> kEndings[] = {
      {"woman", 1.0F}, {"man", 0.0F}, {"person", 0.5F}, {"ist", 0.5F}, {"ologist", 0.5F}};
  for (const auto& [ending, female] : kEndings)
    if (lemma.size() >= ending.size() + 3 && lemma.ends_with(ending))
      return NounSense{EntityKind::kPerson, false, female};
  const auto hyphen = lemma.rfind('-');
  if (hyphen != std::string_view::npos && hyphen + 1 < lemma.size())
    return noun_sense(lemma.substr(hyphen + 1));
  return std::nullopt;
}

const PronounSense* pronoun_sense(std::string_view word) {
  static const auto table =
      read_table<PronounSense>(data::entities_pronouns, 5, [](const Cells& row) {
        PronounSense sense;
        sense.person = row[1] == "1" ? 1 : row[1] == "2" ? 2 : 3;
        sense.number = row[2] == "s"   ? Number::kSingular
                       : row[2] == "p" ? Number::kPlural
                                       : Number::kUnknown;
        sense.female = share_of(row[3]);
        sense.thing = row[3] == "n";
        sense.possessive = row[4] == "possessive";
        sense.reflexive = row[0].ends_with("self") || row[0].ends_with("selves");
        return sense;
      });
  const auto found = table.find(word);
  return found == table.end() ? nullptr : &found->second;
}

float female_share(std::string_view given_name) {
  const auto found = given_names().find(given_name);
  if (found != given_names().end()) return found->second;
  static const auto endings = read_table<float>(
      data::entities_name_endings, 2, [](const Cells& row) { return read_share(row[1]); });
  for (std::size_t size = 3; size > 0; --size) {
    if (given_name.size() <= size) continue;
    const auto ending = endings.find(given_name.substr(given_name.size() - size));
    if (ending != endings.end()) return ending->second;
  }
  return 0.5F;
}

bool is_given_name(std::string_view word) { return given_names().contains(word); }

std::optional<float> title_share(std::string_view word) {
  static const auto table = read_table<float>(data::entities_titles, 2,
                                              [](const Cells& row) { return share_of(row[1]); });
  const auto found = table.find(word);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::string_view title_noun(std::string_view word) {
  static const auto table = read_table<std::string_view>(data::entities_titles, 3,
                                                         [](const Cells& row) { return row[2]; });
  const auto found = table.find(word);
  if (found == table.end()) return word;
  return found->second == "-" ? std::string_view() : found->second;
}

bool is_epithet(EntityKind kind, std::string_view noun) {
  static const auto epithets = [] {
    std::set<std::pair<EntityKind, std::string_view>> set;
    for (const auto& row : parse_tsv(data::entities_epithets))
      if (row.size() >= 2 && row[0] != "same")
        for (const std::string_view word : words_of(row[1])) set.emplace(kind_of(row[0]), word);
    return set;
  }();
  return epithets.contains({kind, noun});
}

namespace {

// Pairs of nouns that stand in one row of the epithets, of the rows "same" or of the others.
std::set<std::pair<std::string_view, std::string_view>> pairs_in_rows(bool same) {
  std::set<std::pair<std::string_view, std::string_view>> set;
  for (const auto& row : parse_tsv(data::entities_epithets)) {
    if (row.size() < 2 || (row[0] == "same") != same) continue;
    for (const std::string_view one : words_of(row[1]))
      for (const std::string_view other : words_of(row[1])) set.emplace(one, other);
  }
  return set;
}

}  // namespace

bool are_same_noun(std::string_view a, std::string_view b) {
  static const auto pairs = pairs_in_rows(true);
  return a == b || pairs.contains({a, b});
}

bool is_demonym_noun(std::string_view noun) { return is_epithet(EntityKind::kOther, noun); }

bool in(std::string_view set, std::string_view word) {
  static const WordSets sets(data::entities_words);
  return sets.in(set, word);
}

bool are_kindred_epithets(std::string_view a, std::string_view b) {
  static const auto pairs = pairs_in_rows(false);
  return a == b || pairs.contains({a, b});
}

bool is_person_sign(std::string_view lemma, std::string_view sign) {
  static const auto signs = pairs_of(data::entities_person_signs);
  return signs.contains({lemma, sign});
}

std::size_t verb_class(std::string_view lemma) {
  static const auto table = [] {
    Table<std::size_t> classes;
    for (const auto& row : parse_tsv(data::entities_verb_classes)) {
      std::size_t number = 0;
      if (row.size() < 2 ||
          std::from_chars(row[0].data(), row[0].data() + row[0].size(), number).ec != std::errc())
        continue;
      for (const std::string_view word : words_of(row[1])) classes.emplace(word, number);
    }
    return classes;
  }();
  const auto found = table.find(lemma);
  return found == table.end() ? 0 : std::min(found->second, kVerbClasses - 1);
}

bool is_nickname(std::string_view short_form, std::string_view name) {
  static const auto pairs = pairs_of(data::entities_nicknames);
  return pairs.contains({short_form, name});
}

std::string_view long_form(std::string_view name) {
  static const auto table = read_table<std::string_view>(data::entities_short_names, 2,
                                                         [](const Cells& row) { return row[1]; });
  const auto found = table.find(name);
  return found == table.end() ? name : found->second;
}

std::optional<EntityKind> name_word_kind(std::string_view last_word) {
  static const auto table = read_table<EntityKind>(
      data::entities_name_words, 2, [](const Cells& row) { return kind_of(row[1]); });
  const auto found = table.find(last_word);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<EntityKind> whole_name_kind(std::string_view word) {
  static const auto table = read_table<EntityKind>(
      data::entities_name_words, 3, [](const Cells& row) { return kind_of(row[1]); });
  const auto found = table.find(word);
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool is_post_nominal(std::string_view word) {
  static const auto rows = parse_tsv(data::entities_post_nominals);
  return std::ranges::any_of(rows,
                             [&](const Cells& row) { return !row.empty() && row[0] == word; });
}

bool is_list_of_articles(std::string_view line) {
  static const auto headings = parse_tsv(data::entities_list_headings);
  constexpr std::size_t kLongest = 32;
  const std::string start = to_lower(line.substr(0, kLongest));
  return std::ranges::any_of(headings, [&](const Cells& row) {
    if (row.empty() || !start.starts_with(row[0])) return false;
    return start.size() == row[0].size() || start[row[0].size()] == ' ' ||
           start[row[0].size()] == ':';
  });
}

}  // namespace dateline::entities
