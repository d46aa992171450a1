// The tables of docs/export.md: the rows that `dateline export --format csv` writes, as JSON.
#include "dateline/export/tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "dateline/store/database.h"
#include "dateline/store/queries.h"
#include "store.h"

namespace dateline::python {
namespace {

using exporting::Json;
using exporting::Table;
using Names = std::vector<std::string>;

constexpr std::size_t kPage = 2000;  // rows held at a time

// Some tables, filled by going through the store once for each kind of their rows.
class Filling {
 public:
  explicit Filling(const store::Store& store) : store_(store) {}

  Result<void> want(const std::string& name) {
    const auto all = exporting::tables();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Table& table) { return table.name == name; });
    if (found == all.end())
      return fail(ErrorCode::kInvalidArgument, fmt::format("table: \"{}\" is none", name));
    wanted_.push_back(&*found);
    rows_.emplace_back();
    return {};
  }

  Result<std::vector<Names>> run() {
    if (wants(&Table::of_line)) {
      store::TimelineQuery query;
      DATELINE_DO(each_row(
          [&](const store::Paging& paging) {
            query.paging = paging;
            return store::timeline(store_, query);
          },
          &Table::of_line));
    }
    if (wants(&Table::of_person)) {
      DATELINE_DO(
          each_row([&](const store::Paging& paging) { return store::people(store_, "", paging); },
                   &Table::of_person));
    }
    if (wants(&Table::of_article)) DATELINE_DO(each_article());
    return std::move(rows_);
  }

 private:
  template <class Make>
  [[nodiscard]] bool wants(Make Table::*make) const {
    return std::any_of(wanted_.begin(), wanted_.end(),
                       [&](const Table* table) { return table->*make != nullptr; });
  }

  template <class Ask>
  Result<void> each_row(const Ask& ask, Json (*Table::*make)(const Json&)) {
    store::Paging paging{.cursor = {}, .limit = kPage};
    for (bool more = true; more;) {
      DATELINE_TRY(const store::Rows page, ask(paging));
      for (const std::string& row : page.rows)
        for (std::size_t i = 0; i < wanted_.size(); ++i)
          if (wanted_[i]->*make != nullptr)
            rows_[i].push_back(
                exporting::written((wanted_[i]->*make)(Json::parse(row, nullptr, false))));
      more = page.next.has_value();
      paging.cursor = page.next.value_or("");
    }
    return {};
  }

  Result<void> each_article() {
    std::int64_t id = 0;
    for (;;) {
      DATELINE_TRY(id, store::next_article(store_, id));
      if (id == 0) return {};
      DATELINE_TRY(const std::string text, store::article(store_, id));
      const exporting::ArticleView article(Json::parse(text, nullptr, false));
      for (std::size_t i = 0; i < wanted_.size(); ++i) {
        if (wanted_[i]->of_article == nullptr) continue;
        for (const Json& row : wanted_[i]->of_article(article))
          rows_[i].push_back(exporting::written(row));
      }
    }
  }

  const store::Store& store_;
  std::vector<const Table*> wanted_;
  std::vector<Names> rows_;  // of each wanted table
};

std::vector<Names> rows_of(OpenStore& self, const Names& names) {
  return self.with([&](store::Store& store) -> Result<std::vector<Names>> {
    // Whoever adds meanwhile: the tables are of one moment.
    DATELINE_TRY(const auto moment, store::Transaction::begin_reading(store.database()));
    Filling filling(store);
    for (const std::string& name : names) DATELINE_DO(filling.want(name));
    return filling.run();
  });
}

std::vector<std::pair<std::string, Names>> tables() {
  std::vector<std::pair<std::string, Names>> all;
  for (const Table& table : exporting::tables())
    all.emplace_back(table.name, Names(table.columns.begin(), table.columns.end()));
  return all;
}

}  // namespace

void register_tables(nb::module_& module) {
  module.def("tables", &tables, "The names of the tables, each with its columns.");
}

void add_tables(nb::class_<OpenStore>& store) {
  store.def("table_rows", &rows_of, nb::arg("names"), nb::call_guard<nb::gil_scoped_release>(),
            "For each table its rows, JSON objects.");
}

}  // namespace dateline::python
