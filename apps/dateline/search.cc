// dateline search STORE WORDS: full text.
#include "dateline/store/queries.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct SearchVerb {
  StoreVerb common;
  std::vector<std::string> words;
};

const std::vector<Column> kColumns = {
    {"article", [](const Json& row) { return text_at(row, "article"); }},
    {"published", [](const Json& row) { return text_at(row, "published").substr(0, 10); }},
    {"title", [](const Json& row) { return text_at(row, "title"); }},
    {"hit", [](const Json& row) { return text_at(row, "snippet"); }}};

int run(const SearchVerb& verb) {
  std::string words;
  for (const std::string& word : verb.words) words += (words.empty() ? "" : " ") + word;
  return print_rows(verb.common, kColumns, [&](const store::Store& store) {
    return store::search(store, words, verb.common.paging);
  });
}

}  // namespace

void add_search(CLI::App& app, int& status) {
  auto verb = std::make_shared<SearchVerb>();
  CLI::App* command = app.add_subcommand("search", "Full text, best first");
  command->footer("Example: dateline search stories.db '\"divorce papers\" OR custody'");
  add_store_options(*command, verb->common);
  command->add_option("words", verb->words, "words, \"phrases\", AND, OR, NOT")->required();
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
