#include "dateline/serve/deadlines.h"

#include <sys/socket.h>

namespace dateline::serve {

Deadlines::Deadlines() : thread_([this] { run(); }) {}

Deadlines::~Deadlines() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Deadlines::add(Watch& watch) {
  const std::lock_guard lock(mutex_);
  watches_.insert(&watch);
}

void Deadlines::remove(Watch& watch) {
  const std::lock_guard lock(mutex_);
  watches_.erase(&watch);
}

void Deadlines::set(Watch& watch, Clock::time_point due) {
  const std::lock_guard lock(mutex_);
  watch.due = due;
}

void Deadlines::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopping_; })) {
    const auto now = Clock::now();
    for (Watch* watch : watches_) {
      if (watch->due > now) continue;
      watch->due = Clock::time_point::max();
      // The library sees the end of the stream and closes: the socket stays its own.
      shutdown(watch->socket, SHUT_RDWR);
    }
  }
}

}  // namespace dateline::serve
