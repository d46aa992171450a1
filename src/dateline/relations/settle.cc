#include "dateline/relations/settle.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

using Tie = std::tuple<std::string, std::uint32_t, std::int64_t>;

bool is_later(const Relation& one, const Relation& other) {
  const auto a = last_turn(one), b = last_turn(other);
  return a && b && *b < *a;
}

Key key_of(const Relation& it) {
  return {it.subject_span,
          it.object_span,
          it.relation,
          it.subject,
          it.object ? std::int64_t{*it.object} : -1,
          it.value};
}

Tie tie_of(const Relation& relation) {
  std::uint32_t one = relation.subject;
  std::int64_t other = relation.object ? std::int64_t{*relation.object} : -1;
  if (is_symmetric(relation.relation) && other >= 0 && other < std::int64_t{one}) {
    const std::int64_t swap = other;
    other = one;
    one = static_cast<std::uint32_t>(swap);
  }
  return {relation.relation, one, other};
}

Tie pair_of(const Relation& relation) {
  Tie tie = tie_of(relation);
  std::get<0>(tie).clear();
  return tie;
}

class Settler {
 public:
  explicit Settler(Rows& rows) : rows_(rows) {}

  void run() {
    name_couples();
    close_ties();
    drop_partners_of_spouses();
    settle_states();
    settle_residences();
  }

 private:
  // "They split": which tie that was, the rest of the text says. Without a word on it "couple" is
  // that of partners, and "couple?" none.
  void name_couples() {
    std::map<Tie, std::string> love;  // by pair, whatever the tie
    for (const auto& [key, row] : rows_)
      if (const Relation& it = row.relation; it.object && one_of(it.relation, "spouse|partner")) {
        std::string& known = love.try_emplace(pair_of(it)).first->second;
        if (known != "spouse") known = it.relation;
      }
    std::vector<Row> couples;
    std::erase_if(rows_, [&](const auto& entry) {
      const bool is = entry.second.relation.relation.starts_with("couple");
      if (is) couples.push_back(entry.second);
      return is;
    });
    for (Row& row : couples) {
      Relation& it = row.relation;
      const auto known = love.find(pair_of(it));
      if (known == love.end() && it.relation == "couple?") continue;
      it.relation = known == love.end() ? "partner" : known->second;
      if (it.relation == "partner" && it.status == Status::kSeparated) {
        it.status = Status::kFormer;
        it.interval = {std::nullopt, it.interval.begin};
      }
      merge(rows_, row);
    }
  }

  // "Ann filed for divorce": from the one that the rest of the text says is her husband.
  void close_ties() {
    std::vector<Row> open;
    std::erase_if(rows_, [&](const auto& entry) {
      const bool is = entry.second.relation.relation == "spouse?";
      if (is) open.push_back(entry.second);
      return is;
    });
    for (Row& row : open) {
      const Relation* known = only_marriage_of(row.relation.subject);
      if (known == nullptr) continue;
      const bool first = known->subject == row.relation.subject;
      row.relation.relation = "spouse";
      row.relation.object = first ? *known->object : known->subject;
      row.relation.object_span = first ? known->object_span : known->subject_span;
      merge(rows_, row);
    }
  }

  // None where the text knows of none that is not over, or of two.
  [[nodiscard]] const Relation* only_marriage_of(std::uint32_t person) const {
    const Relation* found = nullptr;
    for (const auto& [key, row] : rows_) {
      const Relation& it = row.relation;
      if (it.relation != "spouse" || !it.object || it.polarity == Polarity::kNegative ||
          it.status == Status::kFormer || (it.subject != person && *it.object != person))
        continue;
      if (found != nullptr && pair_of(*found) != pair_of(it)) return nullptr;
      found = &it;
    }
    return found;
  }

  // "her split from husband Ben": who is married is not said to be a partner besides.
  void drop_partners_of_spouses() {
    std::set<Tie> married;
    for (const auto& [key, row] : rows_)
      if (row.relation.relation == "spouse" && row.relation.object &&
          row.relation.polarity == Polarity::kPositive &&
          row.relation.certainty == Certainty::kCertain)
        married.insert(tie_of(row.relation));
    std::erase_if(rows_, [&](const auto& entry) {
      const Relation& it = entry.second.relation;
      if (it.relation != "partner" || !it.object || it.status == Status::kCurrent) return false;
      Tie tie = tie_of(it);
      std::get<0>(tie) = "spouse";
      return married.contains(tie);
    });
  }

  // "his estranged wife … his wife": what is said of a tie holds where nothing else is said of it.
  void settle_states() {
    std::map<Tie, const Relation*> said;
    for (const auto& [key, row] : rows_) {
      if (!row.said || !row.relation.object || row.relation.polarity != Polarity::kPositive ||
          !has_states(row.relation.relation) || row.relation.relation == "position")
        continue;
      const auto [at, added] = said.try_emplace(tie_of(row.relation), &row.relation);
      if (!added && is_later(row.relation, *at->second)) at->second = &row.relation;
    }
    for (auto& [key, row] : rows_) {
      if (row.said || !row.relation.object) continue;
      const auto at = said.find(tie_of(row.relation));
      if (at == said.end()) continue;
      row.relation.status = at->second->status;
      auto& [begin, end] = row.relation.interval;
      if (row.relation.status == Status::kFormer && begin && !end) end = at->second->interval.end;
    }
  }

  // "Moved to Oslo in 2004 … to London in 2016": who moves on lives there no longer.
  void settle_residences() {
    const auto has_begun = [](const Relation& it) {
      return it.relation == "residence" && it.status == Status::kCurrent && it.interval.begin &&
             it.polarity == Polarity::kPositive && it.object;
    };
    std::vector<Relation*> left;
    for (auto& [key, row] : rows_) {
      Relation& one = row.relation;
      if (!has_begun(one)) continue;
      for (const auto& [other_key, other_row] : rows_) {
        const Relation& other = other_row.relation;
        if (!has_begun(other) || other.subject != one.subject || other.object == one.object ||
            !(*one.interval.begin < *other.interval.begin))
          continue;
        if (!one.interval.end || *other.interval.begin < *one.interval.end)
          one.interval.end = other.interval.begin;
        left.push_back(&one);
      }
    }
    for (Relation* one : left) one->status = Status::kFormer;
  }

  Rows& rows_;
};

}  // namespace

bool is_symmetric(std::string_view relation) {
  return one_of(relation, "spouse|partner|couple|couple?|sibling|relative|associate");
}

bool has_states(std::string_view relation) {
  return one_of(
      relation,
      "spouse|partner|couple|couple?|associate|employer_or_member|chief_executive|position|"
      "political_affiliation|residence|nationality|subsidiary_of|headquarters");
}

void merge(Rows& rows, const Row& further) {
  const auto [at, added] = rows.try_emplace(key_of(further.relation), further);
  if (added) return;
  Row& row = at->second;
  const Relation& relation = further.relation;
  row.decided = row.decided || further.decided;
  // "Got back with her ex-boyfriend"
  const bool again = row.relation.status == Status::kFormer && relation.status == Status::kCurrent;
  if (further.said && (!row.said || again || is_later(relation, row.relation))) {
    // "Married in 1999 and divorced in 2004": from then to then.
    auto& [begin, end] = row.relation.interval;
    if (relation.status != Status::kFormer || row.relation.status != Status::kCurrent)
      begin = relation.interval.begin;
    end = relation.interval.end;
    row.relation.status = relation.status;
    row.relation.attribution = relation.attribution;
    row.said = true;
  }
  if (relation.polarity == Polarity::kNegative) row.relation.polarity = Polarity::kNegative;
  row.relation.certainty = std::max(row.relation.certainty, relation.certainty);
  row.relation.confidence = std::max(row.relation.confidence, relation.confidence);
}

void settle(Rows& rows) { Settler(rows).run(); }

}  // namespace dateline::relations
