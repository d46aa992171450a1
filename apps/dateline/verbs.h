#pragma once
// The verbs. Each adds its subcommand, whose callback does the work and sets `status`.
#include <CLI/CLI.hpp>

namespace dateline::app {

void add_read(CLI::App& app, int& status);
void add_annotate(CLI::App& app, int& status);
void add_add(CLI::App& app, int& status);
void add_update(CLI::App& app, int& status);
void add_timeline(CLI::App& app, int& status);
void add_people(CLI::App& app, int& status);
void add_relations(CLI::App& app, int& status);
void add_quotes(CLI::App& app, int& status);
void add_conflicts(CLI::App& app, int& status);
void add_search(CLI::App& app, int& status);
void add_show(CLI::App& app, int& status);
void add_corrections(CLI::App& app, int& status);  // merge, split, undo
void add_export(CLI::App& app, int& status);
void add_check(CLI::App& app, int& status);
void add_serve(CLI::App& app, int& status);

}  // namespace dateline::app
