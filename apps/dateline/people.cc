// dateline people STORE [NAME]: who there is; one person whole.
#include <fmt/format.h>

#include "dateline/store/queries.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct PeopleVerb {
  StoreVerb common;
  std::string name;
  bool explain = false;
};

std::string joined(const Json& words) {
  std::string out;
  for (const Json& word : words) out += (out.empty() ? "" : ", ") + word.get<std::string>();
  return out;
}

const std::vector<Column> kColumns = {
    {"id", [](const Json& row) { return text_at(row, "id"); }},
    {"name", [](const Json& row) { return text_at(row, "name"); }},
    {"kind", [](const Json& row) { return text_at(row, "kind"); }},
    {"articles", [](const Json& row) { return text_at(row, "articles"); }},
    {"mentions", [](const Json& row) { return text_at(row, "mentions"); }},
    {"first", [](const Json& row) { return text_at(row, "first").substr(0, 10); }},
    {"last", [](const Json& row) { return text_at(row, "last").substr(0, 10); }},
    {"also", [](const Json& row) { return joined(row["aliases"]); }}};

std::string tie_words(const Json& tie, const std::string& id) {
  const bool subject = text_at(tie["subject"], "id") == id;
  const Json& other = subject ? tie["object"] : tie["subject"];
  const std::string who = other.is_null() ? text_at(tie, "value") : text_at(other, "name");
  return fmt::format("  {}{}{}{} {} {} [{}]\n",
                     text_at(tie, "polarity") == "negative" ? "not " : "", text_at(tie, "relation"),
                     subject ? ": " : " of: ", who,
                     text_at(tie, "status") == "unknown" ? "" : "(" + text_at(tie, "status") + ")",
                     interval_words(tie["interval"]), citation_words(tie["evidence"][0]));
}

std::string whole(const Json& person, bool explain) {
  std::string out =
      fmt::format("{} {} ({}): {} articles\n", text_at(person, "id"), text_at(person, "name"),
                  text_at(person, "kind"), text_at(person, "articles"));
  if (!person["aliases"].empty()) out += "  also " + joined(person["aliases"]) + "\n";
  if (!person["descriptions"].empty()) out += "  told as " + joined(person["descriptions"]) + "\n";
  if (!person["ties"].empty()) out += "Ties\n";
  for (const Json& tie : person["ties"]) out += tie_words(tie, text_at(person, "id"));
  if (!person["candidates"].empty()) out += "Perhaps the same\n";
  for (const Json& candidate : person["candidates"])
    out += fmt::format("  {} {}: for: {}; against: {}\n", text_at(candidate, "id"),
                       text_at(candidate, "name"), joined(candidate["for"]),
                       joined(candidate["against"]));
  if (explain && !person["reasons"].empty()) {
    out += "Joined, because\n";
    for (const Json& reason : person["reasons"])
      out += fmt::format("  article {}, {}: {}\n", text_at(reason, "article"),
                         text_at(reason, "name"), joined(reason["for"]));
  }
  return out;
}

int run(const PeopleVerb& verb) {
  if (verb.name.empty())
    return print_rows(verb.common, kColumns, [&](const store::Store& store) {
      return store::people(store, "", verb.common.paging);
    });
  // Several that the name may mean are listed; one is told whole.
  return print_text(verb.common, [&](const store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const auto found, store::identities(store, verb.name));
    std::string out;
    std::vector<Json> rows;
    for (const std::int64_t id : found) {
      DATELINE_TRY(const std::string text, store::person(store, id));
      if (verb.common.format == "jsonl") out += text + "\n";
      rows.push_back(Json::parse(text, nullptr, false));
    }
    if (verb.common.format == "jsonl") return out;
    if (verb.common.format == "json") return Json(rows).dump(2) + "\n";
    if (verb.common.format == "csv") return write_csv(kColumns, rows);
    return rows.size() == 1 ? whole(rows.front(), verb.explain) : write_table(kColumns, rows);
  });
}

}  // namespace

void add_people(CLI::App& app, int& status) {
  auto verb = std::make_shared<PeopleVerb>();
  CLI::App* command = app.add_subcommand("people", "Who is told of: people, organisations, places");
  command->footer("Example: dateline people stories.db \"Tessa Okafor\" --explain");
  add_store_options(*command, verb->common);
  command->add_option("name", verb->name, "one of them: a name, or an id like P3");
  command->add_flag("--explain", verb->explain, "why the articles' people are one");
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
