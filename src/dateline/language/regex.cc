#include "dateline/language/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

namespace dateline::language {
namespace {

// str.isspace and its complement, as the inside of a class.
constexpr std::string_view kSpace =
    R"(\t-\r\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";
constexpr std::string_view kNotSpace =
    R"(\x{0}-\x{8}\x{e}-\x{1b}\x{21}-\x{84}\x{86}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff})"
    R"(\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{10ffff})";
constexpr std::string_view kWord = R"(\p{L}\p{N}_)";

// `escape` is the letter after the backslash. Empty when it is not one that differs.
std::string convert_class_escape(char escape, bool in_class) {
  const auto bracketed = [in_class](std::string_view inside) {
    return in_class ? std::string(inside) : fmt::format("[{}]", inside);
  };
  switch (escape) {
    case 'd':
      return R"(\p{Nd})";
    case 'D':
      return R"(\P{Nd})";
    case 's':
      return bracketed(kSpace);
    case 'S':
      return bracketed(kNotSpace);
    case 'w':
      return bracketed(kWord);
    case 'W':
      return in_class ? std::string() : fmt::format("[^{}]", kWord);
    case 'Z':
      return in_class ? std::string() : std::string(R"(\z)");
    default:
      return {};
  }
}

class MatchData {
 public:
  MatchData()
      : data_(pcre2_match_data_create(1, nullptr)),
        context_(pcre2_match_context_create(nullptr)),
        stack_(pcre2_jit_stack_create(std::size_t{32} << 10U, std::size_t{64} << 20U, nullptr)) {
    // Grows as a match needs it. Without it the JIT compiler's code has 32 KiB.
    if (stack_ != nullptr) pcre2_jit_stack_assign(context_, nullptr, stack_);
    // Python has no limits; these end what would take minutes.
    pcre2_set_match_limit(context_, 50'000'000);
    pcre2_set_heap_limit(context_, 262'144);  // KiB
  }
  ~MatchData() {
    pcre2_match_data_free(data_);
    pcre2_match_context_free(context_);
    pcre2_jit_stack_free(stack_);
  }
  MatchData(const MatchData&) = delete;
  MatchData& operator=(const MatchData&) = delete;

  pcre2_match_data* data() { return data_; }
  pcre2_match_context* context() { return context_; }

 private:
  pcre2_match_data* data_;
  pcre2_match_context* context_;
  pcre2_jit_stack* stack_;
};

}  // namespace

Result<std::string> to_pcre2(std::string_view python, bool* caseless) {
  *caseless = false;
  if (python.starts_with("(?u)")) python.remove_prefix(4);
  if (python.starts_with("(?iu)") || python.starts_with("(?i)")) {
    *caseless = true;
    python.remove_prefix(python.find(')') + 1);
  }
  const auto unsupported = [&](std::size_t at) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("regular expression: '{}' at {}", python.substr(at, 2), at));
  };
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < python.size(); ++i) {
    const char c = python[i];
    if (c == '\\') {
      if (i + 1 == python.size()) return unsupported(i);
      const char escape = python[++i];
      const std::size_t digits = escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      if (digits != 0) {
        if (i + digits >= python.size()) return unsupported(i - 1);
        out += fmt::format(R"(\x{{{}}})", python.substr(i + 1, digits));
        i += digits;
      } else if (const std::string other = convert_class_escape(escape, in_class); !other.empty()) {
        out += other;
      } else if ((escape == 'b' && !in_class) || escape == 'B' || escape == 'W' || escape == 'Z') {
        return unsupported(i - 1);
      } else {
        out += c;
        out += escape;
      }
    } else if (!in_class && c == '[') {
      in_class = true;
      out += c;
      if (i + 1 < python.size() && python[i + 1] == '^') out += python[++i];
      if (i + 1 < python.size() && python[i + 1] == ']') {
        out += R"(\])";
        ++i;
      }
    } else if (in_class && c == '[') {
      out += R"(\[)";
    } else {
      if (c == ']') in_class = false;
      out += c;
    }
  }
  return out;
}

void Regex::Free::operator()(void* code) const { pcre2_code_free(static_cast<pcre2_code*>(code)); }

Result<Regex> Regex::compile(std::string_view python, std::string_view name) {
  bool caseless = false;
  DATELINE_TRY(const std::string pattern, to_pcre2(python, &caseless));
  int error = 0;
  PCRE2_SIZE where = 0;
  pcre2_code* code =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                    PCRE2_UTF | (caseless ? PCRE2_CASELESS : 0U), &error, &where, nullptr);
  if (code == nullptr) {
    PCRE2_UCHAR message[160];
    pcre2_get_error_message(error, message, sizeof message);
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: regular expression: {} at {}", name,
                            reinterpret_cast<const char*>(message), where));
  }
  Regex regex;
  regex.code_.reset(code);
  // Without the JIT compiler it is only slower.
  (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
  return regex;
}

std::optional<RegexMatch> Regex::run(std::string_view subject, std::size_t from,
                                     unsigned options) const {
  thread_local MatchData match;
  const auto* code = static_cast<const pcre2_code*>(code_.get());
  const auto* bytes = reinterpret_cast<PCRE2_SPTR>(subject.data() == nullptr ? "" : subject.data());
  options |= PCRE2_NO_UTF_CHECK;
  int found =
      pcre2_match(code, bytes, subject.size(), from, options, match.data(), match.context());
  // The JIT compiler's stack ends at last; the interpreter's grows on the heap.
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = pcre2_match(code, bytes, subject.size(), from, options | PCRE2_NO_JIT, match.data(),
                        match.context());
  if (found < 0) return std::nullopt;
  const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(match.data());
  return RegexMatch{ends[0], ends[1]};
}

std::optional<RegexMatch> Regex::search(std::string_view subject, std::size_t from) const {
  return run(subject, from, 0);
}

bool Regex::matches_at_start(std::string_view subject) const {
  return run(subject, 0, PCRE2_ANCHORED).has_value();
}

}  // namespace dateline::language
