#pragma once
// Join: the one place that decides between candidates, and turns those that stay into attributions.
#include <span>
#include <vector>

#include "dateline/attributions/attribution.h"
#include "dateline/attributions/candidate.h"
#include "dateline/attributions/model.h"
#include "dateline/attributions/quotation.h"

namespace dateline::attributions {

// Quotations that the content holds the greater part of become part of it as a whole.
void widen(const Doc& doc, std::span<const TokenSpan> quotations, Candidate& candidate);

// What stays of the rules' candidates: of two on the same words the surer origin (quotation, frame,
// bare), in the order of their content.
[[nodiscard]] std::vector<Candidate> join_rules(const Doc& doc, std::vector<Candidate> candidates);

// What stays when the tagger and linker has read the text, too: what it is sure of, its contents
// widened to whole quotations; quotations that a verb governs, with less of its consent, or without
// any where it found nothing; frames that are sure where nothing else speaks of their words, the
// others only inside other contents.
[[nodiscard]] std::vector<Candidate> join_learned(const Doc& doc, std::span<const Quotation> marks,
                                                  const std::vector<Candidate>& rules,
                                                  std::vector<Candidate> learned,
                                                  const Thresholds& thresholds);

// Adds what stands inside the contents of `outer`: `inner` of the tagger and linker, and the frames
// of its cues where it took all of a content for the same words.
void join_nested(const Doc& doc, std::vector<Candidate>& outer, std::vector<Candidate> inner,
                 const std::vector<Candidate>& frames, const Thresholds& thresholds);

// The candidates as attributions, each with form, spans and parent, without speakers, in order of
// the first content byte; `candidates` is brought into the same order.
[[nodiscard]] std::vector<Attribution> to_attributions(const Doc& doc,
                                                       std::span<const Quotation> marks,
                                                       std::vector<Candidate>& candidates);

// Tokens that both have, over the tokens that either has; 0 for two empty ones.
[[nodiscard]] double overlap(const std::vector<TokenSpan>& a, const std::vector<TokenSpan>& b);

}  // namespace dateline::attributions
