#pragma once
// W3C Web Annotations (Recommendation of 2017): what the record marks in an article's text, as an
// AnnotationCollection in JSON-LD whose one page lies in it.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/export/article_view.h"

namespace dateline::exporting {

// One annotation a mention, time, attribution, event and relation, in this order, each one JSON
// object. `store` is the store_key(). The target has two selectors, which name the same words: a
// TextQuoteSelector (32 code points before and behind) and a TextPositionSelector in code points of
// the record's text. An attribution whose content is interrupted has a target a piece.
[[nodiscard]] std::vector<std::string> write_annotations(const ArticleView& article,
                                                         std::string_view store);

// Around the annotations, ",\n" between them; the end knows how many there are.
[[nodiscard]] std::string annotations_head(std::string_view store);
[[nodiscard]] std::string annotations_tail(std::size_t total);

}  // namespace dateline::exporting
