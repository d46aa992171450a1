#pragma once
// Members: whom a word for several people means: "the couple", "the trio", "they".
#include <cstdint>
#include <vector>

#include "dateline/entities/clusters.h"
#include "dateline/entities/recency.h"
#include "dateline/entities/story.h"

namespace dateline::entities {

// Borrows all but the scene. O(candidates of two sentences + clusters told of last), each.
struct Members {
  // The clusters of "the couple", "the trio", of a couple that the next sentence names, or of
  // "they", ascending; empty where the text does not tell.
  [[nodiscard]] std::vector<std::uint32_t> of(std::uint32_t candidate) const;

  // "Grant's wife found messages. The couple divorced": Grant and she, told of since the last two;
  // so are the two whom a verb binds. Else empty.
  [[nodiscard]] std::vector<std::uint32_t> spouses_before(std::uint32_t candidate) const;

  // "They" right behind two people are these, not two of an earlier sentence.
  [[nodiscard]] bool are_others(std::uint32_t candidate, const Cluster& chosen) const;

  Scene scene;
  const Recency& recency;
  const Story& story;
};

}  // namespace dateline::entities
