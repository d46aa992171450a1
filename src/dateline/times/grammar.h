#pragma once
// The rules of data/times/rules.tsv, compiled, and the matcher that reads atoms with them.
//
// A rule belongs to a group; its pattern is a regular expression over atoms that may call groups
// written above its own. A group read at an atom gives its longest reading (of equal ones that of
// the earliest rule) and is remembered, so a text costs O(atoms x rules that can begin there).
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/times/scan.h"

namespace dateline::times {

struct Rule {
  std::string_view group, action, argument, guard;
  std::uint32_t line = 0;        // number of the row
  std::uint32_t start = 0;       // first instruction
  std::uint32_t preference = 0;  // of equally long readings the lowest wins
};

struct Reading;

// What a symbol or a group of a pattern read.
struct Capture {
  Symbol symbol = Symbol::kCount;  // kCount: a group
  std::uint32_t begin = 0, end = 0;
  Value value{};
  const Reading* group = nullptr;
};

// One rule read over atoms [begin, end).
struct Reading {
  const Rule* rule = nullptr;
  std::uint32_t begin = 0, end = 0;
  std::vector<Capture> captures;

  // The n-th capture of `symbol`, or null.
  [[nodiscard]] const Value* get(Symbol symbol, int n = 0) const;
  // The n-th group that gives calendar elements, amounts …: any but "mod".
  [[nodiscard]] const Reading* inner(int n = 0) const;
  // The inner reading of group `name`, or null.
  [[nodiscard]] const Reading* inner(std::string_view name) const;
};

// Immutable once loaded.
class Grammar {
 public:
  // `rules` must outlive it. Rows that do not compile are left out and told in errors().
  static Grammar load(std::string_view rules, Lexicon& lexicon);
  // All groups whose readings are expressions of their own, in order of preference.
  static constexpr std::uint32_t kTop = 0;
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }
  [[nodiscard]] std::uint32_t group_count() const {
    return static_cast<std::uint32_t>(groups_.size());
  }
  // group_count() when there is none.
  [[nodiscard]] std::uint32_t group(std::string_view name) const;

  enum class Op : std::uint8_t { kLiteral, kSymbol, kGroup, kSplit, kJump, kLook, kMatch };
  struct Instruction {
    Op op;
    std::uint32_t a = 0, b = 0;
  };
  // An atom test without advance: negated, or of the atom before.
  struct Look {
    bool negative = false, behind = false;
    std::uint64_t classes = 0;
    std::vector<std::uint32_t> words;
  };
  struct Group {
    std::string_view name;
    std::vector<std::uint32_t> rules;
    // Rules that can begin with a word, or with a class.
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_word;
    std::vector<std::vector<std::uint32_t>> by_class;
    std::uint64_t first_classes = 0;
  };

 private:
  friend class Matcher;
  friend class RuleCompiler;
  void index_group(std::uint32_t group);
  void fill_top();
  void first_of(std::uint32_t pc, std::vector<std::uint32_t>& words, std::uint64_t& classes,
                std::vector<bool>& seen) const;

  std::vector<Rule> rules_;
  std::vector<Instruction> code_;
  std::vector<Look> looks_;
  std::vector<Group> groups_;
  std::vector<std::string> errors_;
};

// Reads one Scan; keeps what it has read. Borrows both. Not thread-safe; one for a text.
class Matcher {
 public:
  Matcher(const Grammar& grammar, const Scan& scan);
  // The longest reading of `group` at atom `at`; null for none.
  const Reading* read(std::uint32_t group, std::uint32_t at);
  // All readings of the rules of `group` at atom `at`, the longest first.
  std::vector<const Reading*> read_all(std::uint32_t group, std::uint32_t at);

 private:
  struct Attempt {
    const Rule* rule = nullptr;
    std::vector<Capture> captures, best;
    std::uint32_t from = 0, best_end = 0;
    int steps = 0;
  };
  void run(Attempt& attempt, std::uint32_t pc, std::uint32_t at);
  std::unique_ptr<Reading> try_rule(std::uint32_t rule, std::uint32_t at);
  [[nodiscard]] bool look(const Grammar::Look& look, std::uint32_t at) const;
  [[nodiscard]] bool can_step(std::uint32_t from, std::uint32_t at) const;
  void candidates(const Grammar::Group& group, std::uint32_t at,
                  std::vector<std::uint32_t>& out) const;

  static constexpr int kMostSteps = 20000;  // a pattern of ours takes some tens
  const Grammar& grammar_;
  const Scan& scan_;
  std::vector<std::unique_ptr<Reading>> readings_;
  std::vector<std::int32_t> memo_;  // group x atom: index of readings_, -1 none, -2 not read yet
};

}  // namespace dateline::times
