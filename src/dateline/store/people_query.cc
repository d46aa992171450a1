// Who there is, who a name means, and one person whole.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dateline/base/tsv.h"
#include "dateline/store/names.h"
#include "dateline/store/rows.h"

namespace dateline::store {
namespace {

constexpr std::string_view kPerson =
    "SELECT p.id, p.name, p.kind, p.articles, p.mentions, p.first, p.last FROM person p";

// The commonest of the latest articles.
Result<Json> names_of(Database& database, std::int64_t person, const char* form) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT n.text FROM (SELECT id FROM entity WHERE person = ?1 ORDER BY id DESC "
                     "LIMIT 200) e CROSS JOIN name n ON n.entity = e.id AND n.form = ?2 GROUP BY "
                     "lower(n.text) ORDER BY count(*) DESC, min(e.id), min(n.text) LIMIT 20",
                     {person, std::string(form)}));
  Json names = Json::array();
  for (const Row& row : rows) names.push_back(row.text(0));
  return names;
}

Result<Json> person_json(Database& database, const Row& row) {
  DATELINE_TRY(Json aliases, names_of(database, row.integer(0), "alias"));
  DATELINE_TRY(Json descriptions, names_of(database, row.integer(0), "description"));
  return Json{{"id", person_id(row.integer(0))},
              {"name", row.text(1)},
              {"kind", row.text(2)},
              {"aliases", std::move(aliases)},
              {"descriptions", std::move(descriptions)},
              {"articles", row.integer(3)},
              {"mentions", row.integer(4)},
              {"first", text_json(row, 5)},
              {"last", text_json(row, 6)}};
}

// Who may be the same one: told apart by the rules, or doubtful; each with its reasons.
Result<Json> candidates_of(Database& database, std::int64_t person) {
  DATELINE_TRY(
      const auto rows,
      database.query(
          "SELECT p.id, p.name, p.kind, r.pro, r.contra FROM reason r JOIN entity e ON e.id = "
          "r.entity JOIN person p ON p.id = CASE WHEN e.person = ?1 THEN r.person ELSE e.person "
          "END "
          "WHERE NOT r.joined AND (e.person = ?1 OR r.person = ?1) AND p.id <> ?1 GROUP BY p.id "
          "ORDER BY p.id LIMIT 20",
          {person}));
  Json candidates = Json::array();
  for (const Row& row : rows) {
    Json candidate = reference(row, 0);
    candidate["for"] = parsed(row.text(3));
    candidate["against"] = parsed(row.text(4));
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

// Why the articles' entities were joined, newest last. Without a row: by a name that was known.
Result<Json> reasons_of(Database& database, std::int64_t person) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT e.article, e.name, r.pro, r.contra FROM entity e LEFT JOIN reason r "
                     "ON r.entity = e.id AND r.person = ?1 AND r.joined WHERE e.person = ?1 ORDER "
                     "BY e.id LIMIT 200",
                     {person}));
  Json reasons = Json::array();
  std::set<std::string> known;
  for (const Row& row : rows) {
    const bool named_before = !known.insert(name_key(row.text(1))).second;
    if (row.null(2) && !named_before) continue;
    reasons.push_back(
        {{"article", row.integer(0)},
         {"name", row.text(1)},
         {"for", row.null(2) ? Json::array({"the same full name"}) : parsed(row.text(2))},
         {"against", row.null(3) ? Json::array() : parsed(row.text(3))}});
  }
  return reasons;
}

using Ids = std::vector<std::int64_t>;

Result<Ids> ids(Database& database, std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_TRY(const auto rows, database.query(sql, values));
  Ids found;
  for (const Row& row : rows) found.push_back(row.integer(0));
  return found;
}

// Names that differ from `key` in a few letters or share a word with it, in words.
Result<std::string> near_names(Database& database, const std::string& key) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT key, name FROM person ORDER BY articles DESC, id LIMIT 50000"));
  const auto words = words_of(key);
  const std::size_t limit = std::max<std::size_t>(1, std::min<std::size_t>(3, key.size() / 4));
  std::string names;
  int found = 0;
  for (const Row& row : rows) {
    const auto theirs = words_of(row.text(0));
    const bool word = std::any_of(theirs.begin(), theirs.end(), [&](std::string_view their) {
      return std::any_of(words.begin(), words.end(), [&](std::string_view mine) {
        return edit_distance(mine, their, 1) <= (mine.size() > 3 ? 1 : 0);
      });
    });
    if (!word && edit_distance(key, row.text(0), limit) > limit) continue;
    names += (found == 0 ? "" : ", ") + row.text(1);
    if (++found == 5) break;
  }
  return names;
}

}  // namespace

Result<std::vector<std::int64_t>> identities(const Store& store, const std::string& name) {
  Database& database = store.database();
  if (const auto id = parse_id(name, 'P')) {
    DATELINE_TRY(const Ids known, ids(database, "SELECT id FROM person WHERE id = ?1", {*id}));
    if (!known.empty()) return known;
  }
  const std::string key = name_key(name);
  if (key.empty()) return fail(ErrorCode::kInvalidArgument, "\"" + name + "\" is no name");
  for (const std::string_view sql :
       {"SELECT id FROM person WHERE key = ?1 ORDER BY articles DESC, id",
        "SELECT p.id FROM person_name n JOIN person p ON p.id = n.person WHERE n.key = ?1 ORDER BY "
        "p.kind <> 'PERSON', p.articles DESC, p.id",
        "SELECT id FROM person WHERE ' ' || key || ' ' LIKE '% ' || ?1 || ' %' ORDER BY kind <> "
        "'PERSON', articles DESC, id LIMIT 50"}) {
    DATELINE_TRY(const Ids found, ids(database, sql, {key}));
    if (!found.empty()) return found;
  }
  DATELINE_TRY(const std::string near, near_names(database, key));
  return fail(ErrorCode::kNotFound,
              fmt::format("{}: nobody is called \"{}\"{}{}{}", store.path(), name,
                          near.empty() ? "" : " (near: ", near, near.empty() ? "" : ")"));
}

Result<Rows> people(const Store& store, const std::string& name, const Paging& paging) {
  Database& database = store.database();
  DATELINE_TRY(const std::size_t offset, offset_of(paging));
  Conditions where;
  const std::string key = name_key(name);
  for (const std::string_view word : words_of(key))
    where.add(fmt::format("p.id IN (SELECT person FROM person_name WHERE ' ' || key LIKE {})",
                          where.bind(fmt::format("% {}%", word))));
  if (key.empty() && !name.empty()) where.add("0");
  const std::string sql = std::string(kPerson) + where.where() +
                          " ORDER BY p.articles DESC, p.id LIMIT " +
                          where.bind(static_cast<std::int64_t>(paging.limit) + 1) + " OFFSET " +
                          where.bind(static_cast<std::int64_t>(offset));
  DATELINE_TRY(const auto found, database.query(sql, where.values()));
  std::vector<std::string> rows;
  for (const Row& row : found) {
    DATELINE_TRY(const Json json, person_json(database, row));
    rows.push_back(written(json));
  }
  return page_of(std::move(rows), paging, offset);
}

Result<std::string> person(const Store& store, std::int64_t id) {
  Database& database = store.database();
  DATELINE_TRY(const auto rows, database.query(std::string(kPerson) + " WHERE p.id = ?1", {id}));
  if (rows.empty())
    return fail(ErrorCode::kNotFound, fmt::format("{}: there is no P{}", store.path(), id));
  DATELINE_TRY(Json json, person_json(database, rows.front()));
  RelationQuery query;
  query.person = id;
  query.history = true;
  query.paging.limit = 1000;
  DATELINE_TRY(const Rows ties, relations(store, query));
  json["ties"] = Json::array();
  for (const std::string& tie : ties.rows) json["ties"].push_back(parsed(tie));
  DATELINE_TRY(json["candidates"], candidates_of(database, id));
  DATELINE_TRY(json["reasons"], reasons_of(database, id));
  return written(json);
}

}  // namespace dateline::store
