// dateline serve STORE: the store over HTTP, with its page.
#include <fmt/format.h>
#include <pthread.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "article_adder.h"
#include "dateline/serve/api.h"
#include "dateline/serve/page.h"
#include "dateline/serve/server.h"
#include "session.h"
#include "verbs.h"
#include "version.h"

namespace dateline::app {
namespace {

struct ServeVerb {
  std::string store;
  std::string model;
  serve::ServerOptions server;
  bool quiet = false;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// A connection is a file: as many as the system lets us have.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// The signals that end the server, held back from every thread so that one can wait for them.
sigset_t hold_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

Result<void> serve_until_signalled(const ServeVerb& verb) {
  const sigset_t signals = hold_signals();
  raise_file_limit();
  DATELINE_TRY(auto loaded,
               ArticleAdder::load(verb.model.empty() ? environment("DATELINE_MODEL") : verb.model));
  const auto adder = std::make_shared<ArticleAdder>(std::move(loaded));
  DATELINE_TRY(
      const auto api,
      serve::Api::open({.store = verb.store,
                        .version = version_number(),
                        .adder = [adder](store::Store& store, const serve::AddRequest& sent) {
                          return adder->add(store, sent);
                        }}));
  const auto answer = [&api](const serve::Request& request) {
    if (request.path.starts_with("/api/")) return api.answer(request);
    if (request.method == "GET") return serve::answer_page(request);
    auto refused = serve::error_response(405, "method", "only GET");
    refused.allow = "GET";
    return refused;
  };
  DATELINE_TRY(const auto server, serve::Server::start(verb.server, answer, &serve::Api::is_slow));
  const bool v6 = verb.server.address.find(':') != std::string::npos;
  fmt::print(stderr, "dateline: serving {} at http://{}:{}/\n", verb.store,
             v6 ? "[" + verb.server.address + "]" : verb.server.address, server.port());
  int signal = 0;
  sigwait(&signals, &signal);
  if (!verb.quiet) fmt::print(stderr, "dateline: stopping\n");
  return {};
}

int run(ServeVerb& verb) {
  verb.server.guard.token = environment("DATELINE_TOKEN");
  const auto done = serve_until_signalled(verb);
  if (done) return 0;
  complain(done.error().message);
  return 1;
}

}  // namespace

void add_serve(CLI::App& app, int& status) {
  auto verb = std::make_shared<ServeVerb>();
  CLI::App* command =
      app.add_subcommand("serve", "Show a store in the browser, and answer over HTTP");
  command->footer("Example: dateline serve stories.db\nThe API: /api/openapi.json");
  command->add_option("store", verb->store, "the store")->required();
  command->add_option("--port", verb->server.port, "0: any free one")->capture_default_str();
  command
      ->add_option(
          "--address", verb->server.address,
          "where to listen, in digits; off the loopback only with a token in DATELINE_TOKEN")
      ->capture_default_str();
  command->add_option("--host", verb->server.guard.hosts,
                      "a further name that the server may be called by");
  command->add_option("--model", verb->model,
                      "a spaCy v3 pipeline folder (default: $DATELINE_MODEL)");
  command->add_flag("--quiet", verb->quiet, "no messages but the address");
  command->callback([verb, &status] {
    if (!serve::is_loopback(verb->server.address) && environment("DATELINE_TOKEN").empty())
      throw CLI::ValidationError("--address", verb->server.address +
                                                  " can be reached from elsewhere: set a token in "
                                                  "DATELINE_TOKEN");
    status = run(*verb);
  });
}

}  // namespace dateline::app
