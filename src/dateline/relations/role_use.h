#pragma once
// Role use: who holds, held or is to hold the office or trade that a noun names.
#include <cstdint>
#include <optional>
#include <vector>

#include "dateline/relations/finding.h"

namespace dateline::relations {

constexpr double kRole = 0.85,
                 kNominal = 0.7;  // confidence: a name beside the noun, the noun alone

// What the text says of a role: its noun, the person, and how it is said.
struct RoleUse {
  std::uint32_t noun = 0;
  std::uint32_t person = 0;  // argument
  Status status = Status::kCurrent;
  bool said = false;
  Change change = Change::kNone;
  bool negative = false, hedged = false;
  double confidence = kRole;
};

struct Bearers {
  TokenList tokens;
  std::optional<std::uint32_t> verb;  // that says it
};

// Whether the token is a noun for an office or a trade.
[[nodiscard]] bool is_role(const Reading& reading, std::uint32_t token);

// The tokens of those whom `noun` is said of, and the verb that says it. O(children).
[[nodiscard]] Bearers bearers(const Reading& reading, std::uint32_t noun);

// Each who is said to hold the role of `noun`, and who held it before where the same clause tells.
[[nodiscard]] std::vector<RoleUse> uses_of(const Reading& reading, std::uint32_t noun);

// The state that the verb, and words like "former" before the nouns, give the use.
void set_status_by_verb(const Reading& reading, std::uint32_t verb, RoleUse& use);
void set_status_by_words(const Reading& reading, const TokenList& nouns, RoleUse& use);

}  // namespace dateline::relations
