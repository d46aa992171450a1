#include "dateline/times/scan.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/times/shapes.h"

namespace dateline::times {
namespace {

enum class CharKind { kDigit, kLetter, kOther };

// The character at `at`: its kind and how many bytes it has. Punctuation of U+2000 to U+206F counts
// as kOther, all else beyond ASCII as letters.
struct Char {
  CharKind kind;
  std::size_t size;
};

Char char_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_digit(c)) return {CharKind::kDigit, 1};
  if (is_alpha(c)) return {CharKind::kLetter, 1};
  if ((c & 0x80) == 0) return {CharKind::kOther, 1};
  if (static_cast<unsigned char>(c) == 0xE2 && at + 2 < text.size() &&
      (static_cast<unsigned char>(text[at + 1]) & 0xFE) == 0x80)
    return {CharKind::kOther, 3};
  return {CharKind::kLetter, 1};
}

// ASCII for the signs that are spelled in two ways.
std::string_view plain(std::string_view sign) {
  if (sign.size() != 3 || !sign.starts_with("\xE2\x80")) return sign;
  const auto last = static_cast<unsigned char>(sign[2]);
  if (last == 0x98 || last == 0x99) return "'";
  if (last >= 0x90 && last <= 0x93) return "-";
  return sign;
}

bool all_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

}  // namespace

Scan::Scan(const Doc& doc, const Lexicon& lexicon) {
  atoms_.reserve(doc.size() + doc.size() / 4);
  for (std::uint32_t token = 0; token < doc.size(); ++token) add_token(doc, token, lexicon);
  add_shapes(lexicon);
  find_cores();
}

void Scan::add_token(const Doc& doc, std::uint32_t index, const Lexicon& lexicon) {
  const Token& token = doc[index];
  if (is_blank(token.text)) {
    if (std::count(token.text.begin(), token.text.end(), '\n') > 1) break_ = true;
    return;
  }
  if (const Word* word = lexicon.find(token.lower); word && word->classes != 0) {
    Atom atom;
    atom.span = token.span;
    atom.token = index;
    add_atom(atom, token.lower, lexicon);
    return;
  }
  for (std::size_t at = 0; at < token.text.size();) {
    const Char first = char_at(token.text, at);
    std::size_t end = at + first.size;
    if (first.kind != CharKind::kOther)
      while (end < token.text.size() && char_at(token.text, end).kind == first.kind) ++end;
    std::string_view text = plain(token.text.substr(at, end - at));
    if (text == "'" && end < token.text.size() && to_lower(token.text[end]) == 's' &&
        end + 1 == token.text.size()) {
      ++end;
      text = "'s";
    }
    const auto begin = token.span.begin;
    Atom atom;
    atom.span = {begin + static_cast<std::uint32_t>(at), begin + static_cast<std::uint32_t>(end)};
    atom.token = index;
    add_atom(atom, text, lexicon);
    at = end;
  }
}

void Scan::add_atom(Atom atom, std::string_view text, const Lexicon& lexicon) {
  atom.capital = is_upper(text.empty() ? ' ' : text.front());
  if (std::any_of(text.begin(), text.end(), is_upper)) text = arena_.add(to_lower(text));
  atom.text = text;
  atom.glued = !atoms_.empty() && atoms_.back().span.end == atom.span.begin;
  atom.after_break = break_;
  break_ = false;
  atom.word = lexicon.find(text);
  if (atom.word) atom.classes = atom.word->classes;
  if (!text.empty() && all_ascii(text))
    atom.classes |= is_alpha(text.front()) ? bit(Symbol::kWord) : std::uint64_t{0};
  else
    atom.classes |= bit(Symbol::kWord);
  if (text.empty() ||
      (!is_alpha(text.front()) && !is_digit(text.front()) && (text.front() & 0x80) == 0))
    atom.classes |= bit(Symbol::kPunct);
  atoms_.push_back(atom);
}

void Scan::add_shapes(const Lexicon& lexicon) {
  for (std::uint32_t i = 0; i < size(); ++i) {
    const auto before = shapes_.size();
    find_shapes(*this, i, lexicon, shapes_);
    atoms_[i].first_shape = static_cast<std::uint32_t>(before);
    atoms_[i].shape_count = static_cast<std::uint32_t>(shapes_.size() - before);
    for (auto shape = before; shape < shapes_.size(); ++shape)
      atoms_[i].classes |= bit(shapes_[shape].symbol);
  }
}

void Scan::find_cores() {
  constexpr std::uint64_t kCore =
      bit(Symbol::kMonth) | bit(Symbol::kMonthAbbr) | bit(Symbol::kWeekday) |
      bit(Symbol::kWeekdays) | bit(Symbol::kWeekdayAbbr) | bit(Symbol::kSeason) |
      bit(Symbol::kSeasons) | bit(Symbol::kPart) | bit(Symbol::kPartWord) | bit(Symbol::kParts) |
      bit(Symbol::kUnit) | bit(Symbol::kUnits) | bit(Symbol::kOften) | bit(Symbol::kNoon) |
      bit(Symbol::kYear) | bit(Symbol::kShortYear) | bit(Symbol::kDecade) |
      bit(Symbol::kNumericDate) | bit(Symbol::kClock) | bit(Symbol::kQuarterName) |
      bit(Symbol::kHalfName) | bit(Symbol::kHoliday) | bit(Symbol::kHint);
  next_core_.resize(atoms_.size());
  std::uint32_t core = size() + kReach + 1;
  for (std::uint32_t i = size(); i-- > 0;) {
    if ((atoms_[i].classes & kCore) != 0) core = i;
    next_core_[i] = core;
  }
}

std::optional<Shape> Scan::match(Symbol symbol, std::uint32_t i) const {
  if (!is(i, symbol)) return std::nullopt;
  for (const Shape& shape : shapes(i))
    if (shape.symbol == symbol) return shape;
  if (atoms_[i].word)
    for (const Sense& sense : atoms_[i].word->senses)
      if (sense.symbol == symbol) return Shape{symbol, i + 1, sense.value};
  return Shape{symbol, i + 1, {}};
}

bool Scan::glued(std::uint32_t i, std::uint32_t count) const {
  if (i + count > size()) return false;
  for (std::uint32_t k = 1; k < count; ++k)
    if (!atoms_[i + k].glued) return false;
  return true;
}

}  // namespace dateline::times
