#include "dateline/language/suffix_regex.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

// Behind the class that begins at `at`, npos when it does not end.
std::size_t skip_class(std::string_view pattern, std::size_t at) {
  ++at;
  if (at < pattern.size() && pattern[at] == '^') ++at;
  for (std::size_t first = at; at < pattern.size(); ++at) {
    if (pattern[at] == '\\')
      ++at;
    else if (pattern[at] == ']' && at != first)
      return at + 1;
  }
  return std::string_view::npos;
}

// Reads a pattern once, from left to right.
class Measure {
 public:
  explicit Measure(std::string_view pattern) : pattern_(pattern) {}

  std::optional<PatternExtent> run() {
    const std::size_t length = alternation(0);
    if (failed_ || at_ != pattern_.size()) return std::nullopt;
    return PatternExtent{length, look_behind_};
  }

 private:
  static constexpr std::size_t kMost = 1'000;
  static constexpr int kDeepest = 32;

  [[nodiscard]] bool ends() const { return failed_ || at_ >= pattern_.size(); }
  bool take(std::string_view word) {
    if (!pattern_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  std::size_t fail() {
    failed_ = true;
    return 0;
  }

  std::size_t alternation(int depth) {
    if (depth > kDeepest) return fail();
    std::size_t longest = 0;
    do {
      std::size_t length = 0;
      while (!ends() && pattern_[at_] != '|' && pattern_[at_] != ')') {
        const std::size_t atom = this->atom(depth);
        length += atom * most_times();
        if (length > kMost) return fail();
      }
      longest = std::max(longest, length);
    } while (!ends() && take("|"));
    return longest;
  }

  std::size_t atom(int depth) {
    switch (pattern_[at_]) {
      case '\\':
        return escape();
      case '[':
        at_ = skip_class(pattern_, at_);
        return at_ == std::string_view::npos ? fail() : 1;
      case '(':
        return group(depth);
      case '$':
        ++at_;
        return 0;
      case '^':
      case '*':
      case '+':
      case '?':
        return fail();
      default:
        at_ += unicode::decode(pattern_, at_).size;
        return 1;
    }
  }

  std::size_t escape() {
    if (at_ + 1 >= pattern_.size()) return fail();
    const char c = pattern_[at_ + 1];
    if (is_digit(c) || c == 'x' || c == 'N' || c == 'A' || c == 'Z') return fail();
    at_ += c == 'u' ? 6 : c == 'U' ? 10 : 1 + unicode::decode(pattern_, at_ + 1).size;
    return at_ <= pattern_.size() ? 1 : fail();
  }

  std::size_t group(int depth) {
    const bool behind = take("(?<=") || take("(?<!");
    const bool ahead = !behind && (take("(?=") || take("(?!"));
    if (!behind && !ahead && !take("(?:") && (!take("(") || take("?"))) return fail();
    if (is_behind_ && (behind || ahead)) return fail();
    is_behind_ = is_behind_ || behind;
    std::size_t length = alternation(depth + 1);
    if (!take(")")) return fail();
    if (behind) {
      is_behind_ = false;
      look_behind_ = std::max(look_behind_, length);
    }
    if (behind || ahead) length = 0;
    return length;
  }

  // A quantifier after an atom, if there is one.
  std::size_t most_times() {
    if (ends()) return 1;
    std::size_t times = 1;
    if (take("*") || take("+")) return fail();
    if (take("{")) {
      // {n} and {n,m}; anything else may be read in two ways.
      std::size_t least = 0;
      if (!number(least)) return fail();
      times = least;
      if (take(",") && !number(times)) return fail();
      if (!take("}")) return fail();
    } else if (!take("?")) {
      return 1;
    }
    take("?");
    if (!ends() && (pattern_[at_] == '+' || pattern_[at_] == '*')) return fail();
    return times;
  }

  bool number(std::size_t& value) {
    const std::size_t begin = at_;
    value = 0;
    for (; !ends() && is_digit(pattern_[at_]) && value <= kMost; ++at_)
      value = 10 * value + static_cast<std::size_t>(pattern_[at_] - '0');
    return at_ != begin;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::size_t look_behind_ = 0;
  bool is_behind_ = false, failed_ = false;
};

// Byte where the last `count` characters of `text` before `end` begin.
std::size_t back(std::string_view text, std::size_t end, std::size_t count) {
  for (; count > 0 && end > 0; --count) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  }
  return end;
}

}  // namespace

std::optional<PatternExtent> extent_of(std::string_view python) { return Measure(python).run(); }

std::vector<std::string_view> alternatives_of(std::string_view python) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < python.size(); ++at) {
    const char c = python[at];
    if (c == '\\') {
      ++at;
    } else if (c == '[') {
      const std::size_t end = skip_class(python, at);
      if (end == std::string_view::npos) break;
      at = end - 1;
    } else if (c == '|' && depth == 0) {
      out.push_back(python.substr(begin, at - begin));
      begin = at + 1;
    } else {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }
  out.push_back(python.substr(begin));
  return out;
}

// Letters and digits after a backslash mean something else, so only signs may stand there.
std::optional<SuffixRegex::Run> SuffixRegex::run_of(std::string_view alternative) {
  if (!alternative.ends_with("+$")) return std::nullopt;
  alternative.remove_suffix(2);
  Run run;
  run.least = 0;
  while (!alternative.empty()) {
    const bool is_escaped = alternative.front() == '\\';
    if (is_escaped) alternative.remove_prefix(1);
    if (alternative.empty()) return std::nullopt;
    const std::string_view character = alternative.substr(0, unicode::decode(alternative, 0).size);
    const bool is_plain = character.size() > 1 || character == "_" || is_alnum(character[0]);
    const bool is_sign = character.size() == 1 && !is_alnum(character[0]) &&
                         !is_space(character[0]) &&
                         (is_escaped || std::string_view(R"(.^$*+?{}[]|()\)").find(character) ==
                                            std::string_view::npos);
    if (!(is_sign || (is_plain && !is_escaped))) return std::nullopt;
    if (run.least > 0 && run.character != character) return std::nullopt;
    run.character = character;
    ++run.least;
    alternative.remove_prefix(character.size());
  }
  if (run.least == 0) return std::nullopt;
  return run;
}

Result<SuffixRegex> SuffixRegex::compile(std::string_view python, std::string_view name) {
  SuffixRegex suffix;
  suffix.is_bounded_ = true;
  std::string rest;
  for (const std::string_view alternative : alternatives_of(python)) {
    if (std::optional<Run> run = run_of(alternative)) {
      suffix.runs_.push_back(*std::move(run));
      continue;
    }
    const auto extent = extent_of(alternative);
    suffix.is_bounded_ = extent && alternative.ends_with('$') && !alternative.ends_with("\\$");
    if (!suffix.is_bounded_) break;
    suffix.extent_.length = std::max(suffix.extent_.length, extent->length);
    suffix.extent_.look_behind = std::max(suffix.extent_.look_behind, extent->look_behind);
    if (!rest.empty()) rest += '|';
    rest += alternative;
  }
  if (!suffix.is_bounded_) {
    suffix.runs_.clear();
    rest = python;
  }
  if (!rest.empty()) {
    DATELINE_TRY(suffix.regex_, Regex::compile(rest, name));
  }
  return suffix;
}

std::size_t SuffixRegex::length(std::string_view text) const {
  std::size_t longest = 0;
  if (regex_) {
    // "$" also stands before a line feed at the end: one character more. One more before those
    // that assertions may look at, so that nothing takes the cut for the beginning.
    std::size_t from = 0, begin = 0;
    if (is_bounded_) {
      from = back(text, text.size(), extent_.length + 1);
      begin = back(text, from, extent_.look_behind + 1);
    }
    if (const auto match = regex_->search(text.substr(begin), from - begin))
      longest = match->end - match->begin;
  }
  for (const Run& run : runs_) {
    std::size_t count = 0;
    for (std::string_view left = text; left.ends_with(run.character);
         left.remove_suffix(run.character.size()))
      ++count;
    if (count >= run.least) longest = std::max(longest, count * run.character.size());
  }
  return longest;
}

}  // namespace dateline::language
