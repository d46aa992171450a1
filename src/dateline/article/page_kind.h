#pragma once
// What sort of article a page holds, by its JSON-LD type and by what its blocks look like.
#include <string_view>
#include <vector>

#include "dateline/article/article.h"

namespace dateline::article {

// `json_type` is the schema.org type of the article, may be empty. Three headings numbered one
// after another, up or down, are a list; three questions or more, marked "Q:" with as many answers
// or most of at least three headings, are questions. O(blocks).
[[nodiscard]] PageKind page_kind_of(std::string_view json_type, std::string_view text,
                                    const std::vector<Block>& blocks);

// Marks as pull quotes the block quotations whose words (at least five) stand in another block too.
// O(text x quotations), of which the first twenty are looked at.
void mark_pull_quotes(std::string_view text, std::vector<Block>& blocks);

}  // namespace dateline::article
