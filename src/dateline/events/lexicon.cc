#include "dateline/events/lexicon.h"

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view events_classes, events_frames, events_nouns, events_event_nouns,
    events_prepositions, events_words, events_vague_spans;
}

namespace dateline::events {
namespace {

constexpr double kListed = 0.9;  // confidence of a noun that our own tables name

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : {Role::kAgent, Role::kPatient, Role::kRecipient, Role::kCompanion,
                          Role::kPlace, Role::kInstrument, Role::kTopic})
    if (name_of(role) == name) return role;
  return std::nullopt;
}

}  // namespace

const Lexicon& Lexicon::get() {
  static const Lexicon lexicon;
  return lexicon;
}

Lexicon::Lexicon() : sets_(data::events_words) {
  read_nouns();
  read_classes();
  read_frames();
  read_prepositions();
  read_vague_spans();
}

void Lexicon::read_nouns() {
  for (const auto& row : parse_tsv(data::events_nouns))
    if (row.size() >= 2) nouns_[row[0]] = {"", Role::kAgent, to_number(row[1]).value_or(0) / 100.0};
  for (const auto& row : parse_tsv(data::events_event_nouns))
    if (row.size() >= 2)
      for (const std::string_view word : words_of(row[1]))
        nouns_[word].confidence = row[0] == "yes" ? kListed : 0;
}

void Lexicon::read_classes() {
  for (const auto& row : parse_tsv(data::events_classes)) {
    if (row.size() < 4) continue;
    for (const std::string_view word : words_of(row[3]))
      if (row[1] == "v")
        verbs_.emplace(word, row[0]);
      else
        nouns_[word] = {row[0], role_named(row[2]).value_or(Role::kAgent), kListed};
  }
}

void Lexicon::read_frames() {
  for (const auto& row : parse_tsv(data::events_frames)) {
    if (row.size() < 4) continue;
    Frame frame{row[1], {}, row[3]};
    for (const std::string_view word : words_of(row[2])) frame.companions.insert(word);
    frames_[row[0]].push_back(std::move(frame));
  }
}

void Lexicon::read_prepositions() {
  for (const auto& row : parse_tsv(data::events_prepositions))
    if (row.size() >= 4)
      prepositions_[row[0]] = {role_named(row[1]), role_named(row[2]), role_named(row[3])};
}

std::string_view Lexicon::verb_class(std::string_view lemma) const {
  const auto found = verbs_.find(lemma);
  return found == verbs_.end() ? std::string_view{} : found->second;
}

const NounEntry* Lexicon::noun(std::string_view lemma) const {
  const auto found = nouns_.find(lemma);
  return found == nouns_.end() ? nullptr : &found->second;
}

const std::vector<Frame>* Lexicon::frames(std::string_view verb) const {
  const auto found = frames_.find(verb);
  return found == frames_.end() ? nullptr : &found->second;
}

const PrepositionRoles* Lexicon::preposition(std::string_view lower) const {
  const auto found = prepositions_.find(lower);
  return found == prepositions_.end() ? nullptr : &found->second;
}

void Lexicon::read_vague_spans() {
  for (const auto& row : parse_tsv(data::events_vague_spans))
    if (row.size() >= 2)
      if (const auto days = to_number(row[1])) recent_days_[row[0]] = *days;
}

std::optional<int> Lexicon::recent_days(std::string_view unit) const {
  const auto found = recent_days_.find(unit);
  return found == recent_days_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace dateline::events
