#pragma once
// What the queries share: SQL that cites, and the JSON of it.
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/store/database.h"
#include "dateline/store/queries.h"

namespace dateline::store {

using Json = nlohmann::ordered_json;

// A statement in the making: its conditions, and the values that they name by number.
class Conditions {
 public:
  // Binds `value`; its name in the SQL: "?3".
  std::string bind(Value value);
  // All of `ids`, comma separated, for IN (…).
  std::string bind_all(const std::vector<std::int64_t>& ids);
  void add(const std::string& condition) {
    where_ += (where_.empty() ? " WHERE " : " AND ") + condition;
  }
  [[nodiscard]] const std::string& where() const { return where_; }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  std::string where_;
  std::vector<Value> values_;
};

// Eleven columns of article `a` and of row `x`, which has spans and, where `paragraph` says so, a
// paragraph.
[[nodiscard]] std::string citation_columns(std::string_view x, bool paragraph);
[[nodiscard]] Json citation(const Row& row, std::size_t at);

// Four columns: who says so, of a row `x` with article and quote.
inline constexpr std::string_view kAttributedColumns = "s.name, q.source, s.person, q.source_kind";
inline constexpr std::string_view kAttributedJoin =
    " LEFT JOIN quote q ON q.id = x.quote LEFT JOIN entity s ON s.id = q.speaker";

// The words of event `x` of article `a`, and of its date.
inline constexpr std::string_view kEventText =
    "coalesce(x.text, substr(a.text, x.clause_begin + 1, x.clause_end - x.clause_begin))";
// `label` is the event's column, "" for NULL; begin and end are its interval.
[[nodiscard]] std::string event_label(const std::string& label, const std::string& begin,
                                      const std::string& end);
[[nodiscard]] Json attributed(const Row& row, std::size_t at);

[[nodiscard]] Json text_json(const Row& row, std::size_t at);  // null for NULL
[[nodiscard]] Json interval_json(const Row& row, std::size_t begin, std::size_t end);
// {"id", "name", "kind"} of three columns person, name, kind; id null without an identity.
[[nodiscard]] Json reference(const Row& row, std::size_t at);
[[nodiscard]] std::string person_id(std::int64_t id);

// JSON lists of words in a column.
[[nodiscard]] Json parsed(const std::string& text);

// Words as FTS5 takes them literally: each in quotation marks; "" for none.
[[nodiscard]] std::string literally(const std::string& words);

[[nodiscard]] std::string written(const Json& json);

// kInvalidArgument for a cursor that no page gave, or a limit of 0 or over 10,000.
Result<std::size_t> offset_of(const Paging& paging);
// kInvalidArgument names `what` and the day. Checks "YYYY-MM-DD"; "" passes.
Result<void> check_day(const std::string& what, const std::string& day);
// Keeps `paging.limit` rows of `rows`, which has one more where there is another page.
[[nodiscard]] Rows page_of(std::vector<std::string> rows, const Paging& paging, std::size_t offset);

}  // namespace dateline::store
