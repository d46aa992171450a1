// dateline add STORE INPUT…: read and keep.
#include <fmt/format.h>

#include <csignal>
#include <ctime>
#include <memory>
#include <optional>

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
  int follow = 0;  // seconds between two looks at the inputs; 0: once
};

struct Tally {
  std::size_t added = 0, same = 0, folded = 0, newer = 0;
  friend bool operator==(const Tally&, const Tally&) = default;
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

// Reads the inputs once.
int add_once(const AddVerb& verb, const Models& models, store::Store& store, Tally& tally) {
  const std::string reader = version();
  const Work work = [&](const Article& article, Doc doc) -> Finish {
    auto record = std::make_shared<const Record>(read(article, std::move(doc), models));
    auto prepared = std::make_shared<const store::Prepared>(store::prepare(*record));
    return [record, prepared, &store, &tally, &reader]() -> Result<std::string> {
      DATELINE_TRY(const store::Added added, store.add(*prepared, reader));
      tally.count(added.outcome);
      return std::string();
    };
  };
  // What is there already need not be read: a run that was killed goes on where it stopped.
  const Wanted wanted = [&](const Article& article) -> Result<bool> {
    DATELINE_TRY(const bool there, store.has(article));
    tally.same += there ? 1 : 0;
    return !there;
  };
  return run_session(verb.session, work, wanted);
}

// Waits for the next look at the inputs; true when a signal ends the watch instead.
bool told_to_stop(const sigset_t& signals, int seconds) {
  const timespec patience{.tv_sec = seconds, .tv_nsec = 0};
  return sigtimedwait(&signals, nullptr, &patience) > 0;
}

Result<int> try_run(const AddVerb& verb) {
  DATELINE_TRY(const auto models, Models::load(models_folder()));
  DATELINE_TRY(auto store, store::Store::open(verb.store, store::OpenMode::kCreate));
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  if (verb.follow > 0) pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  int status = 0;
  Tally last;
  do {
    Tally tally;
    status = add_once(verb, models, store, tally);
    if (!verb.session.quiet && !(tally == last))
      complain(fmt::format("{}: {} added, {} there already, {} copies folded, {} newer versions",
                           verb.store, tally.added, tally.same, tally.folded, tally.newer));
    last = tally;
  } while (verb.follow > 0 && !told_to_stop(signals, verb.follow));
  return verb.follow > 0 ? 0 : status;
}

int run(const AddVerb& verb) {
  const auto status = try_run(verb);
  if (status) return *status;
  complain(status.error().message);
  return 1;
}

}  // namespace

void add_add(CLI::App& app, int& status) {
  auto verb = std::make_shared<AddVerb>();
  CLI::App* command = app.add_subcommand("add", "Read articles and keep them in a store");
  command->footer("Example: dateline add stories.db archive/ --threads 2");
  command->add_option("store", verb->store, "the store: a file, made when it is not there")
      ->required();
  add_session_options(*command, verb->session);
  add_language_option(*command, verb->session);
  command->add_option("--jobs", verb->session.threads, "the same as --threads")
      ->check(CLI::Range(1, 256));
  command
      ->add_option("--follow", verb->follow,
                   "look at the inputs again every so many seconds (30), until told to stop")
      ->expected(0, 1)
      ->default_str("30")
      ->check(CLI::Range(1, 86'400));
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
