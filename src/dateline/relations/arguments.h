#pragma once
// Arguments: everything in a text that can be a side of a relation, with its kind. The mentions of
// entities, relative pronouns (which stand for what they refer to), and, as values only, dates and
// names of peoples.
#include <optional>
#include <span>
#include <vector>

#include "dateline/entities/entity.h"
#include "dateline/events/find_events.h"

namespace dateline::relations {

enum class ArgumentKind : std::uint8_t { kPerson, kOrg, kPlace, kPeople, kDate, kOther };
enum class ArgumentForm : std::uint8_t { kName, kNominal, kPronoun, kRelative, kValue };

struct Argument {
  ByteSpan span;
  TokenSpan tokens;
  std::uint32_t head = 0;
  ArgumentKind kind = ArgumentKind::kOther;
  ArgumentForm form = ArgumentForm::kName;
  std::optional<std::uint32_t> entity;  // none: can only be a value
  std::optional<std::uint32_t> time;    // of EventInput::times, where the kind is a date
};

// Of one text; immutable once made.
class Arguments {
 public:
  explicit Arguments(const events::EventInput& input);

  [[nodiscard]] std::span<const Argument> all() const { return all_; }
  [[nodiscard]] const Argument& operator[](std::uint32_t number) const { return all_[number]; }
  // Numbers of the arguments of a sentence, in text order.
  [[nodiscard]] std::span<const std::uint32_t> of_sentence(std::uint32_t sentence) const {
    return by_sentence_[sentence];
  }
  // The argument headed by `token`; else the innermost one that covers it as a name.
  [[nodiscard]] std::optional<std::uint32_t> at(std::uint32_t token) const;

 private:
  void add_mentions(const events::EventInput& input);
  void add_relatives(const events::EventInput& input);
  [[nodiscard]] std::optional<std::uint32_t> antecedent_of(const Doc& doc,
                                                           std::uint32_t token) const;
  void add_times(const events::EventInput& input);
  void add_values(const events::EventInput& input);
  [[nodiscard]] std::optional<std::uint32_t> described_by(const Doc& doc, std::uint32_t name,
                                                          ArgumentKind kind) const;
  void index(const Doc& doc);

  std::vector<Argument> all_;
  std::vector<std::vector<std::uint32_t>> by_sentence_;
  std::vector<std::int32_t> headed_by_, covered_by_;  // by token; -1 for none
};

}  // namespace dateline::relations
