#include "dateline/export/row_words.h"

#include <fmt/format.h>

namespace dateline::exporting {

const Json& value_at(const Json& row, const char* key) {
  static const Json none;
  if (!row.is_object()) return none;
  const auto found = row.find(key);
  return found == row.end() ? none : *found;
}

std::string text_at(const Json& row, const char* key) {
  const Json& value = value_at(row, key);
  if (value.is_null()) return {};
  return value.is_string() ? value.get<std::string>() : written(value);
}

std::string names_in(const Json& people) {
  std::string names;
  for (const Json& person : people) names += (names.empty() ? "" : ", ") + text_at(person, "name");
  return names;
}

std::string interval_words(const Json& interval) {
  if (!interval.is_array() || interval.size() != 2) return {};
  const std::string begin = interval[0].is_null() ? "" : interval[0].get<std::string>(),
                    end = interval[1].is_null() ? "" : interval[1].get<std::string>();
  if (begin.empty() && end.empty()) return {};
  if (end.empty()) return "from " + begin;
  if (begin.empty()) return "before " + end;
  return begin + " to " + end;
}

std::string citation_words(const Json& citation) {
  std::string publisher = text_at(citation, "publisher");
  if (publisher.empty()) publisher = text_at(citation, "title");
  if (publisher.empty()) publisher = text_at(citation, "article_id");
  const std::string published = text_at(citation, "published").substr(0, 10);
  const std::string paragraph = text_at(citation, "paragraph");
  return fmt::format("{}{}{} [{}{}]", publisher, published.empty() ? "" : ", ", published,
                     text_at(citation, "article"), paragraph.empty() ? "" : ":" + paragraph);
}

std::string attributed_words(const Json& attributed) {
  if (!attributed.is_object()) return {};
  const std::string speaker = text_at(attributed, "speaker");
  return "according to " + (speaker.empty() ? "an unnamed source" : speaker);
}

std::string marks(const Json& row) {
  std::string out;
  const auto add = [&](const std::string& mark) { out += fmt::format(" ({})", mark); };
  if (const std::string certainty = text_at(row, "certainty");
      !certainty.empty() && certainty != "certain")
    add(certainty);
  if (text_at(row, "polarity") == "negative") add("denied");
  if (value_at(row, "retracted") == true) add("retracted");
  if (const std::string who = attributed_words(value_at(row, "attributed")); !who.empty()) add(who);
  return out;
}

std::string written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dateline::exporting
