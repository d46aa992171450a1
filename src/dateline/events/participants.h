#pragma once
// Participants: who and what takes part in an event, by the tree.
#include <vector>

#include "dateline/events/find_events.h"
#include "dateline/events/triggers.h"

namespace dateline::events {

// What each token heads, so that lookups cost O(1). Borrows the input.
class MentionIndex {
 public:
  explicit MentionIndex(const EventInput& input);
  // The widest mention headed by the token.
  [[nodiscard]] const Mention* headed_by(std::uint32_t token) const;
  // Whether a time expression covers the token.
  [[nodiscard]] bool in_time(std::uint32_t token) const { return time_of_[token] >= 0; }
  // The expression that covers the token, -1 for none.
  [[nodiscard]] std::int32_t time_of(std::uint32_t token) const { return time_of_[token]; }

 private:
  const EventInput& input_;
  std::vector<std::int32_t> mention_of_, time_of_;
};

// Doers first; a group whose members are known counts as these. No token twice.
[[nodiscard]] std::vector<Participant> find_participants(const EventInput& input,
                                                         const MentionIndex& index,
                                                         const Trigger& trigger);

}  // namespace dateline::events
