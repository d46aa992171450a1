// dateline annotate INPUT…: what the language runtime says of each text, and nothing more.
#include "dateline/language/conllu.h"
#include "dateline/language/token_dump.h"
#include "session.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct AnnotateVerb {
  SessionOptions session;
  std::string format = "tokens";
};

int run(const AnnotateVerb& verb) {
  return run_session(verb.session, [&](const Article& article, Doc doc) {
    return already(verb.format == "conllu" ? language::write_conllu(article.id, doc)
                                           : language::write_token_dump(article.id, doc) + "\n");
  });
}

}  // namespace

void add_annotate(CLI::App& app, int& status) {
  auto verb = std::make_shared<AnnotateVerb>();
  CLI::App* command =
      app.add_subcommand("annotate", "Tokens, tags, lemmas, dependencies and names of each text");
  command->footer("Example: dateline annotate article.txt --format conllu");
  add_session_options(*command, verb->session);
  command->add_option("--format", verb->format, "tokens (a JSON object a text) or conllu")
      ->check(CLI::IsMember({"tokens", "conllu"}));
  verb->session.plain = true;
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
