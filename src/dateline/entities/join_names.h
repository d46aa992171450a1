#pragma once
// Names of one article joined: which of them name the same. Precise rather than complete: a wrong
// merge of two people is worse than a split.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/entities/candidate.h"

namespace dateline::entities {

constexpr std::uint32_t kNoGroup = 0xFFFFFFFF;

// For each candidate the number of its group of names, from 0 in order of first mention; kNoGroup
// for nominals and pronouns. Votes on the kind of names that the tagger called this and that, and
// writes it back. O(candidates log candidates).
[[nodiscard]] std::vector<std::uint32_t> join_names(const Doc& doc,
                                                    std::vector<Candidate>& candidates);

// Two keys of at least two words each may name one person: "j smith" and "john smith", "bob dole"
// and "robert dole", "kim bell" and "kim bell west"; not "ann bell" and "eve bell".
[[nodiscard]] bool may_be_one_person(std::string_view a, std::string_view b);

// First letters of the words that are not "of", "the", "and", "for".
[[nodiscard]] std::string acronym_of(std::string_view key);

}  // namespace dateline::entities
