#pragma once
// Feeds to articles: RSS 0.9x, 1.0, 2.0, Atom, JSON Feed, IPTC ninjs. The one file (read_feed.cc)
// that knows the XML parser.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/read_text.h"
#include "dateline/article/warning.h"
#include "dateline/base/result.h"

namespace dateline::article {

// What a feed or a sitemap gives of one article.
struct FeedItem {
  std::optional<Article> article;  // read from the feed: in full, or a summary
  // With LinkedPages::kListed, where the feed has less than the article and an address: what it
  // says of the page at `linked->uri`.
  std::optional<TextOptions> linked;
  bool sitemap = false;  // the page is a sitemap that lists more
};

// Whether pages that a feed points to can be asked for.
enum class LinkedPages { kNotRead, kListed };

// The entries of a feed in its order, the full content where the feed has it, else the summary.
// With kNotRead a warning says how many are summaries, and each item has an article. Entries that
// give nothing are counted in a warning. `bytes` in any charset. kCorrupt: no feed; kUnsupported,
// with kNotRead: a sitemap, which holds no articles: a warning for each of its first pages says its
// address, date and title. With kListed its pages with a date of news are items, at most the first
// 1,000 like those of a feed.
[[nodiscard]] Result<std::vector<FeedItem>> read_feed(std::string_view bytes, std::string_view name,
                                                      LinkedPages linked, Warnings& warnings);

}  // namespace dateline::article
