// dateline read INPUT…: the record of each article.
#include <cstdlib>
#include "dateline/reader/reader.h"

#include "dateline/export/timeml.h"
#include "dateline/record/brief.h"
#include "dateline/record/write_json.h"
#include "models_folder.h"
#include "session.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct ReadVerb {
  SessionOptions session;
  ReadOptions passes;
  std::string format = "brief";
  std::string offsets = "chars";
  bool source_map = false;
  std::vector<std::string> without;
};

unicode::OffsetUnit offset_unit(const std::string& name) {
  if (name == "bytes") return unicode::OffsetUnit::kBytes;
  if (name == "utf16") return unicode::OffsetUnit::kUtf16;
  return unicode::OffsetUnit::kCodePoints;
}

void leave_out(const std::string& pass, ReadOptions& passes) {
  if (pass == "times") passes.times = false;
  if (pass == "entities") passes.entities = false;
  if (pass == "attributions") passes.attributions = false;
  if (pass == "events") passes.events = false;
  if (pass == "relations") passes.relations = false;
  if (pass == "timeline") passes.timeline = false;
}

int run(ReadVerb& verb) {
  const auto models = Models::load(models_folder());
  if (!models) {
    complain(models.error().message);
    return 1;
  }
  for (const std::string& pass : verb.without) leave_out(pass, verb.passes);
  const record::JsonOptions json{.offsets = offset_unit(verb.offsets),
                                 .indent = verb.format == "json" ? 2 : -1,
                                 .source_map = verb.source_map};
  return run_session(verb.session, [&](const Article& article, Doc doc) {
    const Record record = read(article, std::move(doc), *models, verb.passes);
    return already(verb.format == "brief"    ? record::write_brief(record) + "\n"
                   : verb.format == "timeml" ? exporting::write_timeml(record)
                                             : record::write_json(record, json) + "\n");
  });
}

}  // namespace

void add_read(CLI::App& app, int& status) {
  auto verb = std::make_shared<ReadVerb>();
  CLI::App* command =
      app.add_subcommand("read", "Read articles: who did what, when, and who says so");
  command->footer("Example: dateline read examples/ --format jsonl -o records.jsonl");
  add_session_options(*command, verb->session);
  add_language_option(*command, verb->session);
  command
      ->add_option("--format", verb->format,
                   "brief (for people), json (pretty), jsonl (a record a line) or timeml (TIMEX3 "
                   "of each text)")
      ->check(CLI::IsMember({"brief", "json", "jsonl", "timeml"}));
  command
      ->add_option("--offsets", verb->offsets, "unit of spans: chars (code points), bytes or utf16")
      ->check(CLI::IsMember({"chars", "bytes", "utf16"}));
  command->add_flag("--with-source-map", verb->source_map,
                    "in JSON, where each piece of the text stands in the bytes of its page");
  command->add_option("--without", verb->without, "passes to leave out, comma separated")
      ->delimiter(',')
      ->check(
          CLI::IsMember({"times", "entities", "attributions", "events", "relations", "timeline"}));
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
