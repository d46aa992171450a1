// dateline show STORE ARTICLE: an article with its lines and people.
#include <fmt/format.h>

#include "dateline/store/queries.h"
#include "dateline/unicode/utf8.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

struct ShowVerb {
  StoreVerb common;
  std::int64_t article = 0;
};

std::string slice_of(const Json& record, const unicode::OffsetMap& offsets, const Json& span) {
  const auto text = record["text"].get<std::string>();
  const std::uint32_t begin = offsets.to_byte(span[0].get<std::uint32_t>()),
                      end = offsets.to_byte(span[1].get<std::uint32_t>());
  return text.substr(begin, end - begin);
}

std::string page(const Json& article) {
  const Json& record = article["record"];
  const std::string text = record["text"].get<std::string>();
  const unicode::OffsetMap offsets(text, unicode::OffsetUnit::kCodePoints);
  std::string out = fmt::format("{} {}\n{}{}{} (date: {})\n", text_at(article, "article"),
                                text_at(article, "title"), text_at(article, "publisher"),
                                article["publisher"].is_null() ? "" : ", ",
                                text_at(article, "published"), text_at(article, "published_basis"));
  if (!article["correction"].is_null()) out += text_at(article, "correction") + "\n";
  if (!article["superseded_by"].is_null())
    out += fmt::format("A later text at this address: article {}\n",
                       text_at(article, "superseded_by"));
  for (const Json& copy : article["copies"])
    out += fmt::format("Also: {} {}\n", text_at(copy, "publisher"), text_at(copy, "uri"));
  int paragraph = 0;
  for (const Json& block : record["blocks"]) {
    const bool numbered = block["kind"] == "paragraph";
    out += fmt::format("\n{}{}\n", numbered ? fmt::format("[{}] ", ++paragraph) : std::string(),
                       slice_of(record, offsets, block["span"]));
  }
  out += "\nPeople and things\n";
  for (const Json& entity : record["entities"]) {
    const std::string id = text_at(entity, "id");
    if (!article["identities"].contains(id)) continue;
    out += fmt::format("  {} {} ({})\n", text_at(article["identities"], id.c_str()),
                       text_at(entity, "name"), text_at(entity, "kind"));
  }
  out += "\nTimeline\n";
  for (const Json& line : record["timeline"])
    out += fmt::format("  {}  {}\n", interval_words(line["interval"]), text_at(line, "text"));
  return out;
}

int run(const ShowVerb& verb) {
  return print_text(verb.common, [&](const store::Store& store) -> Result<std::string> {
    DATELINE_TRY(const std::string text, store::article(store, verb.article));
    if (verb.common.format == "jsonl") return text + "\n";
    const Json article = Json::parse(text, nullptr, false);
    return verb.common.format == "json" ? article.dump(2) + "\n" : page(article);
  });
}

}  // namespace

void add_show(CLI::App& app, int& status) {
  auto verb = std::make_shared<ShowVerb>();
  CLI::App* command = app.add_subcommand("show", "One article with its people and its timeline");
  command->footer("Example: dateline show stories.db 17");
  add_store_options(*command, verb->common);
  command->add_option("article", verb->article, "its number")->required();
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
