#include "dateline/store/identity.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/store/identity_rows.h"
#include "dateline/store/names.h"
#include "dateline/store/reasons.h"

namespace dateline::data {
extern const std::string_view store_legal_forms;
}  // namespace dateline::data

namespace dateline::store {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kKeptCandidates = 8;
constexpr std::size_t kMostNamesakes = 50;

std::optional<std::int64_t> year_of(const std::string& published) {
  return to_number<std::int64_t>(std::string_view(published).substr(0, 4));
}

struct Candidate {
  std::int64_t person = 0;
  std::string name;
  bool by_name = false;  // the common key is a name on both sides, not an alias
  Reasons reasons;
};

// An identity that a key leads to.
struct Found {
  std::int64_t person = 0;
  std::string name, key, common;  // of the identity, twice; by which it was found
  bool is_name = false;           // whether `common` is a name of the identity, not but an alias
  Profile facts;                  // without roles and spouses
};

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
      if (chosen && candidates[*chosen].reasons.pro.size() >= candidates[i].reasons.pro.size()) {
        // Two that fit alike: neither is chosen.
        if (candidates[*chosen].reasons.pro.size() == candidates[i].reasons.pro.size())
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
    if (candidate.reasons.barred || !full_name(entity)) return false;
    // What speaks against it can be outweighed by the company kept, not by the name alone.
    return candidate.reasons.contra.empty() ||
           candidate.reasons.pro.size() > candidate.reasons.contra.size();
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
      if (full_name(entity)) candidate.reasons.pro.emplace_back("the same full name");
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
    weigh_facts(mine, theirs, candidate.reasons);
    weigh_ties(mine, theirs, candidate.reasons);
    if (!full_name(entity)) candidate.reasons.contra.emplace_back("a name of one word");
    if (!rivals && candidate.reasons.contra.empty()) return {};
    DATELINE_TRY(const Words their_company, company_of(database_, candidate.person));
    if (const Words both = shared(company_in_article(entity), their_company); !both.empty())
      candidate.reasons.pro.push_back("told of with " + listed(both));
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
      if (&candidate != joined || candidate.reasons.pro.size() > 1 ||
          !candidate.reasons.contra.empty() || !candidate.by_name)
        told.push_back(&candidate);
    std::stable_sort(told.begin(), told.end(), [&](const Candidate* a, const Candidate* b) {
      return std::pair(a == joined, a->reasons.pro.size()) >
             std::pair(b == joined, b->reasons.pro.size());
    });
    if (told.size() > kKeptCandidates) told.resize(kKeptCandidates);
    for (const Candidate* candidate : told)
      assigned_.reasons.push_back({entity.id, candidate->person, candidate == joined,
                                   Json(candidate->reasons.pro).dump(),
                                   Json(candidate->reasons.contra).dump()});
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

}  // namespace dateline::store
