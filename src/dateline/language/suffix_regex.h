#pragma once
// SuffixRegex: a suffix pattern of a package (alternatives that end in "$"), searched for at the
// end of a string only.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/regex.h"

namespace dateline::language {

// Bounds in characters for any match of a pattern.
struct PatternExtent {
  std::size_t length = 0;       // of the longest match
  std::size_t look_behind = 0;  // how far before its beginning an assertion looks
};

// Nothing for a pattern without such bounds (an open repetition) or with constructs that this does
// not know: anchors at the beginning, flags, references to groups.
[[nodiscard]] std::optional<PatternExtent> extent_of(std::string_view python);

// The alternatives of a pattern, none of them inside a group or a class.
[[nodiscard]] std::vector<std::string_view> alternatives_of(std::string_view python);

// Move-only; immutable and thread-safe.
class SuffixRegex {
 public:
  // As Regex::compile.
  static Result<SuffixRegex> compile(std::string_view python, std::string_view name);

  // Length of the leftmost match, 0 for none: what Regex::search says. `text` is valid UTF-8 and
  // either all white space or without any. Cost: that of the pattern on its longest match; the
  // whole text when is_bounded() is false.
  [[nodiscard]] std::size_t length(std::string_view text) const;
  [[nodiscard]] bool is_bounded() const { return is_bounded_; }

 private:
  // The alternative "cc+$": at least `least` times the character.
  struct Run {
    std::string character;
    std::size_t least = 1;
  };

  static std::optional<Run> run_of(std::string_view alternative);

  std::optional<Regex> regex_;  // without the runs where bounded
  std::vector<Run> runs_;
  PatternExtent extent_;
  bool is_bounded_ = false;
};

}  // namespace dateline::language
