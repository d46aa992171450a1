#include "dateline/record/brief.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/record/date_label.h"
#include "dateline/record/wrap.h"

namespace dateline::data {
extern const std::string_view record_ties;
}

namespace dateline::record {
namespace {

constexpr std::size_t kDateColumn = 18;

// A record with what the page asks of it.
class Page {
 public:
  Page(const Record& record, const BriefOptions& options)
      : record_(record), options_(options), ties_(parse_tsv(data::record_ties)) {}

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
    if (line.attribution) marks.push_back("according to " + teller_within(*line.attribution));
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

  // What to call an entity: its name; "Ann Bell’s father" for an unnamed "my father".
  [[nodiscard]] std::string name_of_entity(std::uint32_t number) const {
    const Entity& entity = record_.entities.entities[number];
    if (entity.named || record_.entities.is_known_pair(entity))
      return record_.entities.name_of(entity);
    const auto owner = owner_of(number);
    if (!owner) return shortened(entity.name);
    const std::string& name = record_.entities.entities[*owner].name;
    const std::size_t space = entity.name.find(' ');
    return shortened(fmt::format("{}{} {}", name, name.ends_with('s') ? "’" : "’s",
                                 entity.name.substr(space + 1)));
  }

  // The named entity that the possessive at the head of an unnamed one's name stands for.
  [[nodiscard]] std::optional<std::uint32_t> owner_of(std::uint32_t number) const {
    const Entity& entity = record_.entities.entities[number];
    const std::string_view name = entity.name;
    if (entity.named || !is_possessive(name.substr(0, name.find(' ')))) return std::nullopt;
    const auto& mentions = record_.entities.mentions;
    for (const std::uint32_t m : entity.mentions) {
      if (slice(record_.article.text, mentions[m].span) != name) continue;
      for (const Mention& pronoun : mentions)
        if (pronoun.form == MentionForm::kPronoun && pronoun.span.begin == mentions[m].span.begin &&
            pronoun.entity < record_.entities.entities.size() &&
            record_.entities.entities[pronoun.entity].named)
          return pronoun.entity;
    }
    return std::nullopt;
  }

  static bool is_possessive(std::string_view word) {
    static constexpr std::string_view kWords[] = {"my", "his", "her", "their", "our", "your"};
    return std::find(std::begin(kWords), std::end(kWords), to_lower(word)) != std::end(kWords);
  }

  // A description without the clauses behind it.
  static std::string shortened(std::string_view name) {
    constexpr std::size_t kLong = 48;
    if (columns(name) <= kLong) return std::string(name);
    std::size_t end = name.rfind(' ', kLong);
    const std::size_t comma = name.find(',');
    if (comma != std::string_view::npos && comma < end) end = comma;
    return std::string(trim(name.substr(0, end))) + " …";
  }

  [[nodiscard]] std::string teller(std::uint32_t number) const {
    if (number >= record_.attributions.size()) return "someone";
    const Attribution& attribution = record_.attributions[number];
    if (attribution.speaker && *attribution.speaker < record_.entities.entities.size())
      return name_of_entity(*attribution.speaker);
    if (attribution.source.empty()) return "an unnamed source";
    return shortened(slice(record_.article.text, attribution.source.front()));
  }

  // The same inside a line: "a source close to the singer", whose first word a sentence began with.
  [[nodiscard]] std::string teller_within(std::uint32_t number) const {
    return within_line(teller(number));
  }

  static std::string within_line(std::string words) {
    static constexpr std::string_view kOpening[] = {
        "A",       "An",    "The", "One", "Two",   "Some", "Several", "Many",
        "Another", "Other", "His", "Her", "Their", "Its",  "Three",   "Few"};
    const std::string_view first = std::string_view(words).substr(0, words.find(' '));
    if (first.size() < words.size() && std::ranges::find(kOpening, first) != std::end(kOpening))
      words[0] = to_lower(words[0]);
    return words;
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
    std::vector<std::uint32_t> order;
    const auto& entities = record_.entities.entities;
    for (std::uint32_t i = 0; i < entities.size(); ++i)
      if (entities[i].kind == EntityKind::kPerson && entities[i].named && !only_writes(entities[i]))
        order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return entities[a].mentions.size() > entities[b].mentions.size();
    });
    if (order.size() > options_.max_people) order.resize(options_.max_people);
    if (order.empty()) return;
    section("People");
    for (const std::uint32_t person : order) {
      out_ += "  ";
      wrap(out_, person_words(person), 2, 6, options_.width);
    }
  }

  // Whose name stands in the byline only.
  [[nodiscard]] bool only_writes(const Entity& entity) const {
    return entity.mentions.size() == 1 &&
           std::ranges::find(record_.article.authors, entity.name) != record_.article.authors.end();
  }

  [[nodiscard]] std::string person_words(std::uint32_t person) const {
    const Entity& entity = record_.entities.entities[person];
    std::string words = entity.name;
    if (!entity.descriptions.empty()) {
      std::string description = within_line(shortened(entity.descriptions.front()));
      const std::string_view first = std::string_view(description).substr(0, description.find(' '));
      if (is_possessive(first)) description[0] = to_lower(description[0]);
      words += fmt::format(" ({})", description);
    }
    std::vector<std::string> bare, ties;
    for (const Relation& relation : record_.relations) {
      if (is_outdone(relation)) continue;
      std::string tie = tie_words(relation, person);
      if (tie.empty() || says_less(bare, to_lower(tie))) continue;
      bare.push_back(to_lower(tie));
      if (relation.certainty != Certainty::kCertain) tie += " (uncertain)";
      if (relation.attribution && is_told_by_another(*relation.attribution, person) &&
          !is_told_by_article(relation))
        tie += fmt::format(" (according to {})", teller_within(*relation.attribution));
      ties.push_back(std::move(tie));
    }
    return ties.empty() ? words : fmt::format("{}: {}", words, fmt::join(ties, "; "));
  }

  // The article says the same elsewhere in its own words.
  [[nodiscard]] bool is_told_by_article(const Relation& one) const {
    if (one.status != Status::kCurrent && one.status != Status::kUnknown) return false;
    return std::ranges::any_of(record_.relations, [&](const Relation& other) {
      return !other.attribution && other.relation == one.relation && other.status == one.status &&
             other.subject == one.subject && other.object == one.object &&
             other.value == one.value && other.polarity == one.polarity;
    });
  }

  // Of the states of two people's love the last: what has no date is so now, and what is told first
  // is the news.
  [[nodiscard]] bool is_outdone(const Relation& one) const {
    if (!is_love(one)) return false;
    return std::ranges::any_of(record_.relations, [&](const Relation& other) {
      if (!is_love(other) || other.status == one.status) return false;
      const bool same = (other.subject == one.subject && other.object == one.object) ||
                        (other.subject == one.object && other.object == one.subject);
      if (!same) return false;
      const auto a = last_turn(one), b = last_turn(other);
      if (a && b) return *a < *b;
      return a.has_value() || (!b && other.evidence.begin < one.evidence.begin);
    });
  }

  static bool is_love(const Relation& it) {
    return (it.relation == "spouse" || it.relation == "partner") && it.object &&
           it.polarity == Polarity::kPositive && it.certainty == Certainty::kCertain;
  }

  // By somebody who can tell: not the person, not a thing ("her efforts have shown").
  [[nodiscard]] bool is_told_by_another(std::uint32_t number, std::uint32_t person) const {
    if (number >= record_.attributions.size()) return false;
    const auto speaker = record_.attributions[number].speaker;
    if (!speaker || *speaker >= record_.entities.entities.size()) return true;
    const Entity& entity = record_.entities.entities[*speaker];
    const bool thing = entity.kind == EntityKind::kOther &&
                       (!entity.named || shortened(entity.name) != entity.name);
    return *speaker != person && !thing;
  }

  // Said before in the same words, or within others: "is chief executive" of a "chief executive of
  // Brandt & Sons".
  static bool says_less(const std::vector<std::string>& said, std::string_view tie) {
    const std::string_view office = tie.starts_with("is ") ? tie.substr(3) : std::string_view();
    const std::string_view place = tie.starts_with("at ") ? tie.substr(3) : std::string_view();
    return std::any_of(said.begin(), said.end(), [&](std::string_view other) {
      if (other == tie) return true;
      if (!office.empty()) return other.starts_with(office) || other.ends_with(office);
      return !place.empty() && other.ends_with(place);
    });
  }

  // "his nephew" of Ann Bell tells nothing of her more than that she has one; a state does.
  [[nodiscard]] bool is_empty_tie(const Relation& relation, std::uint32_t other,
                                  std::uint32_t person) const {
    const Entity& entity = record_.entities.entities[other];
    if (entity.named || (entity.kind != EntityKind::kPerson && entity.kind != EntityKind::kGroup))
      return false;
    if (relation.relation == "associate") return true;  // "a friend of hers"
    const std::string_view name = entity.name;
    if (!is_possessive(name.substr(0, name.find(' '))) && owner_of(other) != person) return false;
    return relation.status == Status::kCurrent || relation.status == Status::kUnknown;
  }

  [[nodiscard]] std::string tie_words(const Relation& relation, std::uint32_t person) const {
    const bool forward = relation.subject == person;
    if (!forward && relation.object != person) return {};
    const std::string_view phrase = phrase_of(relation, forward ? 2 : 3);
    if (phrase.empty()) return {};
    const std::uint32_t other = forward ? relation.object.value_or(0) : relation.subject;
    const bool literal = forward && !relation.object;
    if (!literal && other >= record_.entities.entities.size()) return {};
    if (!literal && is_empty_tie(relation, other, person)) return {};
    std::string words =
        literal
            ? phrase_with_value(relation.relation == "nationality" ? "is" : phrase, relation.value)
            : fmt::format("{} {}", phrase, within_line(name_at(relation, other, forward)));
    if (relation.polarity == Polarity::kNegative) words = "not " + words;
    return words;
  }

  // The name; of an organisation without one the words of this place, "the force".
  [[nodiscard]] std::string name_at(const Relation& relation, std::uint32_t other,
                                    bool forward) const {
    const Entity& entity = record_.entities.entities[other];
    if (entity.named || entity.kind != EntityKind::kOrg) return name_of_entity(other);
    return shortened(
        slice(record_.article.text, forward ? relation.object_span : relation.subject_span));
  }

  // "died on 3 May 2014", "died in 2014".
  static std::string phrase_with_value(std::string_view phrase, std::string_view value) {
    constexpr std::size_t kDay = 10;  // bytes of YYYY-MM-DD
    const std::string date = phrase.ends_with(" on") ? value_label(value, "") : std::string();
    if (!date.empty() && value.size() < kDay)
      return fmt::format("{} in {}", phrase.substr(0, phrase.size() - 3), date);
    return fmt::format("{} {}", phrase, date.empty() ? value : date);
  }

  // Cell `column` of the row for the relation and its status, else of the row for any status.
  [[nodiscard]] std::string_view phrase_of(const Relation& relation, std::size_t column) const {
    std::string_view phrase;
    for (const auto& row : ties_) {
      if (row.size() <= column || row[0] != relation.relation) continue;
      if (row[1] == name_of(relation.status)) return row[column];
      if (row[1] == "*") phrase = row[column];
    }
    return phrase;
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
           fmt::format("{}: {} [{}]", teller(i), fmt::join(parts, " … "),
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
  std::vector<std::vector<std::string_view>> ties_;
  std::string out_;
};

}  // namespace

std::string write_brief(const Record& record, const BriefOptions& options) {
  return Page(record, options).write();
}

}  // namespace dateline::record
