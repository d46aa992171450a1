#pragma once
// Source entities: the entity that the words of a source name; made where no mention stands there.
#include <optional>
#include <string>
#include <vector>

#include "dateline/entities/entity.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// The mention headed by the token, else the smallest name that holds it, else one that the source
// is word for word; "(@annabell)" after a signature is Ann A. Bell where the article names one so.
[[nodiscard]] std::optional<std::uint32_t> entity_at(const Doc& doc, Entities& entities,
                                                     std::uint32_t head,
                                                     const std::vector<TokenSpan>& source);

// The name that stands in apposition to the one that `head` describes ("its chief negotiator, Helen
// Strand", "the novelist Peter Oru"), where it is that of an entity; else `head`.
[[nodiscard]] std::uint32_t name_beside(const Doc& doc, const Entities& entities,
                                        std::uint32_t head, const std::vector<TokenSpan>& source);

// The entity that is elsewhere called with the words of `source`, else a new unnamed one ("sources
// close to Bell"); its mention is put last: call order_mentions before anything else reads them.
std::uint32_t make_entity(const Doc& doc, Entities& entities, std::uint32_t head, TokenSpan source);

// Gives a mention to another entity.
void move_mention(Entities& entities, std::uint32_t mention, std::uint32_t to);

// Puts the mentions into text order again and numbers them anew. O(mentions log mentions).
void order_mentions(Entities& entities);

}  // namespace dateline::attributions
