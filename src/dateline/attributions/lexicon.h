#pragma once
// Lexicon: the verbs and nouns that attribute and what head nouns say of sources
// (data/attributions/*.tsv).
#include <optional>
#include <string_view>

#include "dateline/attributions/attribution.h"

namespace dateline::attributions {

enum class CueClass {
  kSay,    // may govern a direct quotation
  kThink,  // thought, wish, stance
};

// The class of a verb's lemma (lower case); none where it does not attribute.
[[nodiscard]] std::optional<CueClass> cue_class(std::string_view lemma);
// Whether the verb in the passive says that others say so: "is understood to have left".
[[nodiscard]] bool is_hearsay_verb(std::string_view lemma);
// Whether the lemma is that of a noun that attributes the clause after it ("the claim that …").
[[nodiscard]] bool is_cue_noun(std::string_view lemma);
// Whether an adverb (lower case) says that others report its clause: "reportedly".
[[nodiscard]] bool is_report_adverb(std::string_view lower);
// kDocument, kUnnamed or kCollective for the lemma of a source's head noun; none where it says
// nothing.
[[nodiscard]] std::optional<SourceKind> source_noun(std::string_view lemma);

// Whether a word (lower case) labels parts of pages: "watch", "photos", "related".
[[nodiscard]] bool is_page_label(std::string_view lower);

}  // namespace dateline::attributions
