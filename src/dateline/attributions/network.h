#pragma once
// Network: the layers of the tagger and linker. Windows, heads in the tree and gated averages over
// a line (Round) give every token a state; from the states come the cues, of the line and of what
// is said within it; for each cue a narrower Round gives the role of every token. Computes what
// Model of train/attributions.py computes.
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "dateline/attributions/features.h"
#include "dateline/attributions/round.h"
#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/neural/layers.h"
#include "dateline/neural/matrix.h"
#include "dateline/neural/tensors.h"

namespace dateline::attributions {

// A line of the text; its tokens are the rows from `first` on.
struct Line {
  Passage passage;
  std::uint32_t first = 0;
};

// All lines of a text and what the network makes of their tokens, one row each.
struct Reading {
  std::vector<Line> lines;
  neural::Matrix states;
  neural::Matrix tokens;  // the states as the linker reads them
};

// Whether the cues of the line are asked for or those within the content of another cue.
enum class Depth : std::uint8_t { kOuter, kInner };

// A cue and the tokens that may be its source and content: those of `part`, from row `first` on.
struct Cue {
  const Passage* part = nullptr;
  std::uint32_t first = 0;
  TokenSpan span;  // relative to the part
  double probability = 0;
};

struct Link {
  neural::Matrix roles;  // probabilities of none, source and content for every token of the part
  double valid = 0;      // probability that the cue is one
};

// Immutable once loaded; const calls are thread-safe.
class Network {
 public:
  static Result<Network> load(const neural::Tensors& tensors);

  [[nodiscard]] std::size_t context_width() const { return context_.inputs(); }
  [[nodiscard]] std::uint32_t buckets() const { return static_cast<std::uint32_t>(lower_.size()); }
  // REQUIRES context vectors of context_width() in `doc`. Linear in the tokens.
  [[nodiscard]] Reading read(const Doc& doc, std::vector<Passage> passages) const;
  // The cues among `rows` of the reading as ranges of rows, in order, with their probabilities;
  // those less probable than `least` are left out.
  [[nodiscard]] std::vector<std::pair<TokenSpan, double>> cues(const Reading& reading,
                                                               TokenSpan rows, Depth depth,
                                                               double least) const;
  // One for each cue. Linear in the tokens of all parts.
  [[nodiscard]] std::vector<Link> link(const Doc& doc, const Reading& reading,
                                       std::span<const Cue> cues, Depth depth) const;

 private:
  struct Words;    // the products of static vectors
  struct Scratch;  // memory of one reading
  [[nodiscard]] bool fits() const;
  [[nodiscard]] Words words_of(const Doc& doc) const;
  // The states of some lines, in scratch.x.
  void read_lines(const Doc& doc, const Words& words, std::span<const Line> lines,
                  Scratch& scratch) const;
  // The sum of everything known of each token, of its head and of its children.
  void embed(const Doc& doc, const Words& words, std::span<const Line> lines,
             Scratch& scratch) const;
  // The row of the table of children for a token.
  [[nodiscard]] std::uint32_t child_lemma_of(const Passage& passage, std::uint32_t child) const;
  void add_features(const Line& line, const Words& words, std::uint32_t first,
                    neural::Matrix& x) const;
  void add_children(const Line& line, std::uint32_t first, neural::Matrix& x) const;
  // The linker over some cues, their parts laid end to end.
  void link_some(const Doc& doc, const Reading& reading, std::span<const Cue> cues, Depth depth,
                 Scratch& scratch, std::vector<Link>& out) const;
  void add_relations(const Doc& doc, const Reading& reading, const Cue& cue,
                     std::span<const float> of_cue, neural::Matrix& x, std::size_t first) const;

  neural::WholeLinear context_, word_, link_token_;
  neural::Linear cue_, inner_, link_cue_, role_, valid_;
  neural::Embedding tag_, dep_, ent_, state_, lower_, lemma_, place_, above_, child_kind_,
      child_lemma_;
  std::array<neural::Embedding, 5> relation_;  // up, down, level, distance, sentence
  neural::Embedding link_state_, nested_;
  std::vector<Round> rounds_;
  Round linker_;
};

}  // namespace dateline::attributions
