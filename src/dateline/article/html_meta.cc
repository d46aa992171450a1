#include "dateline/article/html_meta.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

#include "dateline/article/html_content.h"
#include "dateline/article/json_ld.h"
#include "dateline/article/page_date.h"
#include "dateline/article/read_text.h"
#include "dateline/article/text_lines.h"
#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/unicode/utf8.h"

namespace dateline::data {
extern const std::string_view article_meta_names;
}  // namespace dateline::data

namespace dateline::article {
namespace {

struct MetaName {
  std::string_view field;
  std::size_t rank = 0;
};

const std::unordered_map<std::string_view, MetaName>& meta_names() {
  static const std::unordered_map<std::string_view, MetaName> names = [] {
    std::unordered_map<std::string_view, MetaName> map;
    for (const auto& row : parse_tsv(data::article_meta_names))
      if (row.size() >= 2) map.emplace(row[0], MetaName{row[1], map.size()});
    return map;
  }();
  return names;
}

// Letters and digits, lower case: for comparing titles.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : unicode::to_lower(text))
    if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) > 127) out += c;
  return out;
}

std::size_t word_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    count += !is_space(text[at]) && (at == 0 || is_space(text[at - 1])) ? 1U : 0U;
  return count;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (is_space(c)) {
      if (!out.ends_with(' ')) out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

int year_of(const TimePoint& point) {
  return static_cast<int>(std::chrono::year_month_day(point.day).year());
}

// Elements that are asked for a date: a page of nothing else must not take long, and the date of an
// article stands near its beginning.
constexpr std::size_t kMostDates = 2000;

struct Pieces {
  std::string_view front, back;
};

// The last separator between a headline and the name of a site.
std::optional<Pieces> split_last(std::string_view title) {
  std::size_t best = std::string_view::npos, size = 0;
  for (const std::string_view mark : {" | ", " - ", " \u2013 ", " \u2014 ", " \u00B7 ",
                                      " :: ", " -- ", " \u00BB ", " \u2022 ", " / "}) {
    const std::size_t at = title.rfind(mark);
    if (at != std::string_view::npos && (best == std::string_view::npos || at > best))
      best = at, size = mark.size();
  }
  if (best == std::string_view::npos) return std::nullopt;
  return Pieces{trim(title.substr(0, best)), trim(title.substr(best + size))};
}

class MetaReader {
 public:
  MetaReader(const HtmlTree& page, ClassHints& hints, std::string_view uri)
      : page_(page), hints_(hints), uri_(uri) {}

  HtmlMeta read() {
    for (NodeId node = page_.root(); node != kNoNode; node = page_.following(node, page_.root()))
      visit(node);
    settle_json_ld();
    settle_title();
    settle_rest();
    settle_dates();
    return std::move(meta_);
  }

 private:
  void visit(NodeId node) {
    switch (page_[node].tag) {
      case Tag::kMeta:
        return add_meta(node);
      case Tag::kScript:
        if (page_.attribute(node, "type").find("ld+json") != std::string_view::npos) {
          std::string text;
          for (NodeId child = page_[node].first; child != kNoNode; child = page_[child].next)
            text += page_.text(child).text;
          for (auto& article : read_json_ld(text)) json_.push_back(std::move(article));
        }
        return;
      case Tag::kTitle:
        if (title_element_.empty() && page_[page_[node].parent].tag == Tag::kHead)
          title_element_ = page_.text_of(node);
        return;
      case Tag::kH1:
        if (!is_hidden(page_, node)) add_heading(node);
        break;
      case Tag::kLink: {
        const std::string rel = to_lower(page_.attribute(node, "rel"));
        if (rel == "canonical" && canonical_.empty())
          canonical_ = trim(page_.attribute(node, "href"));
        return;
      }
      case Tag::kHtml:
        language_ = page_.attribute(node, "lang");
        if (language_.empty()) language_ = page_.attribute(node, "xml:lang");
        break;
      default:
        break;
    }
    add_dates(node);
  }

  void add_heading(NodeId node) {
    auto text = page_.text_of(node);
    if (!text.empty()) headings_.push_back(std::move(text));
  }

  void add_meta(NodeId node) {
    const std::string_view content = trim(page_.attribute(node, "content"));
    if (content.empty()) return;
    for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string name = to_lower(trim(page_.attribute(node, key)));
      const auto found = meta_names().find(name);
      if (found == meta_names().end()) continue;
      fields_[found->second.field].push_back({found->second.rank, one_line(content)});
      return;
    }
  }

  // Time elements and short texts of elements whose class speaks of dates.
  void add_dates(NodeId node) {
    if (page_.is_text(node) || dates_looked_ >= kMostDates) return;
    const bool is_time = page_[node].tag == Tag::kTime;
    if (!is_time && !page_.has_attributes(node)) return;
    const std::string_view itemprop = page_.attribute(node, "itemprop");
    const Hints hints = hints_.of(page_, node) | hints_.of(itemprop);
    if (itemprop == "dateModified" || hints.has(Hint::kModified)) {
      ++dates_looked_;
      if (!modified_text_) modified_text_ = read_attribute_date(node);
      return;
    }
    if (is_time || itemprop.starts_with("date")) {
      ++dates_looked_;
      if (const auto date = read_attribute_date(node)) {
        const bool sure = itemprop == "datePublished" || page_.has_attribute(node, "pubdate") ||
                          hints.has(Hint::kPublished);
        times_.push_back({*date, sure, in_other(node), in_article(node)});
      }
      return;
    }
    if (!hints.has(Hint::kDated)) return;
    ++dates_looked_;
    const std::string text = page_.text_of(node, 160);
    if (text.size() > 160 || text.size() < 6) return;
    if (const auto found = find_page_date(text))
      if (!found->date.ambiguous)
        texts_.push_back({found->date.point, false, in_other(node), in_article(node)});
  }

  std::optional<TimePoint> read_attribute_date(NodeId node) const {
    for (const char* key : {"datetime", "content", "title"}) {
      const auto value = trim(page_.attribute(node, key));
      if (value.empty()) continue;
      if (const auto point = read_date(value)) return point;
    }
    const std::string text = page_.text_of(node, 100);
    if (text.size() > 100) return std::nullopt;
    const auto found = find_page_date(text);
    return found && !found->date.ambiguous ? std::optional<TimePoint>(found->date.point)
                                           : std::nullopt;
  }

  static std::optional<TimePoint> read_date(std::string_view value) {
    value = trim(value);
    if (const auto iso = parse_time_point(value)) return *iso;
    const auto found = find_page_date(value);
    if (!found) return std::nullopt;
    return found->date.point;
  }

  bool in_article(NodeId node) const {
    for (; node != kNoNode; node = page_[node].parent)
      if (page_[node].tag == Tag::kArticle || page_[node].tag == Tag::kMain) return true;
    return false;
  }

  // In a list of other articles, a comment, the frame of the page.
  bool in_other(NodeId node) {
    for (; node != kNoNode; node = page_[node].parent) {
      const HtmlNode& at = page_[node];
      if (at.tag == Tag::kAside || at.tag == Tag::kFooter || at.tag == Tag::kNav ||
          at.tag == Tag::kLi)
        return true;
      if (at.tag == Tag::kBody || at.tag == Tag::kArticle || at.tag == Tag::kMain) return false;
      if (hints_.of(page_, node).has(Hint::kElsewhere)) return true;
    }
    return false;
  }

  // The values of a field, first rows of the table first.
  std::vector<std::string> values(std::string_view field) {
    auto& list = fields_[field];
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (const auto& [rank, value] : list) out.push_back(value);
    return out;
  }
  std::string value(std::string_view field) {
    const auto list = values(field);
    return list.empty() ? std::string() : list.front();
  }

  // Of several articles in the JSON-LD the one whose headline or address the page bears.
  void settle_json_ld() {
    if (json_.empty()) return;
    const std::string title = squeezed(title_element_ + " " + value("title"));
    best_ = 0;
    for (std::size_t i = 0; i < json_.size(); ++i) {
      const std::string headline = squeezed(json_[i].headline);
      if (headline.size() > 8 && title.find(headline) != std::string::npos) {
        best_ = i;
        break;
      }
    }
    const JsonLdArticle& article = json_[best_];
    meta_.authors = article.authors;
    meta_.publisher = article.publisher;
    meta_.body = article.body;
    meta_.type = article.type;
    meta_.paywalled = article.paywalled;
    if (const auto modified = read_date(article.modified)) meta_.modified = modified;
    for (const JsonLdArticle& other : json_) {
      if (&other != &article && !(other.headline == article.headline)) continue;
      if (const auto date = read_date(other.published))
        meta_.published.push_back({*date, DateBasis::kJsonLd, false});
    }
  }

  // "Headline | Site" -> "Headline".
  std::string without_site(std::string_view title) const {
    const auto pieces = split_last(title);
    if (!pieces) return std::string(title);
    const std::string back = squeezed(pieces->back), front = squeezed(pieces->front);
    const std::string site = squeezed(site_);
    if (!site.empty() && (back == site || back.find(site) != std::string::npos ||
                          site.find(back) != std::string::npos))
      return std::string(pieces->front);
    if (!site.empty() && front == site) return std::string(pieces->back);
    if (host_.find(back) != std::string::npos && back.size() > 2) return std::string(pieces->front);
    return std::string(title);
  }

  void settle_title() {
    site_ = value("publisher");
    std::string host = uri_.substr(0, 8) == "https://" || uri_.substr(0, 7) == "http://"
                           ? std::string(uri_.substr(uri_.find("//") + 2))
                           : std::string();
    host_ = squeezed(host.substr(0, host.find('/')));
    // As the page calls itself: what it tells machines goes before what it shows.
    if (!json_.empty()) meta_.title = json_title(json_[best_]);
    for (const std::string& title : values("title"))
      if (meta_.title.empty())
        meta_.title = host_.empty() ? plain_text(title) : without_site(plain_text(title));
    if (meta_.title.empty()) meta_.title = title_from_element();
    if (meta_.title.empty() && !headings_.empty()) meta_.title = headings_.front();
  }

  // The headline; the name where the page bears that as its title.
  std::string json_title(const JsonLdArticle& article) const {
    if (article.headline.empty()) return article.name;
    const std::string element = squeezed(title_element_);
    const std::string name = squeezed(article.name);
    const bool named = !name.empty() && element.find(name) != std::string::npos &&
                       element.find(squeezed(article.headline)) == std::string::npos;
    return named ? article.name : article.headline;
  }

  // The title element without the name of the site; the heading it begins with, if there is one.
  std::string title_from_element() const {
    const std::string element = squeezed(title_element_);
    for (const std::string& heading : headings_) {
      const std::string own = squeezed(heading);
      if (own.size() >= 5 && element.starts_with(own) && word_count(heading) >= 2) return heading;
    }
    const std::string title = without_site(title_element_);
    if (title != title_element_) return title;
    const auto pieces = split_last(title);
    if (pieces && word_count(pieces->front) >= 3 && word_count(pieces->back) <= 4)
      return std::string(pieces->front);
    return title;
  }

  void settle_rest() {
    if (meta_.publisher.empty()) meta_.publisher = site_;
    if (meta_.authors.empty()) {
      for (const std::string& author : values("author")) {
        if (author.find("://") != std::string::npos || author.size() > 150) continue;
        std::string_view names = author;
        if (names.starts_with("By ") || names.starts_with("by ")) names.remove_prefix(3);
        auto list = split_names(names);
        if (list.empty()) list.emplace_back(names);
        for (auto& name : list)
          if (std::find(meta_.authors.begin(), meta_.authors.end(), name) == meta_.authors.end())
            meta_.authors.push_back(std::move(name));
        break;
      }
    }
    if (language_.empty() && !json_.empty()) language_ = json_[best_].language;
    if (language_.empty()) language_ = value("language");
    std::string language = to_lower(trim(language_));
    meta_.language = language.substr(0, language.find_first_of("-_ ,;"));
    if (meta_.language.size() > 3) meta_.language.clear();
    meta_.uri = canonical_.find("://") != std::string::npos ? canonical_ : value("uri");
    if (meta_.uri.find("://") == std::string::npos) meta_.uri.clear();
  }

  void add_date(std::string_view text, DateBasis basis) {
    if (const auto date = read_date(text)) meta_.published.push_back({*date, basis, false});
  }

  void settle_dates() {
    for (const std::string& text : values("published")) add_date(text, DateBasis::kMeta);
    if (!meta_.modified)
      for (const std::string& text : values("modified"))
        if (!meta_.modified) meta_.modified = read_date(text);
    if (!meta_.modified) meta_.modified = modified_text_;
    for (const Dated& time : times_)
      if (time.sure && !time.other)
        meta_.published.push_back({time.point, DateBasis::kTimeElement, false});
    for (const std::string& text : values("published_weak")) add_date(text, DateBasis::kMeta);
    for (const Dated& time : times_)
      if (!time.sure && !time.other && time.in_article)
        meta_.published.push_back({time.point, DateBasis::kTimeElement, false});
    for (const std::string_view uri : {uri_, std::string_view(meta_.uri)})
      if (const auto day = date_in_uri(uri))
        meta_.published.push_back({*day, DateBasis::kUrl, false});
    for (const Dated& time : times_)
      if (!time.sure && !time.other && !time.in_article)
        meta_.published.push_back({time.point, DateBasis::kTimeElement, false});
    for (const Dated& text : texts_)
      if (!text.other) meta_.published.push_back({text.point, DateBasis::kText, false});
    for (FoundPublished& found : meta_.published) {
      const int year = year_of(found.point);
      found.suspect =
          year < 1990 || year > 2099 ||
          (meta_.modified && meta_.modified->day + std::chrono::days(1) < found.point.day &&
           found.basis != DateBasis::kJsonLd && found.basis != DateBasis::kMeta);
    }
  }

  struct Dated {
    TimePoint point;
    bool sure = false, other = false, in_article = false;
  };
  const HtmlTree& page_;
  ClassHints& hints_;
  std::string_view uri_;
  HtmlMeta meta_;
  std::vector<JsonLdArticle> json_;
  std::size_t best_ = 0;
  std::map<std::string_view, std::vector<std::pair<std::size_t, std::string>>> fields_;
  std::string title_element_, canonical_, language_, site_, host_;
  std::vector<std::string> headings_;
  std::vector<Dated> times_, texts_;
  std::optional<TimePoint> modified_text_;
  std::size_t dates_looked_ = 0;
};

}  // namespace

HtmlMeta read_meta(const HtmlTree& page, ClassHints& hints, std::string_view uri) {
  return MetaReader(page, hints, uri).read();
}

}  // namespace dateline::article
