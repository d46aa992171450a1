#include "dateline/fetch/robots.h"

#include <optional>

#include "dateline/base/ascii.h"

namespace dateline::fetch {
namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 10U;

enum class Literal { kPattern, kTarget };  // in a target, "*" and "$" are bytes like any other

std::optional<int> hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = to_lower(c);
  if (lower >= 'a' && lower <= 'f') return lower - 'a' + 10;
  return std::nullopt;
}

void add_encoded(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 15U];
}

bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// RFC 9309, 2.2.2: encoded unreserved characters are decoded, bytes beyond ASCII encoded.
std::string evened(std::string_view text, Literal literal) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '%' && at + 2 < text.size()) {
      const auto high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
      if (high && low) {
        const auto byte = static_cast<unsigned char>(*high * 16 + *low);
        at += 2;
        if (is_unreserved(static_cast<char>(byte)))
          out += static_cast<char>(byte);
        else
          add_encoded(out, byte);
        continue;
      }
    }
    const bool special = literal == Literal::kTarget && (c == '*' || c == '$');
    if (special || static_cast<unsigned char>(c) > 126 || static_cast<unsigned char>(c) < 33)
      add_encoded(out, static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

// The pieces between stars, each found as early as it can be: the first at the front, the last at
// the end where "$" asks for that.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (!target.starts_with(pattern.substr(0, star))) return false;
  if (star == std::string_view::npos) return !anchored || target.size() == pattern.size();
  target.remove_prefix(star);
  while (star != std::string_view::npos) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    if (star == std::string_view::npos && anchored) return target.ends_with(piece);
    const std::size_t found = target.find(piece);
    if (found == std::string_view::npos) return false;
    target.remove_prefix(found + piece.size());
  }
  return true;
}

// "Dateline/1.0" -> "dateline"; "*" stays.
std::string product_token(std::string_view value) {
  if (value.starts_with('*')) return "*";
  std::size_t size = 0;
  while (size < value.size() && (is_alpha(value[size]) || value[size] == '-' || value[size] == '_'))
    ++size;
  return to_lower(value.substr(0, size));
}

}  // namespace

RobotsRules RobotsRules::parse(std::string_view text, std::string_view product) {
  const std::string own = to_lower(product);
  RobotsRules named, common;
  bool for_own = false, for_all = false, any_named = false;
  bool in_names = false;  // the lines before were User-agent lines of the same group
  text = text.substr(0, kMostBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = to_lower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!in_names) for_own = for_all = false;
      in_names = true;
      const std::string token = product_token(value);
      for_own = for_own || token == own;
      for_all = for_all || token == "*";
      any_named = any_named || token == own;
    } else if (key == "allow" || key == "disallow") {
      in_names = false;
      if (value.empty()) continue;  // disallows nothing
      const Rule rule{evened(value, Literal::kPattern), key == "allow"};
      if (for_own) named.rules_.push_back(rule);
      if (for_all) common.rules_.push_back(rule);
    }
  }
  return any_named ? named : common;
}

bool RobotsRules::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string even = evened(target.empty() ? "/" : target, Literal::kTarget);
  std::size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    const std::size_t size = rule.pattern.size();
    if (size < longest || (size == longest && allowed) || !matches(rule.pattern, even)) continue;
    longest = size;
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace dateline::fetch
