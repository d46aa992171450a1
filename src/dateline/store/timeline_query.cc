// The timeline over many articles: a row a line, with everybody who tells it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dateline/base/tsv.h"
#include "dateline/store/lines.h"
#include "dateline/store/names.h"
#include "dateline/store/rows.h"

namespace dateline::store {
namespace {

int rank_of(const std::string& certainty) {
  return certainty == "certain" ? 3 : certainty == "probable" ? 2 : 1;
}

// The day after, so that [from, to] with both days in becomes half open.
std::string day_after(const std::string& day) {
  const auto point = parse_time_point(day);
  return point ? iso8601(point->day + std::chrono::days{1}) : day;
}

std::string like(std::string_view words) { return fmt::format("%{}%", words); }

using Ids = std::vector<std::int64_t>;

std::string json_list(const std::vector<Row>& rows, std::size_t most) {
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(rows.size(), most); ++i) list.push_back(rows[i].integer(0));
  return list.dump();
}

class Timeline {
 public:
  Timeline(const Store& store, const TimelineQuery& query)
      : store_(store), database_(store.database()), query_(query) {}

  Result<Rows> run() {
    DATELINE_DO(check());
    DATELINE_TRY(const std::size_t offset, offset_of(query_.paging));
    DATELINE_TRY(const auto lines, lines_of_page(offset));
    const std::string ids = json_list(lines, query_.paging.limit);
    DATELINE_DO(gather_tellers(ids));
    DATELINE_DO(gather_people(ids));
    std::vector<std::string> rows;
    for (const Row& line : lines)
      rows.push_back(rows.size() < query_.paging.limit ? written(row_of(line)) : std::string());
    return page_of(std::move(rows), query_.paging, offset);
  }

 private:
  Result<void> check() const {
    DATELINE_DO(check_day("from", query_.from));
    DATELINE_DO(check_day("to", query_.to));
    DATELINE_DO(check_day("as-of", query_.clocks.as_of));
    DATELINE_DO(check_day("known-by", query_.clocks.known_by));
    if (query_.certainty != "certain" && query_.certainty != "probable" &&
        query_.certainty != "possible")
      return fail(ErrorCode::kInvalidArgument,
                  "certainty \"" + query_.certainty + "\": certain, probable or possible");
    return {};
  }

  // The lines of the page and one more: id, class, polarity. Somebody's lines are found and put in
  // order by line_doer alone; without anybody asked for, by the index on all lines' positions.
  Result<std::vector<Row>> lines_of_page(std::size_t offset) {
    DATELINE_TRY(const std::vector<Ids> people, people_asked_for());
    const bool of_people = !people.empty();
    for (std::size_t i = 0; i < people.size(); ++i)
      where_.add(i == 0 ? "m.person IN (" + where_.bind_all(people[i]) + ")"
                        : "EXISTS (SELECT 1 FROM line_doer o WHERE o.person IN (" +
                              where_.bind_all(people[i]) +
                              ") AND o.what = m.what AND o.line = m.line)");
    const std::string id = of_people ? "m.line" : "m.id";
    if (!query_.all) where_.add("m.salient");
    time_conditions();
    if (const std::string teller = teller_conditions(); !teller.empty())
      where_.add("EXISTS (SELECT 1 FROM event x JOIN article a ON a.id = x.article" +
                 std::string(kAttributedJoin) + " WHERE x.line = " + id + teller + ")");
    const auto order = [](char table) {
      return fmt::format(" ORDER BY coalesce({0}.begin, {0}.end) NULLS LAST, ", table);
    };
    const std::string page = fmt::format(
        "SELECT {0} AS id FROM {1} m{2}{3}{4}{0} LIMIT {5} OFFSET {6}", id,
        of_people ? "line_doer" : "line", where_.where(), of_people ? " GROUP BY m.line" : "",
        order('m'), where_.bind(static_cast<std::int64_t>(query_.paging.limit) + 1),
        where_.bind(static_cast<std::int64_t>(offset)));
    return database_.query("SELECT l.id, l.class, l.polarity FROM (" + page +
                               ") p CROSS JOIN line l ON l.id = p.id" + order('l') + "l.id",
                           where_.values());
  }

  // Each asked for by a name or an id: who may be meant. A line has one of each.
  Result<std::vector<Ids>> people_asked_for() const {
    std::vector<Ids> people;
    for (const std::string& name : query_.names) {
      DATELINE_TRY(Ids ids, identities(store_, name));
      people.push_back(std::move(ids));
    }
    for (const std::int64_t person : query_.people) people.push_back({person});
    return people;
  }

  // In terms that the index on positions holds.
  void time_conditions() {
    const auto bound = [&](const std::string& day) {
      return where_.bind(value_or_null(minute_of(day)));
    };
    if (!query_.from.empty())
      where_.add("(m.end > " + bound(query_.from) +
                 " OR (m.end IS NULL AND coalesce(m.begin, m.end) IS NOT NULL))");
    if (!query_.to.empty())
      where_.add("(m.begin < " + bound(day_after(query_.to)) +
                 " OR (m.begin IS NULL AND m.end IS NOT NULL))");
    if (!query_.clocks.as_of.empty())
      where_.add("m.begin < " + bound(day_after(query_.clocks.as_of)));
  }

  // What one teller must be for its line to be shown.
  std::string teller_conditions() {
    std::string sql;
    if (!query_.clocks.known_by.empty())
      sql += " AND a.published < " + where_.bind(day_after(query_.clocks.known_by));
    if (query_.certainty != "possible")
      sql += query_.certainty == "certain" ? " AND x.certainty = 'certain'"
                                           : " AND x.certainty <> 'possible'";
    if (!query_.by.empty()) {
      const std::string name = where_.bind(like(query_.by));
      sql +=
          fmt::format(" AND (a.publisher LIKE {0} OR s.name LIKE {0} OR q.source LIKE {0})", name);
    }
    if (const std::string words = literally(query_.about); !words.empty()) {
      sql +=
          " AND a.id IN (SELECT rowid FROM search WHERE search MATCH " + where_.bind(words) + ")";
      const std::string key = name_key(query_.about);
      for (const std::string_view word : words_of(key))
        sql += fmt::format(
            " AND (x.text LIKE {0} OR substr(a.text, x.sentence_begin + 1, x.sentence_end - "
            "x.sentence_begin) LIKE {0})",
            where_.bind(like(word)));
    }
    return sql;
  }

  Json row_of(const Row& line) {
    const std::vector<Row>& tellers = tellers_[line.integer(0)];
    if (tellers.empty()) return {};
    const Row& voice = *std::max_element(tellers.begin(), tellers.end(), less_sure);
    Json told = Json::array();
    std::set<std::string> publishers;
    std::string begin, end;
    bool retracted = true;
    for (const Row& teller : tellers) {
      told.push_back(teller_json(teller));
      publishers.insert(!teller.null(kCitation + 3)   ? teller.text(kCitation + 3)
                        : !teller.null(kCitation + 4) ? teller.text(kCitation + 4)
                                                      : std::to_string(teller.integer(kCitation)));
      begin = std::max(begin, teller.text(1));
      end = end.empty() || (!teller.null(2) && teller.text(2) < end) ? teller.text(2) : end;
      retracted = retracted && teller.integer(9) != 0;
    }
    const auto grain = std::find_if(tellers.begin(), tellers.end(), [&](const Row& teller) {
      return teller.text(1) == begin && teller.text(2) == end;
    });
    const Json interval =
        Json::array({begin.empty() ? Json() : Json(begin), end.empty() ? Json() : Json(end)});
    return Json{
        {"id", fmt::format("E{}", line.integer(0))},
        {"interval", interval},
        {"grain", grain == tellers.end() ? Json() : text_json(*grain, 3)},
        {"label", event_label(grain == tellers.end() ? "" : grain->text(4), begin, end)},
        {"text", voice.text(0)},
        {"class", text_json(line, 1)},
        {"polarity", line.text(2)},
        {"certainty", voice.text(6)},
        {"attributed", attributed(voice, kVoice)},
        {"people", people_.contains(line.integer(0)) ? people_[line.integer(0)] : Json::array()},
        {"publishers", publishers.size()},
        {"retracted", retracted},
        {"tellers", std::move(told)}};
  }

  // Columns: text, begin, end, grain, label, polarity, certainty, salient, line, superseded; then
  // who says so, then the citation.
  static constexpr std::size_t kVoice = 10, kCitation = 14;

  // What still stands speaks for a line, then an article's own certain words before what somebody
  // says.
  static bool less_sure(const Row& a, const Row& b) {
    const auto key = [](const Row& row) {
      return std::tuple(row.integer(9) == 0, row.integer(7), row.null(kVoice + 3),
                        rank_of(row.text(6)));
    };
    return key(a) < key(b);
  }

  // `lines`: a JSON list.
  Result<void> gather_tellers(const std::string& lines) {
    Conditions tellers;
    const std::string list = tellers.bind(lines);
    std::string superseded = "a.superseded_by IS NOT NULL";
    if (!query_.clocks.known_by.empty()) {
      const std::string day = tellers.bind(day_after(query_.clocks.known_by));
      tellers.add("a.published < " + day);
      superseded =
          "EXISTS (SELECT 1 FROM article n WHERE n.id = a.superseded_by AND "
          "coalesce(n.modified, n.published) < " +
          day + ")";
    }
    DATELINE_TRY(
        const auto rows,
        database_.query(
            fmt::format(
                "SELECT {}, x.begin, x.end, x.grain, x.label, x.polarity, x.certainty, x.salient, "
                "x.line, {}, {}, {} FROM json_each({}) j CROSS JOIN event x ON x.line = j.value "
                "CROSS JOIN article a ON a.id = x.article{}{} ORDER BY a.published IS NULL, "
                "a.published, x.id",
                kEventText, superseded, kAttributedColumns, citation_columns("x", true), list,
                kAttributedJoin, tellers.where()),
            tellers.values()));
    for (const Row& row : rows) tellers_[row.integer(8)].push_back(row);
    return {};
  }

  static Json teller_json(const Row& teller) {
    Json out = citation(teller, kCitation);
    out["text"] = teller.text(0);
    out["label"] = event_label(teller.text(4), teller.text(1), teller.text(2));
    out["polarity"] = teller.text(5);
    out["certainty"] = teller.text(6);
    out["attributed"] = attributed(teller, kVoice);
    out["interval"] = interval_json(teller, 1, 2);
    out["superseded"] = teller.integer(9) != 0;
    return out;
  }

  Result<void> gather_people(const std::string& lines) {
    DATELINE_TRY(
        const auto rows,
        database_.query(
            "SELECT DISTINCT p.id, p.name, p.kind, e.line FROM json_each(?1) j CROSS JOIN "
            "event_person e ON e.line = j.value CROSS JOIN person p ON p.id = e.person ORDER BY "
            "e.line, p.kind <> 'PERSON', p.id",
            {lines}));
    for (const Row& row : rows) {
      Json& people = people_[row.integer(3)];
      if (people.is_null()) people = Json::array();
      people.push_back(reference(row, 0));
    }
    return {};
  }

  const Store& store_;
  Database& database_;
  const TimelineQuery& query_;
  Conditions where_;
  std::map<std::int64_t, std::vector<Row>> tellers_;  // by line, the first teller first
  std::map<std::int64_t, Json> people_;               // by line
};

}  // namespace

Result<Rows> timeline(const Store& store, const TimelineQuery& query) {
  return Timeline(store, query).run();
}

}  // namespace dateline::store
