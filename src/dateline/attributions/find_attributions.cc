#include "dateline/attributions/find_attributions.h"

#include "dateline/attributions/frames.h"
#include "dateline/attributions/join.h"
#include "dateline/attributions/quotation.h"
#include "dateline/attributions/speaker.h"
#include "dateline/attributions/speech.h"

namespace dateline::attributions {
namespace {

// Shares of right ones among each origin on the development set.
double rule_confidence(Origin origin) {
  switch (origin) {
    case Origin::kQuotation:
      return 0.85;
    case Origin::kFrame:
      return 0.6;
    case Origin::kBare:
      return 0.3;
    case Origin::kModel:
      return 0.5;
  }
  return 0.5;
}

}  // namespace

std::vector<Attribution> find_attributions(const Article&, const Doc& doc, Entities& entities) {
  const std::vector<Quotation> marks = pair_quotations(doc.text());
  const std::vector<Frame> frames = find_frames(doc);
  std::vector<Candidate> candidates = find_speech(doc, marks, frames);
  for (Candidate& candidate : frame_candidates(frames)) candidates.push_back(std::move(candidate));
  candidates = join_rules(doc, std::move(candidates));
  std::vector<Attribution> attributions = to_attributions(doc, marks, candidates);
  for (std::size_t i = 0; i < attributions.size(); ++i)
    attributions[i].confidence = rule_confidence(candidates[i].origin);
  resolve_speakers(doc, candidates, attributions, entities);
  return attributions;
}

}  // namespace dateline::attributions
