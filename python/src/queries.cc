// What is asked of a store: pages of rows, each one JSON object (docs/store.md, "Rows").
#include "dateline/store/queries.h"

#include "module.h"
#include "store.h"

namespace dateline::python {
namespace {

using store::Paging;
using store::Rows;
using Names = std::vector<std::string>;
using Page = std::pair<std::vector<std::string>, std::optional<std::string>>;

constexpr std::size_t kPage = 2000;  // rows asked for at a time

Paging page_at(const std::string& cursor) { return {.cursor = cursor, .limit = kPage}; }

template <class Ask>
Page page(OpenStore& self, const Ask& ask) {
  Rows rows = self.with(ask);
  return {std::move(rows.rows), std::move(rows.next)};
}

Page timeline(OpenStore& self, const Names& names, const std::string& from, const std::string& to,
              const std::string& about, const std::string& certainty, const std::string& by,
              bool all, const store::Clocks& clocks, const std::string& cursor) {
  return page(self, [&](store::Store& store) -> Result<Rows> {
    store::TimelineQuery query{.names = {},
                               .people = {},
                               .from = from,
                               .to = to,
                               .about = about,
                               .certainty = certainty,
                               .by = by,
                               .all = all,
                               .clocks = clocks,
                               .paging = page_at(cursor)};
    for (const std::string& name : names) {
      DATELINE_TRY(const std::int64_t person, store::one_identity(store, name));
      query.people.push_back(person);
    }
    return store::timeline(store, query);
  });
}

Page people(OpenStore& self, const std::string& name, const std::string& cursor) {
  return page(self,
              [&](store::Store& store) { return store::people(store, name, page_at(cursor)); });
}

std::string person(OpenStore& self, const std::string& name) {
  return self.with([&](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::int64_t id, store::one_identity(store, name));
    return store::person(store, id);
  });
}

Page relations(OpenStore& self, const std::string& name, const std::string& other,
               const store::Clocks& clocks, bool history, const std::string& cursor) {
  return page(self, [&](store::Store& store) -> Result<Rows> {
    store::RelationQuery query{
        .person = 0, .other = {}, .clocks = clocks, .history = history, .paging = page_at(cursor)};
    if (!name.empty()) {
      DATELINE_TRY(query.person, store::one_identity(store, name));
    }
    if (!other.empty()) {
      DATELINE_TRY(query.other, store::one_identity(store, other));
    }
    return store::relations(store, query);
  });
}

Page quotes(OpenStore& self, const std::string& by, const std::string& about,
            const std::string& form, bool unnamed, const store::Clocks& clocks,
            const std::string& cursor) {
  return page(self, [&](store::Store& store) -> Result<Rows> {
    store::QuoteQuery query{.by = {},
                            .about = {},
                            .form = form,
                            .unnamed = unnamed,
                            .clocks = clocks,
                            .paging = page_at(cursor)};
    if (!by.empty()) {
      DATELINE_TRY(const std::int64_t speaker, store::one_identity(store, by));
      query.by = {speaker};
    }
    if (!about.empty()) {
      DATELINE_TRY(const std::int64_t topic, store::one_identity(store, about));
      query.about = {topic};
    }
    return store::quotes(store, query);
  });
}

Page conflicts(OpenStore& self, const std::string& name, const std::string& cursor) {
  return page(self, [&](store::Store& store) -> Result<Rows> {
    std::optional<std::int64_t> who;
    if (!name.empty()) {
      DATELINE_TRY(who, store::one_identity(store, name));
    }
    return store::conflicts(store, who, page_at(cursor));
  });
}

Page search(OpenStore& self, const std::string& words, const std::string& cursor) {
  return page(self,
              [&](store::Store& store) { return store::search(store, words, page_at(cursor)); });
}

Page articles(OpenStore& self, const std::string& cursor) {
  return page(self, [&](store::Store& store) { return store::articles(store, page_at(cursor)); });
}

std::string article(OpenStore& self, std::int64_t number) {
  return self.with([&](store::Store& store) { return store::article(store, number); });
}

std::string record(OpenStore& self, std::int64_t number) {
  return self.with([&](store::Store& store) { return store::record(store, number); });
}

std::int64_t next_article(OpenStore& self, std::int64_t number) {
  return self.with([&](store::Store& store) { return store::next_article(store, number); });
}

}  // namespace

void register_clocks(nb::module_& module) {
  nb::class_<store::Clocks>(module, "Clocks", "Two days (YYYY-MM-DD); \"\": not asked.")
      .def(
          "__init__",
          [](store::Clocks* self, std::string as_of, std::string known_by) {
            new (self) store::Clocks{std::move(as_of), std::move(known_by)};
          },
          nb::arg("as_of"), nb::arg("known_by"));
}

// Those that give a page take the cursor that the page before gave, "" for the first.
void add_queries(nb::class_<OpenStore>& store) {
  const nb::call_guard<nb::gil_scoped_release> released;
  const nb::arg cursor("cursor"), clocks("clocks"), name("name");
  store
      .def("timeline", &timeline, nb::arg("names"), nb::arg("from_"), nb::arg("to"),
           nb::arg("about"), nb::arg("certainty"), nb::arg("by"), nb::arg("all"), clocks, cursor,
           released)
      .def("people", &people, name, cursor, released)
      .def("person", &person, name, released)
      .def("relations", &relations, name, nb::arg("other"), clocks, nb::arg("history"), cursor,
           released)
      .def("quotes", &quotes, nb::arg("by"), nb::arg("about"), nb::arg("form"), nb::arg("unnamed"),
           clocks, cursor, released)
      .def("conflicts", &conflicts, name, cursor, released)
      .def("search", &search, nb::arg("words"), cursor, released)
      .def("articles", &articles, cursor, released)
      .def("article", &article, nb::arg("number"), released)
      .def("record", &record, nb::arg("number"), released)
      .def("next_article", &next_article, nb::arg("number"), released);
}

}  // namespace dateline::python
