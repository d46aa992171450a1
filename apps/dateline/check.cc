// dateline check STORE: does every promise of the file format hold?
#include <fmt/format.h>

#include "session.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

int run(const StoreVerb& verb) {
  bool broken = false;
  const int status = print_text(verb, [&](const store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const auto rules, store.check());
    DATELINE_TRY(const store::Counts counts, store.counts());
    for (const std::string& rule : rules) complain(fmt::format("{}: {}", verb.store, rule));
    broken = !rules.empty();
    return fmt::format(
        "{} articles, {} copies, {} people, {} lines, {} relations, {} quotations: {}\n",
        counts.articles, counts.copies, counts.people, counts.events, counts.relations,
        counts.quotes, broken ? "NOT in order" : "in order");
  });
  return broken ? 1 : status;
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  auto verb = std::make_shared<StoreVerb>();
  CLI::App* command = app.add_subcommand("check", "Is the store whole?");
  command->footer("Example: dateline check stories.db");
  add_store_options(*command, *verb);
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
