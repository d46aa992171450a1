#include "dateline/language/config.h"

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "dateline/base/ascii.h"

namespace dateline::language {
namespace {

using nlohmann::json;

constexpr int kMaxReferences = 32;          // in a chain
constexpr std::size_t kMaxValue = 1 << 20;  // bytes of a value with its references resolved

struct Entry {
  std::string section, key, value;
};

// "section.key" -> raw value.
using Values = std::map<std::string, std::string, std::less<>>;

Result<std::string> resolve(const std::string& value, const Values& values, std::string_view name,
                            int depth) {
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = value.find("${", at);
    const std::size_t end = begin == std::string::npos ? begin : value.find('}', begin);
    if (end == std::string::npos) {
      out.append(value, at);
      break;
    }
    out.append(value, at, begin - at);
    std::string path = value.substr(begin + 2, end - begin - 2);
    for (char& c : path) {
      if (c == ':') c = '.';
    }
    const auto found = values.find(path);
    if (found == values.end() || depth >= kMaxReferences) {
      return fail(ErrorCode::kCorrupt,
                  std::string(name) + ": ${" + path +
                      (found == values.end() ? "} stands for nothing" : "} refers to itself"));
    }
    DATELINE_TRY(const std::string inner, resolve(found->second, values, name, depth + 1));
    out += inner;
    at = end + 1;
    if (out.size() > kMaxValue) {
      return fail(ErrorCode::kCorrupt, std::string(name) + ": a value of more than 1 MB");
    }
  }
  return out;
}

// The object at the dotted path, made if it is not there; null when a value stands in the way.
json* section_at(json& root, std::string_view path) {
  json* node = &root;
  while (true) {
    const std::size_t dot = path.find('.');
    json& next = (*node)[std::string(path.substr(0, dot))];
    if (next.is_null()) next = json::object();
    if (!next.is_object()) return nullptr;
    node = &next;
    if (dot == std::string_view::npos) return node;
    path.remove_prefix(dot + 1);
  }
}

Result<std::vector<Entry>> read_entries(std::string_view text, std::string_view name) {
  std::vector<Entry> entries;
  std::string section;
  int number = 0;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view whole = text.substr(0, newline);
    const std::string_view line = trim(whole);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    ++number;
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (is_space(whole.front()) && !entries.empty() && entries.back().section == section) {
      entries.back().value.append("\n").append(line);  // a value that goes on
      continue;
    }
    const std::size_t equals = line.find('=');
    if (line.front() == '[' && line.back() == ']') {
      section = trim(line.substr(1, line.size() - 2));
      entries.push_back({section, "", ""});
    } else if (equals != std::string_view::npos && !section.empty()) {
      entries.push_back({section, std::string(trim(line.substr(0, equals))),
                         std::string(trim(line.substr(equals + 1)))});
    } else {
      return fail(ErrorCode::kCorrupt, std::string(name) + ": line " + std::to_string(number) +
                                           " is neither a section nor a value");
    }
  }
  return entries;
}

}  // namespace

Result<json> parse_config(std::string_view text, std::string_view name) {
  DATELINE_TRY(const std::vector<Entry> entries, read_entries(text, name));
  Values values;
  for (const Entry& entry : entries) {
    if (!entry.key.empty()) values[entry.section + "." + entry.key] = entry.value;
  }
  json root = json::object();
  for (const Entry& entry : entries) {
    json* section = section_at(root, entry.section);
    if (section == nullptr) {
      return fail(ErrorCode::kCorrupt,
                  std::string(name) + ": [" + entry.section + "] lies inside a value");
    }
    if (entry.key.empty()) continue;
    DATELINE_TRY(std::string value, resolve(entry.value, values, name, 0));
    json parsed = json::parse(value, nullptr, /*allow_exceptions=*/false);
    (*section)[entry.key] = parsed.is_discarded() ? json(std::move(value)) : std::move(parsed);
  }
  return root;
}

const json* find_path(const json& root, std::string_view path) {
  const json* node = &root;
  while (true) {
    const std::size_t dot = path.find('.');
    if (!node->is_object()) return nullptr;
    const auto next = node->find(std::string(path.substr(0, dot)));
    if (next == node->end()) return nullptr;
    node = &*next;
    if (dot == std::string_view::npos) return node;
    path.remove_prefix(dot + 1);
  }
}

}  // namespace dateline::language
