#pragma once
// What a page says of itself: JSON-LD, meta elements (OpenGraph, Dublin Core, Twitter and others),
// microdata, time elements, bylines, its address.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/class_hints.h"
#include "dateline/article/html_tree.h"

namespace dateline::article {

struct FoundPublished {
  TimePoint point;
  DateBasis basis = DateBasis::kNone;
  bool suspect = false;  // kept as a candidate, not taken
};

struct HtmlMeta {
  std::string title, publisher, language, uri;
  std::vector<std::string> authors;
  std::vector<FoundPublished> published;  // best first
  std::optional<TimePoint> modified;
  std::string body;        // JSON-LD articleBody
  std::string type;        // schema.org type of the article
  bool paywalled = false;  // isAccessibleForFree is false
};

// `uri` is where the page came from, may be empty. Total.
[[nodiscard]] HtmlMeta read_meta(const HtmlTree& page, ClassHints& hints, std::string_view uri);

}  // namespace dateline::article
