// store_bench FOLDER [ARTICLES [EVENTS]]
//
// What a store costs: records that are ready, made of a grammar like that of the test story
// (tests/story), are put into a new store in FOLDER, then it is asked. An article has EVENTS (3)
// sentences that tell what one person did to another, where and when, one of them with their
// trades; as many without anybody; and what somebody said of the first. 720 people, of whom an
// article has about 2 * EVENTS. Prints one line of JSON: records a second, bytes an article beyond
// its text, and for each question the median and the worst of 200 times, in milliseconds.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "dateline/article/fingerprint.h"
#include "dateline/store/queries.h"
#include "dateline/store/store.h"

namespace {

using dateline::ByteSpan;
using dateline::Record;

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

constexpr std::array<const char*, 24> kGiven = {
    "Nora",  "Edvin", "Clara",  "Ilya", "Petra",  "Oskar", "Ruth", "Milan",
    "Tessa", "Marlo", "Hester", "Jude", "Adaeze", "Pell",  "Wren", "Ilse",
    "Tom",   "Rhea",  "Ines",   "Arno", "Vera",   "Lucan", "Mira", "Sten"};
constexpr std::array<const char*, 30> kFamily = {
    "Selwick", "Hale",      "Voss",     "Menn",     "Lund",      "Brandl",   "Adeyemi", "Reyk",
    "Okafor",  "Venn",      "Quill",    "Halloran", "Tarn",      "Orme",     "Kemp",    "Brandt",
    "Reyes",   "Lindqvist", "Calloway", "Fenn",     "Marsh",     "Dorrance", "Ketter",  "Osgood",
    "Pryce",   "Rolfe",     "Sand",     "Tull",     "Underhill", "Yarrow"};
constexpr std::array<const char*, 12> kPlaces = {
    "Ferrin",   "Sallow",        "Brackwater",  "Port Ansel", "Old Ferrin",  "Kestrel",
    "Millrace", "Inner Harbour", "Lantern Bay", "Northgate",  "Easter Hill", "Long Quay"};
constexpr std::array<const char*, 6> kPublishers = {"Morning Ledger",  "Harbour Courier",
                                                    "Evening Lantern", "Daily Ferry",
                                                    "Northern Wire",   "Sports Mirror"};
// The end of a sentence: enough words that two articles are told apart.
constexpr std::array<const char*, 12> kWhen = {
    "before the ferry left",   "while rain fell",        "after a long supper",
    "as the bells rang",       "during the spring fair", "before a crowd of strangers",
    "once the votes were in",  "after the last whistle", "while the mill stood still",
    "as snow closed the road", "between two concerts",   "during a strike"};
constexpr std::array<const char*, 12> kWhat = {"with papers in hand",
                                               "without a word to reporters",
                                               "against the advice of lawyers",
                                               "under the old bridge",
                                               "beside a broken clock",
                                               "near the fish market",
                                               "with both families there",
                                               "in front of the archive",
                                               "by a narrow majority",
                                               "at the foot of the tower",
                                               "to loud applause",
                                               "for the second time"};
constexpr std::array<const char*, 12> kHow = {
    "and paid",         "and won by",      "and waited until", "and counted",
    "and signed page",  "and took bus",    "and left room",    "and quoted rule",
    "and gave account", "and read letter", "and asked about",  "and named pier"};
constexpr std::array<const char*, 8> kTrades = {"actress", "architect", "mayor", "violinist",
                                                "lawyer",  "coach",     "poet",  "baker"};
struct Deed {
  const char* words;
  const char* lemma;
  const char* event_class;
};
constexpr std::array<Deed, 8> kDeeds = {{{"met", "meet", "meet"},
                                         {"married", "marry", "marry"},
                                         {"sued", "sue", "sue"},
                                         {"praised", "praise", ""},
                                         {"hired", "hire", "hire"},
                                         {"accused", "accuse", "accuse"},
                                         {"visited", "visit", "travel"},
                                         {"beat", "beat", "win"}}};

std::string name_at(std::size_t given, std::size_t family) {
  return fmt::format("{} {}", kGiven[given], kFamily[family]);
}

// Writes one article and its record at once, so that every span is right by construction.
class Writer {
 private:
  template <class List>
  auto pick(const List& list) {
    return list[random_() % list.size()];
  }

 public:
  Writer(std::uint64_t seed, std::size_t events) : random_(seed), events_(events) {}

  Record article(std::size_t number) {
    Record record;
    record_ = &record;
    const auto day =
        std::chrono::sys_days(std::chrono::year{2015} / 1 / 1) + std::chrono::days(number % 3650);
    record.article.id = fmt::format("bench-{}", number);
    record.article.uri = fmt::format("https://news.example/{}", number);
    record.article.publisher = pick(kPublishers);
    record.article.published = dateline::TimePoint{.day = day};
    record.article.published_basis = dateline::DateBasis::kGiven;
    for (std::size_t i = 0; i < events_; ++i) {
      sentence(day, i == 0);
      if (i == 0) quotation();
      filler();
    }
    record.article.title =
        fmt::format("{} and others, {}", record.entities.entities[0].name, number);
    record.article.blocks.push_back({{0, static_cast<std::uint32_t>(record.article.text.size())},
                                     dateline::BlockKind::kParagraph});
    record.article.fingerprint = dateline::article::fingerprint(record.article.text);
    return record;
  }

 private:
  ByteSpan put(std::string_view words) {
    std::string& text = record_->article.text;
    const auto begin = static_cast<std::uint32_t>(text.size());
    text += words;
    return {begin, static_cast<std::uint32_t>(text.size())};
  }

  std::uint32_t entity(const std::string& name, dateline::EntityKind kind, ByteSpan span) {
    auto& all = record_->entities;
    std::uint32_t at = 0;
    while (at < all.entities.size() && all.entities[at].name != name) ++at;
    if (at == all.entities.size()) {
      all.entities.emplace_back();
      all.entities[at].kind = kind;
      all.entities[at].name = name;
      all.entities[at].named = true;
    }
    all.entities[at].mentions.push_back(static_cast<std::uint32_t>(all.mentions.size()));
    all.mentions.push_back({span, {}, 0, dateline::MentionForm::kName, at});
    return at;
  }

  std::uint32_t person(bool with_trade = false) {
    const std::size_t given = random_() % kGiven.size(), family = random_() % kFamily.size();
    const std::string name = name_at(given, family);
    if (!with_trade) return entity(name, dateline::EntityKind::kPerson, put(name));
    put("the ");
    const std::string trade = kTrades[(given + family) % kTrades.size()];
    const ByteSpan trade_span = put(trade);
    put(" ");
    const std::uint32_t at = entity(name, dateline::EntityKind::kPerson, put(name));
    dateline::Relation relation;
    relation.relation = "position";
    relation.subject = at;
    relation.value = trade;
    relation.subject_span = record_->entities.mentions.back().span;
    relation.object_span = trade_span;
    relation.evidence = {trade_span.begin, relation.subject_span.end};
    relation.status = dateline::Status::kCurrent;
    relation.confidence = 0.9;
    record_->relations.push_back(relation);
    record_->entities.entities[at].descriptions.push_back("the " + trade);
    return at;
  }

  // Everybody marries one and the same: the given names are in two halves, the family names in
  // pairs.
  std::uint32_t partner_of(std::uint32_t doer) {
    const std::string& name = record_->entities.entities[doer].name;
    const std::size_t space = name.find(' ');
    const auto at = [](const auto& list, std::string_view word) {
      return static_cast<std::size_t>(std::find(list.begin(), list.end(), word) - list.begin());
    };
    const std::size_t given =
        (at(kGiven, name.substr(0, space)) + kGiven.size() / 2) % kGiven.size();
    const std::size_t family = at(kFamily, name.substr(space + 1)) ^ 1U;
    const std::string partner = name_at(given, family);
    return entity(partner, dateline::EntityKind::kPerson, put(partner));
  }

  void end_sentence(std::uint32_t begin) {
    put(". ");
    record_->sentences.push_back(
        {begin, static_cast<std::uint32_t>(record_->article.text.size()) - 1});
  }
  [[nodiscard]] std::uint32_t here() const {
    return static_cast<std::uint32_t>(record_->article.text.size());
  }

  void filler() {
    const std::uint32_t begin = here();
    put(fmt::format("It was {} {}, {} {}", pick(kWhen), pick(kWhat), pick(kHow), random_() % 1000));
    end_sentence(begin);
  }

  // "“Nora Hale came to loud applause,” Ruth Venn said."
  void quotation() {
    const std::uint32_t begin = here();
    put("“");
    const std::string of = record_->entities.entities[0].name;
    const std::uint32_t content = here();
    entity(of, dateline::EntityKind::kPerson, put(of));
    put(fmt::format(" came {} {}", pick(kWhat), pick(kWhen)));
    const ByteSpan words{content, here()};
    put(",” ");
    dateline::Attribution said;
    said.form = dateline::AttributionForm::kDirect;
    said.content = {words};
    said.speaker = person();
    said.source = {record_->entities.mentions.back().span};
    said.source_kind = dateline::SourceKind::kNamed;
    put(" ");
    said.cue = {put("said")};
    said.confidence = 0.9;
    record_->attributions.push_back(said);
    end_sentence(begin);
  }

  void sentence(std::chrono::sys_days published, bool with_trades) {
    const std::uint32_t begin = here();
    const std::uint32_t doer = person(with_trades);
    const ByteSpan doer_span = record_->entities.mentions.back().span;
    put(" ");
    const Deed deed = pick(kDeeds);
    const ByteSpan trigger = put(deed.words);
    put(" ");
    const std::uint32_t other =
        deed.event_class == std::string_view("marry") ? partner_of(doer) : person(with_trades);
    const ByteSpan other_span = record_->entities.mentions.back().span;
    put(" in ");
    const std::string place = pick(kPlaces);
    entity(place, dateline::EntityKind::kPlace, put(place));
    put(fmt::format(" {} {}", pick(kWhen), pick(kWhat)));
    const ByteSpan clause{begin, here()};
    end_sentence(begin);
    event(deed, trigger, clause, {doer, doer_span, other, other_span}, published);
  }

  struct Pair {
    std::uint32_t doer;
    ByteSpan doer_span;
    std::uint32_t other;
    ByteSpan other_span;
  };

  void event(const Deed& deed, ByteSpan trigger, ByteSpan clause, const Pair& pair,
             std::chrono::sys_days published) {
    const auto day = published - std::chrono::days(random_() % 400);
    dateline::Event event;
    event.span = trigger;
    event.clause = clause;
    event.lemma = deed.lemma;
    event.event_class = deed.event_class;
    event.participants = {{dateline::Role::kAgent, pair.doer_span, pair.doer},
                          {dateline::Role::kPatient, pair.other_span, pair.other}};
    event.time.interval = dateline::Interval{
        dateline::TimePoint{.day = day}, dateline::TimePoint{.day = day + std::chrono::days(1)}};
    event.time.basis = dateline::TimeBasis::kContext;
    event.tense = dateline::Tense::kPast;
    event.confidence = 0.9;
    const auto at = static_cast<std::uint32_t>(record_->events.size());
    record_->timeline.push_back({at,
                                 event.time.interval,
                                 "day",
                                 std::string(slice(record_->article.text, clause)),
                                 {pair.doer, pair.other},
                                 {},
                                 0.8});
    record_->events.push_back(event);
    if (deed.event_class == std::string_view("marry") ||
        deed.event_class == std::string_view("hire"))
      tie(pair, clause, deed.event_class == std::string_view("marry") ? "spouse" : "associate");
  }

  void tie(const Pair& pair, ByteSpan evidence, const char* name) {
    dateline::Relation relation;
    relation.relation = name;
    relation.subject = pair.doer;
    relation.object = pair.other;
    relation.subject_span = pair.doer_span;
    relation.object_span = pair.other_span;
    relation.evidence = evidence;
    relation.status = dateline::Status::kCurrent;
    relation.confidence = 0.9;
    record_->relations.push_back(relation);
  }

  std::mt19937_64 random_;
  std::size_t events_;
  Record* record_ = nullptr;
};

template <class Ask>
nlohmann::ordered_json timed(Ask ask) {
  std::vector<double> times;
  for (int i = 0; i < 200; ++i) {
    const double begin = now();
    if (!ask(i)) return nullptr;
    times.push_back(1000 * (now() - begin));
  }
  std::sort(times.begin(), times.end());
  return {{"median_ms", times[times.size() / 2]}, {"worst_ms", times.back()}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string path = std::string(argv[1]) + "/bench.db";
  const std::size_t articles = argc > 2 ? std::stoul(argv[2]) : 10'000;
  auto store = dateline::store::Store::open(path, dateline::store::OpenMode::kCreate);
  if (!store) {
    fmt::print(stderr, "{}\n", store.error().message);
    return 1;
  }
  Writer writer(7, argc > 3 ? std::stoul(argv[3]) : 3);
  double spent = 0;
  std::size_t text = 0, kept = 0;
  for (std::size_t i = 0; i < articles; ++i) {
    const Record record = writer.article(i);
    const auto prepared =
        dateline::store::prepare(record);  // `dateline add` does it where it reads
    const double begin = now();
    const auto added = store->add(prepared, "bench");
    spent += now() - begin;
    if (!added) {
      fmt::print(stderr, "{}\n", added.error().message);
      return 1;
    }
    text += record.article.text.size();
    kept += added->outcome == dateline::store::Outcome::kAdded ? 1 : 0;
  }
  if (kept != articles) fmt::print(stderr, "only {} of {} were new\n", kept, articles);
  // Closed, so that the log is in the file.
  { const auto closed = std::move(*store); }
  store = dateline::store::Store::open(path, dateline::store::OpenMode::kRead);
  if (!store) return 1;
  const auto size =
      std::filesystem::file_size(path) +
      (std::filesystem::exists(path + "-wal") ? std::filesystem::file_size(path + "-wal") : 0);
  const auto name = [](int i) {
    const auto number = static_cast<std::size_t>(i);
    return name_at(number % kGiven.size(), number * 7 % kFamily.size());
  };
  const auto first = [&](int i) -> std::int64_t {
    const auto found = dateline::store::identities(*store, name(i));
    return found && !found->empty() ? found->front() : 1;
  };
  nlohmann::ordered_json out = {
      {"articles", articles},
      {"records_a_second", static_cast<double>(articles) / spent},
      {"bytes_an_article_beyond_text",
       static_cast<double>(size - text) / static_cast<double>(articles)},
      {"text_bytes_an_article", static_cast<double>(text) / static_cast<double>(articles)}};
  out["timeline_of_a_person"] = timed([&](int i) {
    dateline::store::TimelineQuery query;
    query.people = {first(i)};
    return dateline::store::timeline(*store, query).has_value();
  });
  out["relations_as_of"] = timed([&](int i) {
    dateline::store::RelationQuery query;
    query.person = first(i);
    query.clocks.as_of = "2020-01-01";
    return dateline::store::relations(*store, query).has_value();
  });
  out["search"] = timed([&](int i) {
    return dateline::store::search(
               *store, name(i) + " " + kPlaces[static_cast<std::size_t>(i) % kPlaces.size()],
               {.cursor = {}, .limit = 20})
        .has_value();
  });
  out["people"] = timed([&](int i) {
    return dateline::store::people(*store, kFamily[static_cast<std::size_t>(i) % kFamily.size()],
                                   {.cursor = {}, .limit = 20})
        .has_value();
  });
  fmt::print("{}\n", out.dump());
  return 0;
}
