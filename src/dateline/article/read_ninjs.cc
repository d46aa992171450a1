#include "dateline/article/read_ninjs.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

#include "dateline/article/text_lines.h"
#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

namespace dom = simdjson::dom;

// ninjs 1 and 2 write "versioncreated", ninjs 3 "versionCreated".
std::optional<dom::element> value_of(dom::object object, std::string_view key) {
  for (const auto field : object)
    if (to_lower(field.key) == key) return field.value;
  return std::nullopt;
}

// Of the first of these properties that is a string with words in it.
std::string text_of(dom::object object, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const auto value = value_of(object, key);
    std::string_view text;
    if (value && value->get(text) == simdjson::SUCCESS && !trim(text).empty())
      return std::string(trim(text));
  }
  return {};
}

// Of a list of {role, contenttype, value}: the main one, else the first; HTML before plain text.
struct Part {
  std::string value;
  bool html = false;
};
Part main_part(dom::object object, std::string_view key) {
  Part best;
  int best_rank = -1;
  const auto value = value_of(object, key);
  dom::array parts;
  if (!value || value->get(parts) != simdjson::SUCCESS) return best;
  for (const dom::element element : parts) {
    dom::object part;
    if (element.get(part) != simdjson::SUCCESS) continue;
    Part now{text_of(part, {"value"}),
             to_lower(text_of(part, {"contenttype"})).find("html") != std::string::npos};
    if (now.value.empty()) continue;
    const std::string role = to_lower(text_of(part, {"role"}));
    const int rank = (role.find("main") != std::string::npos ? 2 : 0) + (now.html ? 1 : 0);
    if (rank <= best_rank) continue;
    best_rank = rank;
    best = std::move(now);
  }
  return best;
}

// A name, an object with a name or a list of these: the first name.
std::string name_in(dom::object object, std::string_view key) {
  const auto value = value_of(object, key);
  if (!value) return {};
  dom::object one;
  if (value->get(one) == simdjson::SUCCESS) return text_of(one, {"name"});
  dom::array list;
  if (value->get(list) != simdjson::SUCCESS) return text_of(object, {key});
  for (const dom::element element : list)
    if (element.get(one) == simdjson::SUCCESS)
      if (std::string name = text_of(one, {"name"}); !name.empty()) return name;
  return {};
}

std::string provider_of(dom::object item) {
  for (const std::string_view key :
       {"provider", "infosources", "infosource", "source", "copyrightholder"})
    if (std::string name = name_in(item, key); !name.empty()) return name;
  return {};
}

std::vector<std::string> authors_of(dom::object item) {
  const std::string whole = text_of(item, {"byline", "by"});
  std::string_view byline = whole;
  if (to_lower(byline.substr(0, 3)) == "by ") byline.remove_prefix(3);
  return byline.empty() ? std::vector<std::string>() : split_names(byline);
}

FeedEntry read_item(dom::object item) {
  FeedEntry entry;
  entry.id = text_of(item, {"uri"});
  entry.uri = entry.id.starts_with("http") ? entry.id : std::string();
  entry.title = text_of(item, {"headline"});
  if (entry.title.empty()) entry.title = main_part(item, "headlines").value;
  if (entry.title.empty()) entry.title = text_of(item, {"title"});
  entry.content = text_of(item, {"body_xhtml", "body_html"});
  entry.text = text_of(item, {"body_text"});
  if (entry.content.empty() && entry.text.empty()) {
    Part body = main_part(item, "bodies");
    (body.html ? entry.content : entry.text) = std::move(body.value);
  }
  // What is said of a picture is no article.
  const std::string type = text_of(item, {"type"});
  if (type.empty() || type == "text") {
    entry.summary = text_of(item, {"description_xhtml", "description_html", "description_text"});
    if (entry.summary.empty()) entry.summary = main_part(item, "descriptions").value;
  }
  // Relative times are those of the first version; what came later is a change of it.
  entry.published = text_of(item, {"firstcreated", "versioncreated", "contentcreated"});
  entry.modified = text_of(item, {"versioncreated"});
  if (entry.modified == entry.published) entry.modified.clear();
  entry.publisher = provider_of(item);
  entry.language = text_of(item, {"language"});
  entry.authors = authors_of(item);
  return entry;
}

void take_item(dom::element element, std::string_view name, std::vector<FeedEntry>& entries,
               Warnings& warnings) {
  dom::object item;
  if (element.get(item) != simdjson::SUCCESS) {
    warnings.push_back({fmt::format("{}: an item that is no object left out", name)});
    return;
  }
  const std::string status = to_lower(text_of(item, {"pubstatus"}));
  FeedEntry entry = read_item(item);
  if (status == "canceled" || status == "withheld") {
    warnings.push_back({fmt::format("{}: {}: {}, left out", name,
                                    entry.id.empty() ? "an item" : entry.id, status)});
    return;
  }
  entries.push_back(std::move(entry));
}

}  // namespace

bool looks_like_ninjs(std::string_view head) {
  constexpr std::array<std::string_view, 9> kMarks = {
      R"("versioncreated")", R"("firstcreated")", R"("contentcreated")",
      R"("body_text")",      R"("body_xhtml")",   R"("body_html")",
      R"("bodies")",         R"("pubstatus")",    R"("representationtype")"};
  const std::string lower = to_lower(head);
  // JSON Lines of our own, whatever else their objects have ("type": "text" is no such property).
  for (const std::string_view own : {R"("text":)", R"("html":)"})
    if (lower.find(own) != std::string::npos) return false;
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return lower.find(mark) != std::string::npos; });
}

Result<std::vector<FeedEntry>> read_ninjs(std::string_view json, std::string_view name,
                                          Warnings& warnings) {
  std::vector<FeedEntry> entries;
  simdjson::dom::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;
#endif
  const simdjson::padded_string padded(json);
  dom::document_stream documents;
  auto error = parser.parse_many(padded, std::max<std::size_t>(padded.size(), 64)).get(documents);
  std::size_t seen = 0;
  if (error == simdjson::SUCCESS) {
    for (auto document : documents) {
      dom::element root;
      error = document.get(root);
      if (error != simdjson::SUCCESS) break;
      ++seen;
      dom::array list;
      if (root.get(list) != simdjson::SUCCESS) {
        take_item(root, name, entries, warnings);
        continue;
      }
      for (const dom::element element : list) take_item(element, name, entries, warnings);
    }
    // An object without its end is passed over in silence by the stream.
    if (error == simdjson::SUCCESS && documents.truncated_bytes() > 0) error = simdjson::TAPE_ERROR;
  }
  if (error == simdjson::SUCCESS) return entries;
  const std::string why = fmt::format("{}: not JSON ({})", name, simdjson::error_message(error));
  if (seen == 0) return fail(ErrorCode::kCorrupt, why);
  warnings.push_back({fmt::format("{} behind item {}", why, entries.size())});
  return entries;
}

}  // namespace dateline::article
