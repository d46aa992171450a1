#pragma once
// Speaker pronouns: "he said" and "it added", chosen anew where speech tells more than coreference
// saw: nobody speaks of himself as "he" in his own speech, and who spoke last goes on.
#include <optional>
#include <vector>

#include "dateline/attributions/attribution.h"
#include "dateline/attributions/candidate.h"
#include "dateline/entities/entity.h"

namespace dateline::attributions {

struct SpeechScene {
  const Doc& doc;
  const std::vector<Candidate>& candidates;
  const std::vector<Attribution>& attributions;  // speakers of outer and earlier ones are known
  const Entities& entities;
  const std::vector<std::uint32_t>& lines;  // of every token
};

// The entity that the singular third-person pronoun `head`, the source of attribution `number`,
// stands for; what coreference chose where nothing speaks against it. O(attributions + mentions).
[[nodiscard]] std::optional<std::uint32_t> speaker_of_pronoun(const SpeechScene& scene,
                                                              std::size_t number,
                                                              std::uint32_t head);

}  // namespace dateline::attributions
