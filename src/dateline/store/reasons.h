#pragma once
// Reasons: what speaks for and against that two of one name are one.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/store/database.h"

namespace dateline::store {

using Words = std::vector<std::string>;

// What is known of somebody, from an entity or from an identity.
struct Profile {
  Words roles, spouses, genders;
  std::optional<std::int64_t> born;
  std::optional<std::int64_t> first, last;  // years of the articles
};

struct Reasons {
  Words pro, contra;    // for people to read
  bool barred = false;  // by something that cannot be so of one person
};

// Gender, year of birth, the years of the articles.
void weigh_facts(const Profile& mine, const Profile& theirs, Reasons& reasons);
// Trades and spouses, of which both must be told.
void weigh_ties(const Profile& mine, const Profile& theirs, Reasons& reasons);

// Of the latest entities of an identity, in order: its roles in lower case, and as keys its
// spouses and who else is named in those articles.
Result<Words> roles_of(Database& database, std::int64_t person);
Result<Words> spouses_of(Database& database, std::int64_t person);
Result<Words> company_of(Database& database, std::int64_t person);

// Sorted, each once.
[[nodiscard]] Words in_order(Words words);
// What two lists in order have in common.
[[nodiscard]] Words shared(const Words& a, const Words& b);
// The first few, between commas.
[[nodiscard]] std::string listed(const Words& words);

}  // namespace dateline::store
