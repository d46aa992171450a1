#include "dateline/store/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
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
constexpr std::size_t kKeptCandidates = 8;
constexpr std::size_t kMostNamesakes = 50;

// What is known of somebody, from an entity or from an identity.
struct Profile {
  Words roles, spouses, genders;
  std::optional<std::int64_t> born;
  std::optional<std::int64_t> first, last;  // years of the articles
};

std::optional<std::int64_t> year_of(const std::string& published) {
  return to_number<std::int64_t>(std::string_view(published).substr(0, 4));
}

struct Candidate {
  std::int64_t person = 0;
  std::string name;
  Words pro, contra;
  bool barred = false;   // by something that cannot be so of one person
  bool by_name = false;  // the common key is a name on both sides, not an alias
};

// An identity that a key leads to.
struct Found {
  std::int64_t person = 0;
  std::string name, key, common;  // of the identity, twice; by which it was found
  bool is_name = false;           // whether `common` is a name of the identity, not but an alias
  Profile facts;                  // without roles and spouses
};

std::optional<std::int64_t> number_at(const Row& row, std::size_t at) {
  return row.null(at) ? std::nullopt : std::optional(row.integer(at));
}

Result<Words> texts(Database& database, std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_TRY(const auto rows, database.query(sql, values));
  Words words;
  for (const Row& row : rows)
    if (!row.null(0)) words.push_back(row.text(0));
  return words;
}

Words in_order(Words words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// An identity's latest ones: enough to know its trade, its spouse and its company by.
constexpr std::string_view kLatest =
    "(SELECT id FROM entity WHERE person = ?1 ORDER BY id DESC LIMIT 12) j";

Words keys_of(const Words& names) {
  Words keys;
  for (const std::string& name : names) keys.push_back(name_key(name));
  return in_order(std::move(keys));
}

Result<Words> roles_of(Database& database, std::int64_t person) {
  static const std::string sql = fmt::format(
      "SELECT DISTINCT lower(r.value) FROM {} CROSS JOIN relation r ON r.subject = j.id WHERE "
      "r.relation = 'position' AND r.polarity = 'positive' AND r.status <> 'former' ORDER BY 1",
      kLatest);
  return texts(database, sql, {person});
}

Result<Words> spouses_of(Database& database, std::int64_t person) {
  static const auto side = [](std::string_view mine, std::string_view other) {
    return fmt::format(
        "SELECT o.name FROM {} CROSS JOIN relation r ON r.{} = j.id CROSS JOIN entity o ON o.id = "
        "r.{} WHERE r.relation = 'spouse' AND r.polarity = 'positive' AND r.status = 'current' AND "
        "o.named",
        kLatest, mine, other);
  };
  static const std::string sql = side("subject", "object") + " UNION " + side("object", "subject");
  DATELINE_TRY(const Words names, texts(database, sql, {person}));
  return keys_of(names);
}

// Who else is named in the articles of an identity.
Result<Words> company_of(Database& database, std::int64_t person) {
  static const std::string sql = fmt::format(
      "SELECT DISTINCT o.name FROM {} CROSS JOIN entity o ON o.id BETWEEN (j.id & ~65535) AND "
      "(j.id | 65535) AND o.id <> j.id WHERE o.named AND o.kind IN ('PERSON', 'ORG')",
      kLatest);
  DATELINE_TRY(const Words names, texts(database, sql, {person}));
  return keys_of(names);
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
  return in_order(std::move(out));
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

// Brings an identity up to date with one more of its entities, or makes one of it; its id.
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

// The fullest name used is the identity's; the first of equals stays. Not said where its counts
// are: naming an indexed column writes its index's page, changed or not.
Result<void> take_fuller_name(Database& database, const Named& entity, std::int64_t person) {
  DATELINE_DO(
      database.run("UPDATE person SET key = ?3, name = ?2 WHERE id = ?1 AND length(name) < "
                   "length(?2)",
                   {person, entity.name, entity.key}));
  return {};
}

// The keys of one entity that its identity is looked up by.
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

class Assigner {
 public:
  Assigner(Database& database, const std::vector<Named>& entities)
      : database_(database), entities_(entities) {}

  Result<Assigned> run() {
    DATELINE_DO(look_up());
    for (const Named& entity : entities_) DATELINE_DO(assign(entity));
    return std::move(assigned_);
  }

 private:
  // Who is known by the names of all entities.
  Result<void> look_up() {
    Json keys = Json::array();
    for (const Named& entity : entities_)
      for (const std::string& key : keys_to_try(entity)) keys.push_back(key);
    DATELINE_TRY(const auto rows,
                 database_.query(
                     "SELECT n.key, p.kind, p.id, p.name, p.key, n.named, p.gender, p.born, "
                     "p.first, p.last FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN "
                     "person_name n ON n.key = j.value CROSS JOIN person p ON p.id = n.person",
                     {keys.dump()}));
    for (const Row& row : rows) {
      Found found{row.integer(2), row.text(3), row.text(4), row.text(0), row.integer(5) != 0, {}};
      for (const char letter : row.text(6)) found.facts.genders.emplace_back(1, letter);
      std::sort(found.facts.genders.begin(), found.facts.genders.end());
      found.facts.born = number_at(row, 7);
      found.facts.first = year_of(row.text(8));
      found.facts.last = year_of(row.text(9));
      known_[{row.text(1), row.text(0)}].push_back(std::move(found));
    }
    return {};
  }

  // A person's one-word alias leads nowhere.
  static Words keys_to_try(const Named& entity) {
    Words keys = {entity.key};
    for (const std::string& alias : entity.aliases)
      if (entity.kind != "PERSON" || alias.find(' ') != std::string::npos) keys.push_back(alias);
    return keys;
  }

  static Profile profile_of(const Named& entity) {
    Profile profile;
    profile.roles = in_order(entity.roles);
    profile.spouses = in_order(entity.spouses);
    if (!entity.gender.empty()) profile.genders = {entity.gender};
    profile.born = entity.born;
    profile.first = profile.last = year_of(entity.published);
    return profile;
  }

  Result<void> assign(const Named& entity) {
    DATELINE_TRY(std::vector<Candidate> candidates, candidates_for(entity));
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (!may_join(entity, candidates[i])) continue;
      if (chosen && candidates[*chosen].pro.size() >= candidates[i].pro.size()) {
        // Two that fit alike: neither is chosen.
        if (candidates[*chosen].pro.size() == candidates[i].pro.size())
          return give(entity, candidates, nullptr);
        continue;
      }
      chosen = i;
    }
    return give(entity, candidates, chosen ? &candidates[*chosen] : nullptr);
  }

  Result<void> give(const Named& entity, const std::vector<Candidate>& candidates,
                    const Candidate* chosen) {
    DATELINE_TRY(const std::int64_t person,
                 take_in(database_, entity,
                         chosen != nullptr ? std::optional(chosen->person) : std::nullopt));
    assigned_.people.push_back(person);
    if (chosen != nullptr && chosen->name != entity.name)
      DATELINE_DO(take_fuller_name(database_, entity, person));
    // Found by its own name, it has that key already.
    if (chosen == nullptr || !chosen->by_name || !entity.aliases.empty())
      DATELINE_DO(add_keys(database_, entity, person));
    taken_.insert(person);
    give_reasons(entity, candidates, chosen);
    return {};
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
  static bool part_of_either(const Named& entity, const Found& found) {
    return mere_part(found.common, entity.key) ||
           (!found.is_name && mere_part(found.common, found.key));
  }

  // Identities that bear this name, or one of its full aliases, and are of its kind. Two of one
  // article are never one.
  std::vector<Found> found_for(const Named& entity) const {
    std::vector<Found> all;
    for (const std::string& key : keys_to_try(entity))
      if (const auto known = known_.find({entity.kind, key}); known != known_.end())
        for (const Found& found : known->second)
          if (!taken_.contains(found.person)) all.push_back(found);
    std::stable_sort(all.begin(), all.end(),
                     [](const Found& a, const Found& b) { return a.person < b.person; });
    if (all.size() > kMostNamesakes) all.resize(kMostNamesakes);
    return all;
  }

  Result<std::vector<Candidate>> candidates_for(const Named& entity) {
    std::vector<Found> all = found_for(entity);
    std::vector<Candidate> candidates;
    // The only thing or place of a name is it; people are looked at closer.
    const bool closer = entity.kind == "PERSON" || all.size() > 1;
    const Profile mine = closer && !all.empty() ? profile_of(entity) : Profile{};
    for (Found& found : all) {
      if (!candidates.empty() && candidates.back().person == found.person) continue;
      if (entity.kind != "PERSON" && part_of_either(entity, found)) continue;
      Candidate candidate;
      candidate.person = found.person;
      candidate.name = found.name;
      candidate.by_name = found.is_name && found.common == entity.key;
      if (full_name(entity)) candidate.pro.emplace_back("the same full name");
      if (closer) DATELINE_DO(weigh(entity, mine, found.facts, all.size() > 1, candidate));
      candidates.push_back(std::move(candidate));
    }
    return candidates;
  }

  // Facts and ties always; the company kept, which takes longest to gather, where it can decide.
  Result<void> weigh(const Named& entity, const Profile& mine, Profile& theirs, bool rivals,
                     Candidate& candidate) {
    if (!mine.roles.empty()) {
      DATELINE_TRY(theirs.roles, roles_of(database_, candidate.person));
    }
    if (!mine.spouses.empty()) {
      DATELINE_TRY(theirs.spouses, spouses_of(database_, candidate.person));
    }
    weigh_facts(mine, theirs, candidate);
    weigh_ties(mine, theirs, candidate);
    if (!full_name(entity)) candidate.contra.emplace_back("a name of one word");
    if (!rivals && candidate.contra.empty()) return {};
    DATELINE_TRY(const Words their_company, company_of(database_, candidate.person));
    if (const Words both = shared(company_in_article(entity), their_company); !both.empty())
      candidate.pro.push_back("told of with " + listed(both));
    return {};
  }

  Words company_in_article(const Named& entity) const {
    Words keys;
    for (const Named& other : entities_)
      if (other.key != entity.key && (other.kind == "PERSON" || other.kind == "ORG"))
        keys.push_back(other.key);
    return in_order(std::move(keys));
  }

  // That the same full name was enough goes without saying. Of those left apart, the likeliest.
  void give_reasons(const Named& entity, const std::vector<Candidate>& candidates,
                    const Candidate* joined) {
    std::vector<const Candidate*> told;
    for (const Candidate& candidate : candidates)
      if (&candidate != joined || candidate.pro.size() > 1 || !candidate.contra.empty() ||
          !candidate.by_name)
        told.push_back(&candidate);
    std::stable_sort(told.begin(), told.end(), [&](const Candidate* a, const Candidate* b) {
      return std::pair(a == joined, a->pro.size()) > std::pair(b == joined, b->pro.size());
    });
    if (told.size() > kKeptCandidates) told.resize(kKeptCandidates);
    for (const Candidate* candidate : told)
      assigned_.reasons.push_back({entity.id, candidate->person, candidate == joined,
                                   Json(candidate->pro).dump(), Json(candidate->contra).dump()});
  }

  Database& database_;
  const std::vector<Named>& entities_;
  std::map<std::pair<std::string, std::string>, std::vector<Found>> known_;  // by kind and key
  std::set<std::int64_t> taken_;  // identities of this article
  Assigned assigned_;
};

}  // namespace

void add_alias(const std::string& name, Named& entity) {
  std::string alias = name_key(name);
  if (!alias.empty() && alias != entity.key) entity.aliases.push_back(std::move(alias));
}

Result<Assigned> assign_identities(Database& database, const std::vector<Named>& entities) {
  return Assigner(database, entities).run();
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
