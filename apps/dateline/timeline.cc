// dateline timeline STORE [NAME…]: what happened, over all articles.
#include <fmt/format.h>

#include "dateline/store/queries.h"
#include "session.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct TimelineVerb {
  StoreVerb common;
  LineFilter filter;
  bool explain = false;
};

std::string words(const Json& row) {
  std::string line = text_at(row, "text") + marks(row);
  const Json& tellers = row["tellers"];
  line += " — " + citation_words(tellers[0]);
  if (tellers.size() > 1) line += fmt::format(" and {} more", tellers.size() - 1);
  return line;
}

std::string sentence(const Json& row) { return text_at(row["tellers"][0], "sentence"); }

// CSV has a column for each thing that a program asks for.
const std::vector<Column>& columns(const std::string& format) {
  static const std::vector<Column> table = {
      {"when", [](const Json& row) { return text_at(row, "label"); }},
      {"line", [](const Json& row) { return text_at(row, "id"); }},
      {"what", words}};
  static const std::vector<Column> csv = {
      {"line", [](const Json& row) { return text_at(row, "id"); }},
      {"begin",
       [](const Json& row) {
         return row["interval"][0].is_null() ? "" : row["interval"][0].get<std::string>();
       }},
      {"end",
       [](const Json& row) {
         return row["interval"][1].is_null() ? "" : row["interval"][1].get<std::string>();
       }},
      {"label", [](const Json& row) { return text_at(row, "label"); }},
      {"text", [](const Json& row) { return text_at(row, "text"); }},
      {"class", [](const Json& row) { return text_at(row, "class"); }},
      {"polarity", [](const Json& row) { return text_at(row, "polarity"); }},
      {"certainty", [](const Json& row) { return text_at(row, "certainty"); }},
      {"attributed",
       [](const Json& row) {
         return row["attributed"].is_null() ? "" : text_at(row["attributed"], "speaker");
       }},
      {"people", [](const Json& row) { return names_in(row["people"]); }},
      {"publishers", [](const Json& row) { return text_at(row, "publishers"); }},
      {"tellers", [](const Json& row) { return std::to_string(row["tellers"].size()); }},
      {"article", [](const Json& row) { return text_at(row["tellers"][0], "article"); }},
      {"title", [](const Json& row) { return text_at(row["tellers"][0], "title"); }},
      {"publisher", [](const Json& row) { return text_at(row["tellers"][0], "publisher"); }},
      {"published", [](const Json& row) { return text_at(row["tellers"][0], "published"); }},
      {"span", [](const Json& row) { return row["tellers"][0]["span"].dump(); }},
      {"sentence", sentence}};
  return format == "csv" ? csv : table;
}

// The evidence chain of every row, for people.
std::string explained(const store::Rows& rows) {
  std::string out;
  for (const std::string& text : rows.rows) {
    const Json row = Json::parse(text, nullptr, false);
    out += fmt::format("{}  {}  {}\n", text_at(row, "label"), text_at(row, "id"),
                       text_at(row, "text"));
    for (const Json& teller : row["tellers"])
      out += fmt::format("    {}{}: {}\n      “{}”\n", citation_words(teller),
                         teller["superseded"].get<bool>() ? " (superseded)" : "",
                         text_at(teller, "label"), text_at(teller, "sentence"));
  }
  return out.empty() ? "nothing found\n" : out;
}

int run(TimelineVerb& verb) {
  const auto ask = [&](const store::Store& store) -> Result<store::Rows> {
    DATELINE_TRY(store::TimelineQuery query, line_query(store, verb.filter));
    query.paging = verb.common.paging;
    return store::timeline(store, query);
  };
  if (verb.explain && verb.common.format == "table")
    return print_text(verb.common, [&](const store::Store& store) -> Result<std::string> {
      DATELINE_TRY(const store::Rows rows, ask(store));
      return explained(rows);
    });
  return print_rows(verb.common, columns(verb.common.format), ask);
}

}  // namespace

void add_timeline(CLI::App& app, int& status) {
  auto verb = std::make_shared<TimelineVerb>();
  CLI::App* command =
      app.add_subcommand("timeline", "What happened, in order of time, over all articles");
  command->footer("Example: dateline timeline stories.db \"Tessa Okafor\" --from 2022-01-01");
  add_store_options(*command, verb->common);
  add_line_options(*command, verb->filter);
  command->add_flag("--explain", verb->explain, "the sentences behind each line");
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
