#include "dateline/store/lines.h"

#include <algorithm>
#include <map>
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
constexpr std::int64_t kMinutesADay = 24 * 60;

using People = std::set<std::int64_t>;

// Minutes since 1970.
struct Span {
  std::optional<std::int64_t> begin, end;
  [[nodiscard]] bool known() const { return begin || end; }
  [[nodiscard]] bool overlaps(const Span& other) const {
    const bool before = end && other.begin && *end <= *other.begin;
    const bool after = other.end && begin && *other.end <= *begin;
    return !before && !after;
  }
};

Span span_of(const Row& row, std::size_t at) {
  Span span;
  if (!row.null(at)) span.begin = row.integer(at);
  if (!row.null(at + 1)) span.end = row.integer(at + 1);
  return span;
}

Span span_of(const std::string& begin, const std::string& end) {
  return {minute_of(begin), minute_of(end)};
}

std::optional<int> days_between(const std::string& a, const std::string& b) {
  const auto from = parse_time_point(a), to = parse_time_point(b);
  if (!from || !to) return std::nullopt;
  return static_cast<int>((to->day - from->day).count());
}

bool fine(const Span& span) {
  return span.begin && span.end && *span.end - *span.begin < (kFineDays + 1) * kMinutesADay;
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

Result<People> doers_of_line(Database& database, std::int64_t line) {
  DATELINE_TRY(const auto rows,
               database.query("SELECT person FROM line_person WHERE line = ?1", {line}));
  People people;
  for (const Row& row : rows) people.insert(row.integer(0));
  return people;
}

// A line as it stands, with what its tellers agree on.
struct Summary {
  std::string what;
  Span time;
  bool salient = false;
};

Result<void> write_doers(Database& database, std::int64_t line, const Summary& summary,
                         const People& doers) {
  for (const std::int64_t person : doers)
    DATELINE_DO(
        database.run("INSERT INTO line_doer VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO "
                     "UPDATE SET begin = excluded.begin, end = excluded.end, salient = "
                     "excluded.salient",
                     {person, summary.what, line, value_or_null(summary.time.begin),
                      value_or_null(summary.time.end), std::int64_t{summary.salient}}));
  return {};
}

// Takes a line from its doers; before its events go, or change theirs.
Result<void> erase_doers(Database& database, std::int64_t line) {
  DATELINE_TRY(const People doers, doers_of_line(database, line));
  for (const std::int64_t person : doers)
    DATELINE_DO(
        database.run("DELETE FROM line_doer WHERE person = ?1 AND what = (SELECT "
                     "coalesce(class, lemma) FROM line WHERE id = ?2) AND line = ?2",
                     {person, line}));
  return {};
}

// Brings a line up to date with its events; deletes one that has none left.
Result<void> refresh(Database& database, std::int64_t line) {
  DATELINE_TRY(const auto events,
               database.query("SELECT e.begin, e.end, e.salient, coalesce(l.class, l.lemma) FROM "
                              "event e JOIN line l ON l.id = e.line WHERE e.line = ?1",
                              {line}));
  if (events.empty()) {
    DATELINE_DO(database.run("DELETE FROM line WHERE id = ?1", {line}));
    return {};
  }
  Summary summary;
  for (const Row& row : events) {
    Span& time = summary.time;
    const Span told = span_of(row.text(0), row.text(1));
    if (told.begin) time.begin = std::max(time.begin.value_or(*told.begin), *told.begin);
    if (told.end) time.end = std::min(time.end.value_or(*told.end), *told.end);
    summary.salient = summary.salient || row.integer(2) != 0;
    summary.what = row.text(3);
  }
  DATELINE_DO(database.run("UPDATE line SET begin = ?2, end = ?3, salient = ?4 WHERE id = ?1",
                           {line, value_or_null(summary.time.begin),
                            value_or_null(summary.time.end), std::int64_t{summary.salient}}));
  DATELINE_TRY(const People doers, doers_of_line(database, line));
  return write_doers(database, line, summary, doers);
}

class Linker {
 public:
  Linker(Database& database, std::int64_t article)
      : database_(database), from_(row_id(article, 0)), to_(row_id(article, kPerArticle - 1)) {}

  Result<void> run() {
    DATELINE_TRY(const auto rows,
                 database_.query("SELECT e.id, e.line, e.class, e.lemma, e.polarity, a.published, "
                                 "e.begin, e.end, e.salient FROM event e JOIN article a ON a.id = "
                                 "e.article WHERE e.id BETWEEN ?1 AND ?2 ORDER BY e.id",
                                 {from_, to_}));
    DATELINE_DO(gather_doers());
    for (const Row& row : rows)
      if (!row.null(1)) mine_.insert(row.integer(1));
    for (const Row& row : rows) {
      if (!row.null(1)) continue;
      Event event{row.integer(0),
                  row.text(2),
                  row.text(3),
                  row.text(4),
                  {},
                  row.text(5),
                  span_of(row.text(6), row.text(7)),
                  std::move(doers_[row.integer(0)]),
                  row.integer(8) != 0};
      if (is_kind(event.event_class, "talk")) {
        DATELINE_TRY(event.text, words_of_event(event.id));
      }
      DATELINE_DO(link(event));
    }
    return {};
  }

 private:
  Result<void> gather_doers() {
    DATELINE_TRY(
        const auto rows,
        database_.query("SELECT event, person FROM event_person WHERE event BETWEEN ?1 AND ?2",
                        {from_, to_}));
    for (const Row& row : rows) doers_[row.integer(0)].insert(row.integer(1));
    return {};
  }

  // Whether any line at all could be the same: what same_event() asks of the event alone.
  static bool may_be_told(const Event& event) {
    if (event.doers.empty() || is_kind(event.what(), "light")) return false;
    return event.time.known() || (event.doers.size() >= 2 && !event.event_class.empty());
  }

  Result<void> link(const Event& event) {
    std::int64_t line = 0;
    if (may_be_told(event)) {
      DATELINE_TRY(const std::vector<Told> lines, lines_like(event));
      const auto same = std::find_if(lines.begin(), lines.end(),
                                     [&](const Told& told) { return same_event(event, told); });
      if (same != lines.end()) line = same->line;
    }
    const bool joins = line != 0;
    if (!joins) {
      DATELINE_TRY(line, fresh_line(event));
    }
    mine_.insert(line);
    DATELINE_DO(database_.run("UPDATE event SET line = ?2 WHERE id = ?1", {event.id, line}));
    return joins ? refresh(database_, line) : Result<void>();
  }

  Result<std::int64_t> fresh_line(const Event& event) {
    DATELINE_TRY(
        const std::int64_t line,
        database_.run("INSERT INTO line(class, lemma, polarity, begin, end, salient) VALUES (?1, "
                      "?2, ?3, ?4, ?5, ?6)",
                      {text_or_null(event.event_class), text_or_null(event.lemma), event.polarity,
                       value_or_null(event.time.begin), value_or_null(event.time.end),
                       std::int64_t{event.salient}}));
    DATELINE_DO(
        write_doers(database_, line, {event.what(), event.time, event.salient}, event.doers));
    return line;
  }

  // Lines of other articles on the same thing with one of the doers, oldest first; of an event
  // without a date, with all of them.
  Result<std::vector<Told>> lines_like(const Event& event) {
    const std::int64_t last = event.time.known() ? *event.doers.begin() : *event.doers.rbegin();
    DATELINE_TRY(
        const auto rows,
        database_.query(
            "SELECT l.id, l.class, l.lemma, l.begin, l.end FROM line_doer d JOIN line l ON l.id = "
            "d.line WHERE d.person = ?1 AND d.what = ?2 AND l.polarity = ?3 AND (d.begin IS NULL "
            "OR ?5 IS NULL OR d.begin < ?5) AND (d.end IS NULL OR ?4 IS NULL OR d.end > ?4) AND "
            "(?1 = ?6 OR EXISTS (SELECT 1 FROM line_doer o WHERE o.person = ?6 AND o.what = ?2 AND "
            "o.line = d.line)) ORDER BY d.line DESC LIMIT 200",
            {*event.doers.begin(), event.what(), event.polarity, value_or_null(event.time.begin),
             value_or_null(event.time.end), last}));
    std::vector<Told> lines;
    for (const Row& row : rows) {
      if (mine_.contains(row.integer(0))) continue;
      DATELINE_TRY(Told told, told_by(row));
      lines.push_back(std::move(told));
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
  }

  Result<Told> told_by(const Row& row) {
    Told told{row.integer(0), row.text(1), row.text(2), {}, {}, span_of(row, 3), {}};
    DATELINE_TRY(told.doers, doers_of_line(database_, told.line));
    DATELINE_TRY(const auto published,
                 database_.query("SELECT max(a.published) FROM event e JOIN article a ON a.id = "
                                 "e.article WHERE e.line = ?1",
                                 {told.line}));
    told.published = published.front().text(0);
    if (is_kind(told.event_class, "talk")) {
      DATELINE_TRY(const std::int64_t first,
                   database_.number("SELECT min(id) FROM event WHERE line = ?1", {told.line}));
      DATELINE_TRY(told.text, words_of_event(first));
    }
    return told;
  }

  Result<std::string> words_of_event(std::int64_t event) {
    DATELINE_TRY(const auto rows,
                 database_.query("SELECT text FROM teller WHERE event = ?1", {event}));
    return rows.empty() ? std::string() : rows.front().text(0);
  }

  Database& database_;
  std::int64_t from_, to_;                // ids of the article's rows
  std::map<std::int64_t, People> doers_;  // by event
  std::set<std::int64_t> mine_;           // lines that the article tells already
};

}  // namespace

std::optional<std::int64_t> minute_of(const std::string& text) {
  const auto point = parse_time_point(text);
  if (!point) return std::nullopt;
  return std::int64_t{point->day.time_since_epoch().count()} * kMinutesADay +
         point->minute.value_or(0);
}

Result<void> link_lines(Database& database, std::int64_t article) {
  return Linker(database, article).run();
}

Result<void> unlink_lines(Database& database, std::int64_t article) {
  const std::int64_t from = row_id(article, 0), to = row_id(article, kPerArticle - 1);
  DATELINE_TRY(const auto lines,
               database.query("SELECT DISTINCT line FROM event WHERE id BETWEEN ?1 AND ?2 AND line "
                              "IS NOT NULL ORDER BY line",
                              {from, to}));
  for (const Row& row : lines) DATELINE_DO(erase_doers(database, row.integer(0)));
  DATELINE_DO(database.run("UPDATE event SET line = NULL WHERE id BETWEEN ?1 AND ?2", {from, to}));
  for (const Row& row : lines) DATELINE_DO(refresh(database, row.integer(0)));
  return {};
}

}  // namespace dateline::store
