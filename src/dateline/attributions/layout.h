#pragma once
// Layout: who says what by the form of the page: transcripts ("GREY: …") and embedded posts
// ("… — Ada Grey (@adagrey) May 3, 2019").
#include <span>
#include <vector>

#include "dateline/attributions/candidate.h"
#include "dateline/attributions/quotation.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// Turns of a transcript: lines that begin with a name in capitals and a colon, where the text has
// two or more, with the quoted lines that follow them; their cue is the colon. Labels of pages
// ("WATCH:", data/attributions/labels.tsv) are no names. Origin::kQuotation.
[[nodiscard]] std::vector<Candidate> find_turns(const Doc& doc, std::span<const TokenSpan> lines);

// Posts signed with a handle in brackets, without cue; the content is what stands before the dash
// in the line, back to the post before or to a colon that ends a sentence. Origin::kQuotation.
[[nodiscard]] std::vector<Candidate> find_posts(const Doc& doc, std::span<const TokenSpan> lines);

// Quotations signed behind a dash (“…” ― Ada Grey), in the same line or the next, and quotations
// that a short line leads in with a colon (Grey on the levy: “…”). Their cue is the dash or the
// colon; of a clause that leads in (Grey had a question for the clerk: “…”) its verb and the rest.
[[nodiscard]] std::vector<Candidate> find_signed(const Doc& doc, std::span<const Quotation> marks,
                                                 std::span<const TokenSpan> lines);

}  // namespace dateline::attributions
