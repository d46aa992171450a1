#include "dateline/export/timeml.h"

#include <fmt/format.h>

#include <string_view>

#include "dateline/unicode/utf8.h"

namespace dateline::exporting {
namespace {

bool allowed(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= 0x20 && c != 0xFFFE && c != 0xFFFF;
}

// `text` as character data, or within a quoted attribute.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded next = unicode::decode(text, at);
    at += next.size;
    switch (next.code_point) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':  // a parser would turn it into a line feed
        out += "&#13;";
        break;
      default:
        unicode::append(out, allowed(next.code_point) ? next.code_point : char32_t{0xFFFD});
    }
  }
  return out;
}

void attribute(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) out += fmt::format(" {}=\"{}\"", name, escaped(value));
}

std::string anchor_id(int anchor) {
  if (anchor == TimeExpression::kPublished) return "t0";
  return anchor >= 0 ? fmt::format("t{}", anchor + 1) : std::string();
}

// The standard wants a value: of what is impossible or not known, one that leaves all open.
std::string value_of(TimeType type, const std::string& value) {
  if (!value.empty()) return value;
  return type == TimeType::kDuration ? "PXX" : "XXXX-XX-XX";
}

std::string open_tag(const TimeExpression& time, std::size_t index) {
  std::string out = fmt::format("<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"", index + 1,
                                name_of(time.type), escaped(value_of(time.type, time.value)));
  attribute(out, "mod", time.mod);
  attribute(out, "quant", time.quant);
  attribute(out, "freq", time.freq);
  const bool counted = time.anchor != TimeExpression::kNoAnchor;
  attribute(out, "temporalFunction", counted ? "true" : "false");
  attribute(out, "functionInDocument", "NONE");
  attribute(out, "anchorTimeID", anchor_id(time.anchor));
  return out + ">";
}

std::string creation_time(const Article& article) {
  const std::string value = article.published ? iso8601(*article.published) : std::string();
  return fmt::format(
      "<DCT><TIMEX3 tid=\"t0\" type=\"{}\" value=\"{}\" temporalFunction=\"false\" "
      "functionInDocument=\"CREATION_TIME\">{}</TIMEX3></DCT>\n\n",
      article.published && article.published->minute ? "TIME" : "DATE",
      value_of(TimeType::kDate, value), value);
}

}  // namespace

std::string write_timeml(const Record& record) {
  const Article& article = record.article;
  const std::string_view text = article.text;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n\n";
  out += fmt::format("<DOCID>{}</DOCID>\n\n", escaped(article.id));
  out += creation_time(article);
  if (!article.title.empty()) out += fmt::format("<TITLE>{}</TITLE>\n\n", escaped(article.title));
  out += "<TEXT>";
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < record.times.size(); ++i) {
    const TimeExpression& time = record.times[i];
    out += escaped(slice(text, {at, time.span.begin}));
    out += open_tag(time, i);
    out += escaped(slice(text, time.span));
    out += "</TIMEX3>";
    at = time.span.end;
  }
  out += escaped(slice(text, {at, static_cast<std::uint32_t>(text.size())}));
  out += "</TEXT>\n\n</TimeML>\n";
  return out;
}

}  // namespace dateline::exporting
