#include "dateline/record/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"
#include "dateline/record/date_label.h"
#include "dateline/record/names.h"

namespace dateline::data {
extern const std::string_view record_ties;
}

namespace dateline::record {
namespace {

class People {
 public:
  explicit People(const Record& record)
      : record_(record), names_(record), ties_(parse_tsv(data::record_ties)) {}

  [[nodiscard]] std::vector<std::string> describe(std::size_t most) const {
    std::vector<std::uint32_t> order;
    const auto& entities = record_.entities.entities;
    for (std::uint32_t i = 0; i < entities.size(); ++i)
      if (entities[i].kind == EntityKind::kPerson && entities[i].named && !only_writes(entities[i]))
        order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return entities[a].mentions.size() > entities[b].mentions.size();
    });
    if (order.size() > most) order.resize(most);
    std::vector<std::string> words;
    for (const std::uint32_t person : order) words.push_back(person_words(person));
    return words;
  }

 private:
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
        tie +=
            fmt::format(" (according to {})", within_line(names_.of_teller(*relation.attribution)));
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
      if (!are_of_same_two(one, other)) return false;
      const auto a = last_turn(one), b = last_turn(other);
      if (a && b) return *a < *b;
      return a.has_value() || (!b && other.evidence.begin < one.evidence.begin);
    });
  }

  static bool is_love(const Relation& it) {
    return (it.relation == "spouse" || it.relation == "partner") && it.object &&
           it.polarity == Polarity::kPositive && it.certainty == Certainty::kCertain;
  }

  // An affair that two deny who were married: the marriage says more.
  [[nodiscard]] bool is_lesser_denial(const Relation& one) const {
    return one.relation == "partner" && one.polarity == Polarity::kNegative &&
           std::ranges::any_of(record_.relations, [&](const Relation& other) {
             return is_love(other) && are_of_same_two(one, other);
           });
  }

  static bool are_of_same_two(const Relation& one, const Relation& other) {
    return (other.subject == one.subject && other.object == one.object) ||
           (other.subject == one.object && other.object == one.subject);
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
    const bool love = relation.relation == "partner" || relation.relation == "spouse";
    if (relation.relation == "associate" || (love && entity.kind == EntityKind::kGroup))
      return true;  // "a friend of hers", "two of the women"
    const std::string_view name = entity.name;
    if (!is_possessive(name.substr(0, name.find(' '))) && names_.owner_of(other) != person)
      return false;
    return relation.status == Status::kCurrent || relation.status == Status::kUnknown;
  }

  // "Its", of which nothing else is told.
  [[nodiscard]] bool is_pronoun(std::uint32_t other) const {
    const Entity& entity = record_.entities.entities[other];
    return !entity.named && entity.name.find(' ') == std::string::npos &&
           !entity.mentions.empty() &&
           record_.entities.mentions[entity.mentions.front()].form == MentionForm::kPronoun;
  }

  [[nodiscard]] std::string tie_words(const Relation& relation, std::uint32_t person) const {
    const bool forward = relation.subject == person;
    if (!forward && relation.object != person) return {};
    const std::string_view phrase = phrase_of(relation, forward ? 2 : 3);
    if (phrase.empty()) return {};
    const std::uint32_t other = forward ? relation.object.value_or(0) : relation.subject;
    const bool literal = forward && !relation.object;
    if (!literal && other >= record_.entities.entities.size()) return {};
    if (!literal && (is_empty_tie(relation, other, person) || is_pronoun(other))) return {};
    if (is_lesser_denial(relation)) return {};
    std::string words =
        literal
            ? phrase_with_value(relation.relation == "nationality" ? "is" : phrase, relation.value)
            : fmt::format("{} {}", phrase, within_line(name_at(relation, other, forward)));
    if (relation.polarity == Polarity::kNegative) words = "not " + words;
    return words;
  }

  // "Six children" of "the couple's six children".
  static std::string without_owner(std::string_view name) {
    const std::size_t mark =
        name.find("'s ") != std::string_view::npos ? name.find("'s ") : name.find("’s ");
    if (mark != std::string_view::npos) name.remove_prefix(name.find(' ', mark) + 1);
    for (const std::string_view more : {" from ", " with ", " by ", " who", ","})
      name = name.substr(0, name.find(more));
    return shortened(name);
  }

  // The name; of an organisation without one the words of this place, "the force".
  [[nodiscard]] std::string name_at(const Relation& relation, std::uint32_t other,
                                    bool forward) const {
    const Entity& entity = record_.entities.entities[other];
    if (relation.relation == "child" && !entity.named) return without_owner(entity.name);
    if (entity.named || entity.kind != EntityKind::kOrg) return names_.of_entity(other);
    const std::string_view here =
        slice(record_.article.text, forward ? relation.object_span : relation.subject_span);
    return to_lower(here) == "its" ? names_.of_entity(other) : shortened(here);
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

  const Record& record_;
  Names names_;
  std::vector<std::vector<std::string_view>> ties_;
};

}  // namespace

std::vector<std::string> describe_people(const Record& record, std::size_t most) {
  return People(record).describe(most);
}

}  // namespace dateline::record
