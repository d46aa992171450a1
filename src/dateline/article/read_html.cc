#include "dateline/article/read_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dateline/article/html_content.h"
#include "dateline/article/html_meta.h"
#include "dateline/article/html_text.h"
#include "dateline/article/html_tree.h"
#include "dateline/article/html_work.h"
#include "dateline/article/page_kind.h"
#include "dateline/article/page_lines.h"
#include "dateline/article/text_lines.h"

namespace dateline::article {
namespace {

constexpr double kMostLinks = 0.8;  // share of an article's characters that are links

void settle_dates(Article& article, const HtmlMeta& meta, const TextOptions& options) {
  const auto add = [&](const TimePoint& point, DateBasis basis, bool suspect) {
    const DateCandidate candidate{iso8601(point), basis};
    auto& list = article.published_candidates;
    if (std::find(list.begin(), list.end(), candidate) == list.end()) list.push_back(candidate);
    if (suspect || article.published) return;
    article.published = point;
    article.published_basis = basis;
  };
  if (options.published) add(*options.published, options.published_basis, false);
  for (const FoundPublished& found : meta.published) {
    if (article.published_candidates.size() >= 12) break;
    // A day's grace: the crawler's clock and the page's zone may differ.
    const bool later =
        options.captured && found.point.day > options.captured->day + std::chrono::days(1);
    add(found.point, found.basis, found.suspect || later);
  }
}

// "PARIS, 3 May (Agency) —" in one of the first paragraphs is a block of its own.
void settle_dateline(Article& article) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < article.blocks.size() && seen < 3; ++i) {
    if (article.blocks[i].kind != BlockKind::kParagraph) continue;
    ++seen;
    const ByteSpan span = article.blocks[i].span;
    const auto part = read_dateline(slice(article.text, span));
    if (!part) continue;
    std::uint32_t begin = span.begin + part->size;
    while (begin < span.end && article.text[begin] == ' ') ++begin;
    article.blocks[i] = {{span.begin, span.begin + part->size}, BlockKind::kDateline};
    article.blocks.insert(article.blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                          {{begin, span.end}, BlockKind::kParagraph});
    if (part->date && part->date->has_year && !article.published) {
      article.published = TimePoint{.day = part->date->point.day};
      article.published_basis = DateBasis::kDateline;
    }
    if (part->date && part->date->has_year)
      article.published_candidates.push_back(
          {iso8601(part->date->point.day), DateBasis::kDateline});
    return;
  }
}

// A page that shows nothing until its scripts run may carry the article as JSON-LD all the same. No
// byte of it stands in the page as it is here.
HtmlText text_of_body(std::string_view body) {
  HtmlText text;
  for (const Line& line : split_lines(body)) {
    if (!text.text.empty()) text.text += "\n\n";
    const auto begin = static_cast<std::uint32_t>(text.text.size());
    text.text += slice(body, line.span);
    text.blocks.push_back({{begin, static_cast<std::uint32_t>(text.text.size())}});
    text.facts.emplace_back();
  }
  return text;
}

// The text of the page's article; of what the page shows, where the container found has little of
// the article that JSON-LD carries, the blocks that are that article.
HtmlText article_text(const HtmlTree& page, const HtmlContent& content, std::string_view body,
                      std::string_view bytes) {
  constexpr std::size_t kNothing = 250;  // characters of a page that shows nothing
  HtmlText text = !body.empty() && content.characters < kNothing
                      ? text_of_body(body)
                      : write_text(content.tree, content.root, bytes);
  if (!body.empty() && share_covered(body, text.text) < 0.6) {
    HtmlText all = write_text(page, page.root(), bytes);
    keep_lines_of(all, body);
    if (share_covered(body, all.text) > 0.8) text = std::move(all);
  }
  return text;
}

// Whether any of the text below `node` was taken into the article: `places`, in order, are where
// the pieces of its text stand in the page.
bool is_taken(const HtmlTree& tree, NodeId node, const std::vector<std::uint32_t>& places,
              std::string_view page) {
  for (NodeId at = node; at != kNoNode; at = tree.following(at, node)) {
    const std::string_view raw = tree.text(at).raw;
    if (raw.empty()) continue;
    const auto begin = static_cast<std::uint32_t>(raw.data() - page.data());
    const auto found = std::lower_bound(places.begin(), places.end(), begin);
    if (found != places.end() && *found < begin + raw.size()) return true;
  }
  return false;
}

// Articles that stand beside the one read, with text enough to be one.
std::uint32_t other_articles(const HtmlTree& tree, const std::vector<SourceRun>& runs,
                             std::string_view page) {
  constexpr double kShortest = 800, kMostLinked = 0.3;
  constexpr std::uint32_t kMost = 100;
  std::vector<std::uint32_t> places;
  for (const SourceRun& run : runs) places.push_back(run.source);
  std::sort(places.begin(), places.end());
  std::uint32_t count = 0;
  bool skip = false;
  for (NodeId node = tree.root(); node != kNoNode && count < kMost;
       node = tree.following(node, tree.root(), skip)) {
    skip = tree[node].tag == Tag::kArticle;
    if (!skip) continue;
    const TextCount text = count_text(tree, node);
    if (text.length >= kShortest && text.link_density() < kMostLinked &&
        !is_taken(tree, node, places, page))
      ++count;
  }
  return count;
}

}  // namespace

Result<Article> read_html(std::string_view page, const TextOptions& options, std::string_view name,
                          Warnings& warnings) {
  auto tree = HtmlTree::parse(page);
  if (!tree) return fail(tree.error().code, fmt::format("{}: {}", name, tree.error().message));
  ClassHints hints;
  HtmlMeta meta = read_meta(*tree, hints, options.uri);
  const HtmlContent content = find_content(*tree, hints, meta.title);
  if (count_text(content.tree, content.root).link_density() > kMostLinks)
    return fail(ErrorCode::kCorrupt, fmt::format("{}: no article: navigation page", name));
  constexpr std::size_t kShortestBody = 500;  // of JSON-LD that is believed
  const std::string_view body = meta.body.size() >= kShortestBody ? meta.body : std::string_view();
  HtmlText text = article_text(*tree, content, body, page);
  const auto line_date = drop_other_lines(text, {.body = body, .authors = meta.authors});
  Article article;
  article.text = std::move(text.text);
  article.blocks = std::move(text.blocks);
  article.source = std::move(text.source);
  if (article.text.empty())
    return fail(ErrorCode::kCorrupt, fmt::format("{}: no article in this page", name));
  mark_pull_quotes(article.text, article.blocks);
  article.page = {.kind = page_kind_of(meta.type, article.text, article.blocks),
                  .only_beginning = meta.paywalled && article.text.size() < 1500,
                  .other_articles = other_articles(*tree, article.source, page)};
  if (article.page.only_beginning)
    warnings.push_back({fmt::format("{}: only the beginning: the page says it is not free", name)});
  if (article.page.other_articles > 0)
    warnings.push_back({fmt::format("{}: articles beside the main one, not read ({})", name,
                                    article.page.other_articles)});
  describe(article, options);
  if (article.uri.empty()) article.uri = meta.uri;
  if (article.title.empty()) article.title = meta.title;
  if (article.publisher.empty()) article.publisher = meta.publisher;
  if (article.language.empty()) article.language = meta.language;
  if (article.authors.empty()) article.authors = meta.authors;
  if (article.authors.empty() && !content.byline.empty()) {
    std::string_view byline = content.byline;
    if (byline.starts_with("By ") || byline.starts_with("by ")) byline.remove_prefix(3);
    article.authors = split_names(byline);
  }
  if (!article.modified) article.modified = meta.modified;
  if (line_date) meta.published.push_back({*line_date, DateBasis::kText, false});
  settle_dates(article, meta, options);
  settle_dateline(article);
  if (!article.published && options.fallback_published) {
    article.published = options.fallback_published;
    article.published_basis = DateBasis::kGiven;
  }
  return article;
}

Result<Article> read_html_fragment(std::string_view html, const TextOptions& options,
                                   std::string_view name) {
  auto tree = HtmlTree::parse(html);
  if (!tree) return fail(tree.error().code, fmt::format("{}: {}", name, tree.error().message));
  HtmlText text = write_text(*tree, tree->root(), html);
  drop_other_lines(text, {});
  if (text.text.empty()) return fail(ErrorCode::kCorrupt, fmt::format("{}: no text in it", name));
  Article article;
  article.text = std::move(text.text);
  article.blocks = std::move(text.blocks);
  article.source = std::move(text.source);
  describe(article, options);
  settle_dates(article, {}, options);
  settle_dateline(article);
  return article;
}

}  // namespace dateline::article
