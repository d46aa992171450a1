#include "dateline/article/read_feed.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <pugixml.hpp>
#include <utility>

#include "dateline/article/charset.h"
#include "dateline/article/feed_entry.h"
#include "dateline/article/fetcher.h"
#include "dateline/article/json_ld.h"
#include "dateline/article/page_date.h"
#include "dateline/article/read_html.h"
#include "dateline/article/read_ninjs.h"
#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

constexpr std::size_t kMostLinked = 1000;  // pages that one feed or sitemap has fetched

// "content:encoded" -> "encoded".
std::string_view local(const char* name) {
  const std::string_view whole(name);
  const std::size_t colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

// The text of an element; of XHTML content the markup.
std::string inner(const pugi::xml_node& node) {
  struct Writer : pugi::xml_writer {
    std::string out;
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
  };
  std::string text;
  bool markup = false;
  for (const pugi::xml_node& child : node.children())
    markup = markup || child.type() == pugi::node_element;
  if (!markup) {
    for (const pugi::xml_node& child : node.children()) text += child.value();
    return text;
  }
  Writer writer;
  for (const pugi::xml_node& child : node.children()) child.print(writer, "", pugi::format_raw);
  return writer.out;
}

std::string plain(const pugi::xml_node& node) { return plain_text(inner(node)); }

void add_author(FeedEntry& entry, std::string name) {
  // RSS has "anna@post.example (Anna Kovacs)".
  const std::size_t open = name.find('(');
  if (name.find('@') != std::string::npos && open != std::string::npos && name.ends_with(')'))
    name = name.substr(open + 1, name.size() - open - 2);
  if (!name.empty() && name.find('@') == std::string::npos)
    entry.authors.push_back(std::move(name));
}

void read_link(const pugi::xml_node& node, FeedEntry& entry) {
  const std::string_view href = node.attribute("href").value();
  if (href.empty()) {
    if (entry.uri.empty()) entry.uri = trim(inner(node));
    return;
  }
  const std::string_view rel = node.attribute("rel").value();
  if (rel.empty() || rel == "alternate") entry.uri = href;
}

FeedEntry read_entry(const pugi::xml_node& item) {
  FeedEntry entry;
  for (const pugi::xml_node& node : item.children()) {
    const std::string_view name = local(node.name());
    const std::string_view prefix = std::string_view(node.name()).substr(0, 6);
    if (prefix.starts_with("media:") || prefix == "itunes") continue;
    if (name == "guid" || name == "id") entry.id = trim(inner(node));
    if (name == "link") read_link(node, entry);
    if (name == "title") entry.title = plain(node);
    if (name == "encoded" || name == "content") entry.content = inner(node);
    if (name == "description" || name == "summary") entry.summary = inner(node);
    if (name == "pubDate" || name == "published" || name == "issued") entry.published = inner(node);
    if (name == "date" && entry.published.empty()) entry.published = inner(node);
    if (name == "updated" || name == "modified") entry.modified = inner(node);
    if (name == "creator") add_author(entry, plain(node));
    if (name == "author")
      add_author(entry, node.child("name") ? plain(node.child("name")) : plain(node));
  }
  return entry;
}

void read_xml(const pugi::xml_node& root, Feed& feed) {
  for (const pugi::xml_node& node : root.children()) {
    const std::string_view name = local(node.name());
    if (name == "title" && feed.title.empty()) feed.title = plain(node);
    if (name == "language") feed.language = trim(inner(node));
    if (name == "channel") read_xml(node, feed);
    if (name == "item" || name == "entry") feed.entries.push_back(read_entry(node));
  }
}

void read_json(simdjson::dom::object object, Feed& feed) {
  namespace dom = simdjson::dom;
  const auto text = [](dom::object from, const char* key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  };
  feed.title = text(object, "title");
  feed.language = text(object, "language");
  dom::array items;
  if (object["items"].get(items) != simdjson::SUCCESS) return;
  for (const dom::element element : items) {
    dom::object item;
    if (element.get(item) != simdjson::SUCCESS) continue;
    FeedEntry entry;
    entry.id = text(item, "id");
    entry.uri = text(item, "url");
    entry.title = text(item, "title");
    entry.content = text(item, "content_html");
    entry.text = text(item, "content_text");
    entry.summary = text(item, "summary");
    entry.published = text(item, "date_published");
    entry.modified = text(item, "date_modified");
    dom::array authors;
    if (item["authors"].get(authors) == simdjson::SUCCESS)
      for (const dom::element author : authors) {
        dom::object person;
        if (author.get(person) == simdjson::SUCCESS) add_author(entry, text(person, "name"));
      }
    feed.entries.push_back(std::move(entry));
  }
}

std::optional<TimePoint> read_date(std::string_view text) {
  if (const auto iso = parse_time_point(trim(text))) return *iso;
  const auto found = find_page_date(trim(text));
  return found ? std::optional<TimePoint>(found->date.point) : std::nullopt;
}

// "en-GB" -> "en".
std::string short_language(std::string_view language) {
  return to_lower(language.substr(0, language.find_first_of("-_")));
}

// A sitemap has no text, but a desk wants to know what it would have had to fetch.
Error told_sitemap(const pugi::xml_node& root, std::string_view name, Warnings& warnings) {
  constexpr std::size_t kMost = 20;  // entries that are told one by one
  std::size_t count = 0;
  for (const pugi::xml_node& node : root.children()) {
    const pugi::xml_node news = node.child("news:news");
    const std::string uri(trim(node.child_value("loc")));
    if (uri.empty() || ++count > kMost) continue;
    std::string date(trim(news.child_value("news:publication_date")));
    if (date.empty()) date = trim(node.child_value("lastmod"));
    const std::string title = plain(news.child("news:title"));
    warnings.push_back({fmt::format("{}: {}{}{}: not read, pages are fetched with --fetch", name,
                                    uri, date.empty() ? "" : ", " + date,
                                    title.empty() ? "" : fmt::format(", \"{}\"", title))});
  }
  if (count > kMost) warnings.push_back({fmt::format("{}: and {} more", name, count - kMost)});
  return {ErrorCode::kUnsupported,
          fmt::format("{}: a sitemap: it lists pages ({}) and holds no article", name, count)};
}

// The sitemaps of an index; of a sitemap the pages that it calls news.
std::vector<FeedItem> list_sitemap(const pugi::xml_node& root, std::string_view name,
                                   Warnings& warnings) {
  const bool index = local(root.name()) == "sitemapindex";
  std::vector<FeedItem> items;
  std::size_t others = 0;
  for (const pugi::xml_node& node : root.children()) {
    const std::string uri(trim(node.child_value("loc")));
    if (!is_web_address(uri)) continue;
    const pugi::xml_node news = node.child("news:news");
    if (!index && !news) {
      ++others;
      continue;
    }
    FeedItem item;
    item.sitemap = index;
    item.linked.emplace();
    const pugi::xml_node of = news.child("news:publication");
    item.linked->uri = uri;
    item.linked->title = plain(news.child("news:title"));
    item.linked->publisher = plain(of.child("news:name"));
    item.linked->language = short_language(trim(of.child_value("news:language")));
    item.linked->published = read_date(news.child_value("news:publication_date"));
    item.linked->published_basis = DateBasis::kFeed;
    items.push_back(std::move(item));
  }
  if (others > 0)
    warnings.push_back(
        {fmt::format("{}: pages without a date of news not fetched ({})", name, others)});
  return items;
}

// What the bytes are: entries, or a sitemap's items.
struct Parsed {
  Feed feed;
  std::vector<FeedItem> listed;
};

Result<Parsed> parse(std::string_view bytes, std::string_view name, LinkedPages linked,
                     Warnings& warnings) {
  Parsed all;
  Feed& feed = all.feed;
  const DecodedPage page = decode_page(bytes);
  const std::string_view start = trim(std::string_view(page.text).substr(0, 4096));
  if (start.starts_with('[') || (start.starts_with('{') && looks_like_ninjs(start))) {
    DATELINE_TRY(feed.entries, read_ninjs(page.text, name, warnings));
    return all;
  }
  if (start.starts_with('{')) {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (const auto error = parser.parse(page.text).get(object))
      return fail(ErrorCode::kCorrupt,
                  fmt::format("{}: not a feed ({})", name, simdjson::error_message(error)));
    read_json(object, feed);
    return all;
  }
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(page.text.data(), page.text.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  const pugi::xml_node root = document.document_element();
  const std::string_view kind = local(root.name());
  if (kind == "urlset" || kind == "sitemapindex") {
    if (linked == LinkedPages::kNotRead)
      return tl::unexpected<Error>(told_sitemap(root, name, warnings));
    all.listed = list_sitemap(root, name, warnings);
    return all;
  }
  if (kind != "rss" && kind != "RDF" && kind != "feed") {
    const std::string why = parsed
                                ? "its root is <" + std::string(root.name()) + ">"
                                : fmt::format("{} at byte {}", parsed.description(), parsed.offset);
    return fail(ErrorCode::kCorrupt, fmt::format("{}: not a feed ({})", name, why));
  }
  read_xml(root, feed);  // what came before a break in the XML is there
  return all;
}

TextOptions options_of(const FeedEntry& entry, const Feed& feed) {
  TextOptions options;
  options.id = entry.id.empty() ? entry.uri : entry.id;
  options.uri = entry.uri;
  options.title = entry.title;
  options.publisher = entry.publisher.empty() ? feed.title : entry.publisher;
  options.language = short_language(entry.language.empty() ? feed.language : entry.language);
  options.authors = entry.authors;
  options.published = read_date(entry.published.empty() ? entry.modified : entry.published);
  options.published_basis = DateBasis::kFeed;
  options.modified = read_date(entry.modified);
  return options;
}

std::string entries(std::size_t count) {
  return count == 1 ? std::string("1 entry") : fmt::format("{} entries", count);
}

// Lets go of what lies behind the first pages to be fetched.
void limit_linked(std::vector<FeedItem>& items, std::string_view name, Warnings& warnings) {
  std::size_t linked = 0;
  for (FeedItem& item : items)
    if (item.linked && ++linked > kMostLinked) item.linked.reset();
  std::erase_if(items, [](const FeedItem& item) { return !item.linked && !item.article; });
  if (linked > kMostLinked)
    warnings.push_back(
        {fmt::format("{}: lists {} pages, the first {} are fetched", name, linked, kMostLinked)});
}

}  // namespace

Result<std::vector<FeedItem>> read_feed(std::string_view bytes, std::string_view name,
                                        LinkedPages linked, Warnings& warnings) {
  DATELINE_TRY(Parsed parsed, parse(bytes, name, linked, warnings));
  std::vector<FeedItem> items = std::move(parsed.listed);
  std::size_t empty = 0, summaries = 0;
  for (FeedEntry& entry : parsed.feed.entries) {
    const TextOptions options = options_of(entry, parsed.feed);
    FeedItem item;
    const bool full = !trim(entry.content).empty();
    const bool is_plain = !full && !trim(entry.text).empty();
    if (is_plain) {
      item.article = read_text(std::move(entry.text), options);
    } else {
      if (auto article = read_html_fragment(full ? entry.content : entry.summary, options, name))
        item.article = *std::move(article);
      if (!full && linked == LinkedPages::kListed && is_web_address(entry.uri))
        item.linked = options;
    }
    empty += item.article || item.linked ? 0U : 1U;
    summaries += item.article && !item.linked && !full && !is_plain ? 1U : 0U;
    items.push_back(std::move(item));
  }
  limit_linked(items, name, warnings);
  if (empty > 0)
    warnings.push_back({fmt::format("{}: {} without text left out", name, entries(empty))});
  if (summaries > 0)
    warnings.push_back(
        {fmt::format("{}: {} with no more than a summary", name, entries(summaries))});
  return items;
}

}  // namespace dateline::article
