#pragma once
// Feeds to articles: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed, IPTC ninjs. The one file (read_feed.cc)
// that knows the XML parser.
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// The entries of a feed in its order, the full content where the feed has it, else the summary (a
// warning says how many). Entries without either are counted in a warning. `bytes` in any charset.
// kCorrupt: no feed; kUnsupported: a sitemap, which holds no articles: a warning for each of its
// first pages says its address, date and title.
[[nodiscard]] Result<std::vector<Article>> read_feed(std::string_view bytes, std::string_view name,
                                                     Warnings& warnings);

}  // namespace dateline::article
