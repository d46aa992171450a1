#pragma once
// Speech: the quotations that somebody said, joined with the verb that governs them.
#include <span>
#include <vector>

#include "dateline/attributions/candidate.h"
#include "dateline/attributions/frames.h"
#include "dateline/attributions/quotation.h"

namespace dateline::attributions {

// A quotation is speech when a verb of saying stands beside it in its line (Origin::kQuotation), or
// when its shape says so: a sentence of some length, not a title (Origin::kBare, without cue and
// source). Quotations of one line under one verb are one candidate, and so are those of paragraphs
// that open with a mark because the one before was not closed. Fragments inside a clause are left
// to the clause.
[[nodiscard]] std::vector<Candidate> find_speech(const Doc& doc, std::span<const Quotation> marks,
                                                 std::span<const Frame> frames);

// Four words or more that end like a sentence, seven that begin like one, or fewer that do both;
// titles in capitals are none.
[[nodiscard]] bool is_sentence_like(const Doc& doc, TokenSpan inside);

// Speech quoted within the quotations `marks`: “My father told me, ‘…’”. A whole sentence in marks
// of its own that a comma or a colon leads in; with the nearest verb of saying before it.
[[nodiscard]] std::vector<Candidate> find_nested_speech(const Doc& doc,
                                                        std::span<const Quotation> marks,
                                                        std::span<const Frame> frames);

}  // namespace dateline::attributions
