#pragma once
// Story: what the form of a news article tells of whom it means. Its first sentence may speak of
// somebody whom the next names; a paragraph that opens with a pronoun goes on about the person of
// the title.
#include <cstdint>
#include <optional>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/entities/clusters.h"

namespace dateline::entities {

struct Story {
  std::vector<std::uint32_t> topics;   // groups of the persons whose family names the title has
  std::vector<std::uint32_t> pair;     // the two of the title, else of the first sentence; or none
  std::uint32_t begin = 0;             // the first candidate of the first paragraph
  std::vector<std::uint32_t> bylines;  // candidates in lines that name who wrote it, ascending
};

// `groups` is what join_names gave for `candidates`. O(candidates * length of the title).
[[nodiscard]] Story story_of(const Article& article, const Doc& doc,
                             const std::vector<Candidate>& candidates,
                             const std::vector<std::uint32_t>& groups);

// "A former accountant was jailed on Friday. Gerald Finch, 58, had …": the group of him whom the
// first sentence tells of without a name and the next names, with an age or a clause behind.
// O(candidates of two sentences), as all below.
[[nodiscard]] std::optional<std::uint32_t> named_after(const Scene& scene, const Story& story,
                                                       std::uint32_t candidate);

// "A couple who died in the crash were from Graz. Walter and Joan Pruitt, both 68, …": the groups
// of the two, in order; empty where it is no such couple.
[[nodiscard]] std::vector<std::uint32_t> two_named_after(const Scene& scene, const Story& story,
                                                         std::uint32_t candidate);

// "He married Ann Bell in 1993. The couple …": the two whom one verb binds or parts, in the
// sentence or two before; else empty.
[[nodiscard]] std::vector<std::uint32_t> wedded_before(const Scene& scene, const Story& story,
                                                       std::uint32_t candidate);

// "She left him in 2008": of the two of the story, a woman and a man, the one that the pronoun
// fits, where it and its opposite are subject and object of one verb and the paragraph is about the
// two.
[[nodiscard]] std::optional<std::uint32_t> one_of_pair(const Scene& scene, const Story& story,
                                                       std::uint32_t candidate);

// "At the time of his death": of whom the text tells that he died, where the pronoun fits.
[[nodiscard]] std::optional<std::uint32_t> who_died(const Scene& scene, const Story& story,
                                                    std::uint32_t candidate);

// "The pair", in a paragraph that has named nobody else: the two of the story; else empty.
[[nodiscard]] std::vector<std::uint32_t> two_of_title(const Scene& scene, const Story& story,
                                                      std::uint32_t candidate);

// "She left school at 14 …", at the head of a paragraph: the topic, unless the paragraph before was
// about another whom the pronoun fits.
[[nodiscard]] std::optional<std::uint32_t> topic_of_paragraph(const Scene& scene,
                                                              const Story& story,
                                                              std::uint32_t candidate);

}  // namespace dateline::entities
