// Articles: the list, one whole, and full text.
#include <fmt/format.h>

#include <algorithm>

#include "dateline/store/names.h"
#include "dateline/store/pack.h"
#include "dateline/store/rows.h"
#include "dateline/unicode/utf8.h"

namespace dateline::store {
namespace {

constexpr std::string_view kArticle =
    "SELECT a.id, a.article_id, a.title, a.uri, a.publisher, a.published, a.published_basis, "
    "a.correction, a.superseded_by, length(a.text) FROM article a";

Json article_json(const Row& row) {
  return Json{{"article", row.integer(0)},
              {"article_id", row.text(1)},
              {"title", text_json(row, 2)},
              {"uri", text_json(row, 3)},
              {"publisher", text_json(row, 4)},
              {"published", text_json(row, 5)},
              {"published_basis", row.text(6)},
              {"correction", text_json(row, 7)},
              {"superseded_by", row.null(8) ? Json() : Json(row.integer(8))},
              {"characters", row.integer(9)}};
}

Result<Json> copies_of(Database& database, std::int64_t article) {
  DATELINE_TRY(
      const auto rows,
      database.query("SELECT uri, publisher, title, published FROM copy WHERE article = ?1 "
                     "ORDER BY id",
                     {article}));
  Json copies = Json::array();
  for (const Row& row : rows)
    copies.push_back({{"uri", text_json(row, 0)},
                      {"publisher", text_json(row, 1)},
                      {"title", text_json(row, 2)},
                      {"published", text_json(row, 3)}});
  return copies;
}

Result<Json> identities_in(Database& database, std::int64_t article) {
  DATELINE_TRY(const auto rows,
               database.query("SELECT number, person FROM entity WHERE id BETWEEN ?1 AND ?2 AND "
                              "person IS NOT NULL ORDER BY id",
                              {row_id(article, 0), row_id(article, kPerArticle - 1)}));
  Json identities = Json::object();
  for (const Row& row : rows)
    identities[fmt::format("e{}", row.integer(0))] = person_id(row.integer(1));
  return identities;
}

// The record as it was kept, without the text, and the text.
struct Body {
  std::string record, text;
};

Result<Body> body_of(const Store& store, std::int64_t article) {
  DATELINE_TRY(const auto rows, store.database().query(
                                    "SELECT packed, text FROM article JOIN record ON article = id "
                                    "WHERE id = ?1",
                                    {article}));
  if (rows.empty())
    return fail(ErrorCode::kNotFound,
                fmt::format("{}: there is no article {}", store.path(), article));
  Body body{.record = {}, .text = rows.front().text(1)};
  DATELINE_TRY(body.record, unpack(rows.front().text(0), body.text));
  return body;
}

// The best ones are chosen before anything is read of their articles.
constexpr std::string_view kHits =
    "SELECT a.id, a.article_id, a.title, a.publisher, a.uri, a.published, snippet(s.search, 1, "
    "'[[', ']]', ' … ', 24), a.text, r.packed FROM (SELECT rowid AS id, bm25(search, 4.0, 1.0) AS "
    "score FROM search WHERE search MATCH ?1 ORDER BY score, rowid LIMIT ?2 OFFSET ?3) h CROSS "
    "JOIN search s ON s.rowid = h.id AND s.search MATCH ?1 CROSS JOIN article a ON a.id = h.id "
    "CROSS JOIN record r ON r.article = h.id ORDER BY h.score, h.id";

// The hit that the snippet marks first, and its sentence, in code points.
struct Place {
  std::int64_t begin = 0, end = 0, sentence_begin = 0, sentence_end = 0;
};

// The list of sentences alone: parsing the whole record takes longer than the search.
Json sentences_in(const std::string& record) {
  const std::string_view key = "\"sentences\":";
  const std::size_t at = record.find(key), end = record.find("]]", at);
  if (at == std::string::npos || end == std::string::npos) return Json::array();
  const std::size_t from = at + key.size();
  return parsed(record.substr(from, end + 2 - from));
}

Place place_of(const Row& row) {
  const std::string& snippet = row.text(6);
  const std::string& text = row.text(7);
  const std::size_t open = snippet.find("[["), close = snippet.find("]]", open);
  if (open == std::string::npos || close == std::string::npos) return {};
  const std::string hit = snippet.substr(open + 2, close - open - 2);
  // The words before the hit, without the ellipsis, place it in the text.
  const std::size_t cut = snippet.rfind("… ", open);
  const std::size_t from = cut == std::string::npos ? 0 : cut + std::string_view("… ").size();
  std::size_t at = text.find(snippet.substr(from, open - from) + hit);
  at = at == std::string::npos ? text.find(hit) : at + open - from;
  if (at == std::string::npos) return {};
  const unicode::OffsetMap offsets(text, unicode::OffsetUnit::kCodePoints);
  Place place;
  place.begin = offsets(static_cast<std::uint32_t>(at));
  place.end = offsets(static_cast<std::uint32_t>(at + hit.size()));
  const auto record = unpack(row.text(8), text);
  if (!record) return place;
  for (const Json& sentence : sentences_in(*record)) {
    const auto begin = sentence[0].get<std::int64_t>(), end = sentence[1].get<std::int64_t>();
    if (begin <= place.begin && place.begin < end) {
      place.sentence_begin = begin;
      place.sentence_end = end;
    }
  }
  return place;
}

Json hit_json(const Row& row) {
  const Place place = place_of(row);
  const std::string& text = row.text(7);
  const unicode::OffsetMap offsets(text, unicode::OffsetUnit::kCodePoints);
  const std::uint32_t begin = offsets.to_byte(static_cast<std::uint32_t>(place.sentence_begin)),
                      end = offsets.to_byte(static_cast<std::uint32_t>(place.sentence_end));
  Json citation = {{"article", row.integer(0)},
                   {"article_id", row.text(1)},
                   {"title", text_json(row, 2)},
                   {"publisher", text_json(row, 3)},
                   {"uri", text_json(row, 4)},
                   {"published", text_json(row, 5)},
                   {"span", Json::array({place.begin, place.end})},
                   {"sentence", text.substr(begin, end - begin)},
                   {"sentence_span", Json::array({place.sentence_begin, place.sentence_end})},
                   {"paragraph", nullptr}};
  return Json{{"article", row.integer(0)},      {"title", text_json(row, 2)},
              {"published", text_json(row, 5)}, {"publisher", text_json(row, 3)},
              {"snippet", row.text(6)},         {"citation", std::move(citation)}};
}

}  // namespace

Result<Rows> search(const Store& store, const std::string& words, const Paging& paging) {
  Database& database = store.database();
  DATELINE_TRY(const std::size_t offset, offset_of(paging));
  const std::string plain = literally(words);
  if (plain.empty()) return Rows{};
  const auto limit = static_cast<std::int64_t>(paging.limit) + 1;
  auto found = database.query(kHits, {words, limit, static_cast<std::int64_t>(offset)});
  if (!found) found = database.query(kHits, {plain, limit, static_cast<std::int64_t>(offset)});
  if (!found) return tl::unexpected<Error>(found.error());
  std::vector<std::string> rows;
  for (const Row& row : *found) rows.push_back(written(hit_json(row)));
  return page_of(std::move(rows), paging, offset);
}

Result<Rows> articles(const Store& store, const Paging& paging) {
  DATELINE_TRY(const std::size_t offset, offset_of(paging));
  DATELINE_TRY(
      const auto found,
      store.database().query(
          std::string(kArticle) +
              " ORDER BY a.published IS NULL, a.published DESC, a.id LIMIT ?1 OFFSET ?2",
          {static_cast<std::int64_t>(paging.limit) + 1, static_cast<std::int64_t>(offset)}));
  std::vector<std::string> rows;
  for (const Row& row : found) rows.push_back(written(article_json(row)));
  return page_of(std::move(rows), paging, offset);
}

Result<std::string> article(const Store& store, std::int64_t id) {
  Database& database = store.database();
  DATELINE_TRY(const auto rows, database.query(std::string(kArticle) + " WHERE a.id = ?1", {id}));
  if (rows.empty())
    return fail(ErrorCode::kNotFound, fmt::format("{}: there is no article {}", store.path(), id));
  Json json = article_json(rows.front());
  DATELINE_TRY(json["copies"], copies_of(database, id));
  DATELINE_TRY(const Body body, body_of(store, id));
  Json record = parsed(body.record);
  record["text"] = body.text;
  json["record"] = std::move(record);
  DATELINE_TRY(json["identities"], identities_in(database, id));
  return written(json);
}

Result<std::string> record(const Store& store, std::int64_t id) {
  DATELINE_TRY(Body body, body_of(store, id));
  // The text stands before the blocks. In a string the quotation marks would be escaped: the first
  // place that reads so is the member.
  const std::size_t at = body.record.find("\"blocks\":");
  if (at == std::string::npos)
    return fail(ErrorCode::kCorrupt,
                fmt::format("{}: article {}: its record cannot be read", store.path(), id));
  return body.record.insert(at, fmt::format("\"text\":{},", written(Json(body.text))));
}

Result<std::int64_t> next_article(const Store& store, std::int64_t id) {
  return store.database().number("SELECT min(id) FROM article WHERE id > ?1", {id});
}

}  // namespace dateline::store
