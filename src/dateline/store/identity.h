#pragma once
// Identity over articles: which person, organisation or place known to the store a name of an
// article means.
//
// The same full name is the same one when nothing speaks against it: another sex, year of birth,
// trade, spouse, or decades between. A name of one word never decides for a person, and without a
// name nobody has an identity. What is doubtful stays apart and is kept as a candidate with its
// reasons: a wrong merge is worse than a split.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/store/database.h"

namespace dateline::store {

// Somebody or something named in an article, and what the article tells of them.
struct Named {
  std::int64_t id = 0;  // the row's
  std::string kind, name, key;
  std::string gender;                // "m", "f"; "": not told
  std::string published;             // day of the article
  std::optional<std::int64_t> born;  // year
  std::int64_t mentions = 0;
  std::vector<std::string> aliases, spouses;  // as keys
  std::vector<std::string> roles;             // in lower case
};

// Adds the key of `name` to the aliases; not when it says nothing new.
void add_alias(const std::string& name, Named& entity);

// Why `entity` was, or was not, taken for `person`: JSON lists of words.
struct Reason {
  std::int64_t entity = 0, person = 0;
  bool joined = false;
  std::string pro, contra;
};

struct Assigned {
  std::vector<std::int64_t> people;  // one an entity
  std::vector<Reason> reasons;       // to be written when the entities are there
};

// Gives every one of the named `entities` of a new article an identity, in order. O(entities), each
// with at most a dozen of the candidate's latest articles.
Result<Assigned> assign_identities(Database& database, const std::vector<Named>& entities);

}  // namespace dateline::store
