#pragma once
// Rivals: what the first look at all pairs of a text says of the pairs that compete with one or
// support it: the same subject with others, the same two by other mentions, the two exchanged.
#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "dateline/neural/matrix.h"
#include "dateline/relations/arguments.h"

namespace dateline::relations {

struct Pair {
  std::uint32_t subject = 0, object = 0;  // arguments
};

// Of the pairs of one passage or sentence; borrows all three. Making it is linear in the pairs, a
// look linear in the pairs that share a side.
class Rivals {
 public:
  static constexpr std::size_t kKinds = 7;
  // What stands for a pair that is not there, and the range of logits.
  static constexpr float kNone = -8, kMost = 8;

  // `logits`: a row a pair, a column a relation.
  Rivals(const Arguments& arguments, std::span<const Pair> pairs, const neural::Matrix& logits);

  // Fills `out`, kKinds rows of one number a relation: the highest logit among the pairs of
  //   0 this subject with another entity,   1 another entity with this object,
  //   2 the same entities, other mentions,  3 the two exchanged,
  //   4 this subject with another mention,  5 another mention with this object,
  //   6 the entities exchanged.
  void look(std::size_t pair, neural::Matrix& out) const;

 private:
  // The two highest logits and the pair of the first, for each relation.
  struct Best {
    std::vector<float> first, second;
    std::vector<std::size_t> pair;
  };
  using Key = std::pair<std::int64_t, std::int64_t>;

  [[nodiscard]] std::int64_t entity(std::uint32_t argument) const;
  [[nodiscard]] Key entities(const Pair& pair, bool exchanged) const;
  void add(Best& best, std::size_t pair);
  static void take(const Best& best, std::size_t pair, std::span<float> out);
  void look_at(const std::vector<std::size_t>& others, std::size_t pair, bool by_subject,
               neural::Matrix& out) const;

  const Arguments& arguments_;
  std::span<const Pair> pairs_;
  const neural::Matrix& logits_;
  std::map<std::uint32_t, std::vector<std::size_t>> by_subject_, by_object_;
  std::map<Key, Best> by_entities_;
  std::map<Key, std::size_t> by_mentions_;
};

}  // namespace dateline::relations
