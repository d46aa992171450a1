#include "dateline/store/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/store/names.h"

namespace dateline::data {
extern const std::string_view store_legal_forms;
}  // namespace dateline::data

namespace dateline::store {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

constexpr int kDecades = 30;  // years between two articles that make a namesake likely
constexpr int kAgeError = 1;  // years that an age may be off
constexpr std::size_t kShownReasons = 3;

struct Named {
  std::int64_t id = 0;
  std::string kind, key, name;
};

// What is known of somebody, from an entity or from an identity's latest ones.
struct Profile {
  Words roles, spouses, genders;
  std::optional<std::int64_t> born;
  std::optional<std::int64_t> first, last;  // years of the articles
};

struct Candidate {
  std::int64_t person = 0;
  Words pro, contra;
  bool barred = false;  // by something that cannot be so of one person
};

Result<Words> texts(Database& database, std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_TRY(const auto rows, database.query(sql, values));
  Words words;
  for (const Row& row : rows)
    if (!row.null(0)) words.push_back(row.text(0));
  return words;
}

// `entities` is a JSON list of entity rows. CROSS JOIN: in this order, whatever the planner thinks
// of tables that it knows no sizes of.
Result<Profile> profile_of(Database& database, const std::string& entities) {
  Profile profile;
  DATELINE_TRY(profile.roles,
               texts(database,
                     "SELECT DISTINCT lower(r.value) FROM json_each(?1) j CROSS JOIN relation r ON "
                     "r.subject = j.value WHERE r.relation = 'position' AND r.polarity = "
                     "'positive' AND r.status <> 'former' ORDER BY 1",
                     {entities}));
  DATELINE_TRY(
      profile.spouses,
      texts(database,
            "SELECT o.key FROM json_each(?1) j CROSS JOIN relation r ON r.subject = j.value "
            "CROSS JOIN entity o ON o.id = r.object WHERE r.relation = 'spouse' AND "
            "r.polarity = 'positive' AND r.status = 'current' AND o.named UNION SELECT "
            "o.key FROM json_each(?1) j CROSS JOIN relation r ON r.object = j.value CROSS "
            "JOIN entity o ON o.id = r.subject WHERE r.relation = 'spouse' AND r.polarity "
            "= 'positive' AND r.status = 'current' AND o.named ORDER BY 1",
            {entities}));
  DATELINE_TRY(profile.genders,
               texts(database,
                     "SELECT DISTINCT e.gender FROM json_each(?1) j CROSS JOIN entity e ON e.id = "
                     "j.value ORDER BY 1",
                     {entities}));
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT max(e.born), min(substr(a.published, 1, 4)), "
                     "max(substr(a.published, 1, 4)) FROM json_each(?1) j CROSS JOIN entity "
                     "e ON e.id = j.value CROSS JOIN article a ON a.id = e.article",
                     {entities}));
  const Row& row = rows.front();
  if (!row.null(0)) profile.born = row.integer(0);
  profile.first = to_number<std::int64_t>(row.text(1));
  profile.last = to_number<std::int64_t>(row.text(2));
  return profile;
}

// Who else is named where `entities` are.
Result<Words> company_of(Database& database, const std::string& entities) {
  return texts(database,
               "SELECT DISTINCT o.key FROM json_each(?1) j CROSS JOIN entity e ON e.id = j.value "
               "CROSS JOIN entity o ON o.article = e.article AND o.id <> e.id WHERE o.named AND "
               "o.kind IN ('PERSON', 'ORG') AND o.key <> e.key ORDER BY o.key",
               {entities});
}

Words shared(const Words& a, const Words& b) {
  Words both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

// "singer" and "pop singer" are one trade: the last word is the head.
Words heads(const Words& roles) {
  Words out;
  for (const std::string& role : roles) {
    const std::string key = name_key(role);
    const auto words = words_of(key);
    if (!words.empty()) out.emplace_back(words.back());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

const std::set<std::string, std::less<>>& legal_forms() {
  static const auto forms = [] {
    std::set<std::string, std::less<>> out;
    for (const auto& row : parse_tsv(data::store_legal_forms)) out.emplace(row[0]);
    return out;
  }();
  return forms;
}

// A part of a name is not the name: "Rovers" may be of another town than "Kestrel Rovers". A legal
// form can be left out.
bool mere_part(std::string_view part, std::string_view whole) {
  const auto few = words_of(part), all = words_of(whole);
  if (few.size() >= all.size()) return false;
  const auto at = std::search(all.begin(), all.end(), few.begin(), few.end());
  if (at == all.end()) return false;
  const auto legal = [](std::string_view word) { return legal_forms().contains(word); };
  const auto after = at + static_cast<std::ptrdiff_t>(few.size());
  return !std::all_of(all.begin(), at, legal) || !std::all_of(after, all.end(), legal);
}

std::string listed(const Words& words) {
  std::string out;
  for (std::size_t i = 0; i < std::min(words.size(), kShownReasons); ++i)
    out += (i == 0 ? "" : ", ") + words[i];
  return out;
}

void weigh_facts(const Profile& mine, const Profile& theirs, Candidate& candidate) {
  if (!mine.genders.empty() && !theirs.genders.empty() &&
      shared(mine.genders, theirs.genders).empty()) {
    candidate.barred = true;
    candidate.contra.emplace_back("he in one, she in the other");
  }
  if (mine.born && theirs.born && std::abs(*mine.born - *theirs.born) > kAgeError) {
    candidate.barred = true;
    candidate.contra.push_back(fmt::format("born about {} and about {}", *mine.born, *theirs.born));
  }
  if (mine.born && theirs.born && !candidate.barred) candidate.pro.emplace_back("of one age");
  if (mine.first && theirs.last &&
      (*mine.first - *theirs.last > kDecades || *theirs.first - *mine.last > kDecades))
    candidate.contra.emplace_back("decades between the articles");
}

void weigh_ties(const Profile& mine, const Profile& theirs, Candidate& candidate) {
  const Words my_trades = heads(mine.roles), their_trades = heads(theirs.roles);
  if (const Words both = shared(my_trades, their_trades); !both.empty())
    candidate.pro.push_back("both " + listed(both));
  else if (!my_trades.empty() && !their_trades.empty())
    candidate.contra.push_back(fmt::format("{} and {}", listed(my_trades), listed(their_trades)));
  if (const Words both = shared(mine.spouses, theirs.spouses); !both.empty())
    candidate.pro.push_back("married to " + listed(both));
  else if (!mine.spouses.empty() && !theirs.spouses.empty())
    candidate.contra.push_back(
        fmt::format("married to {} and to {}", listed(mine.spouses), listed(theirs.spouses)));
}

class Assigner {
 public:
  Assigner(Database& database, std::int64_t article) : database_(database), article_(article) {}

  Result<void> run() {
    DATELINE_TRY(const auto rows,
                 database_.query("SELECT id, kind, key, name FROM entity WHERE article = ?1 AND "
                                 "named AND person IS NULL ORDER BY number",
                                 {article_}));
    for (const Row& row : rows) {
      const Named entity{row.integer(0), row.text(1), row.text(2), row.text(3)};
      DATELINE_DO(assign(entity));
    }
    return {};
  }

 private:
  Result<void> assign(const Named& entity) {
    DATELINE_TRY(std::vector<Candidate> candidates, candidates_for(entity));
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (!may_join(entity, candidates[i])) continue;
      if (chosen && candidates[*chosen].pro.size() >= candidates[i].pro.size()) {
        // Two that fit alike: neither is chosen.
        if (candidates[*chosen].pro.size() == candidates[i].pro.size())
          return apart(entity, candidates);
        continue;
      }
      chosen = i;
    }
    if (!chosen) return apart(entity, candidates);
    DATELINE_DO(move_entity(database_, entity.id, candidates[*chosen].person));
    return write_reasons(entity, candidates, candidates[*chosen].person);
  }

  Result<void> apart(const Named& entity, const std::vector<Candidate>& candidates) {
    DATELINE_DO(move_entity(database_, entity.id, std::nullopt));
    return write_reasons(entity, candidates, 0);
  }

  static bool full_name(const Named& entity) {
    return entity.kind != "PERSON" || words_of(entity.key).size() >= 2;
  }

  static bool may_join(const Named& entity, const Candidate& candidate) {
    if (candidate.barred || !full_name(entity)) return false;
    // What speaks against it can be outweighed by the company kept, not by the name alone.
    return candidate.contra.empty() || candidate.pro.size() > candidate.contra.size();
  }

  // Whether what the two have in common is but a part of the name of one of them.
  static bool part_of_either(const Named& entity, const Row& row) {
    const std::string common = row.text(2);
    const bool their_name = row.integer(3) != 0;
    return mere_part(common, entity.key) || (!their_name && mere_part(common, row.text(1)));
  }

  // Identities that bear this name, or one of its full aliases, and are of its kind. Two of one
  // article are never one.
  Result<std::vector<Candidate>> candidates_for(const Named& entity) {
    DATELINE_TRY(
        const auto rows,
        database_.query(
            "SELECT p.id, p.key, k.key, EXISTS (SELECT 1 FROM entity e WHERE e.person = p.id "
            "AND e.key = k.key AND e.named) FROM (SELECT ?1 AS key UNION SELECT key FROM name "
            "WHERE "
            "entity = ?2 AND form = 'alias' AND (?3 <> 'PERSON' OR instr(key, ' '))) k "
            "JOIN person_name n ON n.key = k.key JOIN person p ON p.id = n.person WHERE "
            "p.kind = ?3 AND NOT EXISTS (SELECT 1 FROM entity e WHERE e.person = p.id AND "
            "e.article = ?4) ORDER BY p.id LIMIT 50",
            {entity.key, entity.id, entity.kind, article_}));
    std::vector<Candidate> candidates;
    if (rows.empty()) return candidates;
    // The only thing or place of a name is it; people are looked at closer.
    const bool closer = entity.kind == "PERSON" || rows.size() > 1;
    Profile mine;
    if (closer) {
      DATELINE_TRY(mine, profile_of(database_, Json::array({entity.id}).dump()));
    }
    for (const Row& row : rows) {
      if (!candidates.empty() && candidates.back().person == row.integer(0)) continue;
      if (entity.kind != "PERSON" && part_of_either(entity, row)) continue;
      Candidate candidate{row.integer(0), {}, {}, false};
      if (full_name(entity)) candidate.pro.emplace_back("the same full name");
      if (closer) DATELINE_DO(weigh(entity, mine, rows.size() > 1, candidate));
      candidates.push_back(std::move(candidate));
    }
    return candidates;
  }

  // Facts and ties always; the company kept, which takes longest to gather, where it can decide.
  Result<void> weigh(const Named& entity, const Profile& mine, bool rivals, Candidate& candidate) {
    DATELINE_TRY(const auto latest,
                 database_.query("SELECT json_group_array(id) FROM (SELECT id FROM entity WHERE "
                                 "person = ?1 ORDER BY article DESC LIMIT 12)",
                                 {candidate.person}));
    const std::string them = latest.front().text(0);
    DATELINE_TRY(const Profile theirs, profile_of(database_, them));
    weigh_facts(mine, theirs, candidate);
    weigh_ties(mine, theirs, candidate);
    if (!full_name(entity)) candidate.contra.emplace_back("a name of one word");
    if (!rivals && candidate.contra.empty()) return {};
    DATELINE_TRY(const Words my_company, company_of(database_, Json::array({entity.id}).dump()));
    DATELINE_TRY(const Words their_company, company_of(database_, them));
    if (const Words both = shared(my_company, their_company); !both.empty())
      candidate.pro.push_back("told of with " + listed(both));
    return {};
  }

  Result<void> write_reasons(const Named& entity, const std::vector<Candidate>& candidates,
                             std::int64_t joined) {
    for (const Candidate& candidate : candidates)
      DATELINE_DO(
          database_.run("INSERT INTO reason VALUES (?1, ?2, ?3, ?4, ?5)",
                        {entity.id, candidate.person, std::int64_t{candidate.person == joined},
                         Json(candidate.pro).dump(), Json(candidate.contra).dump()}));
    return {};
  }

  Database& database_;
  std::int64_t article_;
};

// The keys of one entity that its identity is looked up by.
Result<void> add_keys(Database& database, std::int64_t entity, std::int64_t person) {
  DATELINE_DO(
      database.run("INSERT OR IGNORE INTO person_name SELECT key, ?2 FROM (SELECT key FROM "
                   "entity WHERE id = ?1 UNION SELECT key FROM name WHERE entity = ?1 AND "
                   "form = 'alias') WHERE key <> ''",
                   {entity, person}));
  return {};
}

}  // namespace

Result<void> assign_identities(Database& database, std::int64_t article) {
  return Assigner(database, article).run();
}

Result<std::int64_t> move_entity(Database& database, std::int64_t entity,
                                 std::optional<std::int64_t> to) {
  std::int64_t person = to.value_or(0);
  if (!to) {
    DATELINE_TRY(person, database.run("INSERT INTO person(kind, name, key) SELECT kind, name, key "
                                      "FROM entity WHERE id = ?1",
                                      {entity}));
  }
  DATELINE_DO(database.run("UPDATE entity SET person = ?2 WHERE id = ?1", {entity, person}));
  DATELINE_DO(add_keys(database, entity, person));
  // The fullest name used is the identity's; the first of equals stays.
  DATELINE_DO(database.run("UPDATE person SET articles = articles + 1 WHERE id = ?1", {person}));
  DATELINE_DO(
      database.run("UPDATE person SET name = e.name, key = e.key FROM (SELECT name, key "
                   "FROM entity WHERE id = ?1) e WHERE id = ?2 AND length(e.name) > "
                   "length(person.name)",
                   {entity, person}));
  return person;
}

Result<void> refresh_person(Database& database, std::int64_t person) {
  DATELINE_DO(database.run("DELETE FROM person_name WHERE person = ?1", {person}));
  DATELINE_TRY(const auto entities,
               database.query("SELECT id FROM entity WHERE person = ?1 ORDER BY id", {person}));
  if (entities.empty()) {
    DATELINE_DO(database.run("DELETE FROM reason WHERE person = ?1", {person}));
    DATELINE_DO(database.run("DELETE FROM line_doer WHERE person = ?1", {person}));
    DATELINE_DO(database.run("DELETE FROM person WHERE id = ?1", {person}));
    return {};
  }
  for (const Row& row : entities) DATELINE_DO(add_keys(database, row.integer(0), person));
  DATELINE_DO(database.run(
      "UPDATE person SET name = e.name, key = e.key, articles = e.articles FROM (SELECT name, key, "
      "(SELECT count(DISTINCT article) FROM entity WHERE person = ?1) AS articles FROM entity "
      "WHERE person = ?1 ORDER BY length(name) DESC, id LIMIT 1) e WHERE id = ?1",
      {person}));
  return {};
}

}  // namespace dateline::store
