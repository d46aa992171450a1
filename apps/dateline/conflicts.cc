// dateline conflicts STORE [NAME]: where articles contradict each other.
#include <fmt/format.h>

#include "dateline/store/queries.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct ConflictsVerb {
  StoreVerb common;
  std::string name;
};

std::string side(const Json& row, std::size_t which) {
  const Json& told = row["sides"][which];
  std::string when = text_at(told, "label");
  if (when.empty()) when = text_at(told, "value");
  std::string who = attributed_words(told["attributed"]);
  return fmt::format("{} ({}{}{}; {})", text_at(told, "text"), when, who.empty() ? "" : "; ", who,
                     citation_words(told["citation"]));
}

const std::vector<Column> kColumns = {
    {"kind", [](const Json& row) { return text_at(row, "kind"); }},
    {"about", [](const Json& row) { return text_at(row, "about"); }},
    {"people", [](const Json& row) { return names_in(row["people"]); }},
    {"one side / the other",
     [](const Json& row) { return side(row, 0) + "  /  " + side(row, 1); }}};

int run(const ConflictsVerb& verb) {
  return print_rows(verb.common, kColumns, [&](const store::Store& store) -> Result<store::Rows> {
    std::optional<std::int64_t> person;
    if (!verb.name.empty()) {
      DATELINE_TRY(person, store::one_identity(store, verb.name));
    }
    return store::conflicts(store, person, verb.common.paging);
  });
}

}  // namespace

void add_conflicts(CLI::App& app, int& status) {
  auto verb = std::make_shared<ConflictsVerb>();
  CLI::App* command = app.add_subcommand("conflicts", "Where articles contradict each other");
  command->footer("Example: dateline conflicts stories.db \"Tessa Okafor\"");
  add_store_options(*command, verb->common);
  command->add_option("name", verb->name, "only of this one: a name, or an id like P3");
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
