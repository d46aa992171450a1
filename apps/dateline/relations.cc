// dateline relations STORE NAME: ties, their states, and the way from one to another.
#include <fmt/format.h>

#include "dateline/store/queries.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct RelationsVerb {
  StoreVerb common;
  std::string name, path;
  bool history = false;
};

std::string other(const Json& row) {
  return row["object"].is_null() ? text_at(row, "value") : text_at(row["object"], "name");
}

std::string since(const Json& row) {
  std::string words = interval_words(row["interval"]) + marks(row);
  words += (words.empty() ? "" : " ") + citation_words(row["evidence"][0]);
  if (row["evidence"].size() > 1) words += fmt::format(" and {} more", row["evidence"].size() - 1);
  return words;
}

const std::vector<Column> kColumns = {
    {"subject", [](const Json& row) { return text_at(row["subject"], "name"); }},
    {"relation", [](const Json& row) { return text_at(row, "relation"); }},
    {"object", other},
    {"status", [](const Json& row) { return text_at(row, "status"); }},
    {"when, and who says so", since}};

int run(const RelationsVerb& verb) {
  return print_rows(verb.common, kColumns, [&](const store::Store& store) -> Result<store::Rows> {
    store::RelationQuery query;
    DATELINE_TRY(query.person, store::one_identity(store, verb.name));
    if (!verb.path.empty()) {
      DATELINE_TRY(query.other, store::one_identity(store, verb.path));
    }
    query.clocks = verb.common.clocks;
    query.history = verb.history;
    query.paging = verb.common.paging;
    return store::relations(store, query);
  });
}

}  // namespace

void add_relations(CLI::App& app, int& status) {
  auto verb = std::make_shared<RelationsVerb>();
  CLI::App* command = app.add_subcommand("relations", "Ties of a person and the state they are in");
  command->footer("Example: dateline relations stories.db \"Tessa Okafor\" --as-of 2022-03-01");
  add_store_options(*command, verb->common);
  command->add_option("name", verb->name, "a name, or an id like P3")->required();
  command->add_option("--path", verb->path, "the shortest chain of ties to this one");
  command->add_flag("--history", verb->history, "every state, not only the one that holds");
  add_clock_options(*command, verb->common.clocks);
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
