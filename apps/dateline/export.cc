// dateline export STORE --format …: a whole store in the format of another program.
#include <fmt/format.h>

#include <map>
#include <utility>

#include "dateline/export/annotations.h"
#include "dateline/export/ftm.h"
#include "dateline/export/stable_id.h"
#include "dateline/export/tables.h"
#include "dateline/export/timelinejs.h"
#include "dateline/store/database.h"
#include "output.h"
#include "session.h"
#include "store_verb.h"
#include "verbs.h"

namespace dateline::app {
namespace {

constexpr std::size_t kPage = 2000;  // rows held at a time

struct ExportVerb {
  StoreVerb common;
  std::string table = "timeline";
  CLI::Option* table_option = nullptr;
  LineFilter filter;
};

using Ask = std::function<Result<store::Rows>(const store::Paging&)>;
using Use = std::function<Result<void>(const Json&)>;

// One export: reads the store page by page and article by article, and writes as it goes.
class Export {
 public:
  Export(const ExportVerb& verb, const store::Store& store, Output& output)
      : verb_(verb), store_(store), output_(output) {}

  Result<void> run() {
    DATELINE_TRY(query_, line_query(store_, verb_.filter));
    const std::string& format = verb_.common.format;
    if (format == "timelinejs") return timelinejs();
    if (format == "ftm") return follow_the_money();
    if (format == "annotations") return annotations();
    return format == "csv" ? csv() : records();
  }

  // What the format had no place for: "3 undated lines, 1 denied line".
  [[nodiscard]] std::string left_out() const {
    std::string words;
    for (const auto& [what, count] : left_out_)
      words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, what);
    return words;
  }

 private:
  Result<void> timelinejs() {
    DATELINE_DO(output_.write(exporting::kTimelineJs.open));
    bool first = true;
    const Use event = [&](const Json& line) -> Result<void> {
      const exporting::Piece piece = exporting::write_timelinejs(line);
      if (!piece.text.empty() && !std::exchange(first, false))
        DATELINE_DO(output_.write(exporting::kTimelineJs.between));
      return write(piece);
    };
    DATELINE_DO(each_line(event));
    return output_.write(exporting::kTimelineJs.close);
  }

  Result<void> follow_the_money() {
    DATELINE_TRY(const std::string key, key_of_store());
    const exporting::FollowTheMoney ftm(key);
    const Use person_and_ties = [&](const Json& person) -> Result<void> {
      DATELINE_TRY(const Json ties, ties_of(person));
      DATELINE_DO(write(ftm.person(person, ties)));
      for (const Json& tie : ties)
        if (tie["subject"]["id"] == person["id"]) DATELINE_DO(write(ftm.tie(tie)));
      return {};
    };
    DATELINE_DO(each_article(
        [&](const exporting::ArticleView& article) { return write(ftm.article(article)); }));
    DATELINE_DO(each_person(person_and_ties));
    return each_line([&](const Json& line) { return write(ftm.event(line)); });
  }

  Result<void> annotations() {
    DATELINE_TRY(const std::string key, key_of_store());
    DATELINE_DO(output_.write(exporting::annotations_head(key)));
    std::size_t total = 0;
    const auto marks_of = [&](const exporting::ArticleView& article) {
      std::string text;
      for (const std::string& annotation : exporting::write_annotations(article, key))
        text += (total++ == 0 ? "" : ",\n") + annotation;
      return output_.write(text);
    };
    DATELINE_DO(each_article(marks_of));
    return output_.write(exporting::annotations_tail(total));
  }

  Result<void> csv() {
    const exporting::Table& table = exporting::table_named(verb_.table);
    DATELINE_DO(output_.write(exporting::csv_head(table)));
    const auto row = [&](const Json& cells) {
      return output_.write(exporting::csv_row(table, cells));
    };
    if (table.of_line != nullptr)
      return each_line([&](const Json& line) { return row(table.of_line(line)); });
    if (table.of_person != nullptr)
      return each_person([&](const Json& person) { return row(table.of_person(person)); });
    return each_article([&](const exporting::ArticleView& article) -> Result<void> {
      for (const Json& cells : table.of_article(article)) DATELINE_DO(row(cells));
      return {};
    });
  }

  Result<void> records() {
    return each_number([&](std::int64_t id) -> Result<void> {
      DATELINE_TRY(const std::string record, store::record(store_, id));
      return output_.write(record + "\n");
    });
  }

  Result<void> write(const exporting::Piece& piece) {
    if (!piece.left_out.empty()) ++left_out_[piece.left_out];
    return output_.write(piece.text);
  }

  Result<void> each_number(const std::function<Result<void>(std::int64_t)>& use) {
    std::int64_t id = 0;
    while (!output_.closed()) {
      DATELINE_TRY(id, store::next_article(store_, id));
      if (id == 0) break;
      DATELINE_DO(use(id));
    }
    return {};
  }

  Result<void> each_article(const std::function<Result<void>(const exporting::ArticleView&)>& use) {
    return each_number([&](std::int64_t id) -> Result<void> {
      DATELINE_TRY(const std::string text, store::article(store_, id));
      return use(exporting::ArticleView(Json::parse(text, nullptr, false)));
    });
  }

  Result<void> each_row(const Ask& ask, const Use& use) {
    store::Paging paging{.cursor = {}, .limit = kPage};
    for (bool more = true; more && !output_.closed();) {
      DATELINE_TRY(const store::Rows page, ask(paging));
      for (const std::string& row : page.rows) DATELINE_DO(use(Json::parse(row, nullptr, false)));
      more = page.next.has_value();
      paging.cursor = page.next.value_or("");
    }
    return {};
  }

  Result<void> each_line(const Use& use) {
    return each_row(
        [&](const store::Paging& paging) {
          query_.paging = paging;
          return store::timeline(store_, query_);
        },
        use);
  }

  Result<void> each_person(const Use& use) {
    return each_row([&](const store::Paging& paging) { return store::people(store_, "", paging); },
                    use);
  }

  // Every state of every tie that a row of people has.
  Result<Json> ties_of(const Json& person) {
    store::RelationQuery query;
    query.person = store::parse_id(person["id"].get<std::string>(), 'P').value_or(0);
    query.history = true;
    Json ties = Json::array();
    DATELINE_DO(each_row(
        [&](const store::Paging& paging) {
          query.paging = paging;
          return store::relations(store_, query);
        },
        [&](const Json& tie) -> Result<void> {
          ties.push_back(tie);
          return {};
        }));
    return ties;
  }

  // "" for a store without an article.
  Result<std::string> key_of_store() const {
    DATELINE_TRY(const std::int64_t oldest, store::next_article(store_, 0));
    if (oldest == 0) return std::string();
    DATELINE_TRY(const std::string text, store::article(store_, oldest));
    return exporting::store_key(Json::parse(text, nullptr, false));
  }

  const ExportVerb& verb_;
  const store::Store& store_;
  Output& output_;
  store::TimelineQuery query_;
  std::map<std::string_view, std::size_t> left_out_;
};

// An option that the format has no use for; "" for none.
std::string misused(const ExportVerb& verb) {
  const std::string& format = verb.common.format;
  const bool csv = format == "csv";
  if (!csv && verb.table_option->count() > 0) return "--table goes with --format csv";
  if (format == "timelinejs" || (csv && verb.table == "timeline")) return {};
  for (const CLI::Option* option : verb.filter.options)
    if (option->count() > 0)
      return fmt::format(
          "{} goes with --format timelinejs and --format csv --table timeline; {} is of the whole "
          "store",
          option->get_name(), csv ? "--table " + verb.table : "--format " + format);
  return {};
}

Result<std::string> exported(const ExportVerb& verb) {
  DATELINE_TRY(const store::Store store,
               store::Store::open(verb.common.store, store::OpenMode::kRead));
  // Whoever adds meanwhile: the export is of one moment.
  DATELINE_TRY(const auto moment, store::Transaction::begin_reading(store.database()));
  DATELINE_TRY(Output output, Output::open(verb.common.output));
  Export all(verb, store, output);
  DATELINE_DO(all.run());
  DATELINE_DO(output.finish());
  return all.left_out();
}

int run(const ExportVerb& verb) {
  if (const std::string what = misused(verb); !what.empty()) {
    complain(what);
    return 2;
  }
  const auto left_out = exported(verb);
  if (!left_out) {
    complain(left_out.error().message);
    return 1;
  }
  if (!left_out->empty() && !verb.common.quiet)
    complain(
        fmt::format("left out, for {} has no place for them: {}", verb.common.format, *left_out));
  return 0;
}

}  // namespace

void add_export(CLI::App& app, int& status) {
  auto verb = std::make_shared<ExportVerb>();
  CLI::App* command = app.add_subcommand("export", "The story in the format of another program");
  command->footer("Example: dateline export stories.db --format timelinejs -o timeline.json");
  add_place_options(*command, verb->common);
  command
      ->add_option("--format", verb->common.format,
                   "timelinejs (TimelineJS3), ftm (FollowTheMoney, JSON Lines), annotations (W3C "
                   "Web Annotation), csv (one --table), jsonl (the records)")
      ->required()
      ->check(CLI::IsMember({"timelinejs", "ftm", "annotations", "csv", "jsonl"}));
  std::vector<std::string> names;
  for (const exporting::Table& table : exporting::tables()) names.emplace_back(table.name);
  verb->table_option = command->add_option("--table", verb->table, "of CSV: which table")
                           ->check(CLI::IsMember(names));
  add_line_options(*command, verb->filter);
  command->callback([verb, &status] { status = run(*verb); });
}

}  // namespace dateline::app
