#pragma once
// The verbs. Each adds its subcommand, whose callback does the work and sets `status`.
#include <CLI/CLI.hpp>

namespace dateline::app {

void add_read(CLI::App& app, int& status);
void add_annotate(CLI::App& app, int& status);
void add_serve(CLI::App& app, int& status);

}  // namespace dateline::app
