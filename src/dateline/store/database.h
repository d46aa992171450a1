#pragma once
// Database: the one place that speaks SQLite's C interface. Statements are kept prepared by their
// text; values go in and out by copy.
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "dateline/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dateline::store {

// What one article says has the ids row_id(article, 1) to row_id(article, kPerArticle - 1).
inline constexpr std::int64_t kPerArticle = 65536;
[[nodiscard]] constexpr std::int64_t row_id(std::int64_t article, std::int64_t number) {
  return article * kPerArticle + number;
}

struct Blob {
  std::string bytes;
};

// NULL, integer, real, text, blob.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

// NULL for "".
[[nodiscard]] Value text_or_null(std::string text);
template <class T>
[[nodiscard]] Value value_or_null(const std::optional<T>& value) {
  return value ? Value(static_cast<std::int64_t>(*value)) : Value();
}

class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  // Of column `at`, counted from 0; NULL is 0 and "". REQUIRES at < the number of columns.
  [[nodiscard]] std::int64_t integer(std::size_t at) const;
  [[nodiscard]] const std::string& text(std::size_t at) const;  // of a blob: its bytes
  [[nodiscard]] bool null(std::size_t at) const {
    return std::holds_alternative<std::monostate>(values_[at]);
  }

 private:
  std::vector<Value> values_;
};

class Database {
 public:
  enum class Mode { kRead, kWrite, kCreate };
  // Errors name `path`: kNotFound, kIo, kUnsupported (not a SQLite file), kBusy.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Runs statements without values, in order.
  Result<void> script(const std::string& sql);
  // Runs one statement with `values` bound to ?1, ?2 …; all its rows.
  Result<std::vector<Row>> query(std::string_view sql, std::span<const Value> values = {});
  Result<std::vector<Row>> query(std::string_view sql, std::initializer_list<Value> values) {
    return query(sql, std::span(values.begin(), values.size()));
  }
  // The same without rows; gives the rowid of the last insert.
  Result<std::int64_t> run(std::string_view sql, std::initializer_list<Value> values = {});
  // The first column of the first row as a number; 0 without one.
  Result<std::int64_t> number(std::string_view sql, std::initializer_list<Value> values = {});

 private:
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  Result<sqlite3_stmt*> prepared(std::string_view sql);
  tl::unexpected<Error> error(int code) const;

  sqlite3* handle_;
  std::string path_;
  std::unordered_map<std::string, sqlite3_stmt*, Hash, std::equal_to<>> statements_;
};

// A transaction; rolled back unless committed.
class Transaction {
 public:
  // Takes the write lock at once.
  static Result<Transaction> begin(Database& database);
  // Takes none: what is read from now on is the database as it is at the first statement.
  static Result<Transaction> begin_reading(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Database* database) : database_(database) {}
  Database* database_;
};

}  // namespace dateline::store
