#include "dateline/attributions/speaker.h"

#include <algorithm>
#include <numeric>

#include "dateline/attributions/lexicon.h"
#include "dateline/base/ascii.h"

namespace dateline::attributions {
namespace {

bool is_indefinite(const Token& token) {
  static constexpr std::string_view kWords[] = {"some",   "many",    "others", "most",
                                                "few",    "several", "anyone", "everyone",
                                                "nobody", "no",      "none",   "those"};
  return token.pos == "PRON" && std::ranges::find(kWords, token.lower) != std::end(kWords);
}

bool is_relative(const Token& token) { return token.tag == "WP" || token.tag == "WDT"; }

// "who said": the noun that the relative clause hangs on.
std::uint32_t antecedent(const Doc& doc, std::uint32_t head) {
  if (!is_relative(doc[head])) return head;
  const std::uint32_t verb = doc[head].head;
  return doc[verb].dep == "relcl" ? doc[verb].head : head;
}

// The mention headed by the token, else the smallest that holds it, else the first in the source.
std::optional<std::uint32_t> entity_at(const Entities& entities, std::uint32_t head,
                                       const std::vector<TokenSpan>& source) {
  if (const auto entity = entities.entity_headed_by(head)) return entity;
  const Mention* best = nullptr;
  for (const Mention& mention : entities.mentions) {
    if (!mention.tokens.contains(head)) continue;
    if (best == nullptr || mention.span.size() < best->span.size()) best = &mention;
  }
  if (best != nullptr && best->form == MentionForm::kName) return best->entity;
  for (const TokenSpan span : source)
    for (const Mention& mention : entities.mentions)
      if (span.begin == mention.tokens.begin && span.end == mention.tokens.end)
        return mention.entity;
  return std::nullopt;
}

// "GREY" in a transcript, whatever the tagger makes of it.
bool is_capitals(std::string_view text) {
  return text.size() > 2 && std::ranges::all_of(text, is_upper);
}

SourceKind kind_of(const Doc& doc, std::uint32_t head, const Entities& entities,
                   std::optional<std::uint32_t> speaker) {
  const Token& token = doc[head];
  if (token.pos == "PROPN" || is_capitals(token.text)) return SourceKind::kNamed;
  if (token.pos == "PRON" && speaker && entities.entities[*speaker].named)
    return SourceKind::kNamed;
  const auto listed = source_noun(token.lemma);
  if (listed && *listed != SourceKind::kUnnamed) return *listed;
  if (token.tag == "NNS" || is_indefinite(token) || token.lower == "they")
    return SourceKind::kCollective;
  if (listed) return *listed;
  return speaker && entities.entities[*speaker].named ? SourceKind::kNamed : SourceKind::kUnnamed;
}

bool is_first_person(const Token& token, bool plural) {
  static constexpr std::string_view kSingular[] = {"i", "me", "my", "mine", "myself"};
  static constexpr std::string_view kPlural[] = {"we", "us", "our", "ours", "ourselves"};
  if (token.pos != "PRON" && !token.tag.starts_with("PRP")) return false;
  return std::ranges::find(kSingular, token.lower) != std::end(kSingular) ||
         (plural && std::ranges::find(kPlural, token.lower) != std::end(kPlural));
}

void move_mention(Entities& entities, std::uint32_t mention, std::uint32_t to) {
  const std::uint32_t from = entities.mentions[mention].entity;
  if (from == to) return;
  std::erase(entities.entities[from].mentions, mention);
  auto& mine = entities.entities[to].mentions;
  mine.insert(std::ranges::upper_bound(mine, mention), mention);
  entities.mentions[mention].entity = to;
}

// Gives "I" and "my" (and "we" of a body) in the content to the speaker.
void claim_first_person(const Doc& doc, const Candidate& candidate, std::uint32_t speaker,
                        const std::vector<std::size_t>& inner,
                        const std::vector<Candidate>& candidates, Entities& entities) {
  const EntityKind kind = entities.entities[speaker].kind;
  const bool plural = kind == EntityKind::kOrg || kind == EntityKind::kGroup;
  const auto quoted_inside = [&](std::uint32_t token) {
    return std::ranges::any_of(inner, [&](std::size_t i) {
      return std::ranges::any_of(candidates[i].content,
                                 [&](TokenSpan span) { return span.contains(token); });
    });
  };
  for (const TokenSpan span : candidate.content)
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      if (!is_first_person(doc[i], plural) || quoted_inside(i)) continue;
      if (const auto mention = entities.mention_headed_by(i))
        move_mention(entities, *mention, speaker);
    }
}

std::size_t depth_of(const std::vector<Attribution>& attributions, std::size_t i) {
  std::size_t depth = 0;
  while (attributions[i].parent && depth < attributions.size()) {
    i = *attributions[i].parent;
    ++depth;
  }
  return depth;
}

bool is_direct(const Attribution& attribution) {
  return attribution.form == AttributionForm::kDirect;
}

// The speaker of the direct speech before, near enough to go on.
std::optional<std::uint32_t> continued(const std::vector<Candidate>& candidates,
                                       const std::vector<Attribution>& attributions, std::size_t i,
                                       const std::vector<std::uint32_t>& lines) {
  const std::uint32_t line = lines[candidates[i].content.front().begin];
  for (std::size_t j = i; j-- > 0;) {
    if (attributions[j].parent) continue;
    const std::uint32_t other = lines[candidates[j].content.back().end - 1];
    if (line > other + 2) return std::nullopt;
    if (attributions[j].speaker && attributions[j].form != AttributionForm::kIndirect)
      return attributions[j].speaker;
  }
  return std::nullopt;
}

std::vector<std::size_t> direct_inside(const std::vector<Attribution>& attributions,
                                       std::size_t outer) {
  std::vector<std::size_t> inside;
  for (std::size_t j = 0; j < attributions.size(); ++j)
    if (attributions[j].parent == outer && is_direct(attributions[j])) inside.push_back(j);
  return inside;
}

}  // namespace

void resolve_speakers(const Doc& doc, const std::vector<Candidate>& candidates,
                      std::vector<Attribution>& attributions, Entities& entities) {
  const std::vector<std::uint32_t> lines = lines_of(doc);
  std::vector<std::size_t> order(attributions.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return depth_of(attributions, i); });
  for (const std::size_t i : order) {
    Attribution& attribution = attributions[i];
    if (candidates[i].source_head) {
      const std::uint32_t head = antecedent(doc, *candidates[i].source_head);
      if (!is_indefinite(doc[head]))
        attribution.speaker = entity_at(entities, head, candidates[i].source);
      attribution.source_kind = kind_of(doc, head, entities, attribution.speaker);
    } else if (is_direct(attribution) && !attribution.parent) {
      attribution.speaker = continued(candidates, attributions, i, lines);
      attribution.source_kind = attribution.speaker ? SourceKind::kNamed : SourceKind::kNone;
    }
    if (attribution.speaker && attribution.form != AttributionForm::kIndirect)
      claim_first_person(doc, candidates[i], *attribution.speaker, direct_inside(attributions, i),
                         candidates, entities);
  }
}

}  // namespace dateline::attributions
