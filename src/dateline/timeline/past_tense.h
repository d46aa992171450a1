#pragma once
// The past tense of an English verb.
#include <string>
#include <string_view>

namespace dateline::timeline {

// "Graduated" of "graduate": by data/timeline/past_forms.tsv, else by the rules of spelling (a
// final e, y behind a consonant, the consonant of a short word doubled). `lemma` in lower case; ""
// gives
// "". O(1).
[[nodiscard]] std::string past_tense(std::string_view lemma);

}  // namespace dateline::timeline
