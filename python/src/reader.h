#pragma once
// LoadedReader: a pipeline and the learned parts, with workspaces that are used again; Lane: many
// articles on threads, records in order.
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "dateline/base/ordered_pool.h"
#include "dateline/reader/batch.h"
#include "dateline/reader/reader.h"
#include "record.h"

namespace dateline::python {

// Safe to use from many threads at once.
class LoadedReader {
 public:
  // What Pipeline::load and Models::load say.
  static Result<std::shared_ptr<LoadedReader>> load(const std::string& model,
                                                    const std::string& models);
  // One record an article, in order.
  [[nodiscard]] std::vector<SharedRecord> read(const std::vector<Article>& articles) const;

 private:
  LoadedReader(language::Pipeline pipeline, Models models)
      : pipeline_(std::move(pipeline)), models_(std::move(models)) {}
  [[nodiscard]] language::Workspace borrow() const;
  void give_back(language::Workspace workspace) const;

  language::Pipeline pipeline_;
  Models models_;
  mutable std::mutex mutex_;
  mutable std::vector<language::Workspace> idle_;  // warm: no more than were ever used at once
};

// Belongs to one thread at a time. Ends its threads when it goes.
class Lane {
 public:
  Lane(std::shared_ptr<LoadedReader> reader, unsigned threads);
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void put(const Article& article);
  // The records that are to be given now: while there are enough articles ahead of them to keep the
  // threads busy, or, when `all`, until there are none; then an empty list.
  [[nodiscard]] std::vector<SharedRecord> take(bool all);

 private:
  struct Nothing {};
  void send();

  std::shared_ptr<LoadedReader> reader_;
  std::size_t threads_;
  Batch batch_;  // being filled
  std::atomic<bool> given_up_ = false;
  OrderedPool<Nothing, std::vector<SharedRecord>> pool_;
};

}  // namespace dateline::python
