#include "dateline/store/rows.h"

#include <fmt/format.h>

#include "dateline/base/ascii.h"
#include "dateline/base/time_point.h"
#include "dateline/base/tsv.h"
#include "dateline/record/date_label.h"
#include "dateline/store/names.h"

namespace dateline::store {
namespace {

constexpr std::size_t kMostRows = 10'000;

}  // namespace

std::string Conditions::bind(Value value) {
  values_.push_back(std::move(value));
  return fmt::format("?{}", values_.size());
}

std::string Conditions::bind_all(const std::vector<std::int64_t>& ids) {
  std::string names;
  for (const std::int64_t id : ids) names += (names.empty() ? "" : ", ") + bind(id);
  return names.empty() ? "NULL" : names;
}

std::string citation_columns(std::string_view x, bool paragraph) {
  return fmt::format(
      "a.id, a.article_id, a.title, a.publisher, a.uri, a.published, {0}.span_begin, {0}.span_end, "
      "{0}.sentence_begin, {0}.sentence_end, substr(a.text, {0}.sentence_begin + 1, "
      "{0}.sentence_end - {0}.sentence_begin), {1}",
      x, paragraph ? fmt::format("{}.paragraph", x) : "NULL");
}

Json text_json(const Row& row, std::size_t at) {
  return row.null(at) ? Json() : Json(row.text(at));
}

Json citation(const Row& row, std::size_t at) {
  Json out = {{"article", row.integer(at)},
              {"article_id", row.text(at + 1)},
              {"title", text_json(row, at + 2)},
              {"publisher", text_json(row, at + 3)},
              {"uri", text_json(row, at + 4)},
              {"published", text_json(row, at + 5)},
              {"span", Json::array({row.integer(at + 6), row.integer(at + 7)})},
              {"sentence", row.text(at + 10)},
              {"sentence_span", Json::array({row.integer(at + 8), row.integer(at + 9)})}};
  out["paragraph"] = row.null(at + 11) ? Json() : Json(row.integer(at + 11));
  return out;
}

Json attributed(const Row& row, std::size_t at) {
  if (row.null(at + 3)) return {};
  return {{"speaker", row.null(at) ? text_json(row, at + 1) : text_json(row, at)},
          {"person", row.null(at + 2) ? Json() : Json(person_id(row.integer(at + 2)))},
          {"kind", row.text(at + 3)}};
}

Json interval_json(const Row& row, std::size_t begin, std::size_t end) {
  return Json::array({text_json(row, begin), text_json(row, end)});
}

std::string person_id(std::int64_t id) { return fmt::format("P{}", id); }

Json reference(const Row& row, std::size_t at) {
  return {{"id", row.null(at) ? Json() : Json(person_id(row.integer(at)))},
          {"name", row.text(at + 1)},
          {"kind", row.text(at + 2)}};
}

std::string event_label(const std::string& label, const std::string& begin,
                        const std::string& end) {
  if (!label.empty() && label != "?") return label;
  const auto from = parse_time_point(begin), to = parse_time_point(end);
  return record::interval_label(
             {from ? std::optional(*from) : std::nullopt, to ? std::optional(*to) : std::nullopt}) +
         label;
}

Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json::array() : json;
}

std::string literally(const std::string& words) {
  std::string out;
  const std::string key = name_key(words);
  for (const std::string_view word : words_of(key)) out += fmt::format("\"{}\" ", word);
  return out;
}

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::size_t> offset_of(const Paging& paging) {
  if (paging.limit == 0 || paging.limit > kMostRows)
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("limit {}: must be 1 to {}", paging.limit, kMostRows));
  if (paging.cursor.empty()) return std::size_t{0};
  const auto offset = to_number<std::uint32_t>(paging.cursor);
  if (!offset)
    return fail(ErrorCode::kInvalidArgument, "cursor \"" + paging.cursor + "\": no page gave it");
  return std::size_t{*offset};
}

Result<void> check_day(const std::string& what, const std::string& day) {
  if (day.empty()) return {};
  if (!parse_time_point(day))
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} \"{}\": no such day (YYYY-MM-DD)", what, day));
  return {};
}

Rows page_of(std::vector<std::string> rows, const Paging& paging, std::size_t offset) {
  Rows page;
  if (rows.size() > paging.limit) {
    rows.resize(paging.limit);
    page.next = std::to_string(offset + paging.limit);
  }
  page.rows = std::move(rows);
  return page;
}

std::optional<std::int64_t> parse_id(const std::string& text, char letter) {
  if (text.size() < 2 || text[0] != letter) return std::nullopt;
  const auto number = to_number<std::int64_t>(std::string_view(text).substr(1));
  return number && *number > 0 ? number : std::nullopt;
}

}  // namespace dateline::store
