// dateline quotes STORE: who said what, of whom.
#include "dateline/store/queries.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct QuotesVerb {
  StoreVerb common;
  std::string by, about;
  store::QuoteQuery query;
};

const std::vector<Column> kColumns = {
    {"id", [](const Json& row) { return text_at(row, "id"); }},
    {"form", [](const Json& row) { return text_at(row, "form"); }},
    {"speaker",
     [](const Json& row) {
       return row["speaker"].is_null() ? text_at(row, "source") : text_at(row["speaker"], "name");
     }},
    {"source", [](const Json& row) { return text_at(row, "source_kind"); }},
    {"where", [](const Json& row) { return citation_words(row["citation"]); }},
    {"content", [](const Json& row) { return text_at(row, "content"); }}};

int run(QuotesVerb& verb) {
  return print_rows(verb.common, kColumns, [&](const store::Store& store) -> Result<store::Rows> {
    if (!verb.by.empty()) {
      DATELINE_TRY(const std::int64_t by, store::one_identity(store, verb.by));
      verb.query.by = {by};
    }
    if (!verb.about.empty()) {
      DATELINE_TRY(const std::int64_t about, store::one_identity(store, verb.about));
      verb.query.about = {about};
    }
    verb.query.clocks = verb.common.clocks;
    verb.query.paging = verb.common.paging;
    return store::quotes(store, verb.query);
  });
}

}  // namespace

void add_quotes(CLI::App& app, int& status) {
  auto verb = std::make_shared<QuotesVerb>();
  CLI::App* command = app.add_subcommand("quotes", "Who said what, in direct speech or not");
  command->footer("Example: dateline quotes stories.db --by \"Tessa Okafor\" --form direct");
  add_store_options(*command, verb->common);
  command->add_option("--by", verb->by, "said by: a name, or an id like P3");
  command->add_option("--about", verb->about, "that speak of: a name, or an id");
  command->add_option("--form", verb->query.form, "direct, indirect or mixed")
      ->check(CLI::IsMember({"direct", "indirect", "mixed"}));
  command->add_flag("--unnamed", verb->query.unnamed, "only sources without a name");
  command->add_option("--known-by", verb->common.clocks.known_by,
                      "what a reader could know on this day (YYYY-MM-DD)");
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
