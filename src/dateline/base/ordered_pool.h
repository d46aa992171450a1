#pragma once
// OrderedPool: work done by many threads, results taken in the order of submission.
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace dateline {

// Each thread owns one `State` (made by the thread's own call of make_state) and hands it to every
// task it runs.
template <class State, class Out>
class OrderedPool {
 public:
  using Task = std::packaged_task<Out(State&)>;

  OrderedPool(unsigned threads, std::function<State()> make_state) {
    for (unsigned i = 0; i < threads; ++i)
      threads_.emplace_back([this, make_state] { run(make_state()); });
  }
  OrderedPool(const OrderedPool&) = delete;
  OrderedPool& operator=(const OrderedPool&) = delete;
  ~OrderedPool() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void submit(std::function<Out(State&)> work) {
    Task task(std::move(work));
    results_.push_back(task.get_future());
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    ready_.notify_one();
  }

  // Submitted and not yet taken.
  [[nodiscard]] std::size_t pending() const { return results_.size(); }

  // Waits for the oldest result. REQUIRES pending() > 0.
  Out take() {
    Out out = results_.front().get();
    results_.pop_front();
    return out;
  }

 private:
  void run(State state) {
    for (;;) {
      Task task;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task(state);
    }
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Task> tasks_;
  std::deque<std::future<Out>> results_;  // of the submitting thread alone
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dateline
