#include "dateline/attributions/own_words.h"

#include <optional>
#include <string>
#include <string_view>

#include "dateline/attributions/source_entity.h"
#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::attributions {
namespace {

using entities::PronounSense;

constexpr std::uint32_t kSentencesBack = 3;

bool speaks_of_one(const PronounSense* sense) {
  return sense && sense->person == 3 && sense->number == entities::Number::kSingular &&
         !sense->thing;
}

// Neither the given name nor a pronoun for the entity tells the other gender.
bool agrees(const Doc& doc, const Entities& all, const Entity& entity, const PronounSense& sense) {
  const auto differs = [&](float female) {
    return sense.female > 0.5F ? female < 0.1F : female > 0.9F;
  };
  const std::string given = to_lower(entity.name.substr(0, entity.name.find(' ')));
  if (entity.named && entities::is_given_name(given))
    return !differs(entities::female_share(given));
  for (const std::uint32_t m : entity.mentions) {
    const PronounSense* other = entities::pronoun_sense(doc[all.mentions[m].head].lower);
    if (speaks_of_one(other)) return !differs(other->female);
  }
  return true;
}

std::optional<std::uint32_t> last_told(const Doc& doc, const Entities& entities,
                                       std::uint32_t mention, std::uint32_t speaker,
                                       const PronounSense& sense) {
  const std::uint32_t sentence = doc[entities.mentions[mention].head].sentence;
  for (std::uint32_t m = mention; m-- > 0;) {
    const Mention& told = entities.mentions[m];
    if (doc[told.head].sentence + kSentencesBack < sentence) break;
    const Entity& entity = entities.entities[told.entity];
    if (told.entity != speaker && entity.kind == EntityKind::kPerson && entity.named &&
        agrees(doc, entities, entity, sense))
      return told.entity;
  }
  return std::nullopt;
}

}  // namespace

void disown_third_person(const Doc& doc, const Candidate& candidate, std::uint32_t speaker,
                         const std::function<bool(std::uint32_t)>& is_others, Entities& entities) {
  for (const TokenSpan span : candidate.content)
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      const PronounSense* sense = entities::pronoun_sense(doc[i].lower);
      if (!speaks_of_one(sense) || is_others(i)) continue;
      const auto mention = entities.mention_headed_by(i);
      if (!mention || entities.mentions[*mention].entity != speaker) continue;
      if (const auto other = last_told(doc, entities, *mention, speaker, *sense))
        move_mention(entities, *mention, *other);
    }
}

}  // namespace dateline::attributions
