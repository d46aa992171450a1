#include "dateline/export/timelinejs.h"

#include <fmt/format.h>

#include "dateline/export/addresses.h"
#include "dateline/export/partial_date.h"

namespace dateline::exporting {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

Json date_json(const PartialDate& date) {
  Json out = {{"year", date.year}};
  if (date.month != 0) out["month"] = date.month;
  if (date.day != 0) out["day"] = date.day;
  if (date.minute) {
    out["hour"] = *date.minute / 60;
    out["minute"] = *date.minute % 60;
  }
  return out;
}

// "<p>…</p>" of one teller: its sentence, and where it stands.
std::string told(const Json& teller) {
  const std::string where = escaped(citation_words(teller)), uri = text_at(teller, "uri");
  // Without a publisher the citation begins with the title.
  const bool titled = !text_at(teller, "publisher").empty() && !text_at(teller, "title").empty();
  const std::string cited =
      titled ? fmt::format("{}: {}", where, escaped(text_at(teller, "title"))) : where;
  return fmt::format(
      "<p>“{}”<br>{}{}{}</p>", escaped(text_at(teller, "sentence")),
      is_web_address(uri)
          ? fmt::format("<a href=\"{}\" target=\"_blank\">{}</a>", escaped(uri), cited)
          : cited,
      escaped(marks(teller)),
      value_at(teller, "superseded") == true ? " (a later text replaced this article)" : "");
}

}  // namespace

Piece write_timelinejs(const Json& line) {
  const DateRange range = date_range(value_at(line, "interval"));
  if (!range.first && !range.last) return {.text = {}, .left_out = "undated lines"};
  Json event = {{"unique_id", text_at(line, "id")},
                {"start_date", date_json(range.first ? *range.first : *range.last)}};
  if (range.first && range.last && *range.first != *range.last)
    event["end_date"] = date_json(*range.last);
  event["display_date"] = escaped(text_at(line, "label"));
  std::string text;
  for (const Json& teller : value_at(line, "tellers")) text += told(teller);
  event["text"] = {{"headline", escaped(text_at(line, "text") + marks(line))},
                   {"text", std::move(text)}};
  return {.text = written(event), .left_out = {}};
}

}  // namespace dateline::exporting
