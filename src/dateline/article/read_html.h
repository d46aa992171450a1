#pragma once
// A page of HTML to article.
#include <string>
#include <string_view>

#include "dateline/article/article.h"
#include "dateline/article/read_text.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// `page` is UTF-8 (charset.h makes it so). `options` says what the container knows; it goes before
// what the page says of itself. `name` is what messages call the page. kUnsupported: nested too
// deep. kCorrupt: no article in the page, or little but links (a navigation page).
[[nodiscard]] Result<Article> read_html(std::string_view page, const TextOptions& options,
                                        std::string_view name, Warnings& warnings);

// A piece of HTML that is all article (the content of an entry of a feed): only boilerplate lines
// are left out. kCorrupt: no text in it.
[[nodiscard]] Result<Article> read_html_fragment(std::string_view html, const TextOptions& options,
                                                 std::string_view name);

}  // namespace dateline::article
