// Store: open, add, correct, check. What is asked of it is in queries.cc.
#include "store.h"

#include "dateline/store/corrections.h"
#include "dateline/store/queries.h"
#include "record.h"
#include "version.h"

namespace dateline::python {
namespace {

using Added = std::pair<std::int64_t, const char*>;

const char* name_of(store::Outcome outcome) {
  switch (outcome) {
    case store::Outcome::kAdded:
      return "added";
    case store::Outcome::kSame:
      return "same";
    case store::Outcome::kFolded:
      return "folded";
    case store::Outcome::kNewer:
      return "newer";
  }
  return "added";
}

store::OpenMode mode_named(const std::string& name) {
  return name == "create"  ? store::OpenMode::kCreate
         : name == "write" ? store::OpenMode::kWrite
                           : store::OpenMode::kRead;
}

Added add(OpenStore& self, const SharedRecord& record) {
  const store::Prepared prepared = store::prepare(*record.record);
  const store::Added added =
      self.with([&](store::Store& store) { return store.add(prepared, app::version()); });
  return {added.article, name_of(added.outcome)};
}

bool has(OpenStore& self, const Article& article) {
  return self.with([&](store::Store& store) { return store.has(article); });
}

std::vector<std::int64_t> counts(OpenStore& self) {
  const store::Counts all = self.with([](store::Store& store) { return store.counts(); });
  return {all.articles, all.copies, all.people, all.events, all.relations, all.quotes};
}

std::vector<std::string> check(OpenStore& self) {
  return self.with([](store::Store& store) { return store.check(); });
}

std::string merge(OpenStore& self, const std::string& a, const std::string& b) {
  return self.with([&](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::int64_t stays, store::one_identity(store, a));
    DATELINE_TRY(const std::int64_t goes, store::one_identity(store, b));
    DATELINE_TRY(const store::Correction done, store::merge(store, stays, goes));
    return done.said;
  });
}

std::string split(OpenStore& self, const std::string& person,
                  const std::vector<std::int64_t>& articles) {
  return self.with([&](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::int64_t who, store::one_identity(store, person));
    DATELINE_TRY(const store::Correction done, store::split(store, who, articles));
    return done.said;
  });
}

std::string undo(OpenStore& self) {
  return self.with([](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const store::Correction done, store::undo(store));
    return done.said;
  });
}

}  // namespace

void register_store(nb::module_& module) {
  const nb::call_guard<nb::gil_scoped_release> released;
  nb::class_<OpenStore> store(module, "Store", "One SQLite file with the story of many articles.");
  store
      .def(
          "__init__",
          [](OpenStore* self, const nb::bytes& path, const std::string& mode) {
            std::string name = string_of(path);
            const nb::gil_scoped_release unlocked;
            new (self) OpenStore(std::move(name), mode_named(mode));
          },
          nb::arg("path"), nb::arg("mode"))
      .def("close", &OpenStore::close, released)
      .def("add", &add, nb::arg("record"), released, "The article's number and what became of it.")
      .def("has", &has, nb::arg("article"), released)
      .def("counts", &counts, released, "articles, copies, people, events, relations, quotes")
      .def("check", &check, released)
      .def("merge", &merge, nb::arg("a"), nb::arg("b"), released)
      .def("split", &split, nb::arg("person"), nb::arg("articles"), released)
      .def("undo", &undo, released);
  add_queries(store);
  add_tables(store);
}

}  // namespace dateline::python
