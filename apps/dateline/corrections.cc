// dateline merge, split, undo: identity, corrected by a person.
#include "dateline/store/corrections.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct CorrectionVerb {
  StoreVerb common;
  std::string a, b;
  std::vector<std::int64_t> articles;
};

Result<std::string> said(const Result<store::Correction>& correction) {
  if (!correction) return tl::unexpected<Error>(correction.error());
  return correction->said;
}

int run_merge(const CorrectionVerb& verb) {
  return change_store(verb.common, [&](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::int64_t a, store::one_identity(store, verb.a));
    DATELINE_TRY(const std::int64_t b, store::one_identity(store, verb.b));
    return said(store::merge(store, a, b));
  });
}

int run_split(const CorrectionVerb& verb) {
  return change_store(verb.common, [&](store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::int64_t a, store::one_identity(store, verb.a));
    return said(store::split(store, a, verb.articles));
  });
}

int run_undo(const CorrectionVerb& verb) {
  return change_store(verb.common, [](store::Store& store) { return said(store::undo(store)); });
}

}  // namespace

void add_corrections(CLI::App& app, int& status) {
  auto merge = std::make_shared<CorrectionVerb>();
  CLI::App* command = app.add_subcommand("merge", "Two identities are one; undo takes it back");
  command->footer("Example: dateline merge stories.db P3 P9");
  add_store_options(*command, merge->common);
  command->add_option("a", merge->a, "the one that stays: a name, or an id")->required();
  command->add_option("b", merge->b, "the one that becomes it")->required();
  command->callback([merge, &status] { status = run_merge(*merge); });

  auto split = std::make_shared<CorrectionVerb>();
  command = app.add_subcommand("split", "In these articles the name is somebody else's");
  command->footer("Example: dateline split stories.db P3 17 21");
  add_store_options(*command, split->common);
  command->add_option("person", split->a, "a name, or an id")->required();
  command->add_option("articles", split->articles, "numbers of articles")->required();
  command->callback([split, &status] { status = run_split(*split); });

  auto undo = std::make_shared<CorrectionVerb>();
  command = app.add_subcommand("undo", "Takes back the last merge or split");
  command->footer("Example: dateline undo stories.db");
  add_store_options(*command, undo->common);
  command->callback([undo, &status] { status = run_undo(*undo); });
}

}  // namespace dateline::app
