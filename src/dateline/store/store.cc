#include "dateline/store/store.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "dateline/store/corrections_replay.h"
#include "dateline/store/database.h"
#include "dateline/store/duplicates.h"
#include "dateline/store/identity_rows.h"
#include "dateline/store/lines.h"
#include "dateline/store/pack.h"
#include "dateline/store/write_article.h"
#include "dateline/unicode/utf8.h"

namespace dateline::data {
extern const std::string_view store_schema;
}

namespace dateline::store {
namespace {

constexpr std::int64_t kApplication = 0x44544C4E;  // "DTLN"
constexpr int kVersion = 2;
constexpr int kOldest = 2;  // version 1 was never released

// Durable against a killed program at every commit; a power cut may take the last articles, never a
// part of one (WAL with synchronous=NORMAL), and adding them again puts them back. The log goes
// into the file every 256 MB: its pages are written many times over by a thousand articles, there
// once.
constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
    "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 65536";

// Number i brings a store of version kOldest + i - 1 to the next one; the first makes it.
const std::vector<std::string_view>& migrations() {
  static const std::vector<std::string_view> list = {data::store_schema};
  return list;
}

Result<void> migrate(Database& database, const std::string& path) {
  DATELINE_TRY(Transaction transaction, Transaction::begin(database));
  DATELINE_TRY(const std::int64_t version, database.number("PRAGMA user_version"));
  DATELINE_TRY(const std::int64_t tables, database.number("SELECT count(*) FROM sqlite_master"));
  if (version == 0 && tables > 0)
    return fail(ErrorCode::kUnsupported, path + ": is no Dateline store (another SQLite database)");
  for (auto at = static_cast<std::size_t>(version == 0 ? 0 : version - kOldest + 1);
       at < migrations().size(); ++at)
    DATELINE_DO(database.script(std::string(migrations()[at])));
  DATELINE_DO(database.script(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplication, kVersion)));
  return transaction.commit();
}

Result<void> check_kind(Database& database, const std::string& path) {
  DATELINE_TRY(const std::int64_t application, database.number("PRAGMA application_id"));
  DATELINE_TRY(const std::int64_t version, database.number("PRAGMA user_version"));
  DATELINE_TRY(const std::int64_t tables, database.number("SELECT count(*) FROM sqlite_master"));
  if (application != kApplication && (tables > 0 || application != 0))
    return fail(ErrorCode::kUnsupported, path + ": is no Dateline store (another SQLite database)");
  if (version > kVersion)
    return fail(ErrorCode::kUnsupported,
                fmt::format("{}: a store of version {}, made by a newer Dateline; this one knows "
                            "versions up to {}. It was left untouched",
                            path, version, kVersion));
  if (version > 0 && version < kOldest)
    return fail(ErrorCode::kUnsupported,
                fmt::format("{}: a store of version {}, from before the first release; make a new "
                            "one of its articles with `dateline add`. It was left untouched",
                            path, version));
  return {};
}

Result<void> raise_change(Database& database) {
  DATELINE_DO(database.run("UPDATE change SET number = number + 1"));
  return {};
}

// Where this very content is: the article's row, or that of which it is a copy; 0 for nowhere.
Result<std::int64_t> holder_of(Database& database, const Blob& content) {
  return database.number(
      "SELECT id FROM article WHERE content = ?1 UNION ALL SELECT article FROM copy WHERE content "
      "= ?1",
      {content});
}

Result<std::int64_t> older_version(Database& database, const Article& article) {
  if (article.uri.empty()) return 0;
  return database.number("SELECT id FROM article WHERE uri = ?1 AND superseded_by IS NULL",
                         {unicode::sanitize(article.uri, nullptr)});
}

Result<void> insert_copy(Database& database, std::int64_t original, const Article& article,
                         const Blob& content) {
  const auto valid = [](const std::string& text) {
    return text_or_null(unicode::sanitize(text, nullptr));
  };
  DATELINE_DO(
      database.run("INSERT INTO copy(article, content, uri, publisher, title, published) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   {original, content, valid(article.uri), valid(article.publisher),
                    valid(article.title), time_or_null(article.published)}));
  return {};
}

Result<std::int64_t> insert_whole(Database& database, const Prepared& prepared,
                                  const std::string& reader) {
  DATELINE_TRY(const std::int64_t id, insert_article(database, prepared, reader));
  DATELINE_DO(insert_findings(database, id, *prepared.record));
  DATELINE_DO(link_lines(database, id));
  DATELINE_DO(index_text(database, id, prepared));
  return id;
}

BlockKind block_kind(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(BlockKind::kBoilerplate); ++i)
    if (name_of(static_cast<BlockKind>(i)) == name) return static_cast<BlockKind>(i);
  return BlockKind::kParagraph;
}

DateBasis date_basis(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(DateBasis::kNone); ++i)
    if (name_of(static_cast<DateBasis>(i)) == name) return static_cast<DateBasis>(i);
  return DateBasis::kNone;
}

void read_blocks(const nlohmann::json& record, Article& article) {
  const unicode::OffsetMap offsets(article.text, unicode::OffsetUnit::kCodePoints);
  for (const auto& block : record.value("blocks", nlohmann::json::array()))
    article.blocks.push_back({{offsets.to_byte(block["span"][0].get<std::uint32_t>()),
                               offsets.to_byte(block["span"][1].get<std::uint32_t>())},
                              block_kind(block["kind"].get<std::string>()),
                              block.value("pull_quote", false)});
  const auto& document = record.value("document", nlohmann::json::object());
  for (const auto& candidate : document.value("published_candidates", nlohmann::json::array()))
    article.published_candidates.push_back(
        {candidate["value"].get<std::string>(), date_basis(candidate["basis"].get<std::string>())});
}

std::optional<TimePoint> point_of(const std::string& text) {
  const auto point = parse_time_point(text);
  return point ? std::optional(*point) : std::nullopt;
}

struct Rule {
  const char* words;
  const char* sql;  // counts what breaks it
};

constexpr std::array<Rule, 13> kRules = {{
    {"events without a line", "SELECT count(*) FROM event WHERE line IS NULL"},
    {"lines without an event",
     "SELECT count(*) FROM line WHERE NOT EXISTS (SELECT 1 FROM event WHERE line = line.id)"},
    {"named entities without an identity",
     "SELECT count(*) FROM entity WHERE named AND person IS NULL"},
    {"identities of entities without a name",
     "SELECT count(*) FROM entity WHERE NOT named AND person IS NOT NULL"},
    {"identities that nobody has",
     "SELECT count(*) FROM person WHERE NOT EXISTS (SELECT 1 FROM entity WHERE person = "
     "person.id)"},
    {"identities of more than one kind",
     "SELECT count(*) FROM entity e JOIN person p ON p.id = e.person WHERE e.kind <> p.kind"},
    {"spans outside of their text",
     "SELECT count(*) FROM event e JOIN article a ON a.id = e.article WHERE e.span_end > "
     "length(a.text) OR e.span_begin >= e.span_end"},
    {"articles without a record or fingerprint",
     "SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM record) OR id NOT IN "
     "(SELECT article FROM fingerprint)"},
    {"doers that are not there",
     "SELECT count(*) FROM doer WHERE entity NOT IN (SELECT id FROM entity)"},
    {"quotations spoken of that are not there",
     "SELECT count(*) FROM about WHERE quote NOT IN (SELECT id FROM quote)"},
    {"doers of lines that are not what the lines' events say",
     "SELECT count(*) FROM (SELECT ld.person, ld.line FROM line_doer ld EXCEPT SELECT n.person, "
     "e.line FROM event e JOIN doer d ON d.event = e.id JOIN entity n ON n.id = d.entity)"},
    {"contents held twice", "SELECT count(*) FROM article JOIN copy USING (content)"},
    {"copies of an article that is not there",
     "SELECT count(*) FROM copy WHERE article NOT IN (SELECT id FROM article)"},
}};

}  // namespace

Store::Store(std::unique_ptr<Database> database, std::string path)
    : database_(std::move(database)),
      fingerprints_(std::make_unique<Fingerprints>()),
      path_(std::move(path)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

int Store::version() { return kVersion; }

Result<Store> Store::open(const std::string& path, OpenMode mode) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (!there && mode != OpenMode::kCreate)
    return fail(ErrorCode::kNotFound, path + ": no such store; `dateline add` makes one");
  if (std::filesystem::is_directory(path, error))
    return fail(ErrorCode::kInvalidArgument, path + ": is a folder, not a store");
  const auto as = mode == OpenMode::kRead    ? Database::Mode::kRead
                  : mode == OpenMode::kWrite ? Database::Mode::kWrite
                                             : Database::Mode::kCreate;
  DATELINE_TRY(auto database, Database::open(path, as));
  DATELINE_DO(check_kind(*database, path));
  DATELINE_TRY(const std::int64_t version, database->number("PRAGMA user_version"));
  if (mode == OpenMode::kRead) {
    if (version == 0)
      return fail(ErrorCode::kUnsupported, path + ": is no Dateline store (an empty file)");
  } else {
    DATELINE_DO(database->script(kSettings));
    if (version < kVersion) {
      DATELINE_DO(migrate(*database, path));
      // On the disk at once: a power cut may take articles, but leaves a store.
      DATELINE_DO(database->script("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
  }
  return Store(std::move(database), path);
}

Result<bool> Store::has(const Article& article) const {
  DATELINE_TRY(const std::int64_t holder, holder_of(*database_, content_hash(article)));
  return holder != 0;
}

Result<Added> Store::add(const Prepared& prepared, const std::string& reader) {
  const Article& article = prepared.record->article;
  const Blob content{prepared.content};
  DATELINE_TRY(Transaction transaction, Transaction::begin(*database_));
  DATELINE_TRY(const std::int64_t holder, holder_of(*database_, content));
  if (holder != 0) return Added{holder, Outcome::kSame};
  DATELINE_TRY(const std::int64_t older, older_version(*database_, article));
  Added added;
  if (older == 0) {
    DATELINE_TRY(const auto original,
                 find_original(*database_, *fingerprints_, prepared.fingerprint, prepared.text));
    if (original) {
      DATELINE_DO(insert_copy(*database_, *original, article, content));
      added = {*original, Outcome::kFolded};
    }
  }
  if (added.article == 0) {
    DATELINE_TRY(added.article, insert_whole(*database_, prepared, reader));
    if (older != 0) {
      added.outcome = Outcome::kNewer;
      DATELINE_DO(database_->run("UPDATE article SET superseded_by = ?2 WHERE id = ?1",
                                 {older, added.article}));
    }
  }
  DATELINE_DO(raise_change(*database_));
  DATELINE_DO(transaction.commit());
  return added;
}

Result<Article> Store::article(std::int64_t id) const {
  DATELINE_TRY(
      const auto rows,
      database_->query("SELECT article_id, uri, title, publisher, authors, language, "
                       "published, published_basis, modified, bits, text, packed FROM article a "
                       "JOIN record r ON r.article = a.id JOIN fingerprint f ON f.article "
                       "= a.id WHERE a.id = ?1",
                       {id}));
  if (rows.empty()) return fail(ErrorCode::kNotFound, fmt::format("{}: no article {}", path_, id));
  const Row& row = rows.front();
  Article article;
  article.id = row.text(0);
  article.uri = row.text(1);
  article.title = row.text(2);
  article.publisher = row.text(3);
  const auto authors = nlohmann::json::parse(row.text(4), nullptr, false);
  if (authors.is_array()) article.authors = authors.get<std::vector<std::string>>();
  article.language = row.text(5);
  article.published = point_of(row.text(6));
  article.published_basis = date_basis(row.text(7));
  article.modified = point_of(row.text(8));
  article.fingerprint = static_cast<std::uint64_t>(row.integer(9));
  article.text = row.text(10);
  DATELINE_TRY(const std::string packed, unpack(row.text(11), article.text));
  const auto record = nlohmann::json::parse(packed, nullptr, false);
  if (!record.is_discarded()) read_blocks(record, article);
  return article;
}

Result<std::vector<std::int64_t>> Store::read_by_others(const std::string& reader) const {
  DATELINE_TRY(const auto rows,
               database_->query("SELECT id FROM article WHERE reader <> ?1 ORDER BY id", {reader}));
  std::vector<std::int64_t> ids;
  for (const Row& row : rows) ids.push_back(row.integer(0));
  return ids;
}

Result<void> Store::replace(std::int64_t id, const Record& record, const std::string& reader) {
  DATELINE_TRY(Transaction transaction, Transaction::begin(*database_));
  DATELINE_TRY(const auto people,
               database_->query("SELECT DISTINCT person FROM entity WHERE id BETWEEN ?1 AND ?2 AND "
                                "person IS NOT NULL",
                                {row_id(id, 0), row_id(id, kPerArticle - 1)}));
  DATELINE_DO(unlink_lines(*database_, id));
  DATELINE_DO(delete_findings(*database_, id));
  DATELINE_DO(update_article(*database_, id, prepare(record), reader));
  DATELINE_DO(insert_findings(*database_, id, record));
  DATELINE_DO(replay_corrections(*database_, id));
  for (const Row& row : people) DATELINE_DO(refresh_person(*database_, row.integer(0)));
  DATELINE_DO(link_lines(*database_, id));
  DATELINE_DO(raise_change(*database_));
  return transaction.commit();
}

Result<Counts> Store::counts() const {
  Counts counts;
  DATELINE_TRY(counts.articles, database_->number("SELECT count(*) FROM article"));
  DATELINE_TRY(counts.copies, database_->number("SELECT count(*) FROM copy"));
  DATELINE_TRY(counts.people,
               database_->number("SELECT count(*) FROM person WHERE kind = 'PERSON'"));
  DATELINE_TRY(counts.events, database_->number("SELECT count(*) FROM line WHERE salient"));
  DATELINE_TRY(counts.relations, database_->number("SELECT count(*) FROM relation"));
  DATELINE_TRY(counts.quotes, database_->number("SELECT count(*) FROM quote"));
  return counts;
}

Result<std::vector<std::string>> Store::check() const {
  std::vector<std::string> broken;
  DATELINE_TRY(const auto integrity, database_->query("PRAGMA integrity_check"));
  for (const Row& row : integrity)
    if (row.text(0) != "ok") broken.push_back("SQLite: " + row.text(0));
  DATELINE_TRY(const auto keys, database_->query("PRAGMA foreign_key_check"));
  if (!keys.empty()) broken.push_back(fmt::format("{} rows point to nothing", keys.size()));
  for (const Rule& rule : kRules) {
    DATELINE_TRY(const std::int64_t count, database_->number(rule.sql));
    if (count != 0) broken.push_back(fmt::format("{}: {}", rule.words, count));
  }
  DATELINE_TRY(const auto packed,
               database_->query("SELECT id, packed, text FROM article JOIN record ON "
                                "article = id"));
  for (const Row& row : packed)
    if (!unpack(row.text(1), row.text(2)))
      broken.push_back(fmt::format("article {}: its record cannot be read", row.integer(0)));
  return broken;
}

Result<std::int64_t> Store::change() const {
  return database_->number("SELECT number FROM change");
}

}  // namespace dateline::store
