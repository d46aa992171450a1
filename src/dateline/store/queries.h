#pragma once
// The store's questions. An answer is a page of rows, each one JSON object as docs/store.md
// ("Rows") tells: the command line, the HTTP API and the page print the same bytes.
//
// Ids are written "P12" (anybody or anything with an identity), "E7" (a line), "Q5" (a quotation).
// Days are ISO 8601. Names are looked up without regard to case.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/store/store.h"

namespace dateline::store {

struct Rows {
  std::vector<std::string> rows;    // JSON objects
  std::optional<std::string> next;  // cursor of the next page; none: this was the last
};

// Which page: `cursor` is a former page's `next`; kInvalidArgument when it is none.
struct Paging {
  std::string cursor;
  std::size_t limit = 100;  // 1 to 10,000
};

// Two clocks. `as_of`: when it was so. `known_by`: what was published by then says so.
struct Clocks {
  std::string as_of, known_by;  // "YYYY-MM-DD"; "": not asked
};

struct TimelineQuery {
  std::vector<std::string> names;      // lines that name all of them
  std::vector<std::int64_t> people;    // the same by identity
  std::string from, to;                // days; lines that overlap [from, to]
  std::string about;                   // words of the line or its sentence
  std::string certainty = "possible";  // at least: certain, probable, possible
  std::string by;                      // who says so: a speaker's or publisher's name
  bool all = false;                    // also events that the article's own timeline left out
  Clocks clocks;
  Paging paging;
};
Result<Rows> timeline(const Store& store, const TimelineQuery& query);

// Everybody whose name or alias has the words of `name` ("": all), most articles first.
Result<Rows> people(const Store& store, const std::string& name, const Paging& paging);
// One, with ties and candidates. kNotFound.
Result<std::string> person(const Store& store, std::int64_t id);

// The identities that a name or "P12" may mean, best first: one when it is clear. kNotFound names
// near ones.
Result<std::vector<std::int64_t>> identities(const Store& store, const std::string& name);
// The one that it means; kInvalidArgument lists the candidates where there are several.
Result<std::int64_t> one_identity(const Store& store, const std::string& name);

struct RelationQuery {
  std::int64_t person = 0;            // 0: everybody
  std::optional<std::int64_t> other;  // the shortest chain of ties to this one, as its rows
  Clocks clocks;
  bool history = false;  // every state, not the one that holds
  Paging paging;
};
Result<Rows> relations(const Store& store, const RelationQuery& query);

struct QuoteQuery {
  std::vector<std::int64_t> by, about;
  std::string form;      // "direct", "indirect", "mixed"; "": any
  bool unnamed = false;  // only sources without a name
  Clocks clocks;
  Paging paging;
};
Result<Rows> quotes(const Store& store, const QuoteQuery& query);

// Where articles contradict each other: date, doer, state of a tie, said against denied.
Result<Rows> conflicts(const Store& store, std::optional<std::int64_t> person,
                       const Paging& paging);

// Full text, best first (bm25). FTS5's words, "phrases", AND, OR, NOT; what is none of its syntax
// is taken as plain words.
Result<Rows> search(const Store& store, const std::string& words, const Paging& paging);

Result<Rows> articles(const Store& store, const Paging& paging);
// One article with its record, copies and identities. kNotFound.
Result<std::string> article(const Store& store, std::int64_t id);
// Its record alone, the bytes that `dateline read --format jsonl` prints of it. kNotFound.
Result<std::string> record(const Store& store, std::int64_t id);
// The number of the next article after `id`, in the order they were added; 0 behind the last.
Result<std::int64_t> next_article(const Store& store, std::int64_t id);

// "P12" to 12; none for another shape.
std::optional<std::int64_t> parse_id(const std::string& text, char letter);

}  // namespace dateline::store
