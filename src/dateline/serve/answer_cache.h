#pragma once
// AnswerCache: answers to questions that were asked before of an unchanged store, ready to send.
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dateline/serve/http.h"

namespace dateline::serve {

// Safe from many threads. Forgets the answers asked for longest ago when their bodies pass the
// room.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t room) : room_(room) {}

  // The answer kept under `key`; null for none. O(1).
  [[nodiscard]] std::shared_ptr<const Response> find(const std::string& key);
  // Keeps `answer`; one that takes more than an eighth of the room is not kept.
  void keep(const std::string& key, std::shared_ptr<const Response> answer);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Response> answer;
  };
  using Entries = std::list<Entry>;  // asked for last first

  std::size_t room_;  // bytes
  std::size_t taken_ = 0;
  std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> places_;  // by the entries' own keys
};

}  // namespace dateline::serve
