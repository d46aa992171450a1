// Where articles contradict each other. The pairs come from data/store/conflict_*.sql; here they
// become rows with their sides.
#include <fmt/format.h>

#include "dateline/base/tsv.h"
#include "dateline/store/rows.h"

namespace dateline::data {
extern const std::string_view store_classes;
extern const std::string_view store_conflict_doers;
extern const std::string_view store_conflict_lines;
extern const std::string_view store_conflict_ties;
extern const std::string_view store_relations;
extern const std::string_view store_statuses;
}  // namespace dateline::data

namespace dateline::store {
namespace {

// The first cells of the rows of `table` whose second cell is `kind`, as a JSON list.
std::string listed(std::string_view table, std::string_view kind) {
  Json list = Json::array();
  for (const auto& row : parse_tsv(table))
    if (row[1] == kind) list.push_back(row[0]);
  return written(list);
}

std::string status_kinds() {
  Json kinds = Json::object();
  for (const auto& row : parse_tsv(data::store_statuses)) kinds[std::string(row[0])] = row[1];
  return written(kinds);
}

class Conflicts {
 public:
  Conflicts(const Store& store, std::optional<std::int64_t> person)
      : database_(store.database()), person_(value_or_null(person)) {}

  Result<std::vector<Json>> run() {
    const std::string talk = listed(data::store_classes, "talk");
    DATELINE_TRY(const auto lines,
                 database_.query(data::store_conflict_lines,
                                 {person_, listed(data::store_classes, "once"), talk}));
    DATELINE_DO(add(lines, &Conflicts::line));
    DATELINE_TRY(const auto doers,
                 database_.query(data::store_conflict_doers,
                                 {person_, listed(data::store_classes, "by_one")}));
    DATELINE_DO(add(doers, &Conflicts::line));
    DATELINE_TRY(
        const auto ties,
        database_.query(data::store_conflict_ties,
                        {person_, status_kinds(), listed(data::store_relations, "symmetric"),
                         R"(["birth_date","death_date","founded_date","birth_place"])"}));
    DATELINE_DO(add(ties, &Conflicts::tie));
    return std::move(rows_);
  }

 private:
  struct Side {
    Json json, people;
    std::string about;
  };

  Result<void> add(const std::vector<Row>& pairs, Result<Side> (Conflicts::*side)(std::int64_t)) {
    for (const Row& pair : pairs) {
      DATELINE_TRY(Side first, (this->*side)(pair.integer(1)));
      DATELINE_TRY(Side second, (this->*side)(pair.integer(2)));
      if (first.json.is_null() || second.json.is_null()) continue;
      rows_.push_back({{"kind", pair.text(0)},
                       {"about", first.about},
                       {"people", first.people},
                       {"sides", Json::array({first.json, second.json})}});
    }
    return {};
  }

  // The first teller of a line.
  Result<Side> line(std::int64_t id) {
    DATELINE_TRY(const auto rows,
                 database_.query(
                     fmt::format("SELECT {}, x.begin, x.end, x.label, x.polarity, "
                                 "coalesce(x.class, x.lemma), {}, {} FROM event x JOIN article a "
                                 "ON a.id = x.article{} WHERE x.line = ?1 ORDER BY "
                                 "a.superseded_by IS NOT NULL, x.salient DESC, a.published, x.id "
                                 "LIMIT 1",
                                 kEventText, kAttributedColumns, citation_columns("x", true),
                                 kAttributedJoin),
                     {id}));
    if (rows.empty()) return Side{};
    const Row& row = rows.front();
    DATELINE_TRY(Json people,
                 people_of("SELECT p.id, p.name, p.kind FROM line_person d JOIN person p ON p.id = "
                           "d.person WHERE d.line = ?1 ORDER BY p.id",
                           id));
    return Side{{{"text", row.text(0)},
                 {"interval", interval_json(row, 1, 2)},
                 {"label", event_label(row.text(3), row.text(1), row.text(2))},
                 {"value", row.text(4)},
                 {"line", fmt::format("E{}", id)},
                 {"citation", citation(row, 10)},
                 {"attributed", attributed(row, 6)}},
                std::move(people),
                row.text(5)};
  }

  Result<Side> tie(std::int64_t id) {
    DATELINE_TRY(
        const auto rows,
        database_.query(
            fmt::format(
                "SELECT x.relation, b.name, coalesce(o.name, x.value), x.status, x.begin, "
                "x.end, x.polarity, x.value, {}, {} FROM relation x JOIN article a ON a.id = "
                "x.article JOIN entity b ON b.id = x.subject LEFT JOIN entity o ON o.id = "
                "x.object{} WHERE x.id = ?1",
                kAttributedColumns, citation_columns("x", true), kAttributedJoin),
            {id}));
    if (rows.empty()) return Side{};
    const Row& row = rows.front();
    DATELINE_TRY(Json people,
                 people_of("SELECT p.id, p.name, p.kind FROM relation r JOIN entity e ON e.id IN "
                           "(r.subject, r.object) JOIN person p ON p.id = e.person WHERE r.id = ?1 "
                           "ORDER BY p.id",
                           id));
    const bool denied = row.text(6) == "negative";
    return Side{{{"text", fmt::format("{}: {}{} of {}", row.text(1), denied ? "not " : "",
                                      row.text(0), row.text(2))},
                 {"interval", interval_json(row, 4, 5)},
                 {"label", nullptr},
                 {"value", !row.null(7) ? row.text(7)
                           : denied     ? row.text(6)
                                        : row.text(3)},
                 {"line", nullptr},
                 {"citation", citation(row, 12)},
                 {"attributed", attributed(row, 8)}},
                std::move(people),
                row.text(0)};
  }

  Result<Json> people_of(std::string_view sql, std::int64_t id) {
    DATELINE_TRY(const auto rows, database_.query(sql, {id}));
    Json people = Json::array();
    for (const Row& row : rows) people.push_back(reference(row, 0));
    return people;
  }

  Database& database_;
  Value person_;
  std::vector<Json> rows_;
};

}  // namespace

Result<Rows> conflicts(const Store& store, std::optional<std::int64_t> person,
                       const Paging& paging) {
  DATELINE_TRY(const std::size_t offset, offset_of(paging));
  DATELINE_TRY(const auto found, Conflicts(store, person).run());
  std::vector<std::string> rows;
  for (std::size_t i = offset; i < std::min(found.size(), offset + paging.limit + 1); ++i)
    rows.push_back(written(found[i]));
  return page_of(std::move(rows), paging, offset);
}

}  // namespace dateline::store
