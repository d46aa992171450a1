// A power cut at any write: articles that were said to be there may be gone (synchronous is
// NORMAL), but what is there is whole, in order, and taken up again.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "dateline/store/store.h"

namespace dateline::store {
namespace {

namespace fs = std::filesystem;

// What a disk had before a write that it was not yet told to keep.
struct Unkept {
  std::string path;
  sqlite3_int64 at = 0;
  std::string before;             // fewer bytes than were written: the file was shorter
  sqlite3_int64 size_before = 0;  // of the file
};

// The machine: counts writes, and loses its power at one of them.
struct Machine {
  long writes_left = -1;  // until the cut; -1: none
  bool off = false;
  std::vector<Unkept> unkept;  // in the order of writing

  bool write_fails() {
    if (writes_left >= 0 && writes_left-- == 0) off = true;
    return off;
  }
  void kept(const std::string& path) {
    std::erase_if(unkept, [&](const Unkept& write) { return write.path == path; });
  }
  // Some of what was not kept is lost; a later write to the same place may outlive an earlier one.
  void lose(std::mt19937& random) {
    for (auto write = unkept.rbegin(); write != unkept.rend(); ++write) {
      if (random() % 2 == 0 || !fs::exists(write->path)) continue;
      std::fstream file(write->path, std::ios::binary | std::ios::in | std::ios::out);
      file.seekp(write->at);
      file.write(write->before.data(), static_cast<std::streamsize>(write->before.size()));
    }
    unkept.clear();
  }
};
Machine machine;

// A file of the default VFS behind one that watches it.
struct File {
  sqlite3_file base;
  char* path;
  sqlite3_file* real;
};
File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  File* self = of(file);
  if (machine.write_fails()) return SQLITE_IOERR_WRITE;
  if (self->path != nullptr) {
    Unkept write{self->path, at, std::string(static_cast<std::size_t>(size), '\0'), 0};
    self->real->pMethods->xFileSize(self->real, &write.size_before);
    const auto had =
        std::min<sqlite3_int64>(size, std::max<sqlite3_int64>(write.size_before - at, 0));
    write.before.resize(static_cast<std::size_t>(had));
    if (had > 0)
      self->real->pMethods->xRead(self->real, write.before.data(), static_cast<int>(had), at);
    // What was beyond the end is blank after the cut.
    write.before.resize(static_cast<std::size_t>(size), '\0');
    machine.unkept.push_back(std::move(write));
  }
  return self->real->pMethods->xWrite(self->real, data, size, at);
}

int sync_file(sqlite3_file* file, int flags) {
  if (machine.off) return SQLITE_IOERR_FSYNC;
  if (of(file)->path != nullptr) machine.kept(of(file)->path);
  return of(file)->real->pMethods->xSync(of(file)->real, flags);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (machine.off) return SQLITE_IOERR_TRUNCATE;
  return of(file)->real->pMethods->xTruncate(of(file)->real, size);
}

int close_file(sqlite3_file* file) {
  const int code = of(file)->real->pMethods->xClose(of(file)->real);
  sqlite3_free(of(file)->path);
  return code;
}

template <auto Method, class... Args>
int pass(sqlite3_file* file, Args... args) {
  return (of(file)->real->pMethods->*Method)(of(file)->real, args...);
}

void barrier(sqlite3_file* file) { of(file)->real->pMethods->xShmBarrier(of(file)->real); }

using Methods = sqlite3_io_methods;
const Methods kMethods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = pass<&Methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = pass<&Methods::xFileSize, sqlite3_int64*>,
    .xLock = pass<&Methods::xLock, int>,
    .xUnlock = pass<&Methods::xUnlock, int>,
    .xCheckReservedLock = pass<&Methods::xCheckReservedLock, int*>,
    .xFileControl = pass<&Methods::xFileControl, int, void*>,
    .xSectorSize = pass<&Methods::xSectorSize>,
    .xDeviceCharacteristics = [](sqlite3_file*) { return 0; },  // promises nothing
    .xShmMap = pass<&Methods::xShmMap, int, int, int, void volatile**>,
    .xShmLock = pass<&Methods::xShmLock, int, int, int>,
    .xShmBarrier = barrier,
    .xShmUnmap = pass<&Methods::xShmUnmap, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* real_vfs = nullptr;

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  File* self = of(file);
  self->real = reinterpret_cast<sqlite3_file*>(self + 1);
  self->path = name == nullptr ? nullptr : sqlite3_mprintf("%s", name);
  const int code = real_vfs->xOpen(real_vfs, name, self->real, flags, out);
  self->base.pMethods = self->real->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync) {
  if (machine.off) return SQLITE_IOERR_DELETE;
  machine.kept(name);
  return real_vfs->xDelete(real_vfs, name, sync);
}

// Registers the watched VFS as the default for as long as it lives.
class Watched {
 public:
  Watched() {
    real_vfs = sqlite3_vfs_find(nullptr);
    vfs_ = *real_vfs;
    vfs_.zName = "watched";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
    vfs_.xOpen = open_file;
    vfs_.xDelete = delete_file;
    sqlite3_vfs_register(&vfs_, 1);
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
  ~Watched() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_vfs, 1);
    machine = {};
  }

 private:
  sqlite3_vfs vfs_{};
};

// "Ada Fenn met Ivo Tarn in hall 7." with its entities and its event.
Record article(int number) {
  Record record;
  record.article.id = fmt::format("cut-{}", number);
  record.article.published = TimePoint{
      .day = std::chrono::sys_days(std::chrono::year{2020} / 1 / 1) + std::chrono::days(number)};
  std::string& text = record.article.text;
  const auto put = [&](const std::string& words) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += words;
    return ByteSpan{begin, static_cast<std::uint32_t>(text.size())};
  };
  const auto person = [&](const std::string& name) {
    const auto at = static_cast<std::uint32_t>(record.entities.entities.size());
    Entity entity;
    entity.kind = EntityKind::kPerson;
    entity.name = name;
    entity.named = true;
    entity.mentions = {at};
    record.entities.mentions.push_back({put(name), {}, 0, MentionForm::kName, at});
    record.entities.entities.push_back(std::move(entity));
    return Participant{at == 0 ? Role::kAgent : Role::kPatient, record.entities.mentions[at].span,
                       at};
  };
  Event event;
  event.participants.push_back(person(number % 2 == 0 ? "Ada Fenn" : "Ada Quill"));
  put(" ");
  event.span = put("met");
  put(" ");
  event.participants.push_back(person("Ivo Tarn"));
  put(fmt::format(" in hall {}.", number));
  event.clause = {0, static_cast<std::uint32_t>(text.size() - 1)};
  event.lemma = event.event_class = "meet";
  event.time.interval = Interval{record.article.published, std::nullopt};
  record.sentences = {{0, static_cast<std::uint32_t>(text.size())}};
  record.timeline.push_back({0, event.time.interval, "day", "They met", {0, 1}, {}, 1});
  record.events.push_back(std::move(event));
  return record;
}

constexpr int kArticles = 12;

// How many articles were said to be kept, until the power went.
int add_all(const std::string& path) {
  auto store = Store::open(path, OpenMode::kCreate);
  if (!store) return 0;
  int added = 0;
  for (int i = 0; i < kArticles; ++i) {
    const Record record = article(i);
    if (!store->add(prepare(record), "test")) break;
    ++added;
  }
  return added;
}

class PowerCut : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("dateline-cut-{}", ::getpid());
    fs::create_directories(folder_);
    path_ = (folder_ / "cut.db").string();
  }
  void TearDown() override { fs::remove_all(folder_); }
  void start_anew() const {
    for (const auto& entry : fs::directory_iterator(folder_)) fs::remove(entry);
  }
  fs::path folder_;
  std::string path_;
};

TEST_F(PowerCut, WhatIsThereIsWholeWhereverItFalls) {
  std::mt19937 random(5);
  long writes = 0;
  {
    const Watched watched;
    machine.writes_left = 1'000'000;
    ASSERT_EQ(add_all(path_), kArticles);
    writes = 1'000'000 - machine.writes_left;
  }
  ASSERT_GT(writes, 100);
  for (int round = 0; round < 60; ++round) {
    start_anew();
    const long cut = static_cast<long>(random() % static_cast<unsigned long>(writes));
    {
      const Watched watched;
      machine.writes_left = cut;
      add_all(path_);
      machine.lose(random);
    }
    fs::remove(path_ + "-shm");  // memory, not disk
    SCOPED_TRACE(fmt::format("power lost at write {} of {}", cut, writes));
    EXPECT_EQ(add_all(path_), kArticles);  // taken up again
    auto store = Store::open(path_, OpenMode::kRead);
    ASSERT_TRUE(store) << store.error().message;
    const auto broken = store->check();
    ASSERT_TRUE(broken);
    EXPECT_TRUE(broken->empty()) << broken->front();
    const auto counts = store->counts();
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->articles, kArticles);
    EXPECT_EQ(counts->people, 3);
    EXPECT_EQ(counts->events, kArticles);
  }
}

TEST_F(PowerCut, AFullDiskIsSaidAndNothingIsLost) {
  ASSERT_EQ(add_all(path_), kArticles);
  {
    const Watched watched;
    auto store = Store::open(path_, OpenMode::kWrite);
    ASSERT_TRUE(store);
    machine.writes_left = 0;
    const Record record = article(99);
    EXPECT_FALSE(store->add(prepare(record), "test"));
  }
  auto store = Store::open(path_, OpenMode::kRead);
  ASSERT_TRUE(store);
  EXPECT_TRUE(store->check()->empty());
  EXPECT_EQ(store->counts()->articles, kArticles);
}

}  // namespace
}  // namespace dateline::store
