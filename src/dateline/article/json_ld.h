#pragma once
// schema.org articles in a page's JSON-LD scripts.
#include <string>
#include <string_view>
#include <vector>

namespace dateline::article {

struct JsonLdArticle {
  std::string type, headline, name, published, modified, publisher, language, body, uri;
  std::vector<std::string> authors;
  bool paywalled = false;
};

// The articles in one script's text, in order; broken JSON gives none. Total.
[[nodiscard]] std::vector<JsonLdArticle> read_json_ld(std::string_view script);

// "&amp;quot;" as scripts carry it: entities resolved, markup left out.
[[nodiscard]] std::string plain_text(std::string_view html);

}  // namespace dateline::article
