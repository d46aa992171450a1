#pragma once
// Deadlines: closes connections that take too long, however busily they drip. Idle ones are the
// HTTP library's to close; one byte a second is never idle.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace dateline::serve {

class Deadlines {
 public:
  using Clock = std::chrono::steady_clock;

  // One connection, owned by whoever owns the socket; add() before and remove() before it closes.
  struct Watch {
    int socket = -1;
    Clock::time_point due = Clock::time_point::max();
  };

  Deadlines();
  ~Deadlines();
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;

  void add(Watch& watch);
  void remove(Watch& watch);
  // `watch` is shut down when it is still there at `due`.
  void set(Watch& watch, Clock::time_point due);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<Watch*> watches_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace dateline::serve
