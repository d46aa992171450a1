#pragma once
// What the verbs of a store share: its path, the format of the rows, the two clocks, names.
#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "dateline/store/queries.h"
#include "table.h"

namespace dateline::app {

struct StoreVerb {
  std::string store;
  std::string format = "table";
  std::string output;
  bool quiet = false;
  store::Clocks clocks;
  store::Paging paging{.cursor = {}, .limit = 10'000};
};

// STORE, -o, --quiet.
void add_place_options(CLI::App& command, StoreVerb& verb);
// The same and --format, --limit.
void add_store_options(CLI::App& command, StoreVerb& verb);
// --as-of and --known-by.
std::vector<CLI::Option*> add_clock_options(CLI::App& command, store::Clocks& clocks);

// Which lines of the timeline.
struct LineFilter {
  store::TimelineQuery query;
  std::vector<std::string> names;     // as typed
  std::vector<CLI::Option*> options;  // borrowed from the command
};
// [NAME…], --from, --to, --about, --certainty, --by, --all, --as-of, --known-by.
void add_line_options(CLI::App& command, LineFilter& filter);
// The filter's query with its names looked up.
Result<store::TimelineQuery> line_query(const store::Store& store, const LineFilter& filter);

// Opens the store, asks, prints. `columns` are of the table and the CSV. Exit status 0 or 1.
int print_rows(const StoreVerb& verb, const std::vector<Column>& columns,
               const std::function<Result<store::Rows>(const store::Store&)>& ask);
// The same for an answer that is text already.
int print_text(const StoreVerb& verb,
               const std::function<Result<std::string>(const store::Store&)>& ask);
// Opens it for writing, does, and says on standard error what was done.
int change_store(const StoreVerb& verb,
                 const std::function<Result<std::string>(store::Store&)>& change);

}  // namespace dateline::app
