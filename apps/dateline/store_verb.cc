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

void add_store_options(CLI::App& command, StoreVerb& verb) {
  command.add_option("store", verb.store, "the store: a file that `dateline add` made")->required();
  command.add_option("--format", verb.format, "table (for people), json, jsonl or csv")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
  command.add_option("-o,--output", verb.output, "write here instead of standard output");
  command.add_flag("--quiet", verb.quiet, "say nothing but what failed");
  command.add_option("--limit", verb.paging.limit, "at most so many rows")
      ->check(CLI::Range(1, 10'000));
}

void add_clock_options(CLI::App& command, StoreVerb& verb) {
  command.add_option("--as-of", verb.clocks.as_of, "what was so on this day (YYYY-MM-DD)");
  command.add_option("--known-by", verb.clocks.known_by,
                     "what a reader could know on this day (YYYY-MM-DD)");
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

Result<std::int64_t> one_identity(const store::Store& store, const std::string& name) {
  DATELINE_TRY(const auto found, store::identities(store, name));
  if (found.size() == 1) return found.front();
  std::string candidates;
  for (std::size_t i = 0; i < found.size() && i < 8; ++i) {
    DATELINE_TRY(const std::string text, store::person(store, found[i]));
    const Json person = Json::parse(text, nullptr, false);
    const Json& descriptions = person["descriptions"];
    candidates += fmt::format("\n  {} {} ({}; {} articles{}{})", text_at(person, "id"),
                              text_at(person, "name"), text_at(person, "kind"),
                              text_at(person, "articles"), descriptions.empty() ? "" : "; ",
                              descriptions.empty() ? "" : descriptions[0].get<std::string>());
  }
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("\"{}\" may be {} of them; say which by its id:{}", name, found.size(),
                          candidates));
}

}  // namespace dateline::app
