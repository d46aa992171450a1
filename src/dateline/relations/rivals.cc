#include "dateline/relations/rivals.h"

#include <algorithm>

namespace dateline::relations {

Rivals::Rivals(const Arguments& arguments, std::span<const Pair> pairs,
               const neural::Matrix& logits)
    : arguments_(arguments), pairs_(pairs), logits_(logits) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    by_subject_[pairs[i].subject].push_back(i);
    by_object_[pairs[i].object].push_back(i);
    by_mentions_[{pairs[i].subject, pairs[i].object}] = i;
    add(by_entities_[entities(pairs[i], /*exchanged=*/false)], i);
  }
}

// Those without an entity are each their own.
std::int64_t Rivals::entity(std::uint32_t argument) const {
  const auto& found = arguments_[argument].entity;
  return found ? std::int64_t{*found} : -1 - std::int64_t{argument};
}

Rivals::Key Rivals::entities(const Pair& pair, bool exchanged) const {
  const std::int64_t one = entity(pair.subject), other = entity(pair.object);
  return exchanged ? Key(other, one) : Key(one, other);
}

void Rivals::add(Best& best, std::size_t pair) {
  const auto row = logits_.row(pair);
  if (best.first.empty()) {
    best.first.assign(row.size(), kNone);
    best.second.assign(row.size(), kNone);
    best.pair.assign(row.size(), pairs_.size());
  }
  for (std::size_t r = 0; r < row.size(); ++r)
    if (row[r] > best.first[r]) {
      best.second[r] = std::exchange(best.first[r], row[r]);
      best.pair[r] = pair;
    } else {
      best.second[r] = std::max(best.second[r], row[r]);
    }
}

// The highest of other pairs than `pair`.
void Rivals::take(const Best& best, std::size_t pair, std::span<float> out) {
  for (std::size_t r = 0; r < out.size(); ++r)
    out[r] = std::max(out[r], best.pair[r] == pair ? best.second[r] : best.first[r]);
}

void Rivals::look_at(const std::vector<std::size_t>& others, std::size_t pair, bool by_subject,
                     neural::Matrix& out) const {
  const auto side = [&](std::size_t i) {
    return entity(by_subject ? pairs_[i].object : pairs_[i].subject);
  };
  const auto away = out.row(by_subject ? 0 : 1), any = out.row(by_subject ? 4 : 5);
  for (const std::size_t other : others) {
    if (other == pair) continue;
    const auto row = logits_.row(other);
    const bool differs = side(other) != side(pair);
    for (std::size_t r = 0; r < row.size(); ++r) {
      any[r] = std::max(any[r], row[r]);
      if (differs) away[r] = std::max(away[r], row[r]);
    }
  }
}

void Rivals::look(std::size_t pair, neural::Matrix& out) const {
  for (std::size_t kind = 0; kind < kKinds; ++kind) std::ranges::fill(out.row(kind), kNone);
  const Pair& it = pairs_[pair];
  look_at(by_subject_.at(it.subject), pair, /*by_subject=*/true, out);
  look_at(by_object_.at(it.object), pair, /*by_subject=*/false, out);
  take(by_entities_.at(entities(it, /*exchanged=*/false)), pair, out.row(2));
  if (const auto back = by_mentions_.find({it.object, it.subject}); back != by_mentions_.end())
    std::ranges::copy(logits_.row(back->second), out.row(3).begin());
  const auto exchanged = by_entities_.find(entities(it, /*exchanged=*/true));
  if (exchanged != by_entities_.end()) take(exchanged->second, pair, out.row(6));
}

}  // namespace dateline::relations
