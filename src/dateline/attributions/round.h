#pragma once
// Round: one layer of the tagger and of the linker. Every row sees its neighbours and its head,
// then gated averages of all rows before and after it; each is added to what was there. The
// averages are a recurrent unit whose gates do not read its state, so that all products but its
// last are of whole matrices (Lei et al. 2018, "Simple Recurrent Units"; Feng et al. 2024, minGRU).
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/neural/layers.h"
#include "dateline/neural/matrix.h"
#include "dateline/neural/tensors.h"

namespace dateline::attributions {

// Memory of a Round at work, kept from one to the next.
struct RoundScratch {
  neural::WholeRows rows;
  neural::Matrix seen, gates, averages, y, up;
  std::vector<std::uint32_t> heads, place;  // rows that are heads of some, and where each is there
};

// Immutable once loaded; const calls are thread-safe. Computes what Round in train/attributions.py
// computes, its products in whole numbers.
class Round {
 public:
  // Tensors `prefix`.depth, .point, .tree (may be missing), .gates and .out. `dilation`: steps from
  // one neighbour to the next. kCorrupt.
  static Result<Round> load(const neural::Tensors& tensors, const std::string& prefix,
                            std::size_t dilation);

  [[nodiscard]] std::size_t width() const { return point_.outputs(); }
  // In place, for sequences laid end to end: `ends` has the row after each. `head`: the row of each
  // row's head; read only where the layer has `tree`.
  void operator()(std::span<const std::uint32_t> head, std::span<const std::uint32_t> ends,
                  neural::Matrix& x, RoundScratch& scratch) const;

 private:
  void add_window(std::span<const std::uint32_t> head, std::span<const std::uint32_t> ends,
                  neural::Matrix& x, RoundScratch& scratch) const;
  // What the heads say to the rows that hang on them, added to scratch.y.
  void add_heads(std::span<const std::uint32_t> head, const neural::Matrix& x,
                 RoundScratch& scratch) const;
  void add_averages(std::span<const std::uint32_t> ends, neural::Matrix& x,
                    RoundScratch& scratch) const;

  neural::Matrix depth_;  // a weight for each neighbour and column
  neural::WholeLinear point_, tree_, gates_, out_;
  std::size_t dilation_ = 1;
};

}  // namespace dateline::attributions
