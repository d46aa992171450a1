#include "dateline/serve/answer_cache.h"

#include <utility>

namespace dateline::serve {

std::shared_ptr<const Response> AnswerCache::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->answer;
}

void AnswerCache::keep(const std::string& key, std::shared_ptr<const Response> answer) {
  if (answer->body.size() > room_ / 8) return;
  const std::lock_guard lock(mutex_);
  if (places_.contains(key)) return;  // two asked at once
  taken_ += answer->body.size();
  entries_.push_front({key, std::move(answer)});
  places_.emplace(entries_.front().key, entries_.begin());
  while (taken_ > room_) {
    taken_ -= entries_.back().answer->body.size();
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

}  // namespace dateline::serve
