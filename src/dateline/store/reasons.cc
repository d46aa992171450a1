#include "dateline/store/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "dateline/base/tsv.h"
#include "dateline/store/names.h"

namespace dateline::store {
namespace {

constexpr int kDecades = 30;  // years between two articles that make a namesake likely
constexpr int kAgeError = 1;  // years that an age may be off
constexpr std::size_t kShownReasons = 3;

// An identity's latest ones: enough to know its trade, its spouse and its company by.
constexpr std::string_view kLatest =
    "(SELECT id FROM entity WHERE person = ?1 ORDER BY id DESC LIMIT 12) j";

Result<Words> texts(Database& database, std::string_view sql, std::initializer_list<Value> values) {
  DATELINE_TRY(const auto rows, database.query(sql, values));
  Words words;
  for (const Row& row : rows)
    if (!row.null(0)) words.push_back(row.text(0));
  return words;
}

Words keys_of(const Words& names) {
  Words keys;
  for (const std::string& name : names) keys.push_back(name_key(name));
  return in_order(std::move(keys));
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

}  // namespace

Words in_order(Words words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
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

std::string listed(const Words& words) {
  std::string out;
  for (std::size_t i = 0; i < std::min(words.size(), kShownReasons); ++i)
    out += (i == 0 ? "" : ", ") + words[i];
  return out;
}

void weigh_facts(const Profile& mine, const Profile& theirs, Reasons& reasons) {
  if (!mine.genders.empty() && !theirs.genders.empty() &&
      shared(mine.genders, theirs.genders).empty()) {
    reasons.barred = true;
    reasons.contra.emplace_back("he in one, she in the other");
  }
  if (mine.born && theirs.born && std::abs(*mine.born - *theirs.born) > kAgeError) {
    reasons.barred = true;
    reasons.contra.push_back(fmt::format("born about {} and about {}", *mine.born, *theirs.born));
  }
  if (mine.born && theirs.born && !reasons.barred) reasons.pro.emplace_back("of one age");
  if (mine.first && theirs.last &&
      (*mine.first - *theirs.last > kDecades || *theirs.first - *mine.last > kDecades))
    reasons.contra.emplace_back("decades between the articles");
}

void weigh_ties(const Profile& mine, const Profile& theirs, Reasons& reasons) {
  const Words my_trades = heads(mine.roles), their_trades = heads(theirs.roles);
  if (const Words both = shared(my_trades, their_trades); !both.empty())
    reasons.pro.push_back("both " + listed(both));
  else if (!my_trades.empty() && !their_trades.empty())
    reasons.contra.push_back(fmt::format("{} and {}", listed(my_trades), listed(their_trades)));
  if (const Words both = shared(mine.spouses, theirs.spouses); !both.empty())
    reasons.pro.push_back("married to " + listed(both));
  else if (!mine.spouses.empty() && !theirs.spouses.empty())
    reasons.contra.push_back(
        fmt::format("married to {} and to {}", listed(mine.spouses), listed(theirs.spouses)));
}

}  // namespace dateline::store
