#include "dateline/times/grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::times {

const Value* Reading::get(Symbol symbol, int n) const {
  for (const Capture& capture : captures)
    if (capture.symbol == symbol && !capture.group && n-- == 0) return &capture.value;
  return nullptr;
}

const Reading* Reading::inner(int n) const {
  for (const Capture& capture : captures)
    if (capture.group && capture.group->rule->group != "mod" && n-- == 0) return capture.group;
  return nullptr;
}

const Reading* Reading::inner(std::string_view name) const {
  for (const Capture& capture : captures)
    if (capture.group && capture.group->rule->group == name) return capture.group;
  return nullptr;
}

// Compiles one pattern: recursive descent to instructions (R. Cox, "Regular Expression Matching:
// the Virtual Machine Approach", 2009).
class RuleCompiler {
 public:
  RuleCompiler(Grammar& grammar, Lexicon& lexicon, std::string_view pattern)
      : grammar_(grammar), lexicon_(lexicon) {
    tokenize(pattern);
  }

  bool compile() {
    alternatives();
    if (at_ != tokens_.size()) fail("')' without '('");
    emit(Grammar::Op::kMatch);
    return error_.empty();
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  using Op = Grammar::Op;

  void tokenize(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size();) {
      if (pattern[i] == ' ') {
        ++i;
        continue;
      }
      const bool sign =
          pattern[i] == '(' || pattern[i] == ')' || pattern[i] == '|' || pattern[i] == '?';
      std::size_t end = i + 1;
      while (!sign && end < pattern.size() && pattern[end] != ' ' && pattern[end] != '(' &&
             pattern[end] != ')' && pattern[end] != '|' && pattern[end] != '?')
        ++end;
      tokens_.push_back(pattern.substr(i, end - i));
      i = end;
    }
  }

  void fail(std::string_view what) {
    if (error_.empty()) error_ = what;
  }
  [[nodiscard]] std::string_view peek() const {
    return at_ < tokens_.size() ? tokens_[at_] : std::string_view{};
  }
  std::uint32_t emit(Op op, std::uint32_t a = 0, std::uint32_t b = 0) {
    grammar_.code_.push_back({op, a, b});
    return static_cast<std::uint32_t>(grammar_.code_.size() - 1);
  }
  [[nodiscard]] std::uint32_t here() const {
    return static_cast<std::uint32_t>(grammar_.code_.size());
  }
  // Makes room for a split before what was emitted since `start`.
  void insert_split(std::uint32_t start) {
    auto& code = grammar_.code_;
    code.insert(code.begin() + start, {Op::kSplit, 0, 0});
    for (std::uint32_t i = start + 1; i < here(); ++i)
      if (code[i].op == Op::kSplit || code[i].op == Op::kJump) {
        ++code[i].a;
        ++code[i].b;
      }
  }

  void alternatives() {
    const std::uint32_t start = here();
    sequence();
    if (peek() != "|") return;
    ++at_;
    insert_split(start);
    const std::uint32_t jump = emit(Op::kJump);
    grammar_.code_[start].a = start + 1;
    grammar_.code_[start].b = here();
    alternatives();
    grammar_.code_[jump].a = here();
  }

  void sequence() {
    while (!peek().empty() && peek() != "|" && peek() != ")") {
      const std::uint32_t start = here();
      item();
      if (peek() != "?") continue;
      ++at_;
      insert_split(start);
      grammar_.code_[start].a = start + 1;
      grammar_.code_[start].b = here();
    }
  }

  void item() {
    const std::string_view token = tokens_[at_++];
    if (token == "(") {
      alternatives();
      if (peek() != ")") return fail("'(' without ')'");
      ++at_;
    } else if (token == "!" || token == "=" || token == "<!" || token == "<=") {
      look(token, {});
    } else if (token.starts_with("<!") || token.starts_with("<=")) {
      look(token.substr(0, 2), token.substr(2));
    } else if (token.size() > 1 && (token.starts_with('!') || token.starts_with('='))) {
      look(token.substr(0, 1), token.substr(1));
    } else if (token.size() > 2 && token.starts_with('<') && token.ends_with('>')) {
      const std::uint32_t group = grammar_.group(token.substr(1, token.size() - 2));
      if (group == grammar_.group_count()) return fail("a group that is not above");
      emit(Op::kGroup, group);
    } else if (is_upper(token.front())) {
      const auto symbol = symbol_of(token);
      if (!symbol) return fail("no such class");
      emit(Op::kSymbol, static_cast<std::uint32_t>(*symbol));
    } else {
      emit(Op::kLiteral, lexicon_.intern(token));
    }
  }

  void look(std::string_view kind, std::string_view word) {
    Grammar::Look look{
        .negative = kind.ends_with('!'), .behind = kind.starts_with('<'), .words = {}};
    const auto add = [&](std::string_view item) {
      if (!is_upper(item.front())) return look.words.push_back(lexicon_.intern(item));
      if (const auto symbol = symbol_of(item))
        look.classes |= bit(*symbol);
      else
        fail("no such class");
    };
    if (!word.empty()) {
      add(word);
    } else {
      if (peek() != "(") return fail("nothing to look for");
      ++at_;
      while (!peek().empty() && peek() != ")") {
        if (peek() != "|") add(peek());
        ++at_;
      }
      if (peek() != ")") return fail("'(' without ')'");
      ++at_;
    }
    grammar_.looks_.push_back(std::move(look));
    emit(Op::kLook, static_cast<std::uint32_t>(grammar_.looks_.size() - 1));
  }

  Grammar& grammar_;
  Lexicon& lexicon_;
  std::vector<std::string_view> tokens_;
  std::size_t at_ = 0;
  std::string error_;
};

std::uint32_t Grammar::group(std::string_view name) const {
  const auto found = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const Group& group) { return group.name == name; });
  return static_cast<std::uint32_t>(found - groups_.begin());
}

Grammar Grammar::load(std::string_view rules, Lexicon& lexicon) {
  Grammar grammar;
  grammar.groups_.push_back({.name = "(top)", .rules = {}, .by_word = {}, .by_class = {}});
  std::uint32_t line = 0;
  for (const auto& row : parse_tsv(rules)) {
    ++line;
    const auto cell = [&](std::size_t i) { return i < row.size() ? row[i] : std::string_view{}; };
    Rule rule{cell(0), cell(2), cell(3),
              cell(4), line,    static_cast<std::uint32_t>(grammar.code_.size()),
              0};
    RuleCompiler compiler(grammar, lexicon, cell(1));
    if (row.size() < 3 || !compiler.compile()) {
      grammar.errors_.push_back(fmt::format("rule {}: {}: {}", line, cell(1), compiler.error()));
      grammar.code_.resize(rule.start);
      continue;
    }
    const std::uint32_t group = grammar.group(rule.group);
    if (group == grammar.group_count())
      grammar.groups_.push_back({.name = rule.group, .rules = {}, .by_word = {}, .by_class = {}});
    grammar.groups_[group].rules.push_back(static_cast<std::uint32_t>(grammar.rules_.size()));
    grammar.rules_.push_back(rule);
  }
  grammar.fill_top();
  for (std::uint32_t group = 0; group < grammar.group_count(); ++group) grammar.index_group(group);
  return grammar;
}

void Grammar::fill_top() {
  for (const std::string_view name : {"set", "time", "date", "cal", "day", "age", "dur", "ref"}) {
    const std::uint32_t index = group(name);
    if (index == group_count()) continue;
    const auto& rules = groups_[index].rules;
    groups_[kTop].rules.insert(groups_[kTop].rules.end(), rules.begin(), rules.end());
  }
  for (std::uint32_t place = 0; place < groups_[kTop].rules.size(); ++place)
    rules_[groups_[kTop].rules[place]].preference = place;
}

void Grammar::first_of(std::uint32_t pc, std::vector<std::uint32_t>& words, std::uint64_t& classes,
                       std::vector<bool>& seen) const {
  if (seen[pc]) return;
  seen[pc] = true;
  const Instruction& instruction = code_[pc];
  switch (instruction.op) {
    case Op::kLiteral:
      words.push_back(instruction.a);
      break;
    case Op::kSymbol:
      classes |= std::uint64_t{1} << instruction.a;
      break;
    case Op::kGroup:
      for (const std::uint32_t rule : groups_[instruction.a].rules)
        first_of(rules_[rule].start, words, classes, seen);
      break;
    case Op::kSplit:
      first_of(instruction.a, words, classes, seen);
      first_of(instruction.b, words, classes, seen);
      break;
    case Op::kJump:
      first_of(instruction.a, words, classes, seen);
      break;
    case Op::kLook:
      first_of(pc + 1, words, classes, seen);
      break;
    case Op::kMatch:
      break;
  }
}

void Grammar::index_group(std::uint32_t index) {
  Group& group = groups_[index];
  group.by_class.resize(static_cast<std::size_t>(Symbol::kCount));
  for (const std::uint32_t rule : group.rules) {
    std::vector<std::uint32_t> words;
    std::uint64_t classes = 0;
    std::vector<bool> seen(code_.size());
    first_of(rules_[rule].start, words, classes, seen);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::uint32_t word : words) group.by_word[word].push_back(rule);
    for (std::size_t symbol = 0; symbol < group.by_class.size(); ++symbol)
      if ((classes >> symbol) & 1) group.by_class[symbol].push_back(rule);
    group.first_classes |= classes;
  }
}

Matcher::Matcher(const Grammar& grammar, const Scan& scan)
    : grammar_(grammar), scan_(scan), memo_(grammar.group_count() * scan.size(), -2) {}

bool Matcher::look(const Grammar::Look& look, std::uint32_t at) const {
  bool found = false;
  if (look.behind ? at > 0 : at < scan_.size()) {
    const Atom& atom = scan_[look.behind ? at - 1 : at];
    found = (atom.classes & look.classes) != 0 ||
            (atom.word &&
             std::find(look.words.begin(), look.words.end(), atom.word->id) != look.words.end());
  }
  return found != look.negative;
}

bool Matcher::can_step(std::uint32_t from, std::uint32_t at) const {
  return at < scan_.size() && (at == from || !scan_[at].after_break);
}

void Matcher::run(Attempt& attempt, std::uint32_t pc, std::uint32_t at) {
  using Op = Grammar::Op;
  const std::size_t kept = attempt.captures.size();
  for (;;) {
    if (++attempt.steps > kMostSteps) break;
    const Grammar::Instruction& instruction = grammar_.code_[pc];
    if (instruction.op == Op::kSplit) {
      run(attempt, instruction.a, at);
      pc = instruction.b;
      continue;
    }
    if (instruction.op == Op::kJump) {
      pc = instruction.a;
      continue;
    }
    if (instruction.op == Op::kLook) {
      if (!look(grammar_.looks_[instruction.a], at)) break;
      ++pc;
      continue;
    }
    if (instruction.op == Op::kMatch) {
      if (at > attempt.best_end) {
        attempt.best_end = at;
        attempt.best = attempt.captures;
      }
      break;
    }
    if (!can_step(attempt.from, at)) break;
    if (instruction.op == Op::kLiteral) {
      if (!scan_[at].word || scan_[at].word->id != instruction.a) break;
      ++at;
    } else if (instruction.op == Op::kSymbol) {
      const auto shape = scan_.match(static_cast<Symbol>(instruction.a), at);
      if (!shape) break;
      attempt.captures.push_back({shape->symbol, at, shape->end, shape->value, nullptr});
      at = shape->end;
    } else {
      const Reading* reading = read(instruction.a, at);
      if (!reading) break;
      attempt.captures.push_back({Symbol::kCount, at, reading->end, {}, reading});
      at = reading->end;
    }
    ++pc;
  }
  attempt.captures.resize(kept);
}

std::unique_ptr<Reading> Matcher::try_rule(std::uint32_t rule, std::uint32_t at) {
  Attempt attempt{
      .rule = &grammar_.rules_[rule], .captures = {}, .best = {}, .from = at, .best_end = at};
  run(attempt, attempt.rule->start, at);
  if (attempt.best_end == at) return nullptr;
  return std::make_unique<Reading>(
      Reading{attempt.rule, at, attempt.best_end, std::move(attempt.best)});
}

void Matcher::candidates(const Grammar::Group& group, std::uint32_t at,
                         std::vector<std::uint32_t>& out) const {
  const Atom& atom = scan_[at];
  if (atom.word)
    if (const auto found = group.by_word.find(atom.word->id); found != group.by_word.end())
      out.insert(out.end(), found->second.begin(), found->second.end());
  for (std::uint64_t bits = atom.classes & group.first_classes; bits != 0; bits &= bits - 1) {
    const auto& rules = group.by_class[static_cast<std::size_t>(std::countr_zero(bits))];
    out.insert(out.end(), rules.begin(), rules.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

const Reading* Matcher::read(std::uint32_t group, std::uint32_t at) {
  std::int32_t& memo = memo_[static_cast<std::size_t>(group) * scan_.size() + at];
  if (memo >= 0) return readings_[static_cast<std::size_t>(memo)].get();
  if (memo == -1) return nullptr;
  memo = -1;
  std::vector<std::uint32_t> rules;
  candidates(grammar_.groups_[group], at, rules);
  std::unique_ptr<Reading> best;
  for (const std::uint32_t rule : rules) {
    auto reading = try_rule(rule, at);
    if (reading && (!best || reading->end > best->end)) best = std::move(reading);
  }
  if (!best) return nullptr;
  readings_.push_back(std::move(best));
  memo_[static_cast<std::size_t>(group) * scan_.size() + at] =
      static_cast<std::int32_t>(readings_.size() - 1);
  return readings_.back().get();
}

std::vector<const Reading*> Matcher::read_all(std::uint32_t group, std::uint32_t at) {
  std::vector<std::uint32_t> rules;
  candidates(grammar_.groups_[group], at, rules);
  std::vector<const Reading*> all;
  for (const std::uint32_t rule : rules) {
    auto reading = try_rule(rule, at);
    if (!reading) continue;
    readings_.push_back(std::move(reading));
    all.push_back(readings_.back().get());
  }
  std::stable_sort(all.begin(), all.end(), [](const Reading* a, const Reading* b) {
    return a->end != b->end ? a->end > b->end : a->rule->preference < b->rule->preference;
  });
  return all;
}

}  // namespace dateline::times
