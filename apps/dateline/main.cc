// dateline: the command line. One file a verb; each parses its arguments, calls the library,
// prints. Exit status: 0 done, 1 something failed (each failure named on standard error, the rest
// done), 2 misuse.
#include <CLI/CLI.hpp>
#include <csignal>

#include "verbs.h"
#include "version.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app{
      "Dateline reads dated news and keeps the record: who did what, when, and who says so."};
  app.set_version_flag("--version", dateline::app::version());
  app.require_subcommand(1);
  int status = 0;
  dateline::app::add_read(app, status);
  dateline::app::add_annotate(app, status);
  dateline::app::add_add(app, status);
  dateline::app::add_timeline(app, status);
  dateline::app::add_people(app, status);
  dateline::app::add_relations(app, status);
  dateline::app::add_quotes(app, status);
  dateline::app::add_conflicts(app, status);
  dateline::app::add_search(app, status);
  dateline::app::add_show(app, status);
  dateline::app::add_export(app, status);
  dateline::app::add_corrections(app, status);
  dateline::app::add_update(app, status);
  dateline::app::add_check(app, status);
  dateline::app::add_serve(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return status;
}
