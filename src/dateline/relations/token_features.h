#pragma once
// What the learned reader sees of each token: hashes of its word and labels, the lists and clusters
// that it stands in.
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/neural/matrix.h"
#include "dateline/relations/finding.h"

namespace dateline::relations {

// FNV-1a of the bytes. Part of the model's format, as is mix.
constexpr std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

constexpr std::uint32_t mix(std::uint32_t hash, std::uint32_t value) {
  hash ^= value + 0x9e3779b9u + (hash << 6) + (hash >> 2);
  hash *= 0x85ebca6bu;
  return hash ^ (hash >> 13);
}

// All by token.
struct TokenFeatures {
  // `rows`: for each row of the static word vectors the numbers of its clusters; may be empty.
  // O(tokens).
  TokenFeatures(const Reading& reading, const neural::Matrix& rows);

  // Hash of the word in lower case; a mark for the kind of the argument whose name or value it is
  // in.
  std::vector<std::uint32_t> word;
  std::vector<std::uint32_t> lower, lemma, dep, tag;   // hashes
  std::vector<std::uint8_t> role, kin;                 // in the lists
  std::vector<std::vector<std::uint32_t>> classes;     // hashes of trigger classes
  std::vector<std::array<std::uint32_t, 2>> clusters;  // 0 for none
};

}  // namespace dateline::relations
