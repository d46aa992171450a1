#pragma once
// Tagged names: the names of the tagger, cut to what they name. What find_names builds on; not for
// other steps.
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "dateline/entities/find_names.h"

namespace dateline::entities {

using Words = std::set<std::string_view>;

// The name within what the tagger marked, without titles, origins and what it ran on into; none for
// what names nobody ("the Chief Constable"). O(tokens of the entity).
[[nodiscard]] std::optional<NameSpan> from_tagger(const Doc& doc, const NamedEntity& entity);

// "A spokesman for Clifton, Angel Urena,": two names that the tagger took for one. `known` are last
// words of persons' names: "she would marry Roe, Fay said".
[[nodiscard]] std::vector<NamedEntity> parted_at_comma(const Doc& doc, const NamedEntity& entity,
                                                       const Words& known);

// A word that may stand before a person's name without being part of it: the share of women among
// those it is said of.
[[nodiscard]] std::optional<float> title_at(const Doc& doc, std::uint32_t token);

// Titles go off the front: "President Ann Bell" is Ann Bell, and titled.
void strip_titles(const Doc& doc, NameSpan& name);

// Sets the head, and of a person without a title the gender that the given name tells.
void finish(const Doc& doc, NameSpan& name);

[[nodiscard]] bool is_proper(const Token& token);

// Whether `token` stands behind a verb that the tagger took into a person's name: "Ann confronts
// Bell".
[[nodiscard]] bool is_cut_off(const Doc& doc, std::uint32_t token);

}  // namespace dateline::entities
