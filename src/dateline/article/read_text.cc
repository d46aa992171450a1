#include "dateline/article/read_text.h"

#include <algorithm>
#include <utility>

#include "dateline/article/fingerprint.h"
#include "dateline/article/text_lines.h"
#include "dateline/base/ascii.h"
#include "dateline/base/sha256.h"

namespace dateline::article {
namespace {

constexpr std::size_t kHeaderLines = 10;    // a header may begin in this many lines
constexpr std::size_t kDatelineBlocks = 3;  // a dateline opens one of the first paragraphs
constexpr std::size_t kBylineLines = 8;

struct Evidence {
  TimePoint point;
  DateBasis basis = DateBasis::kNone;
  bool has_year = true;
};

// Lower letters and digits only, for comparing a title with a line.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) > 127) out += to_lower(c);
  return out;
}

// Reads one text from top to bottom into `article_`.
class TextReader {
 public:
  explicit TextReader(Article& article)
      : article_(article), text_(article.text), lines_(split_lines(text_)) {}

  void read() {
    find_wrapping();
    read_headers();
    std::size_t at = 0;
    while (at < lines_.size()) {
      const std::size_t end = group_end(at);
      add_group(at, end);
      at = end;
    }
    std::stable_sort(article_.blocks.begin(), article_.blocks.end(),
                     [](const Block& a, const Block& b) { return a.span.begin < b.span.begin; });
    settle_headings();
    settle_title();
  }
  [[nodiscard]] const std::vector<Evidence>& evidence() const { return evidence_; }

 private:
  [[nodiscard]] std::string_view at(const Line& line) const { return slice(text_, line.span); }
  void add(ByteSpan span, BlockKind kind) {
    if (!span.empty()) article_.blocks.push_back({span, kind});
  }

  // Hard-wrapped text: most lines that another follows are of about one length and end anywhere.
  void find_wrapping() {
    std::size_t followed = 0, even = 0, stopped = 0, longest = 0;
    for (const Line& line : lines_) {
      if (line.before_blank) continue;
      ++followed;
      longest = std::max<std::size_t>(longest, line.span.size());
      even += line.span.size() >= 45 && line.span.size() <= 110 ? 1U : 0U;
      stopped += ends_sentence(at(line)) ? 1U : 0U;
    }
    if (followed >= 3 && even * 4 >= followed * 3 && stopped * 5 < followed * 2 && longest <= 120)
      wrap_at_ = longest * 65 / 100;
  }

  void take_date(const HeaderPart& part) {
    if (!part.date) return;
    if (part.field == "modified") {
      if (!article_.modified) article_.modified = part.date->point;
      return;
    }
    evidence_.push_back({part.date->point, DateBasis::kHeader, true});
  }

  void take_field(const HeaderPart& part) {
    take_date(part);
    if (part.field == "title" && article_.title.empty()) article_.title = part.value;
    if (part.field == "publisher" && article_.publisher.empty()) article_.publisher = part.value;
    if (part.field == "uri" && article_.uri.empty()) article_.uri = part.value;
    if (part.field == "language" && article_.language.empty() && part.value.size() == 2)
      article_.language = to_lower(part.value);
    if (part.field == "author" && article_.authors.empty())
      article_.authors = split_names(part.value);
  }

  // Takes headers off the front of one line; true when all of it was header.
  bool read_header_line(Line& line) {
    bool any = false;
    while (!line.span.empty()) {
      const auto part = read_header(at(line));
      if (!part) break;
      any = true;
      take_field(*part);
      add({line.span.begin, line.span.begin + part->size}, BlockKind::kHeader);
      line.span.begin += part->size;
      skip_separators(line.span);
    }
    if (any || line.span.size() > 60) return line.span.empty();
    const auto date = read_page_date(at(line));
    if (!date || !date->has_year || date->size != line.span.size()) return false;
    evidence_.push_back({date->point, DateBasis::kHeader, true});
    add(line.span, BlockKind::kHeader);
    line.span.begin = line.span.end;
    return true;
  }

  void skip_separators(ByteSpan& span) const {
    while (!span.empty()) {
      const std::string_view rest = slice(text_, span);
      std::uint32_t size = 0;
      if (is_space(rest[0]) || rest[0] == '|' || rest[0] == '-' || rest[0] == ';') size = 1;
      if (rest.starts_with("\u00A0") || rest.starts_with("\u00B7")) size = 2;
      if (rest.starts_with("\u2014") || rest.starts_with("\u2013") || rest.starts_with("\u2022"))
        size = 3;
      if (size == 0) return;
      span.begin += size;
    }
  }

  // Headers stand above the first paragraph; a title or a byline may stand among them.
  void read_headers() {
    std::vector<Line> left;
    std::size_t i = 0;
    for (; i < lines_.size() && i < kHeaderLines; ++i) {
      Line line = lines_[i];
      const std::uint32_t begin = line.span.begin;
      const bool whole = read_header_line(line);
      const bool glued = line.span.begin != begin;
      if (glued) {  // a header parts the lines around it
        if (!left.empty()) left.back().before_blank = true;
        line.after_blank = true;
        if (whole && i + 1 < lines_.size()) lines_[i + 1].after_blank = true;
      }
      if (whole) continue;
      left.push_back(line);
      if (glued || !looks_like_heading(at(line))) {
        ++i;
        break;
      }
    }
    left.insert(left.end(), lines_.begin() + static_cast<std::ptrdiff_t>(i), lines_.end());
    lines_ = std::move(left);
  }

  [[nodiscard]] bool joins(const Line& line, const Line& next) const {
    if (line.before_blank || next.after_blank) return false;
    const std::string_view follower = at(next);
    if (is_list_item(follower)) return false;
    if (wrap_at_ > 0) return line.span.size() >= wrap_at_;
    return is_lower(follower.front()) && !ends_sentence(at(line));
  }

  // A paragraph is one line, or the lines that wrapping has made of it.
  [[nodiscard]] std::size_t group_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < lines_.size() && joins(lines_[end - 1], lines_[end])) ++end;
    return end;
  }

  void add_group(std::size_t begin, std::size_t end) {
    ByteSpan span{lines_[begin].span.begin, lines_[end - 1].span.end};
    const std::string_view words = slice(text_, span);
    if (const auto kind = marked_kind(words)) return add(span, *kind);
    if (is_list_item(words)) return add(span, BlockKind::kListItem);
    if (words.starts_with("> ")) return add(span, BlockKind::kBlockquote);
    const bool outer = begin < kBylineLines || begin + 3 >= lines_.size();
    if (outer && end == begin + 1) {
      if (const auto names = read_byline(words)) {
        if (article_.authors.empty()) article_.authors = *names;
        return add(span, BlockKind::kByline);
      }
      if (late_date(words)) return add(span, BlockKind::kHeader);
    }
    if (paragraphs_ < kDatelineBlocks) {
      if (const auto part = read_dateline(words)) {
        if (part->date)
          evidence_.push_back({part->date->point, DateBasis::kDateline, part->date->has_year});
        add({span.begin, span.begin + part->size}, BlockKind::kDateline);
        span.begin += part->size;
        skip_separators(span);
      }
    }
    const bool heading = end == begin + 1 && looks_like_heading(slice(text_, span));
    if (!heading) ++paragraphs_;
    add(span, heading ? BlockKind::kHeading : BlockKind::kParagraph);
  }

  // "Published 3 May 2021" alone on a line that is not at the top.
  bool late_date(std::string_view words) {
    if (words.size() > 80) return false;
    const auto part = read_header(words);
    if (!part || !part->date || part->size != words.size()) return false;
    if (part->field == "published")
      evidence_.push_back({part->date->point, DateBasis::kText, true});
    else if (!article_.modified)
      article_.modified = part->date->point;
    return true;
  }

  // A heading has something below it, and a text of headings alone has none.
  void settle_headings() {
    auto& blocks = article_.blocks;
    const auto is_body = [](const Block& block) { return block.kind == BlockKind::kParagraph; };
    const bool any = std::any_of(blocks.begin(), blocks.end(), is_body);
    const auto last = std::find_if(blocks.rbegin(), blocks.rend(), [](const Block& block) {
                        return block.kind == BlockKind::kParagraph ||
                               block.kind == BlockKind::kListItem ||
                               block.kind == BlockKind::kBlockquote;
                      }).base();
    for (auto block = blocks.begin(); block != blocks.end(); ++block)
      if (block->kind == BlockKind::kHeading && (!any || block >= last))
        block->kind = BlockKind::kParagraph;
  }

  // The title that is given, found again in the text; else the heading that opens the text.
  void settle_title() {
    auto& blocks = article_.blocks;
    const auto first = std::find_if(blocks.begin(), blocks.end(), [](const Block& block) {
      return block.kind != BlockKind::kHeader && block.kind != BlockKind::kBoilerplate;
    });
    if (first == blocks.end() || first->span.size() > 400) return;
    const std::string_view words = slice(text_, first->span);
    if (article_.title.empty()) {
      if (first->kind != BlockKind::kHeading) return;
      article_.title = words;
      first->kind = BlockKind::kTitle;
    } else if (squeezed(words) == squeezed(article_.title)) {
      first->kind = BlockKind::kTitle;
    }
  }

  Article& article_;
  std::string_view text_;
  std::vector<Line> lines_;
  std::vector<Evidence> evidence_;
  std::size_t wrap_at_ = 0;     // bytes from which a line is a full one; 0: text is not wrapped
  std::size_t paragraphs_ = 0;  // seen so far
};

void give_year(Evidence& found, const std::vector<Evidence>& all) {
  const auto dated =
      std::find_if(all.begin(), all.end(), [](const Evidence& other) { return other.has_year; });
  if (dated == all.end()) return;
  const std::chrono::year_month_day have(found.point.day);
  // The year that puts the day nearest to the other evidence: 31 December beside 1 January.
  const auto around = std::chrono::year_month_day(dated->point.day).year();
  std::optional<std::chrono::sys_days> best;
  for (const int step : {0, -1, 1}) {
    const std::chrono::year_month_day day(around + std::chrono::years(step), have.month(),
                                          have.day());
    if (!day.ok()) continue;
    const std::chrono::sys_days point(day);
    const auto gap = [&](std::chrono::sys_days d) {
      return std::chrono::abs(d - dated->point.day);
    };
    if (!best || gap(point) < gap(*best)) best = point;
  }
  if (best) found.point.day = *best, found.has_year = true;
}

std::string written(const Evidence& found) {
  const std::string iso = iso8601(found.point);
  return found.has_year ? iso : "XXXX" + iso.substr(4);
}

void settle_date(Article& article, std::vector<Evidence> all) {
  for (Evidence& found : all)
    if (!found.has_year) give_year(found, all);
  std::stable_sort(all.begin(), all.end(),
                   [](const Evidence& a, const Evidence& b) { return a.basis < b.basis; });
  for (const Evidence& found : all) {
    DateCandidate candidate{written(found), found.basis};
    auto& list = article.published_candidates;
    if (std::find(list.begin(), list.end(), candidate) == list.end())
      list.push_back(std::move(candidate));
  }
  const auto best =
      std::find_if(all.begin(), all.end(), [](const Evidence& found) { return found.has_year; });
  if (best == all.end()) return;
  article.published = best->point;
  article.published_basis = best->basis;
  if (best->basis != DateBasis::kGiven) return;
  const bool in_header = std::any_of(all.begin(), all.end(), [&](const Evidence& found) {
    return found.basis == DateBasis::kHeader && found.point.day == best->point.day;
  });
  if (in_header) article.published_basis = DateBasis::kHeader;
}

}  // namespace

std::optional<TimePoint> date_in_uri(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  std::size_t at = uri.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  for (; at < uri.size(); ++at) {
    if (!is_digit(uri[at]) || (at > 0 && is_digit(uri[at - 1]))) continue;
    const auto date = read_page_date(uri.substr(at, uri.find_first_of("/?#_", at) - at));
    const std::string_view rest = uri.substr(at);
    // "2021/05/03": slashes are part of it.
    const auto slashed =
        rest.size() >= 8 && rest[4] == '/' ? read_page_date(rest.substr(0, 10)) : std::nullopt;
    for (const auto& found : {slashed, date}) {
      if (!found || !found->has_year || found->ambiguous) continue;
      const int year = static_cast<int>(std::chrono::year_month_day(found->point.day).year());
      if (year >= 1990 && year < 2100) return TimePoint{.day = found->point.day};
    }
  }
  return std::nullopt;
}

void describe(Article& article, const TextOptions& options) {
  article.id = options.id.empty() ? "sha256:" + sha256_hex(article.text) : options.id;
  article.uri = options.uri;
  article.title = options.title;
  article.publisher = options.publisher;
  article.language = options.language;
  article.authors = options.authors;
  article.modified = options.modified;
  article.fingerprint = fingerprint(article.text);
}

Article read_text(std::string text, const TextOptions& options) {
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  Article article;
  article.text = std::move(text);
  describe(article, options);
  TextReader reader(article);
  reader.read();
  std::vector<Evidence> evidence = reader.evidence();
  if (const auto day = date_in_uri(article.uri)) evidence.push_back({*day, DateBasis::kUrl, true});
  if (options.published) evidence.push_back({*options.published, options.published_basis, true});
  if (evidence.empty() && options.fallback_published)
    evidence.push_back({*options.fallback_published, DateBasis::kGiven, true});
  const bool yearless = std::none_of(evidence.begin(), evidence.end(),
                                     [](const Evidence& found) { return found.has_year; });
  if (yearless && !evidence.empty() && options.fallback_published)
    evidence.push_back({*options.fallback_published, DateBasis::kGiven, true});
  settle_date(article, std::move(evidence));
  return article;
}

}  // namespace dateline::article
