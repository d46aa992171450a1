// Ties and their states over time: evidence of one tie, in order of when it was so, makes a chain
// of states; the clocks choose where in the chain to look.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "dateline/base/tsv.h"
#include "dateline/store/rows.h"

namespace dateline::data {
extern const std::string_view store_relations;
}

namespace dateline::store {
namespace {

bool relation_is(std::string_view relation, std::string_view property) {
  static const auto table = parse_tsv(data::store_relations);
  return std::any_of(table.begin(), table.end(), [&](const auto& row) {
    return row[0] == relation && (row[1] == property || row[2] == property);
  });
}

// Columns of a piece of evidence.
enum Column : std::size_t {
  kRelation,
  kSubject,  // person, name, kind
  kObject = kSubject + 3,
  kValue = kObject + 3,
  kStatus,
  kBegin,
  kEnd,
  kPolarity,
  kCertainty,
  kVoice,
  kCitation = kVoice + 4,
  kPublished = kCitation + 5,
};

constexpr std::size_t kMostHops = 4;

struct State {
  std::vector<const Row*> evidence;  // in order of time
  std::string since;                 // when it was so, as far as told
};

// When what a row says is known to have been so: its own beginning, else the day it was published.
std::string since_of(const Row& row) {
  if (!row.null(kBegin)) return row.text(kBegin);
  const std::string& published = row.text(kPublished);
  return !row.null(kEnd) && row.text(kEnd) < published ? row.text(kEnd) : published;
}

// "From" one pair of people and one relation there is one tie, whichever is named first.
std::string tie_key(const Row& row) {
  std::string a = row.null(kSubject) ? row.text(kSubject + 1) : row.text(kSubject);
  a = row.null(kSubject) ? a : person_id(row.integer(kSubject));
  std::string b = row.null(kValue) ? (row.null(kObject) ? row.text(kObject + 1)
                                                        : person_id(row.integer(kObject)))
                                   : "=" + row.text(kValue);
  if (relation_is(row.text(kRelation), "symmetric") && b < a) std::swap(a, b);
  return fmt::format("{}\t{}\t{}\t{}", row.text(kRelation), a, b, row.text(kPolarity));
}

class Ties {
 public:
  Ties(const Store& store, const RelationQuery& query)
      : database_(store.database()), query_(query) {}

  Result<std::vector<Json>> of(std::int64_t person) {
    DATELINE_TRY(const auto evidence, evidence_of(person));
    std::vector<std::string> order;
    std::map<std::string, std::vector<const Row*>> ties;
    for (const Row& row : evidence) {
      auto& tie = ties[tie_key(row)];
      if (tie.empty()) order.push_back(tie_key(row));
      tie.push_back(&row);
    }
    std::vector<Json> rows;
    for (const std::string& key : order) add_states(ties[key], rows);
    return rows;
  }

 private:
  Result<std::vector<Row>> evidence_of(std::int64_t person) {
    Conditions where;
    if (person != 0) {
      const std::string id = where.bind(person);
      where.add(
          fmt::format("x.id IN (SELECT r.id FROM relation r JOIN entity e ON e.id = r.subject "
                      "WHERE e.person = {0} UNION SELECT r.id FROM relation r JOIN entity e "
                      "ON e.id = r.object WHERE e.person = {0})",
                      id));
    }
    where.add("a.superseded_by IS NULL");
    if (!query_.clocks.known_by.empty())
      where.add("substr(a.published, 1, 10) <= " + where.bind(query_.clocks.known_by));
    return database_.query(
        fmt::format(
            "SELECT x.relation, b.person, b.name, b.kind, o.person, o.name, o.kind, x.value, "
            "x.status, x.begin, x.end, x.polarity, x.certainty, {}, {} FROM relation x JOIN "
            "article "
            "a ON a.id = x.article JOIN entity b ON b.id = x.subject LEFT JOIN entity o ON o.id = "
            "x.object{}{} ORDER BY coalesce(x.begin, a.published), a.published, x.id",
            kAttributedColumns, citation_columns("x", true), kAttributedJoin, where.where()),
        where.values());
  }

  // Runs of one status.
  static std::vector<State> states_of(const std::vector<const Row*>& tie) {
    std::vector<const Row*> rows = tie;
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row* a, const Row* b) { return since_of(*a) < since_of(*b); });
    std::vector<State> states;
    for (const Row* row : rows) {
      // A tie without a status says nothing against the one that holds.
      if (states.empty() || (row->text(kStatus) != states.back().evidence.front()->text(kStatus) &&
                             row->text(kStatus) != "unknown"))
        states.push_back({{}, since_of(*row)});
      states.back().evidence.push_back(row);
    }
    return states;
  }

  void add_states(const std::vector<const Row*>& tie, std::vector<Json>& rows) const {
    const std::vector<State> states = states_of(tie);
    const std::string& day = query_.clocks.as_of;
    const bool lasting = relation_is(tie.front()->text(kRelation), "lasting");
    if (query_.history && day.empty()) {
      for (std::size_t i = 0; i < states.size(); ++i)
        rows.push_back(row_of(states[i], i + 1 == states.size()));
      return;
    }
    const State* holds = nullptr;
    for (const State& state : states)
      if (day.empty() || lasting || state.since.substr(0, 10) <= day) holds = &state;
    if (holds == nullptr || (!day.empty() && over(*holds, day))) return;
    rows.push_back(row_of(*holds, true));
  }

  // Whether a state had ended by `day`, by what its own evidence says.
  static bool over(const State& state, const std::string& day) {
    return std::any_of(state.evidence.begin(), state.evidence.end(), [&](const Row* row) {
      return row->text(kStatus) != "former" && !row->null(kEnd) &&
             row->text(kEnd).substr(0, 10) <= day;
    });
  }

  static Json row_of(const State& state, bool last) {
    const Row& first = *state.evidence.front();
    const Row& told =
        *std::max_element(state.evidence.begin(), state.evidence.end(),
                          [](const Row* a, const Row* b) { return surety(*a) < surety(*b); })[0];
    const std::string& status = first.text(kStatus);
    Json evidence = Json::array();
    std::string begin, end;
    for (const Row* row : state.evidence) {
      evidence.push_back(citation(*row, kCitation));
      begin = std::max(begin, row->text(kBegin));
      if (!row->null(kEnd) && (end.empty() || row->text(kEnd) < end)) end = row->text(kEnd);
    }
    return Json{{"relation", first.text(kRelation)},
                {"subject", reference(first, kSubject)},
                {"object", first.null(kObject + 1) ? Json() : reference(first, kObject)},
                {"value", text_json(first, kValue)},
                {"status", status},
                {"interval", Json::array({begin.empty() ? Json() : Json(begin),
                                          end.empty() ? Json() : Json(end)})},
                {"polarity", first.text(kPolarity)},
                {"certainty", told.text(kCertainty)},
                {"attributed", attributed(told, kVoice)},
                {"current", last && status != "former" && first.text(kPolarity) == "positive"},
                {"evidence", std::move(evidence)}};
  }

  static int surety(const Row& row) {
    const std::string& certainty = row.text(kCertainty);
    return (row.null(kVoice + 3) ? 3 : 0) + (certainty == "certain" ? 2 : certainty == "probable");
  }

  Database& database_;
  const RelationQuery& query_;
};

std::int64_t other_end(const Json& row, std::int64_t person) {
  for (const char* side : {"subject", "object"}) {
    if (!row[side].is_object() || !row[side]["id"].is_string()) continue;
    const auto id = parse_id(row[side]["id"].get<std::string>(), 'P');
    if (id && *id != person) return *id;
  }
  return 0;
}

// Breadth first from one to the other, by ties that hold.
Result<std::vector<Json>> path(Ties& ties, std::int64_t from, std::int64_t to) {
  std::map<std::int64_t, std::pair<std::int64_t, Json>> came;  // from whom, by which tie
  std::deque<std::pair<std::int64_t, std::size_t>> open = {{from, 0}};
  came[from] = {0, Json()};
  while (!open.empty() && !came.contains(to)) {
    const auto [person, hops] = open.front();
    open.pop_front();
    if (hops == kMostHops) continue;
    DATELINE_TRY(const auto rows, ties.of(person));
    for (const Json& row : rows) {
      const std::int64_t next = other_end(row, person);
      if (next == 0 || row["polarity"] != "positive" || came.contains(next)) continue;
      came[next] = {person, row};
      open.emplace_back(next, hops + 1);
    }
  }
  std::vector<Json> chain;
  if (!came.contains(to)) return chain;
  for (std::int64_t at = to; at != from; at = came[at].first) chain.push_back(came[at].second);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace

Result<Rows> relations(const Store& store, const RelationQuery& query) {
  DATELINE_DO(check_day("as-of", query.clocks.as_of));
  DATELINE_DO(check_day("known-by", query.clocks.known_by));
  DATELINE_TRY(const std::size_t offset, offset_of(query.paging));
  Ties ties(store, query);
  DATELINE_TRY(const auto found,
               query.other ? path(ties, query.person, *query.other) : ties.of(query.person));
  std::vector<std::string> rows;
  const std::size_t end = std::min(found.size(), offset + query.paging.limit + 1);
  for (std::size_t i = offset; i < end; ++i) rows.push_back(written(found[i]));
  return page_of(std::move(rows), query.paging, offset);
}

}  // namespace dateline::store
