#pragma once
// Entity: someone or something that the article speaks of, with all the places where it does.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"

namespace dateline {

enum class EntityKind { kPerson, kOrg, kPlace, kGroup, kProduct, kWork, kEvent, kOther };
enum class MentionForm { kName, kNominal, kPronoun };

struct Mention {
  ByteSpan span;           // TimeML-like extent: with determiner, without trailing clauses
  TokenSpan tokens;        // the same in tokens
  std::uint32_t head = 0;  // head token
  MentionForm form = MentionForm::kName;
  std::uint32_t entity = 0;  // index in Entities::entities
};

struct Entity {
  EntityKind kind = EntityKind::kOther;
  std::string name;  // the fullest name used; for unnamed ones the fullest description
  std::vector<std::string> aliases, descriptions;  // other names; nominals with role or kin words
  std::vector<std::uint32_t> mentions;             // indices in Entities::mentions, in text order
  std::vector<std::uint32_t> members;              // of a GROUP whose members are known
  bool named = false;                              // has a mention of form kName
};

// All entities of an article, in order of first mention, and all mentions in text order.
struct Entities {
  std::vector<Entity> entities;
  std::vector<Mention> mentions;

  // For each token 1 + the number of the widest mention that it heads, 0 for none; heads of
  // appositions count for the mention that they stand in. Empty until index_heads().
  std::vector<std::uint32_t> by_head;

  // The mention whose head is `token`, the widest one where several are; none if no mention has it.
  // O(1) once indexed, else O(mentions).
  [[nodiscard]] std::optional<std::uint32_t> mention_headed_by(std::uint32_t token) const {
    if (!by_head.empty())
      return token < by_head.size() && by_head[token] != 0 ? std::optional(by_head[token] - 1)
                                                           : std::nullopt;
    std::optional<std::uint32_t> best;
    for (std::uint32_t i = 0; i < mentions.size(); ++i)
      if (mentions[i].head == token &&
          (!best || mentions[i].span.size() > mentions[*best].span.size()))
        best = i;
    return best;
  }
  // The entity of that mention.
  [[nodiscard]] std::optional<std::uint32_t> entity_headed_by(std::uint32_t token) const {
    const auto mention = mention_headed_by(token);
    return mention ? std::optional(mentions[*mention].entity) : std::nullopt;
  }

  // "They", "the couple": an unnamed group of two who are known by name.
  [[nodiscard]] bool is_known_pair(const Entity& entity) const {
    const auto is_named = [&](std::uint32_t number) {
      return number < entities.size() && entities[number].named;
    };
    return !entity.named && entity.members.size() == 2 && is_named(entity.members[0]) &&
           is_named(entity.members[1]);
  }
  // What to call an entity: the names of a known pair, else its own.
  [[nodiscard]] std::string name_of(const Entity& entity) const {
    if (!is_known_pair(entity)) return entity.name;
    return entities[entity.members[0]].name + " and " + entities[entity.members[1]].name;
  }
};

[[nodiscard]] constexpr std::string_view name_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::kPerson:
      return "PERSON";
    case EntityKind::kOrg:
      return "ORG";
    case EntityKind::kPlace:
      return "PLACE";
    case EntityKind::kGroup:
      return "GROUP";
    case EntityKind::kProduct:
      return "PRODUCT";
    case EntityKind::kWork:
      return "WORK";
    case EntityKind::kEvent:
      return "EVENT";
    case EntityKind::kOther:
      return "OTHER";
  }
  return "OTHER";
}

[[nodiscard]] constexpr std::string_view name_of(MentionForm form) {
  switch (form) {
    case MentionForm::kName:
      return "name";
    case MentionForm::kNominal:
      return "nominal";
    case MentionForm::kPronoun:
      return "pronoun";
  }
  return "name";
}

}  // namespace dateline
