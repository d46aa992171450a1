#include "dateline/record/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "dateline/base/ascii.h"
#include "dateline/record/date_label.h"
#include "dateline/record/names.h"
#include "dateline/record/people.h"
#include "dateline/record/wrap.h"

namespace dateline::record {
namespace {

constexpr std::size_t kDateColumn = 18;

// A record with what the page asks of it.
class Page {
 public:
  Page(const Record& record, const BriefOptions& options)
      : record_(record), options_(options), names_(record) {}

  std::string write() {
    head();
    timeline();
    people();
    quotations();
    return std::move(out_);
  }

 private:
  void head() {
    wrap(out_, title(), 0, 0, options_.width);
    const Article& article = record_.article;
    std::string line = article.published
                           ? fmt::format("{} (date: {})", day_label(article.published->day),
                                         basis_words(article.published_basis))
                           : "no date";
    if (!article.publisher.empty()) line += ", " + article.publisher;
    for (std::size_t i = 0; i < article.authors.size(); ++i)
      line += (i == 0 ? ", by " : ", ") + article.authors[i];
    wrap(out_, line, 0, 0, options_.width);
    if (!article.uri.empty()) out_ += article.uri + '\n';
  }

  [[nodiscard]] std::string title() const {
    if (!record_.article.title.empty()) return record_.article.title;
    for (const Block& block : record_.article.blocks)
      if (block.kind == BlockKind::kTitle)
        return std::string(slice(record_.article.text, block.span));
    return beginning();
  }

  // The first words of the article, for one without a title.
  [[nodiscard]] std::string beginning() const {
    if (record_.sentences.empty())
      return record_.article.id.empty() ? "(no title)" : record_.article.id;
    const std::string_view text = slice(record_.article.text, record_.sentences.front());
    if (columns(text) < options_.width) return std::string(text);
    const std::size_t end = text.rfind(' ', options_.width - 4);
    return std::string(text.substr(0, end == std::string_view::npos ? 0 : end)) + " …";
  }

  static std::string_view basis_words(DateBasis basis) {
    switch (basis) {
      case DateBasis::kGiven:
        return "given";
      case DateBasis::kHeader:
        return "from its header";
      case DateBasis::kJsonLd:
      case DateBasis::kMeta:
      case DateBasis::kTimeElement:
        return "from the page";
      case DateBasis::kUrl:
        return "from its address";
      case DateBasis::kFeed:
        return "from the feed";
      case DateBasis::kDateline:
        return "from its dateline";
      case DateBasis::kText:
        return "from the text";
      case DateBasis::kNone:
        return "of unknown source";
    }
    return "";
  }

  void section(std::string_view name) { out_ += fmt::format("\n{}\n", name); }

  void timeline() {
    if (record_.timeline.empty()) return;
    section("Timeline");
    for (const Line& line : record_.timeline) {
      if (line.event >= record_.events.size()) continue;
      const Event& event = record_.events[line.event];
      const std::string date = event_label(event.time, record_.times, record_.article.text);
      out_ += "  " + date;
      std::size_t used = 2 + columns(date);
      if (used + 2 > kDateColumn + 2) {
        out_ += '\n';
        used = 0;
      }
      out_.append(kDateColumn + 2 - used, ' ');
      wrap(out_, line_words(line, event), kDateColumn + 2, kDateColumn + 2, options_.width);
    }
  }

  // The line, how sure, who says so, where.
  [[nodiscard]] std::string line_words(const Line& line, const Event& event) const {
    std::string words = line.text;
    std::vector<std::string> marks;
    if (event.polarity == Polarity::kNegative && !says_not(words)) marks.emplace_back("not so");
    if (event.certainty == Certainty::kProbable) marks.emplace_back("likely");
    if (event.certainty == Certainty::kPossible) marks.emplace_back("uncertain");
    if (line.attribution)
      marks.push_back("according to " + within_line(names_.of_teller(*line.attribution)));
    if (!marks.empty()) words += fmt::format(" ({})", fmt::join(marks, "; "));
    return fmt::format("{} [{}]", words, paragraph_of(event.span.begin));
  }

  // Whether the words of a line deny by themselves.
  static bool says_not(std::string_view words) {
    static constexpr std::string_view kDenials[] = {"not",  "never", "no",     "nobody",
                                                    "none", "n't",   "n’t",    "nothing",
                                                    "nor",  "fails", "failed", "cannot"};
    while (!(words = trim(words)).empty()) {
      std::size_t end = 0;
      while (end < words.size() && !is_space(words[end])) ++end;
      const std::string word = to_lower(words.substr(0, end));
      for (const std::string_view denial : kDenials)
        if (word == denial ||
            (denial.size() > 2 && denial[0] == 'n' && denial[1] != 'o' && word.ends_with(denial)))
          return true;
      words.remove_prefix(end);
    }
    return false;
  }

  // From the blocks where there are any, else from the empty lines of the text.
  [[nodiscard]] std::size_t paragraph_of(std::uint32_t offset) const {
    std::size_t number = 0;
    for (const Block& block : record_.article.blocks)
      if (block.span.begin <= offset && block.kind == BlockKind::kParagraph) ++number;
    if (!record_.article.blocks.empty()) return std::max<std::size_t>(number, 1);
    number = 1;
    const std::string_view text = slice(record_.article.text, {0, offset});
    for (std::size_t i = 1; i < text.size(); ++i)
      if (text[i] != '\n' && text[i - 1] == '\n') ++number;
    return number;
  }

  void people() {
    const std::vector<std::string> persons = describe_people(record_, options_.max_people);
    if (persons.empty()) return;
    section("People");
    for (const std::string& words : persons) {
      out_ += "  ";
      wrap(out_, words, 2, 6, options_.width);
    }
  }

  void quotations() {
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < record_.attributions.size(); ++i) {
      const Attribution& attribution = record_.attributions[i];
      if (attribution.form != AttributionForm::kDirect || attribution.content.empty()) continue;
      if (attribution.parent || is_question(attribution)) continue;
      if (count++ == options_.max_quotations) return;
      if (count == 1) section("Quotations");
      std::vector<std::string_view> parts;
      for (const ByteSpan part : attribution.content)
        parts.push_back(quoted_part(trim(slice(record_.article.text, part))));
      out_ += "  ";
      wrap(out_,
           fmt::format("{}: {} [{}]", names_.of_teller(i), fmt::join(parts, " … "),
                       paragraph_of(attribution.content.front().begin)),
           2, 6, options_.width);
    }
  }

  // "Q: Why?"
  [[nodiscard]] bool is_question(const Attribution& attribution) const {
    return !attribution.speaker && attribution.source.size() == 1 &&
           slice(record_.article.text, attribution.source.front()) == "Q";
  }

  // Of 'to "a giant of letters"' what stands between the marks.
  static std::string_view quoted_part(std::string_view words) {
    static constexpr std::string_view kOpening[] = {"\"", "“", "‘"};
    constexpr std::size_t kLead = 16;  // bytes
    for (const std::string_view mark : kOpening)
      if (const std::size_t at = words.find(mark); at != std::string_view::npos && at < kLead)
        return words.substr(at);
    return words;
  }

  const Record& record_;
  const BriefOptions& options_;
  Names names_;
  std::string out_;
};

}  // namespace

std::string write_brief(const Record& record, const BriefOptions& options) {
  return Page(record, options).write();
}

}  // namespace dateline::record
