#include "dateline/store/identity_rows.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "dateline/store/names.h"

namespace dateline::store {
namespace {

// The entities that `where` chooses, in order.
Result<std::vector<Named>> entities_of(Database& database, const std::string& where,
                                       std::int64_t id) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT e.id, e.kind, e.name, e.gender, e.born, substr(a.published, 1, 10), "
                     "e.mentions, n.text FROM entity e JOIN article a ON a.id = e.article LEFT "
                     "JOIN name n ON n.entity = e.id AND n.form = 'alias' WHERE " +
                         where + " AND e.named ORDER BY e.id",
                     {id}));
  std::vector<Named> entities;
  for (const Row& row : rows) {
    if (entities.empty() || entities.back().id != row.integer(0)) {
      Named entity;
      entity.id = row.integer(0);
      entity.kind = row.text(1);
      entity.name = row.text(2);
      entity.key = name_key(entity.name);
      entity.gender = row.text(3);
      entity.born = number_at(row, 4);
      entity.published = row.text(5);
      entity.mentions = row.integer(6);
      entities.push_back(std::move(entity));
    }
    if (!row.null(7)) add_alias(row.text(7), entities.back());
  }
  return entities;
}

}  // namespace

std::optional<std::int64_t> number_at(const Row& row, std::size_t at) {
  return row.null(at) ? std::nullopt : std::optional(row.integer(at));
}

Result<std::int64_t> take_in(Database& database, const Named& entity,
                             std::optional<std::int64_t> to) {
  if (!to)
    return database.run(
        "INSERT INTO person(kind, name, key, articles, mentions, gender, born, first, last) VALUES "
        "(?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?7)",
        {entity.kind, entity.name, entity.key, entity.mentions, text_or_null(entity.gender),
         value_or_null(entity.born), text_or_null(entity.published)});
  DATELINE_DO(database.run(
      "UPDATE person SET articles = articles + 1, mentions = mentions + ?5, "
      "gender = CASE WHEN ?2 IS NULL OR instr(gender, ?2) THEN gender WHEN gender IS NULL THEN ?2 "
      "ELSE 'mf' END, born = coalesce(?3, born), first = coalesce(min(first, ?4), first, ?4), "
      "last = coalesce(max(last, ?4), last, ?4) WHERE id = ?1",
      {*to, text_or_null(entity.gender), value_or_null(entity.born), text_or_null(entity.published),
       entity.mentions}));
  return *to;
}

Result<void> take_fuller_name(Database& database, const Named& entity, std::int64_t person) {
  DATELINE_DO(
      database.run("UPDATE person SET key = ?3, name = ?2 WHERE id = ?1 AND length(name) < "
                   "length(?2)",
                   {person, entity.name, entity.key}));
  return {};
}

Result<void> add_keys(Database& database, const Named& entity, std::int64_t person) {
  DATELINE_DO(
      database.run("INSERT INTO person_name VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET "
                   "named = 1 WHERE NOT named",
                   {entity.key, person}));
  for (const std::string& alias : entity.aliases)
    DATELINE_DO(
        database.run("INSERT OR IGNORE INTO person_name VALUES (?1, ?2, 0)", {alias, person}));
  return {};
}

Result<std::int64_t> move_entity(Database& database, std::int64_t entity,
                                 std::optional<std::int64_t> to) {
  DATELINE_TRY(const auto entities, entities_of(database, "e.id = ?1", entity));
  if (entities.empty()) return fail(ErrorCode::kNotFound, fmt::format("no entity {}", entity));
  DATELINE_TRY(const std::int64_t person, take_in(database, entities.front(), to));
  DATELINE_DO(take_fuller_name(database, entities.front(), person));
  DATELINE_DO(database.run("UPDATE entity SET person = ?2 WHERE id = ?1", {entity, person}));
  DATELINE_DO(add_keys(database, entities.front(), person));
  return person;
}

Result<void> refresh_person(Database& database, std::int64_t person) {
  DATELINE_DO(database.run("DELETE FROM person_name WHERE person = ?1", {person}));
  DATELINE_TRY(const auto entities, entities_of(database, "e.person = ?1", person));
  if (entities.empty()) {
    DATELINE_DO(database.run("DELETE FROM reason WHERE person = ?1", {person}));
    DATELINE_DO(database.run("DELETE FROM line_doer WHERE person = ?1", {person}));
    DATELINE_DO(database.run("DELETE FROM person WHERE id = ?1", {person}));
    return {};
  }
  DATELINE_DO(
      database.run("UPDATE person SET name = '', key = '', articles = 0, mentions = 0, gender = "
                   "NULL, born = NULL, first = "
                   "NULL, last = NULL WHERE id = ?1",
                   {person}));
  std::set<std::int64_t> articles;
  for (const Named& entity : entities) {
    DATELINE_DO(take_in(database, entity, person));
    DATELINE_DO(take_fuller_name(database, entity, person));
    DATELINE_DO(add_keys(database, entity, person));
    articles.insert(entity.id / kPerArticle);
  }
  DATELINE_DO(database.run("UPDATE person SET articles = ?2 WHERE id = ?1",
                           {person, static_cast<std::int64_t>(articles.size())}));
  return {};
}

}  // namespace dateline::store
