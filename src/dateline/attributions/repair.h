#pragma once
// Repair: what the tree says against the reading of the tagger and linker.
#include "dateline/attributions/candidate.h"

namespace dateline::attributions {

// Puts the source right where the tree shows that it cannot speak: the subject of a passive ("Ms
// Grey was told by the clerk that …": the clerk, or nobody named), part of a noun phrase, which is
// widened to the whole, and two clauses, of which who says it is left.
void repair_source(const Doc& doc, Candidate& candidate);

// Puts the edges of the content right: a word left out between two pieces of one sentence, a piece
// that ends within a phrase or with a word that joins, and a content of which no word was read.
void repair_content(const Doc& doc, Candidate& candidate);

// False for a reading that no repair saves: somebody who "seems" or gives no answer, what "you" are
// to think, and a content that is a relative clause cut off its noun.
[[nodiscard]] bool is_readable(const Doc& doc, const Candidate& candidate);

// Whether the content is a clause, not a thing of which a clause is told.
[[nodiscard]] bool tells_clause(const Doc& doc, const Candidate& candidate);

// Whether a reading inside another's words is worth a line: a word of the lexicon says so, its
// content has a verb, and it is no wish (as FrameUse::kInside).
[[nodiscard]] bool is_worth_nesting(const Doc& doc, const Candidate& candidate);

}  // namespace dateline::attributions
