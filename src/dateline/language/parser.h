#pragma once
// The dependency parser: arc-eager transitions, greedy (spaCy's DependencyParser), with the
// projective lift of its labels undone. Sets heads, labels and sentence starts.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/language/package.h"
#include "dateline/language/transitions.h"

namespace dateline::language {

// Where a sentence starts, as far as the components before know.
enum class SentenceStart : std::int8_t { kNo = -1, kUnknown = 0, kYes = 1 };

// Scratch memory of a Parser. One per thread.
class ParserScratch {
 private:
  friend class Parser;
  friend class ArcEager;
  friend class HeadTree;

  TransitionScratch network_;
  std::vector<std::int32_t> stack_, rebuffer_, heads_, last_left_, last_right_, earlier_left_,
      earlier_right_, queue_, below_;
  std::vector<std::int16_t> labels_;
  std::vector<std::uint8_t> unshiftable_, sentence_start_, is_edge_;
  std::vector<std::int32_t> left_edge_, right_edge_;
};

class Parser {
 public:
  // The folder `name` of the package. `model` is its file `model`, `width` that of the context
  // vectors.
  [[nodiscard]] static Result<Parser> load(const Package& package, const std::string& name,
                                           const Model& model, std::size_t width);

  // Sets head and dep of `tokens` (views into the parser), and `starts`, whose kYes and kNo bind
  // the parse. `rows` are the context vectors; `is_space` has one entry a token.
  void parse(const float* rows, std::span<Token> tokens, std::span<SentenceStart> starts,
             std::span<const std::uint8_t> is_space, ParserScratch& scratch) const;

 private:
  // A label, and the label of the head that it was lifted from ("relcl||dobj"); empty if none.
  struct Label {
    std::string text, lifted_from;
  };

  std::vector<TransitionClass> classes_;
  std::vector<Label> labels_;  // of each class
  std::vector<float> masks_;   // for each set of valid actions
  TransitionNetwork network_;
};

}  // namespace dateline::language
