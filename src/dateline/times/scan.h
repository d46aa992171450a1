#pragma once
// The atoms of a text, which rules are read over, and the shapes that stand on them: numbers,
// years, days, clocks, numeric dates, names of holidays.
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dateline/base/arena.h"
#include "dateline/language/doc.h"
#include "dateline/times/lexicon.h"

namespace dateline::times {

[[nodiscard]] constexpr std::uint64_t bit(Symbol symbol) {
  return std::uint64_t{1} << static_cast<unsigned>(symbol);
}

// A token, or a part of one: "third-quarter" has three atoms whichever way it was tokenised. A
// token that is a word of the lexicon ("sept.", "a.m.") is one atom.
struct Atom {
  ByteSpan span;
  std::uint32_t token = 0;
  std::string_view text;     // lower-cased; curly apostrophes and short dashes made ASCII
  bool glued = false;        // nothing stands between it and the atom before
  bool after_break = false;  // a paragraph break stands before it; no expression runs over one
  bool capital = false;
  const Word* word = nullptr;
  std::uint64_t classes = 0;  // bit per Symbol of its word and of the shapes that begin here
  std::uint32_t first_shape = 0, shape_count = 0;
};

// A reading of the atoms from where it stands to `end` (exclusive) as `symbol`.
struct Shape {
  Symbol symbol;
  std::uint32_t end;
  Value value;
};

// Move-only; borrows the Doc and the Lexicon.
class Scan {
 public:
  // O(bytes); any bytes.
  Scan(const Doc& doc, const Lexicon& lexicon);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(atoms_.size()); }
  [[nodiscard]] const Atom& operator[](std::uint32_t i) const { return atoms_[i]; }
  [[nodiscard]] std::span<const Shape> shapes(std::uint32_t i) const {
    return std::span(shapes_).subspan(atoms_[i].first_shape, atoms_[i].shape_count);
  }
  // The shape `symbol` at atom i, if any; the class value of a word as a shape of one atom.
  [[nodiscard]] std::optional<Shape> match(Symbol symbol, std::uint32_t i) const;
  [[nodiscard]] bool is(std::uint32_t i, Symbol symbol) const {
    return i < size() && ((atoms_[i].classes >> static_cast<unsigned>(symbol)) & 1) != 0;
  }
  [[nodiscard]] std::string_view text(std::uint32_t i) const {
    return i < size() ? atoms_[i].text : std::string_view{};
  }
  // Some word within reach of atom i is one that every expression has: a month, a unit, a year, a
  // word of class HINT. Most places of a text can be passed over by it.
  [[nodiscard]] bool near_time(std::uint32_t i) const { return next_core_[i] - i <= kReach; }
  // Atoms i and i+1 stand together, and so on to `count` atoms.
  [[nodiscard]] bool glued(std::uint32_t i, std::uint32_t count) const;

 private:
  void add_token(const Doc& doc, std::uint32_t token, const Lexicon& lexicon);
  void add_atom(Atom atom, std::string_view text, const Lexicon& lexicon);
  void add_shapes(const Lexicon& lexicon);
  void find_cores();

  static constexpr std::uint32_t kReach = 10;  // atoms from an expression's first to its core
  std::vector<Atom> atoms_;
  std::vector<Shape> shapes_;
  std::vector<std::uint32_t> next_core_;  // of each atom, itself included
  StringArena arena_;
  bool break_ = true;
};

}  // namespace dateline::times
