#include "dateline/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace dateline::store {
namespace {

constexpr int kPatience = 10'000;  // milliseconds that a writer waits for another

ErrorCode code_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kBusy;
    case SQLITE_CORRUPT:
      return ErrorCode::kCorrupt;
    case SQLITE_NOTADB:
      return ErrorCode::kUnsupported;
    default:
      return ErrorCode::kIo;
  }
}

std::string words_of(int code, const char* message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
      return "another program is writing to the store; it did not finish in 10 seconds";
    case SQLITE_NOTADB:
      return "is no Dateline store (not a SQLite file)";
    case SQLITE_FULL:
      return "the disk is full; nothing of this article was kept";
    case SQLITE_READONLY:
      return "cannot be written to (read-only)";
    default:
      return message;
  }
}

struct Binder {
  sqlite3_stmt* statement;
  int at;
  int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
  int operator()(const std::string& value) const {
    return sqlite3_bind_text64(statement, at, value.data(), value.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(const Blob& value) const {
    return sqlite3_bind_blob64(statement, at, value.bytes.data(), value.bytes.size(),
                               SQLITE_STATIC);
  }
};

std::string bytes_of(const void* data, int size) {
  return data == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

Value column(sqlite3_stmt* statement, int at) {
  switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, at)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, at);
    case SQLITE_TEXT:
      return bytes_of(sqlite3_column_text(statement, at), sqlite3_column_bytes(statement, at));
    case SQLITE_BLOB:
      return Blob{
          bytes_of(sqlite3_column_blob(statement, at), sqlite3_column_bytes(statement, at))};
    default:
      return {};
  }
}

}  // namespace

Value text_or_null(std::string text) { return text.empty() ? Value() : Value(std::move(text)); }

std::int64_t Row::integer(std::size_t at) const {
  if (const auto* number = std::get_if<std::int64_t>(&values_[at])) return *number;
  if (const auto* real = std::get_if<double>(&values_[at])) return static_cast<std::int64_t>(*real);
  return 0;
}

const std::string& Row::text(std::size_t at) const {
  static const std::string none;
  if (const auto* text = std::get_if<std::string>(&values_[at])) return *text;
  if (const auto* blob = std::get_if<Blob>(&values_[at])) return blob->bytes;
  return none;
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == Mode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (mode == Mode::kCreate) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  std::unique_ptr<Database> database(new Database(handle, path));
  if (code != SQLITE_OK) return database->error(code);
  sqlite3_busy_timeout(handle, kPatience);
  return database;
}

Database::~Database() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

tl::unexpected<Error> Database::error(int code) const {
  const char* message = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
  return fail(code_of(code), fmt::format("{}: {}", path_, words_of(code, message)));
}

Result<void> Database::script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return {};
}

Result<sqlite3_stmt*> Database::prepared(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error(code);
  statements_.emplace(sql, statement);
  return statement;
}

Result<std::vector<Row>> Database::query(std::string_view sql, std::span<const Value> values) {
  DATELINE_TRY(sqlite3_stmt * statement, prepared(sql));
  // Whatever happens, the statement gives its locks back and forgets the values.
  const auto reset = [](sqlite3_stmt* used) {
    sqlite3_reset(used);
    sqlite3_clear_bindings(used);
  };
  const std::unique_ptr<sqlite3_stmt, decltype(reset)> guard(statement, reset);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int code = std::visit(Binder{statement, static_cast<int>(i) + 1}, values[i]);
    if (code != SQLITE_OK) return error(code);
  }
  std::vector<Row> rows;
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return rows;
    if (code != SQLITE_ROW) return error(code);
    std::vector<Value> row;
    const int columns = sqlite3_column_count(statement);
    row.reserve(static_cast<std::size_t>(columns));
    for (int at = 0; at < columns; ++at) row.push_back(column(statement, at));
    rows.emplace_back(std::move(row));
  }
}

Result<std::int64_t> Database::run(std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_DO(query(sql, values));
  return sqlite3_last_insert_rowid(handle_);
}

Result<std::int64_t> Database::number(std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_TRY(const auto rows, query(sql, values));
  return rows.empty() ? 0 : rows.front().integer(0);
}

Result<Transaction> Transaction::begin(Database& database) {
  DATELINE_DO(database.script("BEGIN IMMEDIATE"));
  return Transaction(&database);
}

Result<Transaction> Transaction::begin_reading(Database& database) {
  DATELINE_DO(database.script("BEGIN"));
  return Transaction(&database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->script("ROLLBACK");
}

Result<void> Transaction::commit() {
  DATELINE_DO(database_->script("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace dateline::store
