// What was said, by whom, of whom.
#include <fmt/format.h>

#include "dateline/store/rows.h"

namespace dateline::store {
namespace {

Result<Json> about_of(Database& database, std::int64_t quote) {
  DATELINE_TRY(const auto rows,
               database.query("SELECT DISTINCT p.id, p.name, p.kind FROM about b JOIN entity e ON "
                              "e.id = b.entity JOIN person p ON p.id = e.person WHERE b.quote = ?1 "
                              "ORDER BY p.id",
                              {quote}));
  Json people = Json::array();
  for (const Row& row : rows) people.push_back(reference(row, 0));
  return people;
}

Result<Conditions> conditions_of(const QuoteQuery& query) {
  Conditions where;
  DATELINE_DO(check_day("known-by", query.clocks.known_by));
  if (!query.form.empty() && query.form != "direct" && query.form != "indirect" &&
      query.form != "mixed")
    return fail(ErrorCode::kInvalidArgument,
                "form \"" + query.form + "\": direct, indirect or mixed");
  if (!query.by.empty())
    where.add("x.speaker IN (SELECT id FROM entity WHERE person IN (" + where.bind_all(query.by) +
              "))");
  if (!query.about.empty())
    where.add(
        "x.id IN (SELECT b.quote FROM about b JOIN entity e ON e.id = b.entity WHERE "
        "e.person IN (" +
        where.bind_all(query.about) + "))");
  if (!query.form.empty()) where.add("x.form = " + where.bind(query.form));
  if (query.unnamed) where.add("s.person IS NULL AND x.source_kind <> 'named'");
  if (!query.clocks.known_by.empty())
    where.add("substr(a.published, 1, 10) <= " + where.bind(query.clocks.known_by));
  where.add("a.superseded_by IS NULL");
  return where;
}

}  // namespace

Result<Rows> quotes(const Store& store, const QuoteQuery& query) {
  Database& database = store.database();
  DATELINE_TRY(const std::size_t offset, offset_of(query.paging));
  DATELINE_TRY(Conditions where, conditions_of(query));
  const std::string sql = fmt::format(
      "SELECT x.id, x.form, coalesce(x.content, substr(a.text, x.span_begin + 1, x.span_end - "
      "x.span_begin)), x.cue, x.source, x.source_kind, "
      "CAST(round(x.confidence * 1000) AS INTEGER), s.person, s.name, s.kind, {} FROM "
      "quote x JOIN article a ON a.id = x.article LEFT JOIN entity s ON s.id = "
      "x.speaker{} ORDER BY a.published IS NULL, a.published, a.id, x.span_begin, x.id "
      "LIMIT {} OFFSET {}",
      citation_columns("x", false), where.where(),
      where.bind(static_cast<std::int64_t>(query.paging.limit) + 1),
      where.bind(static_cast<std::int64_t>(offset)));
  DATELINE_TRY(const auto found, database.query(sql, where.values()));
  std::vector<std::string> rows;
  for (const Row& row : found) {
    DATELINE_TRY(Json about, about_of(database, row.integer(0)));
    rows.push_back(written(Json{{"id", fmt::format("Q{}", row.integer(0))},
                                {"form", row.text(1)},
                                {"content", row.text(2)},
                                {"cue", text_json(row, 3)},
                                {"source", text_json(row, 4)},
                                {"speaker", row.null(8) ? Json() : reference(row, 7)},
                                {"source_kind", row.text(5)},
                                {"about", std::move(about)},
                                {"confidence", static_cast<double>(row.integer(6)) / 1000},
                                {"citation", citation(row, 10)}}));
  }
  return page_of(std::move(rows), query.paging, offset);
}

}  // namespace dateline::store
