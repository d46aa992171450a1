#pragma once
// Candidate: what may be an attribution, before one place (join.h) decides. Not part of the record.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

enum class Origin {
  kFrame,      // a verb of the lexicon with its subject and clause
  kAdverb,     // "reportedly" with its clause
  kQuotation,  // a quotation with the verb that governs it
  kBare,       // a quotation that stands without a cue
  kModel,      // tagger and linker
};

// Token ranges are in order and do not overlap.
struct Candidate {
  Origin origin = Origin::kFrame;
  std::vector<TokenSpan> content, cue, source;
  std::optional<std::uint32_t> source_head;
  bool verbatim = false;  // words of the source also without marks: a turn, a post
  bool sure = false;      // a frame that stands although the tagger and linker did not see it
  // Of the tagger and linker: probability of the cue times the mean of those of the content.
  double score = 0;
};

// The part of `span` without white space, commas, colons and dashes at its edges.
[[nodiscard]] TokenSpan trim(const Doc& doc, TokenSpan span);
// `spans` without `hole`; pieces that are only punctuation are dropped.
[[nodiscard]] std::vector<TokenSpan> without(const Doc& doc, const std::vector<TokenSpan>& spans,
                                             TokenSpan hole);
// The first child of the token by this relation.
[[nodiscard]] std::optional<std::uint32_t> child_with(const Doc& doc, std::uint32_t token,
                                                      std::string_view dep);

}  // namespace dateline::attributions
