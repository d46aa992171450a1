#include "dateline/article/read_jsonl.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <utility>

#include "dateline/article/page_date.h"
#include "dateline/article/read_html.h"
#include "dateline/article/read_text.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {

struct JsonlReader::Impl {
  simdjson::dom::parser parser;
};

JsonlReader::JsonlReader() : impl_(std::make_unique<Impl>()) {}
JsonlReader::~JsonlReader() = default;
JsonlReader::JsonlReader(JsonlReader&&) noexcept = default;
JsonlReader& JsonlReader::operator=(JsonlReader&&) noexcept = default;

namespace {

namespace dom = simdjson::dom;

std::optional<int> hex4(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const char c = to_lower(text[i]);
    if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    value = value * 16 + (is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return value;
}

// Escapes of half a surrogate pair ("\ud83d" alone) become "\ufffd": JSON writers that cut strings
// at UTF-16 units leave such halves. Returns how many there were.
std::size_t mend_surrogates(std::string& line) {
  std::size_t count = 0;
  for (std::size_t at = 0; at + 1 < line.size(); ++at) {
    if (line[at] != '\\') continue;
    if (line[++at] != 'u') continue;
    const std::string_view rest = std::string_view(line).substr(at + 1);
    const int unit = hex4(rest).value_or(0);
    if (unit < 0xD800 || unit > 0xDFFF) continue;
    const bool paired = unit < 0xDC00 && rest.substr(4).starts_with("\\u") &&
                        (hex4(rest.substr(6)).value_or(0) & 0xFC00) == 0xDC00;
    if (paired) {
      at += 10;
      continue;
    }
    line.replace(at + 1, 4, "fffd");
    ++count;
  }
  return count;
}

class ObjectReader {
 public:
  ObjectReader(dom::object object, std::string_view name, Warnings& warnings)
      : object_(object), name_(name), warnings_(warnings) {}

  // "" when missing or null; a number is written out (ids often are numbers).
  std::string string(const char* key) {
    dom::element value;
    if (object_[key].get(value) != simdjson::SUCCESS || value.is_null()) return {};
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) return std::string(text);
    std::int64_t number = 0;
    if (value.get(number) == simdjson::SUCCESS) return fmt::format("{}", number);
    warn(fmt::format("`{}` is not a string; left out", key));
    return {};
  }

  std::vector<std::string> authors() {
    dom::element value;
    std::vector<std::string> list;
    if (object_["authors"].get(value) != simdjson::SUCCESS || value.is_null()) return list;
    if (value.is_string()) {
      if (const auto one = string("authors"); !trim(one).empty()) list.emplace_back(trim(one));
      return list;
    }
    dom::array array;
    if (value.get(array) != simdjson::SUCCESS) {
      warn("`authors` is neither a string nor a list; left out");
      return list;
    }
    for (const dom::element item : array) {
      std::string_view text;
      if (item.get(text) == simdjson::SUCCESS && !trim(text).empty()) list.emplace_back(trim(text));
    }
    return list;
  }

  std::optional<TimePoint> date(const char* key) {
    const std::string text = string(key);
    const std::string_view trimmed = trim(text);
    if (trimmed.empty()) return std::nullopt;
    if (const auto iso = parse_time_point(trimmed)) return *iso;
    const auto date = read_page_date(trimmed);
    if (date && date->has_year && !date->ambiguous && date->size == trimmed.size())
      return date->point;
    warn(fmt::format("`{}` is no date that can be read: \"{}\"", key, trimmed.substr(0, 40)));
    return std::nullopt;
  }

 private:
  void warn(const std::string& message) {
    warnings_.push_back({fmt::format("{}: {}", name_, message)});
  }
  dom::object object_;
  std::string_view name_;
  Warnings& warnings_;
};

}  // namespace

Result<Article> JsonlReader::read(std::string_view line, std::string_view name,
                                  const JsonlOptions& options, Warnings& warnings) {
  std::size_t bad = 0;
  std::string clean(line);
  if (!simdjson::validate_utf8(line.data(), line.size())) {
    clean = unicode::sanitize(line, &bad);
    warnings.push_back({fmt::format("{}: {} not UTF-8, read as U+FFFD", name,
                                    bad == 1 ? "1 byte is" : fmt::format("{} bytes are", bad))});
  }
  dom::element root;
  auto error = impl_->parser.parse(clean).get(root);
  if (error == simdjson::STRING_ERROR && mend_surrogates(clean) > 0) {
    error = impl_->parser.parse(clean).get(root);
    if (error == simdjson::SUCCESS)
      warnings.push_back({fmt::format("{}: half a surrogate pair, read as U+FFFD", name)});
  }
  if (error != simdjson::SUCCESS)
    return fail(ErrorCode::kCorrupt,
                fmt::format("{}: not JSON ({})", name, simdjson::error_message(error)));
  dom::object object;
  if (root.get(object) != simdjson::SUCCESS)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: not a JSON object", name));
  ObjectReader reader(object, name, warnings);
  TextOptions text;
  std::string body = reader.string("text");
  std::string html = body.empty() ? reader.string("html") : std::string();
  const bool has_text = object["text"].is_string();
  if (!has_text && html.empty())
    return fail(ErrorCode::kCorrupt, fmt::format("{}: no body (neither `text` nor `html`)", name));
  text.id = reader.string("id");
  text.uri = reader.string("uri");
  text.title = reader.string("title");
  text.publisher = reader.string("publisher");
  text.language = reader.string("language");
  text.authors = reader.authors();
  text.published = reader.date("published");
  text.modified = reader.date("modified");
  text.fallback_published = options.fallback_published;
  if (!html.empty()) return read_html(html, text, name, warnings);
  return read_text(std::move(body), text);
}

}  // namespace dateline::article
