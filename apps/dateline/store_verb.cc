#include "store_verb.h"

#include <fmt/format.h>

#include "output.h"
#include "session.h"

namespace dateline::app {
namespace {

int failed(const Error& error) {
  complain(error.message);
  return 1;
}

int write_out(const StoreVerb& verb, const std::string& text) {
  auto output = Output::open(verb.output);
  if (!output) return failed(output.error());
  auto done = output->write(text);
  if (done) done = output->finish();
  return done ? 0 : failed(done.error());
}

std::string formatted(const StoreVerb& verb, const std::vector<Column>& columns,
                      const store::Rows& rows) {
  std::string out;
  if (verb.format == "jsonl") {
    for (const std::string& row : rows.rows) out += row + "\n";
    return out;
  }
  std::vector<Json> parsed;
  for (const std::string& row : rows.rows) parsed.push_back(Json::parse(row, nullptr, false));
  if (verb.format == "json") return Json(parsed).dump(2) + "\n";
  return verb.format == "csv" ? write_csv(columns, parsed) : write_table(columns, parsed);
}

}  // namespace

void add_place_options(CLI::App& command, StoreVerb& verb) {
  command.add_option("store", verb.store, "the store: a file that `dateline add` made")->required();
  command.add_option("-o,--output", verb.output, "write here instead of standard output");
  command.add_flag("--quiet", verb.quiet, "say nothing but what failed");
}

void add_store_options(CLI::App& command, StoreVerb& verb) {
  add_place_options(command, verb);
  command.add_option("--format", verb.format, "table (for people), json, jsonl or csv")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
  command.add_option("--limit", verb.paging.limit, "at most so many rows")
      ->check(CLI::Range(1, 10'000));
}

std::vector<CLI::Option*> add_clock_options(CLI::App& command, store::Clocks& clocks) {
  return {command.add_option("--as-of", clocks.as_of, "what was so on this day (YYYY-MM-DD)"),
          command.add_option("--known-by", clocks.known_by,
                             "what a reader could know on this day (YYYY-MM-DD)")};
}

void add_line_options(CLI::App& command, LineFilter& filter) {
  filter.options = add_clock_options(command, filter.query.clocks);
  const auto option = [&](const char* name, auto& value, const char* help) {
    filter.options.push_back(command.add_option(name, value, help));
    return filter.options.back();
  };
  option("name", filter.names, "only lines that name all of these (names or ids like P3)");
  option("--from", filter.query.from, "not before this day (YYYY-MM-DD)");
  option("--to", filter.query.to, "not after this day");
  option("--about", filter.query.about, "words of the line or of its sentence");
  option("--certainty", filter.query.certainty, "at least: certain, probable or possible")
      ->check(CLI::IsMember({"certain", "probable", "possible"}));
  option("--by", filter.query.by, "said by this speaker or publisher");
  filter.options.push_back(command.add_flag("--all", filter.query.all,
                                            "also what the articles' own timelines leave out"));
}

Result<store::TimelineQuery> line_query(const store::Store& store, const LineFilter& filter) {
  store::TimelineQuery query = filter.query;
  for (const std::string& name : filter.names) {
    DATELINE_TRY(const std::int64_t person, store::one_identity(store, name));
    query.people.push_back(person);
  }
  return query;
}

int print_rows(const StoreVerb& verb, const std::vector<Column>& columns,
               const std::function<Result<store::Rows>(const store::Store&)>& ask) {
  const auto store = store::Store::open(verb.store, store::OpenMode::kRead);
  if (!store) return failed(store.error());
  const auto rows = ask(*store);
  if (!rows) return failed(rows.error());
  const int status = write_out(verb, formatted(verb, columns, *rows));
  if (rows->next && !verb.quiet)
    complain(fmt::format("there is more: only the first {} rows are shown (--limit)",
                         rows->rows.size()));
  return status;
}

int print_text(const StoreVerb& verb,
               const std::function<Result<std::string>(const store::Store&)>& ask) {
  const auto store = store::Store::open(verb.store, store::OpenMode::kRead);
  if (!store) return failed(store.error());
  const auto text = ask(*store);
  return text ? write_out(verb, *text) : failed(text.error());
}

int change_store(const StoreVerb& verb,
                 const std::function<Result<std::string>(store::Store&)>& change) {
  auto store = store::Store::open(verb.store, store::OpenMode::kWrite);
  if (!store) return failed(store.error());
  const auto said = change(*store);
  if (!said) return failed(said.error());
  if (!verb.quiet) complain(*said);
  return 0;
}

}  // namespace dateline::app
