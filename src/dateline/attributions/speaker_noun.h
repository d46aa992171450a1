#pragma once
// Speakers known by a noun that coreference left alone: "Police", "the inventor".
#include <optional>

#include "dateline/attributions/speaker_pronoun.h"

namespace dateline::attributions {

// The speaker of the speech before the attribution `number`, near enough to go on.
[[nodiscard]] std::optional<std::uint32_t> speaker_before(const SpeechScene& scene,
                                                          std::size_t number);

// The entity that the noun at `head` means, where it is the only mention of its own: the body whose
// longer name ends so ("Police" after "Arden Port Police"), or who spoke just before under a name
// ("The inventor also said").
[[nodiscard]] std::optional<std::uint32_t> speaker_of_noun(const SpeechScene& scene,
                                                           std::size_t number, std::uint32_t head);

}  // namespace dateline::attributions
