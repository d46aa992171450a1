#include "dateline/store/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::store {
namespace {

// Without accents and case; the text itself when utf8proc cannot map it.
std::string folded(std::string_view text) {
  if (std::all_of(text.begin(), text.end(),
                  [](char c) { return static_cast<signed char>(c) >= 0; }))
    return to_lower(text);
  const std::string valid = unicode::sanitize(text, nullptr);
  utf8proc_uint8_t* mapped = nullptr;
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                     UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                                 static_cast<utf8proc_ssize_t>(valid.size()), &mapped, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return valid;
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

}  // namespace

std::string name_key(std::string_view name) {
  const std::string text = folded(name);
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    if (unicode::is_of_word(code.code_point)) {
      key.append(text, at, code.size);
    } else if (is_apostrophe(code.code_point)) {
      const std::string_view rest = std::string_view(text).substr(at + code.size);
      if (rest == "s") break;  // O'Brien stays one word; Brien's loses its ending
    } else if (!key.empty() && key.back() != ' ') {
      key += ' ';
    }
    at += code.size;
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  if (key.starts_with("the ")) key.erase(0, 4);
  return key;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    std::size_t best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(row[b.size()], limit + 1);
}

}  // namespace dateline::store
