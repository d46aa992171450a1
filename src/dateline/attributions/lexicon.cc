#include "dateline/attributions/lexicon.h"

#include <unordered_map>
#include <unordered_set>

#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view attributions_verbs;
extern const std::string_view attributions_nouns;
extern const std::string_view attributions_sources;
extern const std::string_view attributions_labels;
extern const std::string_view attributions_adverbs;
}  // namespace dateline::data

namespace dateline::attributions {
namespace {

template <class Value, class Read>
std::unordered_map<std::string_view, Value> read_table(std::string_view table, Read read) {
  std::unordered_map<std::string_view, Value> rows;
  for (const auto& row : parse_tsv(table))
    if (row.size() >= 2) rows.emplace(row[0], read(row[1]));
  return rows;
}

std::unordered_set<std::string_view> read_words(std::string_view table) {
  std::unordered_set<std::string_view> words;
  for (const auto& row : parse_tsv(table)) words.insert(row[0]);
  return words;
}

SourceKind kind_of(std::string_view name) {
  if (name == "document") return SourceKind::kDocument;
  return name == "collective" ? SourceKind::kCollective : SourceKind::kUnnamed;
}

}  // namespace

std::optional<CueClass> cue_class(std::string_view lemma) {
  static const auto kVerbs = read_table<CueClass>(data::attributions_verbs, [](auto name) {
    return name == "say" ? CueClass::kSay : CueClass::kThink;
  });
  const auto found = kVerbs.find(lemma);
  return found == kVerbs.end() ? std::nullopt : std::optional(found->second);
}

bool is_hearsay_verb(std::string_view lemma) {
  static const auto kVerbs = [] {
    std::unordered_set<std::string_view> verbs;
    for (const auto& row : parse_tsv(data::attributions_verbs))
      if (row.size() >= 3 && row[2] == "hearsay") verbs.insert(row[0]);
    return verbs;
  }();
  return kVerbs.contains(lemma);
}

std::optional<SourceKind> source_noun(std::string_view lemma) {
  static const auto kNouns = read_table<SourceKind>(data::attributions_sources, kind_of);
  const auto found = kNouns.find(lemma);
  return found == kNouns.end() ? std::nullopt : std::optional(found->second);
}

bool is_cue_noun(std::string_view lemma) {
  static const auto kNouns = read_words(data::attributions_nouns);
  return kNouns.contains(lemma);
}

bool is_page_label(std::string_view lower) {
  static const auto kLabels = read_words(data::attributions_labels);
  return kLabels.contains(lower);
}

bool is_report_adverb(std::string_view lower) {
  static const auto kAdverbs = read_words(data::attributions_adverbs);
  return kAdverbs.contains(lower);
}

}  // namespace dateline::attributions
