#pragma once
// Layout: who says what by the form of the page: transcripts ("GREY: …") and embedded posts
// ("… — Ada Grey (@adagrey) May 3, 2019").
#include <span>
#include <vector>

#include "dateline/attributions/candidate.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// Turns of a transcript: lines that begin with a name in capitals and a colon, where the text has
// two or more; their cue is the colon. Origin::kQuotation.
[[nodiscard]] std::vector<Candidate> find_turns(const Doc& doc, std::span<const TokenSpan> lines);

// Posts signed with a handle in brackets, without cue; the content is what stands before the dash
// in the line, back to the post before or to a colon that ends a sentence. Origin::kQuotation.
[[nodiscard]] std::vector<Candidate> find_posts(const Doc& doc, std::span<const TokenSpan> lines);

}  // namespace dateline::attributions
