#include "dateline/attributions/speaker_noun.h"

#include <algorithm>
#include <vector>

#include "dateline/attributions/lexicon.h"
#include "dateline/entities/lexicon.h"

namespace dateline::attributions {
namespace {

constexpr std::uint32_t kLinesBack = 2;

// Every word of the noun is one of the longer name's, and both end alike.
bool is_shortened(const Doc& doc, TokenSpan noun, TokenSpan name) {
  if (noun.size() >= name.size() || doc[noun.end - 1].lower != doc[name.end - 1].lower)
    return false;
  for (std::uint32_t t = noun.begin; t < noun.end; ++t) {
    bool found = false;
    for (std::uint32_t n = name.begin; n < name.end; ++n) found |= doc[n].lower == doc[t].lower;
    if (!found) return false;
  }
  return true;
}

// The last named before.
std::optional<std::uint32_t> named_by_noun(const SpeechScene& scene, TokenSpan noun,
                                           std::uint32_t head) {
  if (noun.end != head + 1) return std::nullopt;
  if (scene.doc[noun.begin].lower == "the" && noun.size() > 1) ++noun.begin;
  std::optional<std::uint32_t> best;
  for (const Mention& name : scene.entities.mentions) {
    if (name.head >= noun.begin) continue;
    const EntityKind kind = scene.entities.entities[name.entity].kind;
    if (name.form == MentionForm::kName && kind != EntityKind::kPerson &&
        kind != EntityKind::kPlace && is_shortened(scene.doc, noun, name.tokens))
      best = name.entity;
  }
  return best;
}

// "also said", "added", "went on".
bool is_addition(const Doc& doc, const Candidate& candidate) {
  for (const TokenSpan span : candidate.cue)
    for (std::uint32_t t = span.begin; t < span.end; ++t)
      if (doc[t].lower == "also" || doc[t].lemma == "add" || doc[t].lemma == "continue" ||
          (doc[t].lemma == "go" && t + 1 < doc.size() && doc[t + 1].lower == "on"))
        return true;
  return false;
}

std::optional<std::uint32_t> who_goes_on(const SpeechScene& scene, std::size_t number,
                                         const Mention& noun) {
  const Doc& doc = scene.doc;
  if (doc[noun.head].tag != "NN" || doc[noun.tokens.begin].lower != "the" ||
      noun.tokens.end != noun.head + 1 || !is_addition(doc, scene.candidates[number]))
    return std::nullopt;
  const auto before = speaker_before(scene, number);
  if (!before || !scene.entities.entities[*before].named) return std::nullopt;
  const bool same =
      scene.entities.entities[*before].kind == scene.entities.entities[noun.entity].kind;
  return same ? before : std::nullopt;
}

// The person of whom the article gives the number of years that stands in the description: "Bell,
// 26,". `told` tells whether it gives them to anybody.
std::optional<std::uint32_t> aged_so(const SpeechScene& scene, const Mention& noun, bool& told) {
  const Doc& doc = scene.doc;
  for (std::uint32_t t = noun.tokens.begin; t < noun.tokens.end; ++t)
    for (std::uint32_t other = 0; doc[t].pos == "NUM" && other < doc.size(); ++other) {
      if (noun.tokens.contains(other) || doc[other].text != doc[t].text) continue;
      told = true;
      if (doc[other].dep != "appos" && doc[other].dep != "nummod") continue;
      const auto who = scene.entities.entity_headed_by(doc[other].head);
      if (who && scene.entities.entities[*who].kind == EntityKind::kPerson) return who;
    }
  return std::nullopt;
}

// "The 39-year-old said": who is of that age; where nobody is and it goes on, who spoke before.
std::optional<std::uint32_t> of_that_age(const SpeechScene& scene, std::size_t number,
                                         const Mention& noun) {
  const Doc& doc = scene.doc;
  if (!slice(doc.text(), noun.span).ends_with("-year-old") || doc[noun.tokens.begin].lower != "the")
    return std::nullopt;
  bool told = false;
  if (const auto who = aged_so(scene, noun, told)) return who;
  if (told || !is_addition(doc, scene.candidates[number])) return std::nullopt;
  const auto before = speaker_before(scene, number);
  const bool person = before && scene.entities.entities[*before].kind == EntityKind::kPerson;
  return person ? before : std::nullopt;
}

bool answers(const Doc& doc, const Candidate& candidate) {
  static constexpr std::string_view kVerbs[] = {"reply",  "respond", "answer",
                                                "retort", "counter", "ask"};
  return std::ranges::any_of(candidate.cue, [&](TokenSpan span) {
    for (std::uint32_t t = span.begin; t < span.end; ++t)
      if (std::ranges::find(kVerbs, doc[t].lemma) != std::end(kVerbs)) return true;
    return false;
  });
}

// The attribution of the sentence before in the same line.
std::optional<std::size_t> told_before(const SpeechScene& scene, std::size_t number) {
  const std::uint32_t first = scene.candidates[number].content.front().begin;
  for (std::size_t j = number; j-- > 0;) {
    if (scene.attributions[j].parent) continue;
    const std::uint32_t last = scene.candidates[j].content.back().end - 1;
    if (scene.lines[last] != scene.lines[first]) return std::nullopt;
    const bool next = scene.doc[last].sentence + 1 == scene.doc[first].sentence;
    return next ? std::optional(j) : std::nullopt;
  }
  return std::nullopt;
}

bool is_named_in(const SpeechScene& scene, std::size_t number, std::uint32_t entity) {
  return std::ranges::any_of(scene.entities.entities[entity].mentions, [&](std::uint32_t m) {
    const Mention& told = scene.entities.mentions[m];
    return told.form == MentionForm::kName &&
           std::ranges::any_of(scene.candidates[number].content,
                               [&](TokenSpan span) { return span.contains(told.head); });
  });
}

// “Sean is our heart,” said the Dane: not Sean; who spoke before in the same line.
std::optional<std::uint32_t> other_than_named(const SpeechScene& scene, std::size_t number,
                                              const Mention& noun) {
  const auto& said = scene.attributions[number];
  if (said.form != AttributionForm::kDirect ||
      scene.entities.entities[noun.entity].kind != EntityKind::kPerson ||
      noun.form != MentionForm::kNominal || scene.doc[noun.tokens.begin].lower != "the" ||
      !is_named_in(scene, number, noun.entity))
    return std::nullopt;
  for (std::size_t j = number; j-- > 0;) {
    const auto speaker = scene.attributions[j].speaker;
    if (scene.lines[scene.candidates[j].content.front().begin] != scene.lines[noun.head]) break;
    if (!speaker || scene.attributions[j].parent || *speaker == noun.entity) continue;
    const bool person = scene.entities.entities[*speaker].kind == EntityKind::kPerson;
    if (person && !is_named_in(scene, number, *speaker)) return speaker;
  }
  return std::nullopt;
}

bool is_personal(std::string_view lemma) {
  const auto sense = entities::noun_sense(lemma);
  const auto source = source_noun(lemma);
  return sense ? sense->kind == EntityKind::kPerson : source == SourceKind::kUnnamed;
}

bool is_first_told_of(const SpeechScene& scene, const Mention& noun) {
  const auto& mentions = scene.entities.entities[noun.entity].mentions;
  return std::ranges::all_of(mentions, [&](std::uint32_t m) {
    const Mention& other = scene.entities.mentions[m];
    return other.head == noun.head || other.form == MentionForm::kPronoun;
  });
}

// "Bell has said that she regrets it. “…,” the singer said": one whom "the" does not introduce is
// who was just told to speak.
std::optional<std::uint32_t> by_another_word(const SpeechScene& scene, std::size_t number,
                                             const Mention& noun) {
  const Doc& doc = scene.doc;
  if (scene.attributions[number].form != AttributionForm::kDirect || doc[noun.head].tag != "NN" ||
      doc[noun.tokens.begin].lower != "the" || noun.tokens.end != noun.head + 1 ||
      scene.entities.entities[noun.entity].kind != EntityKind::kPerson ||
      !is_personal(doc[noun.head].lemma) || !is_first_told_of(scene, noun) ||
      answers(doc, scene.candidates[number]))
    return std::nullopt;
  const auto before = told_before(scene, number);
  const auto speaker = before ? scene.attributions[*before].speaker : std::nullopt;
  if (!speaker || scene.entities.entities[*speaker].kind != EntityKind::kPerson ||
      is_named_in(scene, number, *speaker))
    return std::nullopt;
  const bool alike = scene.entities.entities[*speaker].named ||
                     source_noun(doc[noun.head].lemma) == SourceKind::kUnnamed;
  return alike ? speaker : std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> speaker_before(const SpeechScene& scene, std::size_t number) {
  const std::uint32_t line = scene.lines[scene.candidates[number].content.front().begin];
  for (std::size_t j = number; j-- > 0;) {
    if (scene.attributions[j].parent) continue;
    const std::uint32_t other = scene.lines[scene.candidates[j].content.back().end - 1];
    if (line > other + kLinesBack) return std::nullopt;
    if (scene.attributions[j].speaker && scene.attributions[j].form != AttributionForm::kIndirect)
      return scene.attributions[j].speaker;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> speaker_of_noun(const SpeechScene& scene, std::size_t number,
                                             std::uint32_t head) {
  const auto mention = scene.entities.mention_headed_by(head);
  if (!mention) return std::nullopt;
  const Mention& noun = scene.entities.mentions[*mention];
  const Entity& entity = scene.entities.entities[noun.entity];
  if (const auto other = other_than_named(scene, number, noun)) return other;
  if (const auto aged = of_that_age(scene, number, noun)) return aged;
  if (!entity.named)
    if (const auto same = by_another_word(scene, number, noun)) return same;
  if (entity.mentions.size() != 1) return std::nullopt;
  if (const auto named = named_by_noun(scene, noun.tokens, head)) return named;
  return entity.named ? std::nullopt : who_goes_on(scene, number, noun);
}

}  // namespace dateline::attributions
