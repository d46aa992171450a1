#include "dateline/store/lines.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "dateline/base/time_point.h"
#include "dateline/base/tsv.h"
#include "dateline/store/names.h"

namespace dateline::data {
extern const std::string_view store_classes;
}

namespace dateline::store {
namespace {

constexpr int kDaysApart = 30;  // between the articles, where an event has no date of its own
constexpr int kFineDays = 31;   // an interval this short tells one event from the next

using People = std::set<std::int64_t>;

// ISO text; "" where open.
struct Span {
  std::string begin, end;
  [[nodiscard]] bool known() const { return !begin.empty() || !end.empty(); }
  [[nodiscard]] bool overlaps(const Span& other) const {
    const bool before = !end.empty() && !other.begin.empty() && end <= other.begin;
    const bool after = !other.end.empty() && !begin.empty() && other.end <= begin;
    return !before && !after;
  }
};

std::optional<int> days_between(const std::string& a, const std::string& b) {
  const auto from = parse_time_point(a), to = parse_time_point(b);
  if (!from || !to) return std::nullopt;
  return static_cast<int>((to->day - from->day).count());
}

bool fine(const Span& span) {
  const auto days = days_between(span.begin, span.end);
  return days && *days <= kFineDays;
}

struct Event {
  std::int64_t id = 0;
  std::string event_class, lemma, polarity, text, published;
  Span time;
  People doers;
  bool salient = false;
  [[nodiscard]] const std::string& what() const {
    return event_class.empty() ? lemma : event_class;
  }
};

struct Told {
  std::int64_t line = 0;
  std::string event_class, lemma, text, published;
  Span time;
  People doers;
};

bool is_kind(std::string_view event_class, std::string_view how) {
  static const auto table = parse_tsv(data::store_classes);
  return std::any_of(table.begin(), table.end(),
                     [&](const auto& row) { return row[0] == event_class && row[1] == how; });
}

// The words of two tellings that are the same, of the shorter one's: for what is told in words.
double shared_words(const std::string& a, const std::string& b) {
  const std::string key_a = name_key(a), key_b = name_key(b);
  const auto words_a = words_of(key_a), words_b = words_of(key_b);
  const std::set<std::string_view> set_a(words_a.begin(), words_a.end()),
      set_b(words_b.begin(), words_b.end());
  std::vector<std::string_view> both;
  std::set_intersection(set_a.begin(), set_a.end(), set_b.begin(), set_b.end(),
                        std::back_inserter(both));
  const std::size_t fewer = std::min(set_a.size(), set_b.size());
  return fewer == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(fewer);
}

bool times_fit(const Event& event, const Told& told, bool pair) {
  if (event.time.known() && told.time.known()) {
    if (!event.time.overlaps(told.time)) return false;
    // The same once in a life, however roughly dated; else at least one of them must be fine.
    return is_kind(event.event_class, "once") || fine(event.time) || fine(told.time);
  }
  const auto days = days_between(told.published, event.published);
  return pair && !event.event_class.empty() && days && std::abs(*days) <= kDaysApart;
}

bool same_event(const Event& event, const Told& told) {
  if (is_kind(event.what(), "light")) return false;
  if (is_kind(event.event_class, "talk") && shared_words(event.text, told.text) < 0.6) return false;
  if (event.doers == told.doers) return times_fit(event, told, event.doers.size() >= 2);
  const bool within =
      std::includes(event.doers.begin(), event.doers.end(), told.doers.begin(), told.doers.end()) ||
      std::includes(told.doers.begin(), told.doers.end(), event.doers.begin(), event.doers.end());
  return within && !event.event_class.empty() && !is_kind(event.event_class, "talk") &&
         event.time.known() && told.time.known() && event.time.overlaps(told.time) &&
         fine(event.time) && fine(told.time);
}

Result<People> people_of(Database& database, std::string_view sql, std::int64_t id) {
  DATELINE_TRY(const auto rows, database.query(sql, {id}));
  People people;
  for (const Row& row : rows) people.insert(row.integer(0));
  return people;
}

constexpr std::string_view kDoers =
    "SELECT DISTINCT n.person FROM doer d JOIN entity n ON n.id = d.entity WHERE d.event = ?1 AND "
    "n.person IS NOT NULL AND n.kind IN ('PERSON', 'ORG', 'GROUP') AND d.role IN ('agent', "
    "'patient', 'recipient', 'companion')";

// Brings a line up to date with its events: what they agree on, who its doers are.
Result<void> refresh(Database& database, std::int64_t line) {
  DATELINE_DO(database.run("DELETE FROM line_doer WHERE line = ?1", {line}));
  DATELINE_TRY(const std::int64_t events,
               database.number("SELECT count(*) FROM event WHERE line = ?1", {line}));
  if (events == 0) {
    DATELINE_DO(database.run("DELETE FROM line WHERE id = ?1", {line}));
    return {};
  }
  DATELINE_DO(database.run(
      "UPDATE line SET begin = e.begin, end = e.end, position = coalesce(e.begin, e.end), salient "
      "= e.salient FROM (SELECT max(begin) AS begin, min(end) AS end, max(salient) AS salient FROM "
      "event WHERE line = ?1) e WHERE id = ?1",
      {line}));
  DATELINE_DO(database.run(
      "INSERT OR IGNORE INTO line_doer SELECT n.person, coalesce(l.class, l.lemma), l.id FROM line "
      "l JOIN event e ON e.line = l.id JOIN doer d ON d.event = e.id JOIN entity n ON n.id = "
      "d.entity WHERE l.id = ?1 AND n.person IS NOT NULL AND n.kind IN ('PERSON', 'ORG', 'GROUP') "
      "AND d.role IN ('agent', 'patient', 'recipient', 'companion')",
      {line}));
  return {};
}

class Linker {
 public:
  Linker(Database& database, std::int64_t article) : database_(database), article_(article) {}

  Result<void> run() {
    DATELINE_TRY(
        const auto rows,
        database_.query("SELECT e.id, e.class, e.lemma, e.polarity, e.text, a.published, e.begin, "
                        "e.end, e.salient FROM event e JOIN article a ON a.id = e.article WHERE "
                        "e.article = ?1 AND e.line IS NULL ORDER BY e.number",
                        {article_}));
    for (const Row& row : rows) {
      Event event{row.integer(0),
                  row.text(1),
                  row.text(2),
                  row.text(3),
                  row.text(4),
                  row.text(5),
                  {row.text(6), row.text(7)},
                  {},
                  row.integer(8) != 0};
      DATELINE_TRY(event.doers, people_of(database_, kDoers, event.id));
      DATELINE_DO(link(event));
    }
    return {};
  }

 private:
  Result<void> link(const Event& event) {
    std::int64_t line = 0;
    if (!event.doers.empty()) {
      DATELINE_TRY(const std::vector<Told> lines, lines_like(event));
      const auto same = std::find_if(lines.begin(), lines.end(),
                                     [&](const Told& told) { return same_event(event, told); });
      if (same != lines.end()) line = same->line;
    }
    if (line == 0) {
      DATELINE_TRY(line,
                   database_.run("INSERT INTO line(class, lemma, polarity, salient) VALUES "
                                 "(?1, ?2, ?3, 0)",
                                 {text_or_null(event.event_class), event.lemma, event.polarity}));
    }
    DATELINE_DO(database_.run("UPDATE event SET line = ?2 WHERE id = ?1", {event.id, line}));
    return refresh(database_, line);
  }

  // Lines of other articles on the same thing with one of the doers, oldest first.
  Result<std::vector<Told>> lines_like(const Event& event) {
    DATELINE_TRY(
        const auto rows,
        database_.query(
            "SELECT l.id, l.class, l.lemma, l.begin, l.end, (SELECT max(a.published) FROM event e "
            "JOIN article a ON a.id = e.article WHERE e.line = l.id), (SELECT e.text FROM event e "
            "WHERE e.line = l.id ORDER BY e.id LIMIT 1) FROM line_doer d JOIN line l ON l.id = "
            "d.line WHERE d.person = ?1 AND d.what = ?2 AND l.polarity = ?3 AND (l.begin IS NULL "
            "OR ?5 IS NULL OR l.begin < ?5) AND (l.end IS NULL OR ?4 IS NULL OR l.end > ?4) AND "
            "NOT EXISTS (SELECT 1 FROM event e WHERE e.line = l.id AND e.article = ?6) ORDER BY "
            "l.id DESC LIMIT 200",
            {*event.doers.begin(), event.what(), event.polarity, text_or_null(event.time.begin),
             text_or_null(event.time.end), article_}));
    std::vector<Told> lines;
    for (const Row& row : rows) {
      Told told{row.integer(0),
                row.text(1),
                row.text(2),
                row.text(6),
                row.text(5),
                {row.text(3), row.text(4)},
                {}};
      DATELINE_TRY(
          told.doers,
          people_of(database_, "SELECT DISTINCT person FROM line_doer WHERE line = ?1", told.line));
      lines.push_back(std::move(told));
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
  }

  Database& database_;
  std::int64_t article_;
};

}  // namespace

Result<void> link_lines(Database& database, std::int64_t article) {
  return Linker(database, article).run();
}

Result<void> unlink_lines(Database& database, std::int64_t article) {
  DATELINE_TRY(const auto lines,
               database.query("SELECT DISTINCT line FROM event WHERE article = ?1 AND line IS NOT "
                              "NULL ORDER BY line",
                              {article}));
  DATELINE_DO(database.run("UPDATE event SET line = NULL WHERE article = ?1", {article}));
  for (const Row& row : lines) DATELINE_DO(refresh(database, row.integer(0)));
  return {};
}

}  // namespace dateline::store
