#include "dateline/article/json_ld.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "dateline/article/html_tree.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

namespace dom = simdjson::dom;
constexpr int kDeepest = 12;

std::string string_of(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return plain_text(text);
  return {};
}

// A string, the first of a list, or the name of an object.
std::string name_in(dom::element value, int depth = 0) {
  dom::object object;
  dom::array array;
  if (depth > 3) return {};
  if (value.get(object) == simdjson::SUCCESS) {
    for (const char* key : {"name", "@value", "legalName"}) {
      dom::element inner;
      if (object[key].get(inner) == simdjson::SUCCESS) return name_in(inner, depth + 1);
    }
    return {};
  }
  if (value.get(array) == simdjson::SUCCESS) {
    for (const dom::element item : array)
      if (auto name = name_in(item, depth + 1); !name.empty()) return name;
    return {};
  }
  return string_of(value);
}

void names_in(dom::element value, std::vector<std::string>& names) {
  dom::array array;
  if (value.get(array) == simdjson::SUCCESS) {
    for (const dom::element item : array) names_in(item, names);
    return;
  }
  auto name = name_in(value);
  if (!name.empty() && name.size() < 120 &&
      std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

bool is_article_type(std::string_view type) {
  constexpr std::array<std::string_view, 6> kTypes = {
      "BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Review", "TechArticle"};
  const std::size_t slash = type.rfind('/');
  if (slash != std::string_view::npos) type.remove_prefix(slash + 1);
  return type.ends_with("Article") || std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::string article_type(dom::object object) {
  dom::element type;
  if (object["@type"].get(type) != simdjson::SUCCESS) return {};
  dom::array array;
  if (type.get(array) == simdjson::SUCCESS) {
    for (const dom::element item : array)
      if (const auto name = string_of(item); is_article_type(name)) return name;
    return {};
  }
  const auto name = string_of(type);
  return is_article_type(name) ? name : std::string();
}

JsonLdArticle read_article(dom::object object, std::string type) {
  JsonLdArticle article;
  article.type = std::move(type);
  const auto field = [&](const char* key) {
    dom::element value;
    return object[key].get(value) == simdjson::SUCCESS ? name_in(value) : std::string();
  };
  article.headline = field("headline");
  article.name = field("name");
  article.published = field("datePublished");
  if (article.published.empty()) article.published = field("dateCreated");
  article.modified = field("dateModified");
  article.publisher = field("publisher");
  article.language = field("inLanguage");
  article.uri = field("url");
  dom::element value;
  if (object["author"].get(value) == simdjson::SUCCESS) names_in(value, article.authors);
  if (article.authors.empty() && object["creator"].get(value) == simdjson::SUCCESS)
    names_in(value, article.authors);
  std::string_view body;
  if (object["articleBody"].get(body) == simdjson::SUCCESS) article.body = plain_text(body);
  bool open = true;
  if (object["isAccessibleForFree"].get(value) == simdjson::SUCCESS) {
    if (value.get(open) != simdjson::SUCCESS) open = to_lower(string_of(value)) != "false";
    article.paywalled = !open;
  }
  return article;
}

void collect(dom::element value, int depth, std::vector<JsonLdArticle>& articles) {
  if (depth > kDeepest) return;
  dom::array array;
  if (value.get(array) == simdjson::SUCCESS) {
    for (const dom::element item : array) collect(item, depth + 1, articles);
    return;
  }
  dom::object object;
  if (value.get(object) != simdjson::SUCCESS) return;
  if (auto type = article_type(object); !type.empty()) {
    articles.push_back(read_article(object, std::move(type)));
    return;
  }
  for (const char* key : {"@graph", "mainEntity", "mainEntityOfPage", "hasPart"}) {
    dom::element inner;
    if (object[key].get(inner) == simdjson::SUCCESS) collect(inner, depth + 1, articles);
  }
}

// What scripts get wrong: comment and CDATA marks around the JSON, a semicolon behind it, control
// characters in strings, bytes that are not UTF-8.
std::string mended(std::string_view script) {
  const std::size_t cdata = script.substr(0, 200).find("CDATA[");
  if (cdata != std::string_view::npos) script.remove_prefix(cdata + 6);
  const std::size_t closed = script.rfind("]]>");
  if (closed != std::string_view::npos) script = script.substr(0, closed);
  const std::size_t begin = script.find_first_of("{[");
  const std::size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  std::string json = unicode::sanitize(script.substr(begin, end - begin + 1), nullptr);
  for (char& c : json)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return json;
}

}  // namespace

std::string plain_text(std::string_view html) {
  if (html.find_first_of("&<") == std::string_view::npos) return std::string(trim(html));
  const std::string page(html);
  const auto tree = HtmlTree::parse(page);
  return tree ? tree->text_of(tree->root()) : std::string(trim(html));
}

std::vector<JsonLdArticle> read_json_ld(std::string_view script) {
  std::vector<JsonLdArticle> articles;
  simdjson::dom::parser parser;
  dom::element root;
  const std::string json = mended(script);
  if (!json.empty() && parser.parse(json).get(root) == simdjson::SUCCESS)
    collect(root, 0, articles);
  return articles;
}

}  // namespace dateline::article
