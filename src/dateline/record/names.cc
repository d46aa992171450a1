#include "dateline/record/names.h"

#include <fmt/format.h>

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/record/wrap.h"

namespace dateline::data {
extern const std::string_view record_opening_words;
}

namespace dateline::record {

std::string Names::of_entity(std::uint32_t number) const {
  if (number >= record_.entities.entities.size()) return "someone";
  const Entity& entity = record_.entities.entities[number];
  if (entity.named || record_.entities.is_known_pair(entity))
    return record_.entities.name_of(entity);
  const auto owner = owner_of(number);
  if (!owner) return shortened(entity.name);
  const std::string& name = record_.entities.entities[*owner].name;
  const std::size_t space = entity.name.find(' ');
  return shortened(fmt::format("{}{} {}", name, name.ends_with('s') ? "’" : "’s",
                               entity.name.substr(space + 1)));
}

std::optional<std::uint32_t> Names::owner_of(std::uint32_t number) const {
  if (number >= record_.entities.entities.size()) return std::nullopt;
  const Entity& entity = record_.entities.entities[number];
  const std::string_view name = entity.name;
  if (entity.named || !is_possessive(name.substr(0, name.find(' ')))) return std::nullopt;
  const auto& mentions = record_.entities.mentions;
  for (const std::uint32_t m : entity.mentions) {
    if (slice(record_.article.text, mentions[m].span) != name) continue;
    for (const Mention& pronoun : mentions)
      if (pronoun.form == MentionForm::kPronoun && pronoun.span.begin == mentions[m].span.begin &&
          pronoun.entity < record_.entities.entities.size() &&
          record_.entities.entities[pronoun.entity].named)
        return pronoun.entity;
  }
  return std::nullopt;
}

bool is_possessive(std::string_view word) {
  static constexpr std::string_view kWords[] = {"my", "his", "her", "their", "our", "your"};
  return std::find(std::begin(kWords), std::end(kWords), to_lower(word)) != std::end(kWords);
}

namespace {

// 'A star of "Pulp' with the mark that the cut has lost.
std::string with_marks_closed(std::string words) {
  if (std::ranges::count(words, '"') % 2 == 1) words += '"';
  const std::size_t opened = words.rfind("“");
  if (opened != std::string::npos && words.find("”", opened) == std::string::npos) words += "”";
  return words;
}

}  // namespace

std::string shortened(std::string_view name) {
  constexpr std::size_t kLong = 48;
  if (columns(name) <= kLong) return with_marks_closed(std::string(name));
  std::size_t end = name.rfind(' ', kLong);
  const std::size_t comma = name.find(',');
  if (comma != std::string_view::npos && comma < end) end = comma;
  return with_marks_closed(std::string(trim(name.substr(0, end)))) + " …";
}

std::string Names::of_teller(std::uint32_t number) const {
  if (number >= record_.attributions.size()) return "someone";
  const Attribution& attribution = record_.attributions[number];
  if (attribution.speaker && *attribution.speaker < record_.entities.entities.size())
    return of_entity(*attribution.speaker);
  if (attribution.source.empty()) return "an unnamed source";
  return shortened(slice(record_.article.text, attribution.source.front()));
}

std::string within_line(std::string words) {
  static const auto kOpening = parse_tsv(data::record_opening_words);
  const std::string_view first = std::string_view(words).substr(0, words.find(' '));
  const auto opens = [&](const auto& row) { return !row.empty() && row[0] == first; };
  if (first.size() < words.size() && std::ranges::any_of(kOpening, opens))
    words[0] = to_lower(words[0]);
  return words;
}

}  // namespace dateline::record
