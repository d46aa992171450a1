#pragma once
// Features: what the tagger and linker see of a paragraph. train/attributions.py computes the same.
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/attributions/quotation.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// Fowler, Noll and Vo, 32 bits, 1a.
[[nodiscard]] inline std::uint32_t fnv(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

// Label to number; 0 for a label that training did not see.
class Labels {
 public:
  void add(const std::string& label, std::uint32_t number) { numbers_.emplace(label, number); }
  [[nodiscard]] std::uint32_t operator()(std::string_view label) const {
    const auto found = numbers_.find(label);
    return found == numbers_.end() ? 0 : found->second;
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view label) const { return fnv(label); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

struct Vocabulary {
  Labels tag, dep, ent;
};

// One line of the text (or a part of one), with numbers for every token of it.
struct Passage {
  TokenSpan tokens;
  std::vector<std::uint32_t> head;  // relative to tokens.begin; a head outside is the token itself
  std::vector<std::uint32_t> tag, dep, ent, state, lower, lemma;
  std::uint32_t place = 0;  // 0: first line of the text, 1: the second, 2: a later one

  [[nodiscard]] std::uint32_t size() const { return tokens.size(); }
};

// Every line that has tokens.
[[nodiscard]] std::vector<TokenSpan> line_spans(const Doc& doc);

// Numbers for the tokens of `span`; hashes modulo `buckets`. States: 0 outside quotation marks, 1
// opening mark, 2 inside, 3 closing mark, 4 inside single ones.
[[nodiscard]] Passage make_passage(const Doc& doc, TokenSpan span, std::span<const Quotation> marks,
                                   std::uint32_t place, const Vocabulary& vocabulary,
                                   std::uint32_t buckets);

// The tokens `part` of the passage by themselves, with the numbers that relations_to and the linker
// read: heads, labels and states.
[[nodiscard]] Passage part_of(const Doc& doc, const Passage& passage, TokenSpan part,
                              std::span<const Quotation> marks);

// How a token stands to a cue: label on the way up from the cue, label on the way down to the
// token (both + 1, 0: none), levels up (0 to 4; 5: another sentence or tree), distance bucket (0 to
// 17), sentence distance (0 to 4, 2: the same). O(tokens x depth).
using Relation = std::array<std::uint32_t, 5>;
[[nodiscard]] std::vector<Relation> relations_to(const Doc& doc, const Passage& passage,
                                                 TokenSpan cue);

}  // namespace dateline::attributions
