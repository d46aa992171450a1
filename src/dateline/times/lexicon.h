#pragma once
// The words of time (data/times/words.tsv, holidays.tsv) and the classes that rules name them by.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dateline::times {

// What a rule's pattern may ask of an atom. The first are classes of words.tsv, then come shapes
// that scan.cc recognises, perhaps over several atoms. Names in patterns: kSymbolNames.
enum class Symbol : std::uint8_t {
  kMonth,
  kMonthAbbr,
  kWeekday,
  kWeekdays,
  kWeekdayAbbr,
  kSeason,
  kSeasons,
  kPart,
  kPartWord,
  kParts,
  kUnit,
  kUnits,
  kCardinal,
  kScale,
  kOrdWord,
  kDecadeWord,
  kVague,
  kRel,
  kAna,
  kEarly,
  kEarlier,
  kEdge,
  kAmPm,
  kZone,
  kNoon,
  kOften,
  kEvery,
  kTimesWord,
  kHint,
  kArt,
  kNum,
  kYear,
  kShortYear,
  kDay,
  kOrdinal,
  kDecade,
  kNumericDate,
  kClock,
  kQuarterName,
  kHalfName,
  kHoliday,
  kWord,
  kPunct,
  kCount
};

[[nodiscard]] std::optional<Symbol> symbol_of(std::string_view name);

// What a class gives for a word, or a shape for what it read. Numbers by symbol: kMonth 1-12, kDay
// 1-31, kYear the year, kClock a = minute of the day, kNumericDate a-b-c = year-month-day.
struct Value {
  double number = 0;
  int a = 0, b = 0, c = 0;
  bool vague = false;       // "several"
  bool approx = false;      // "a couple of"
  std::string_view code{};  // "SP", "MO", "START"; borrows a static table
  std::uint32_t other = 0;  // kNumericDate: other readings, see DateOrder in scan.cc
};

struct Sense {
  Symbol symbol;
  Value value;
};

struct Word {
  std::uint32_t id = 0;       // > 0; literals of rules are compared by it
  std::uint64_t classes = 0;  // bit per Symbol
  std::vector<Sense> senses;
};

// Day of a year that a holiday falls on.
struct HolidayRule {
  enum class Kind : std::uint8_t { kFixed, kNth, kEaster, kOrthodox };
  Kind kind = Kind::kFixed;
  int a = 0, b = 0, c = 0, offset = 0;
};

struct Holiday {
  std::vector<std::string> words;  // atoms of its name, lower-cased
  HolidayRule rule;
};

// Immutable once loaded.
class Lexicon {
 public:
  // Reads words.tsv, holidays.tsv and southern.tsv; rows that are malformed are left out (a test
  // counts them).
  static Lexicon load(std::string_view words, std::string_view holidays, std::string_view southern);

  [[nodiscard]] const Word* find(std::string_view lower) const;
  // The id of `word`, made when it is new: for literals of rules, while loading.
  std::uint32_t intern(std::string_view word);

  [[nodiscard]] const std::vector<Holiday>& holidays() const { return holidays_; }
  // Holidays that begin with this word, the longest name first.
  [[nodiscard]] const std::vector<std::uint32_t>* holidays_from(std::string_view first) const;
  // Whether the word, or the two words, name a place of the southern hemisphere; lower case.
  [[nodiscard]] bool is_southern(std::string_view word, std::string_view next) const;
  [[nodiscard]] int malformed() const { return malformed_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class T>
  using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  void add_sense(std::string_view word, Symbol symbol, std::string_view value);

  Map<Word> words_;
  Map<std::vector<std::uint32_t>> holiday_starts_;
  std::vector<Holiday> holidays_;
  std::unordered_map<std::string_view, std::vector<std::string_view>> southern_;  // by first word
  std::uint32_t next_id_ = 1;
  int malformed_ = 0;
};

// Splits a word as scan.cc splits tokens: runs of letters, runs of digits, single other characters;
// a curly apostrophe reads as a straight one, "'s" stays whole.
[[nodiscard]] std::vector<std::string_view> split_word(std::string_view word);

}  // namespace dateline::times
