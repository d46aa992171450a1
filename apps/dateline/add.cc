// dateline add STORE INPUT…: read and keep.
#include <fmt/format.h>

#include <memory>

#include "dateline/reader/reader.h"
#include "dateline/store/store.h"
#include "models_folder.h"
#include "session.h"
#include "verbs.h"
#include "version.h"

namespace dateline::app {
namespace {

struct AddVerb {
  std::string store;
  SessionOptions session;
};

struct Tally {
  std::size_t added = 0, same = 0, folded = 0, newer = 0;
  void count(store::Outcome outcome) {
    switch (outcome) {
      case store::Outcome::kAdded:
        ++added;
        break;
      case store::Outcome::kSame:
        ++same;
        break;
      case store::Outcome::kFolded:
        ++folded;
        break;
      case store::Outcome::kNewer:
        ++newer;
        break;
    }
  }
};

int run(AddVerb& verb) {
  const auto models = Models::load(models_folder());
  if (!models) {
    complain(models.error().message);
    return 1;
  }
  auto store = store::Store::open(verb.store, store::OpenMode::kCreate);
  if (!store) {
    complain(store.error().message);
    return 1;
  }
  Tally tally;
  const std::string reader = version();
  const Work work = [&](const Article& article, Doc doc) -> Finish {
    auto record = std::make_shared<const Record>(read(article, std::move(doc), *models));
    return [record, &store, &tally, &reader]() -> Result<std::string> {
      DATELINE_TRY(const store::Added added, store->add(*record, reader));
      tally.count(added.outcome);
      return std::string();
    };
  };
  // What is there already need not be read: a run that was killed goes on where it stopped.
  const Wanted wanted = [&](const Article& article) -> Result<bool> {
    DATELINE_TRY(const bool there, store->has(article));
    tally.same += there ? 1 : 0;
    return !there;
  };
  const int status = run_session(verb.session, work, wanted);
  if (!verb.session.quiet)
    complain(fmt::format("{}: {} added, {} there already, {} copies folded, {} newer versions",
                         verb.store, tally.added, tally.same, tally.folded, tally.newer));
  return status;
}

}  // namespace

void add_add(CLI::App& app, int& status) {
  auto verb = std::make_shared<AddVerb>();
  CLI::App* command = app.add_subcommand("add", "Read articles and keep them in a store");
  command->footer("Example: dateline add stories.db archive/ --threads 2");
  command->add_option("store", verb->store, "the store: a file, made when it is not there")
      ->required();
  add_session_options(*command, verb->session);
  command->add_option("--jobs", verb->session.threads, "the same as --threads")
      ->check(CLI::Range(1, 256));
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
