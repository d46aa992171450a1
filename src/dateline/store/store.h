#pragma once
// Store: the story over many articles in one SQLite file, a documented format (docs/store.md).
//
// An article is one transaction: after a crash it is there whole or not at all. WAL: readers never
// wait for the writer, writers wait for each other (ten seconds, then kBusy). A Store is one
// connection and belongs to one thread at a time; open one a thread.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/record/record.h"

namespace dateline::store {

class Database;
class Fingerprints;

enum class OpenMode {
  kRead,    // the file must be a store; nothing is written
  kWrite,   // the file must be a store
  kCreate,  // made when it is not there
};

enum class Outcome {
  kAdded,   // a new article
  kSame,    // its content is there already: nothing changed
  kFolded,  // a near-duplicate of `article`: its place and publisher are kept there
  kNewer,   // another text at a known address: kept as a version, the older one is superseded
};

struct Added {
  std::int64_t article = 0;  // the row that holds it
  Outcome outcome = Outcome::kAdded;
};

// What can be made of a record without a store, so that many threads can: most of what add() costs.
// Holds `record`, which must outlive it.
struct Prepared {
  const Record* record = nullptr;
  std::string content;            // hash of what was read
  std::string text;               // valid UTF-8
  std::string packed;             // the record without its text
  std::uint64_t fingerprint = 0;  // SimHash of the text
};
[[nodiscard]] Prepared prepare(const Record& record);

struct Counts {
  std::int64_t articles = 0, copies = 0, people = 0, events = 0, relations = 0, quotes = 0;
};

class Store {
 public:
  // Errors: kNotFound (no such file, kRead and kWrite), kUnsupported (no Dateline store, or one of
  // a newer version: named and untouched), kIo (cannot be read or written), kBusy, kCorrupt.
  static Result<Store> open(const std::string& path, OpenMode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // Keeps a record in one transaction. `reader` names program and model, for `update`.
  Result<Added> add(const Prepared& prepared, const std::string& reader);

  // Whether an article of this very content is there, so that it need not be read.
  Result<bool> has(const Article& article) const;

  // The article as it was read: text, blocks and what its container said of it. For `update`.
  Result<Article> article(std::int64_t id) const;
  // Articles that another reader than `reader` read, oldest first.
  Result<std::vector<std::int64_t>> read_by_others(const std::string& reader) const;
  // Puts `record` in the place of what was read of article `id`; corrections are applied again.
  Result<void> replace(std::int64_t id, const Record& record, const std::string& reader);

  Result<Counts> counts() const;
  // Every invariant of docs/store.md that does not hold, in words; empty when all do.
  Result<std::vector<std::string>> check() const;
  // A number that every change of the store raises: for ETags.
  Result<std::int64_t> change() const;
  [[nodiscard]] const std::string& path() const { return path_; }
  static int version();  // of the file format

  // For queries and corrections; borrowed, lives as long as the store.
  [[nodiscard]] Database& database() const { return *database_; }

 private:
  Store(std::unique_ptr<Database> database, std::string path);
  std::unique_ptr<Database> database_;
  std::unique_ptr<Fingerprints> fingerprints_;
  std::string path_;
};

}  // namespace dateline::store
