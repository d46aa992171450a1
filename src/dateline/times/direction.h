#pragma once
// Direction: whether a bare "Friday" or "March" lies before or after the day of publication, as far
// as the grammar about it tells: the word before it, and the tense of the verb that governs it.
#include <cstdint>

#include "dateline/base/span.h"
#include "dateline/language/doc.h"

namespace dateline::times {

enum class Direction : std::uint8_t {
  kPast,
  kPresent,  // a present tense: the coming one for days, either for months
  kFuture,
  kUnknown
};

// The direction for an expression over `tokens` of `doc`. Total; O(depth of the tree).
[[nodiscard]] Direction direction_of(const Doc& doc, TokenSpan tokens);

// The expression after "in" or "on" belongs to a verb in the past that tells what happened ("burned
// in January", "on May 2"), not what was planned or told of, or to "ended"; no noun or infinitive
// lies between. Total; O(children).
[[nodiscard]] bool happened_then(const Doc& doc, TokenSpan tokens);

// The expression dates a telling: "relatives said Monday", "told the court on Monday". Total; O(1).
[[nodiscard]] bool dates_telling(const Doc& doc, TokenSpan tokens);

// The token of `tokens` whose head lies outside them.
[[nodiscard]] std::uint32_t root_of(const Doc& doc, TokenSpan tokens);

}  // namespace dateline::times
