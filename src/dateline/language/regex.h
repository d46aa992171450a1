#pragma once
// Regex: a Python regular expression over str, run by PCRE2 with its JIT compiler.
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dateline/base/result.h"

namespace dateline::language {

// The same pattern in PCRE2's language: \u and \U escapes, Python's \d \w \s over Unicode 14,
// inline
// (?u) and (?iu) at the beginning ("i" sets *caseless), brackets inside classes. kUnsupported for
// \b and \B, which would mean something else, and for \W inside a class.
[[nodiscard]] Result<std::string> to_pcre2(std::string_view python, bool* caseless);

// Bytes of the subject, half-open.
struct RegexMatch {
  std::size_t begin = 0, end = 0;
};

// Move-only; immutable and thread-safe: what a match needs is made for it or kept by the thread.
// Subjects must be valid UTF-8. A subject on which the engine gives up (nested repetition over
// thousands of characters) does not match.
class Regex {
 public:
  // kInvalidArgument with the engine's words and `name` when it does not compile.
  static Result<Regex> compile(std::string_view python, std::string_view name);

  // Leftmost match at or after byte `from`, which must be the beginning of a character; what
  // stands before `from` is seen by assertions.
  [[nodiscard]] std::optional<RegexMatch> search(std::string_view subject,
                                                 std::size_t from = 0) const;
  // Whether it matches at the beginning.
  [[nodiscard]] bool matches_at_start(std::string_view subject) const;

 private:
  struct Free {
    void operator()(void* code) const;
  };
  [[nodiscard]] std::optional<RegexMatch> run(std::string_view subject, std::size_t from,
                                              unsigned options) const;

  std::unique_ptr<void, Free> code_;
};

}  // namespace dateline::language
