#pragma once
// Names: what to call the entities and the tellers of a record in words for people.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/record/record.h"

namespace dateline::record {

// Borrows the record. Total: numbers that are none of the record's give "someone".
class Names {
 public:
  explicit Names(const Record& record) : record_(record) {}

  // Its name; "Ann Bell’s father" for an unnamed "my father", else its words, shortened.
  [[nodiscard]] std::string of_entity(std::uint32_t number) const;

  // Who tells what attribution `number` says: the speaker's name, else the words for the source.
  [[nodiscard]] std::string of_teller(std::uint32_t number) const;

  // The named entity that the possessive at the head of an unnamed one's name stands for.
  [[nodiscard]] std::optional<std::uint32_t> owner_of(std::uint32_t number) const;

 private:
  const Record& record_;
};

// "My", "his" …
[[nodiscard]] bool is_possessive(std::string_view word);

// A description of at most 48 columns, cut at a comma or a blank, with "…" for the rest.
[[nodiscard]] std::string shortened(std::string_view name);

// The same inside a line: "a source close to the singer", whose first word a sentence began with.
[[nodiscard]] std::string within_line(std::string words);

}  // namespace dateline::record
