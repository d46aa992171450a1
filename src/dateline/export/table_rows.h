#pragma once
// The rows of the tables (tables.h): flat objects, made of a query's row or of an article's record.
#include <vector>

#include "dateline/export/article_view.h"

namespace dateline::exporting {

[[nodiscard]] Json line_row(const Json& line);
[[nodiscard]] Json person_row(const Json& person);
[[nodiscard]] std::vector<Json> article_rows(const ArticleView& article);
[[nodiscard]] std::vector<Json> event_rows(const ArticleView& article);
[[nodiscard]] std::vector<Json> relation_rows(const ArticleView& article);
[[nodiscard]] std::vector<Json> quote_rows(const ArticleView& article);
[[nodiscard]] std::vector<Json> time_rows(const ArticleView& article);
[[nodiscard]] std::vector<Json> mention_rows(const ArticleView& article);

}  // namespace dateline::exporting
