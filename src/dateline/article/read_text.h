#pragma once
// Plain text to article: the text stays as it is; what is seen in it is its blocks, its date, its
// byline and, when that is plain, its title.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/article/article.h"

namespace dateline::article {

// What the container says. Everything may be empty; then the text itself is asked.
struct TextOptions {
  std::string id;  // empty: "sha256:" and the hash of the text
  std::string uri, title, publisher, language;
  std::vector<std::string> authors;
  std::optional<TimePoint> published;             // goes before any date in the text
  DateBasis published_basis = DateBasis::kGiven;  // of `published`: kFeed for what a feed says
  std::optional<TimePoint> modified;
  std::optional<TimePoint> captured;  // when a crawler took the page: nothing in it is later
  // For texts that carry no date of their own; goes behind every other evidence.
  std::optional<TimePoint> fallback_published;
};

// Gives `article`, whose text is there, what the container says of it, an id (that of `options`,
// else of the text) and a fingerprint. Dates of publication are not settled here.
void describe(Article& article, const TextOptions& options);

// Total: any bytes, invalid UTF-8 is kept. A byte-order mark is taken off. O(bytes).
// Blocks cover every line that is not white space. A header block is just the key and its value:
// in "date 2021-05-03 Anna Kovacs has left" it ends behind the date, and a paragraph follows it.
// `published_basis` is header when a header line gives the same day as the container.
[[nodiscard]] Article read_text(std::string text, const TextOptions& options = {});

// A day in the path of an address: "/2021/05/03/", "2021-05-03". Nothing for a month alone.
[[nodiscard]] std::optional<TimePoint> date_in_uri(std::string_view uri);

}  // namespace dateline::article
