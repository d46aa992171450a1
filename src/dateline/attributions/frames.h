#pragma once
// Frames: the verbs and nouns of the lexicon, "according to" and adverbs of report, with what the
// tree gives as their subject and clause.
#include <optional>
#include <vector>

#include "dateline/attributions/candidate.h"
#include "dateline/attributions/lexicon.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

struct Frame {
  std::uint32_t verb = 0;  // token
  CueClass cue_class = CueClass::kSay;
  TokenSpan cue;  // the verb with its auxiliaries, adverbs and particle
  std::optional<std::uint32_t> source_head;
  TokenSpan source;                // empty: none
  std::vector<TokenSpan> content;  // empty: the tree shows no clause
  bool adverb = false;             // "reportedly": no source, and no other reading
  bool noun = false;               // "the claim that …"
  bool hearsay = false;            // "it is understood that", "the court was told that"
  bool infinitive = false;         // the content is one ("to run again")
};

// Whether the source is nobody in particular: "you", "nobody", "who", "a candidate".
[[nodiscard]] bool is_anyone(const Doc& doc, std::uint32_t source);

// Who does what the verb says by the tree: its subject, the agent of a passive, the subject shared
// over "and", the noun that a participle hangs on.
[[nodiscard]] std::optional<std::uint32_t> teller_of(const Doc& doc, std::uint32_t verb);

// The noun phrase of `head` as a source: on one side of the cue, in one line, without what stands
// at its edges.
[[nodiscard]] TokenSpan source_phrase(const Doc& doc, std::uint32_t head, TokenSpan cue);

// "recalled the pilot telling them": the object that stands just before the participle, which the
// tree gives to the verb above.
[[nodiscard]] std::optional<std::uint32_t> object_before(const Doc& doc, std::uint32_t participle);

// "They have called it quits", "called it a day": they part; `words` stand behind the verb.
[[nodiscard]] bool is_idiom(const Doc& doc, std::uint32_t verb, TokenSpan words);

// In order of their verbs. Needs tags, lemmas and the tree; a Doc without has no frames.
[[nodiscard]] std::vector<Frame> find_frames(const Doc& doc);

enum class FrameUse {
  kAll,     // every frame that has content
  kInside,  // those worth a line inside another's speech: no wishes, nothing that "you" know
};

// Frames that have content, as candidates.
[[nodiscard]] std::vector<Candidate> frame_candidates(const Doc& doc,
                                                      const std::vector<Frame>& frames,
                                                      FrameUse use);

}  // namespace dateline::attributions
