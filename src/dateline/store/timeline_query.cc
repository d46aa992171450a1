// The timeline over many articles: a row a line, with everybody who tells it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dateline/record/date_label.h"
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

class Timeline {
 public:
  Timeline(const Store& store, const TimelineQuery& query)
      : store_(store), database_(store.database()), query_(query) {}

  Result<Rows> run() {
    DATELINE_DO(check());
    DATELINE_TRY(const std::size_t offset, offset_of(query_.paging));
    DATELINE_DO(conditions());
    const std::string sql = "SELECT l.id, l.class, l.polarity, l.begin, l.end FROM line l" +
                            where_.where() +
                            " ORDER BY l.position IS NULL, l.position, l.id LIMIT " +
                            where_.bind(static_cast<std::int64_t>(query_.paging.limit) + 1) +
                            " OFFSET " + where_.bind(static_cast<std::int64_t>(offset));
    DATELINE_TRY(const auto lines, database_.query(sql, where_.values()));
    std::vector<std::string> rows;
    for (const Row& line : lines) {
      DATELINE_TRY(const Json row, row_of(line));
      rows.push_back(written(row));
    }
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

  Result<void> conditions() {
    if (!query_.all) where_.add("l.salient");
    for (const std::string& name : query_.names) {
      DATELINE_TRY(const auto people, identities(store_, name));
      with(people);
    }
    for (const std::int64_t person : query_.people) with({person});
    if (!query_.from.empty())
      where_.add("(l.end > " + where_.bind(query_.from) +
                 " OR (l.end IS NULL AND l.begin IS NOT NULL))");
    if (!query_.to.empty())
      where_.add("(l.begin < " + where_.bind(day_after(query_.to)) +
                 " OR (l.begin IS NULL AND l.end IS NOT NULL))");
    if (!query_.clocks.as_of.empty())
      where_.add("l.begin < " + where_.bind(day_after(query_.clocks.as_of)));
    where_.add("EXISTS (SELECT 1 FROM event x JOIN article a ON a.id = x.article" +
               std::string(kAttributedJoin) + " WHERE x.line = l.id" + teller_conditions() + ")");
    return {};
  }

  void with(const std::vector<std::int64_t>& people) {
    where_.add("l.id IN (SELECT line FROM line_doer WHERE person IN (" + where_.bind_all(people) +
               "))");
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

  Result<Json> row_of(const Row& line) {
    DATELINE_TRY(const auto tellers, tellers_of(line.integer(0)));
    const Row& voice = *std::max_element(tellers.begin(), tellers.end(), less_sure);
    Json told = Json::array();
    std::set<std::string> publishers;
    std::string begin, end;
    bool retracted = !tellers.empty();
    for (const Row& teller : tellers) {
      told.push_back(teller_json(teller));
      publishers.insert(!teller.null(kCitation + 3)   ? teller.text(kCitation + 3)
                        : !teller.null(kCitation + 4) ? teller.text(kCitation + 4)
                                                      : std::to_string(teller.integer(kCitation)));
      begin = std::max(begin, teller.text(1));
      end = end.empty() || (!teller.null(2) && teller.text(2) < end) ? teller.text(2) : end;
      retracted = retracted && teller.integer(9) != 0;
    }
    DATELINE_TRY(Json people, people_of(line.integer(0)));
    const auto grain = std::find_if(tellers.begin(), tellers.end(), [&](const Row& teller) {
      return teller.text(1) == begin && teller.text(2) == end;
    });
    const Json interval =
        Json::array({begin.empty() ? Json() : Json(begin), end.empty() ? Json() : Json(end)});
    return Json{{"id", fmt::format("E{}", line.integer(0))},
                {"interval", interval},
                {"grain", grain == tellers.end() ? Json() : text_json(*grain, 3)},
                {"label", grain == tellers.end() ? label_of(begin, end) : grain->text(4)},
                {"text", voice.text(0)},
                {"class", text_json(line, 1)},
                {"polarity", line.text(2)},
                {"certainty", voice.text(6)},
                {"attributed", attributed(voice, kVoice)},
                {"people", std::move(people)},
                {"publishers", publishers.size()},
                {"retracted", retracted},
                {"tellers", std::move(told)}};
  }

  static std::string label_of(const std::string& begin, const std::string& end) {
    const auto from = parse_time_point(begin), to = parse_time_point(end);
    return record::interval_label(
        {from ? std::optional(*from) : std::nullopt, to ? std::optional(*to) : std::nullopt});
  }

  // Columns: text, begin, end, grain, label, polarity, certainty, salient, published, superseded;
  // then who says so, then the citation.
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

  Result<std::vector<Row>> tellers_of(std::int64_t line) {
    Conditions tellers;
    tellers.add("x.line = " + tellers.bind(line));
    std::string superseded = "a.superseded_by IS NOT NULL";
    if (!query_.clocks.known_by.empty()) {
      const std::string day = tellers.bind(day_after(query_.clocks.known_by));
      tellers.add("a.published < " + day);
      superseded =
          "EXISTS (SELECT 1 FROM article n WHERE n.id = a.superseded_by AND "
          "coalesce(n.modified, n.published) < " +
          day + ")";
    }
    return database_.query(
        fmt::format("SELECT x.text, x.begin, x.end, x.grain, x.label, x.polarity, x.certainty, "
                    "x.salient, a.published, {}, {}, {} FROM event x JOIN article a ON a.id = "
                    "x.article{}{} ORDER BY a.published IS NULL, a.published, a.id, x.id",
                    superseded, kAttributedColumns, citation_columns("x", true), kAttributedJoin,
                    tellers.where()),
        tellers.values());
  }

  static Json teller_json(const Row& teller) {
    Json out = citation(teller, kCitation);
    out["text"] = teller.text(0);
    out["label"] = teller.text(4);
    out["polarity"] = teller.text(5);
    out["certainty"] = teller.text(6);
    out["attributed"] = attributed(teller, kVoice);
    out["interval"] = interval_json(teller, 1, 2);
    out["superseded"] = teller.integer(9) != 0;
    return out;
  }

  Result<Json> people_of(std::int64_t line) {
    DATELINE_TRY(
        const auto rows,
        database_.query("SELECT p.id, p.name, p.kind FROM line_doer d JOIN person p ON p.id "
                        "= d.person WHERE d.line = ?1 ORDER BY p.kind <> 'PERSON', p.id",
                        {line}));
    Json people = Json::array();
    for (const Row& row : rows) people.push_back(reference(row, 0));
    return people;
  }

  const Store& store_;
  Database& database_;
  const TimelineQuery& query_;
  Conditions where_;
};

}  // namespace

Result<Rows> timeline(const Store& store, const TimelineQuery& query) {
  return Timeline(store, query).run();
}

}  // namespace dateline::store
