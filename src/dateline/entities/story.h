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

// Asks the story whom a candidate means. Borrows the story and what the scene borrows. Each asks
// two sentences or a paragraph; who_died all before.
class Teller {
 public:
  Teller(const Scene& scene, const Story& story)
      : doc_(scene.doc),
        all_(scene.candidates),
        clusters_(scene.clusters),
        cluster_of_(scene.cluster_of),
        named_(scene.named),
        story_(story) {}

  // "A former accountant was jailed on Friday. Gerald Finch, 58, had …": the group of him whom the
  // first sentence tells of without a name and the next names, with an age or a clause behind.
  [[nodiscard]] std::optional<std::uint32_t> named_after(std::uint32_t c) const;

  // "A couple who died in the crash were from Graz. Walter and Joan Pruitt, both 68, …": the groups
  // of the two, in order; empty where it is no such couple.
  [[nodiscard]] std::vector<std::uint32_t> two_named_after(std::uint32_t c) const;

  // "He married Ann Bell in 1993. The couple …": the two whom one verb binds or parts, in the
  // sentence or two before; else empty.
  [[nodiscard]] std::vector<std::uint32_t> wedded_before(std::uint32_t c) const;

  // "She left him in 2008": of the two of the story, a woman and a man, the one that the pronoun
  // fits, where it and its opposite are subject and object of one verb and the paragraph is about
  // the two.
  [[nodiscard]] std::optional<std::uint32_t> one_of_pair(std::uint32_t c) const;

  // "At the time of his death": of whom the text tells that he died, where the pronoun fits.
  [[nodiscard]] std::optional<std::uint32_t> who_died(std::uint32_t c) const;

  // "The pair", in a paragraph that has named nobody else: the two of the story; else empty.
  [[nodiscard]] std::vector<std::uint32_t> two_of_title(std::uint32_t c) const;

  // "She left school at 14 …", at the head of a paragraph: the topic, unless the paragraph before
  // was about another whom the pronoun fits.
  [[nodiscard]] std::optional<std::uint32_t> topic_of_paragraph(std::uint32_t c) const;

 private:
  // "She is survived by two sons": nobody but whose death is told.
  [[nodiscard]] bool is_survived(std::uint32_t c) const;

  // The subject of the paragraph's first sentence, or whose that is, with no person named before.
  [[nodiscard]] bool opens_paragraph(std::uint32_t c) const;

  [[nodiscard]] static bool fits(const PronounSense& pronoun, const Cluster& cluster);

  // A main clause of the paragraph before has another for its subject.
  [[nodiscard]] bool is_about_another(std::uint32_t c, std::uint32_t topic) const;

  // "She" and "him" of one verb.
  [[nodiscard]] bool faces_its_opposite(std::uint32_t c) const;

  // In its paragraph, by itself or with the other.
  [[nodiscard]] bool is_told_of_nearby(std::uint32_t c, std::uint32_t one) const;

  // Nobody does anything before it, but in the title.
  [[nodiscard]] bool opens_story(std::uint32_t c) const;

  // "Dean Harker, of Ellesby,"
  [[nodiscard]] bool tells_home_of(std::uint32_t c) const;

  // "Gerald Finch, 58,"
  [[nodiscard]] bool tells_age_of(std::uint32_t c) const;

  [[nodiscard]] std::string_view verb_of(std::uint32_t c) const;

  // "A 41-year-old man" and "Leo Hart, 38,".
  [[nodiscard]] bool are_of_two_ages(std::uint32_t lead, std::uint32_t named) const;

  // "Cassidy Rowe, whose …", never named before.
  [[nodiscard]] bool tells_more_of(std::uint32_t c) const;

  const Doc& doc_;
  const std::vector<Candidate>& all_;
  const std::vector<Cluster>& clusters_;
  const std::vector<std::uint32_t>&cluster_of_, &named_;
  const Story& story_;
};

}  // namespace dateline::entities
