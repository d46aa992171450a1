// dateline update STORE: read again what an older version or another model read.
#include <fmt/format.h>

#include "dateline/language/pipeline.h"
#include "dateline/reader/reader.h"
#include "dateline/store/store.h"
#include "models_folder.h"
#include "session.h"
#include "store_verb.h"
#include "verbs.h"
#include "version.h"

namespace dateline::app {
namespace {

struct UpdateVerb {
  StoreVerb common;
  SessionOptions session;  // of it the model alone
  bool all = false;
};

Result<std::string> update(store::Store& store, const UpdateVerb& verb) {
  const std::string reader = version();
  DATELINE_TRY(const auto articles, store.read_by_others(verb.all ? "" : reader));
  if (articles.empty()) return fmt::format("{}: everything was read by {}", store.path(), reader);
  DATELINE_TRY(const auto models, Models::load(models_folder()));
  DATELINE_TRY(const auto pipeline, language::Pipeline::load(model_folder(verb.session)));
  language::Workspace workspace;
  for (const std::int64_t id : articles) {
    DATELINE_TRY(const Article article, store.article(id));
    std::vector<Doc> docs = annotate(pipeline, std::span(&article, 1), workspace);
    DATELINE_DO(store.replace(id, read(article, std::move(docs.front()), models), reader));
  }
  return fmt::format("{}: {} articles read again by {}", store.path(), articles.size(), reader);
}

}  // namespace

void add_update(CLI::App& app, int& status) {
  auto verb = std::make_shared<UpdateVerb>();
  CLI::App* command =
      app.add_subcommand("update", "Read again what an older version or model read");
  command->footer("Example: dateline update stories.db");
  add_store_options(*command, verb->common);
  command->add_option("--model", verb->session.model,
                      "a spaCy v3 pipeline folder (default: $DATELINE_MODEL)");
  command->add_flag("--all", verb->all, "also what this version read");
  command->callback([verb, &status] {
    status = change_store(verb->common, [&](store::Store& store) { return update(store, *verb); });
  });
}

}  // namespace dateline::app
