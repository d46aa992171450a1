#include "dateline/store/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "dateline/store/corrections_replay.h"
#include "dateline/store/database.h"
#include "dateline/store/identity_rows.h"
#include "dateline/store/lines.h"
#include "dateline/store/names.h"

namespace dateline::store {
namespace {

using Json = nlohmann::json;

struct Entity {
  std::int64_t id = 0, article = 0;
  std::string key;
};

// One entity goes from one identity to another; entities are told by article and key, so that a
// move outlives a new reading.
struct Move {
  std::int64_t article = 0;
  std::string key;
  std::int64_t from = 0, to = 0;
};

Json written(const std::vector<Move>& moves) {
  Json json = Json::array();
  for (const Move& move : moves)
    json.push_back(Json::array({move.article, move.key, move.from, move.to}));
  return json;
}

std::vector<Move> moves_of(const std::string& text) {
  std::vector<Move> moves;
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return moves;
  for (const Json& item : json)
    moves.push_back({item[0].get<std::int64_t>(), item[1].get<std::string>(),
                     item[2].get<std::int64_t>(), item[3].get<std::int64_t>()});
  return moves;
}

Result<std::string> named(const Store& store, std::int64_t person) {
  DATELINE_TRY(const auto rows,
               store.database().query("SELECT name FROM person WHERE id = ?1", {person}));
  if (rows.empty())
    return fail(ErrorCode::kNotFound, fmt::format("{}: there is no P{}", store.path(), person));
  return fmt::format("P{} {}", person, rows.front().text(0));
}

Result<std::vector<Entity>> entities_of(Database& database, std::int64_t person) {
  DATELINE_TRY(const auto rows,
               database.query("SELECT id, article, name FROM entity WHERE person = ?1 ORDER BY id",
                              {person}));
  std::vector<Entity> entities;
  for (const Row& row : rows)
    entities.push_back({row.integer(0), row.integer(1), name_key(row.text(2))});
  return entities;
}

// An identity that went away comes back under its number.
Result<void> ensure_person(Database& database, std::int64_t person, std::int64_t entity) {
  DATELINE_DO(
      database.run("INSERT OR IGNORE INTO person(id, kind, name, key) SELECT ?1, kind, name, "
                   "'' FROM entity WHERE id = ?2",
                   {person, entity}));
  return {};
}

// Who bears the name of `move` in its article, rather an entity of `person`; 0: nobody.
Result<std::int64_t> bearer_of(Database& database, const Move& move, std::int64_t person) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT id, name FROM entity WHERE id BETWEEN ?1 AND ?2 AND named "
                     "ORDER BY person = ?3 DESC, id",
                     {row_id(move.article, 0), row_id(move.article, kPerArticle - 1), person}));
  const auto bearer = std::find_if(
      rows.begin(), rows.end(), [&](const Row& row) { return name_key(row.text(1)) == move.key; });
  return bearer == rows.end() ? 0 : bearer->integer(0);
}

// Does the moves, and brings people and lines up to date. `back`: from `to` to `from`.
Result<void> apply(Database& database, const std::vector<Move>& moves, bool back) {
  std::set<std::int64_t> people, articles;
  for (const Move& move : moves) articles.insert(move.article);
  for (const std::int64_t article : articles) DATELINE_DO(unlink_lines(database, article));
  for (const Move& move : moves) {
    const std::int64_t target = back ? move.from : move.to, source = back ? move.to : move.from;
    DATELINE_TRY(const std::int64_t entity, bearer_of(database, move, source));
    if (entity == 0) continue;  // another reader found nobody of that name
    DATELINE_DO(ensure_person(database, target, entity));
    DATELINE_DO(move_entity(database, entity, target));
    people.insert({target, source});
  }
  for (const std::int64_t person : people) DATELINE_DO(refresh_person(database, person));
  for (const std::int64_t article : articles) DATELINE_DO(link_lines(database, article));
  return {};
}

Result<Correction> keep(Store& store, const char* kind, const std::string& said,
                        const std::vector<Move>& moves) {
  Database& database = store.database();
  DATELINE_TRY(const std::int64_t id,
               database.run("INSERT INTO correction(kind, said, moved) VALUES (?1, ?2, ?3)",
                            {std::string(kind), said, written(moves).dump()}));
  DATELINE_DO(apply(database, moves, /*back=*/false));
  DATELINE_DO(database.run("UPDATE change SET number = number + 1"));
  return Correction{id, said};
}

}  // namespace

Result<Correction> merge(Store& store, std::int64_t a, std::int64_t b) {
  Database& database = store.database();
  DATELINE_TRY(Transaction transaction, Transaction::begin(database));
  DATELINE_TRY(const std::string kept, named(store, a));
  DATELINE_TRY(const std::string gone, named(store, b));
  if (a == b) return fail(ErrorCode::kInvalidArgument, kept + " is one already");
  DATELINE_TRY(
      const std::int64_t kinds,
      database.number("SELECT count(DISTINCT kind) FROM person WHERE id IN (?1, ?2)", {a, b}));
  if (kinds != 1)
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} and {} are of different kinds", kept, gone));
  std::vector<Move> moves;
  DATELINE_TRY(const auto entities, entities_of(database, b));
  for (const Entity& entity : entities) moves.push_back({entity.article, entity.key, b, a});
  DATELINE_TRY(const Correction done,
               keep(store, "merge", fmt::format("{} and {} are one", kept, gone), moves));
  DATELINE_DO(transaction.commit());
  return done;
}

Result<Correction> split(Store& store, std::int64_t person,
                         const std::vector<std::int64_t>& articles) {
  Database& database = store.database();
  DATELINE_TRY(Transaction transaction, Transaction::begin(database));
  DATELINE_TRY(const std::string whole, named(store, person));
  DATELINE_TRY(const auto entities, entities_of(database, person));
  DATELINE_TRY(const std::int64_t fresh,
               database.number("SELECT max(id) + 1 FROM (SELECT id FROM person UNION SELECT "
                               "json_extract(m.value, '$[3]') FROM correction, json_each(moved) m "
                               "UNION SELECT json_extract(m.value, '$[2]') FROM correction, "
                               "json_each(moved) m)"));
  std::vector<Move> moves;
  for (const Entity& entity : entities)
    if (std::find(articles.begin(), articles.end(), entity.article) != articles.end())
      moves.push_back({entity.article, entity.key, person, fresh});
  if (moves.empty())
    return fail(ErrorCode::kInvalidArgument, whole + " is in none of these articles");
  if (moves.size() == entities.size())
    return fail(ErrorCode::kInvalidArgument, whole + " is in no other article: nothing to split");
  DATELINE_TRY(const Correction done,
               keep(store, "split",
                    fmt::format("{} is somebody else, P{}, in {} of the articles", whole, fresh,
                                moves.size()),
                    moves));
  DATELINE_DO(transaction.commit());
  return done;
}

Result<Correction> undo(Store& store) {
  Database& database = store.database();
  DATELINE_TRY(Transaction transaction, Transaction::begin(database));
  DATELINE_TRY(const auto rows,
               database.query("SELECT id, said, moved FROM correction WHERE NOT undone ORDER BY id "
                              "DESC LIMIT 1"));
  if (rows.empty())
    return fail(ErrorCode::kNotFound, store.path() + ": there is no correction to undo");
  const Row& row = rows.front();
  DATELINE_DO(apply(database, moves_of(row.text(2)), /*back=*/true));
  DATELINE_DO(database.run("UPDATE correction SET undone = 1 WHERE id = ?1", {row.integer(0)}));
  DATELINE_DO(database.run("UPDATE change SET number = number + 1"));
  const Correction done{row.integer(0), "taken back: " + row.text(1)};
  DATELINE_DO(transaction.commit());
  return done;
}

Result<void> replay_corrections(Database& database, std::int64_t article) {
  DATELINE_TRY(const auto rows,
               database.query("SELECT moved FROM correction WHERE NOT undone ORDER BY id"));
  for (const Row& row : rows) {
    std::vector<Move> moves = moves_of(row.text(0));
    std::erase_if(moves, [&](const Move& move) { return move.article != article; });
    DATELINE_DO(apply(database, moves, /*back=*/false));
  }
  return {};
}

}  // namespace dateline::store
