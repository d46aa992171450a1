#pragma once
// OpenStore: a store as Python holds it: closed by hand, used by one thread at a time.
#include <mutex>
#include <optional>
#include <utility>

#include "dateline/store/store.h"
#include "errors.h"
#include "module.h"

namespace dateline::python {

// Safe to call from many threads: they wait for each other. Call without the GIL.
class OpenStore {
 public:
  OpenStore(std::string path, store::OpenMode mode)
      : path_(std::move(path)), store_(unwrap(store::Store::open(path_, mode))) {}

  // What `use` gives of the store; kInvalidArgument once it is closed.
  template <class Use>
  auto with(const Use& use) {
    const std::lock_guard lock(mutex_);
    if (!store_) throw Failure({ErrorCode::kInvalidArgument, path_ + ": this store is closed"});
    return unwrap(use(*store_));
  }
  void close() {
    const std::lock_guard lock(mutex_);
    store_.reset();
  }

 private:
  std::string path_;
  std::mutex mutex_;
  std::optional<store::Store> store_;
};

void add_queries(nb::class_<OpenStore>& store);
void add_tables(nb::class_<OpenStore>& store);

}  // namespace dateline::python
