#include "dateline/article/text_lines.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view article_header_keys;
extern const std::string_view article_line_marks;
extern const std::string_view article_byline_roles;
}  // namespace dateline::data

namespace dateline::article {
namespace {

constexpr std::array<std::string_view, 12> kClosing = {"\"",     "'", ")", "]", "\u2019", "\u201D",
                                                       "\u00BB", "*", "_", " ", "\u00A0", "\u203A"};

std::string_view without_closing(std::string_view line) {
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view mark : kClosing) {
      if (!line.ends_with(mark)) continue;
      line.remove_suffix(mark.size());
      more = true;
    }
  }
  return line;
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size();) {
    while (at < line.size() && is_space(line[at])) ++at;
    const std::size_t begin = at;
    while (at < line.size() && !is_space(line[at])) ++at;
    if (at > begin) words.push_back(line.substr(begin, at - begin));
  }
  return words;
}

// Upper case or not ASCII: the letters of other alphabets are given the benefit of the doubt.
bool is_capital(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'' || word.front() == '('))
    word.remove_prefix(1);
  return !word.empty() &&
         (is_upper(word.front()) || static_cast<unsigned char>(word.front()) > 127);
}

// Spaces as bytes, with the no-break space.
std::string_view trim_wide(std::string_view text) {
  for (;;) {
    text = trim(text);
    if (text.starts_with("\u00A0"))
      text.remove_prefix(2);
    else if (text.ends_with("\u00A0"))
      text.remove_suffix(2);
    else
      return text;
  }
}

struct LineMark {
  std::string_view words, where;
  BlockKind kind;
};

const std::vector<LineMark>& line_marks() {
  static const std::vector<LineMark> marks = [] {
    std::vector<LineMark> list;
    for (const auto& row : parse_tsv(data::article_line_marks))
      if (row.size() >= 3)
        list.push_back(
            {row[0], row[1], row[2] == "caption" ? BlockKind::kCaption : BlockKind::kBoilerplate});
    return list;
  }();
  return marks;
}

struct HeaderKey {
  std::string_view words, field;
};

// Longest first.
const std::vector<HeaderKey>& header_keys() {
  static const std::vector<HeaderKey> keys = [] {
    std::vector<HeaderKey> list;
    for (const auto& row : parse_tsv(data::article_header_keys))
      if (row.size() >= 2) list.push_back({row[0], row[1]});
    std::stable_sort(list.begin(), list.end(), [](const HeaderKey& a, const HeaderKey& b) {
      return a.words.size() > b.words.size();
    });
    return list;
  }();
  return keys;
}

const std::unordered_set<std::string>& byline_roles() {
  static const std::unordered_set<std::string> roles = [] {
    std::unordered_set<std::string> set;
    for (const auto& row : parse_tsv(data::article_byline_roles)) set.emplace(row[0]);
    return set;
  }();
  return roles;
}

bool is_particle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"de",  "van", "von", "der", "den", "da", "di",
                                             "del", "la",  "le",  "al",  "bin", "el", "dos"};
  return std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}

// "Anna B. Kovacs": two to five words, capitals, none of them an office.
bool is_person_name(std::string_view name) {
  const auto words = words_of(name);
  if (words.size() < 2 || words.size() > 5) return false;
  return std::all_of(words.begin(), words.end(), [](std::string_view word) {
    std::string plain = to_lower(word);
    std::erase_if(plain, [](char c) { return c == '.' || c == ','; });
    return (is_capital(word) || is_particle(word)) && byline_roles().count(plain) == 0 &&
           std::none_of(word.begin(), word.end(), is_digit);
  });
}

// The place of a dateline: capitals, at most six words.
bool is_place(std::string_view place) {
  const auto words = words_of(place);
  if (words.empty() || words.size() > 6) return false;
  return std::all_of(words.begin(), words.end(), [](std::string_view word) {
    return is_capital(word) || is_particle(word) || word == "and" || word == "of";
  });
}

bool is_shouted(std::string_view word) {
  std::size_t letters = 0;
  for (const char c : word) {
    if (is_lower(c)) return false;
    letters += is_upper(c) ? 1U : 0U;
  }
  return letters >= 2;
}

struct Dash {
  std::size_t begin = std::string_view::npos, end = 0;
};

// The first dash that stands like one: "—" anywhere, "-" and "--" between spaces.
Dash find_dash(std::string_view line) {
  Dash best;
  for (const std::string_view mark : {"\u2014", "\u2013", " -- ", " - "}) {
    const std::size_t at = line.find(mark);
    if (at < best.begin) best = {at, at + mark.size()};
  }
  return best;
}

}  // namespace

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  bool blank = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    std::size_t size = 0;
    for (; end < text.size() && size == 0; ++end) {
      if (text[end] == '\n' || text[end] == '\f') size = 1;
      if (text[end] == '\r') size = text.substr(end).starts_with("\r\n") ? 2 : 1;
      if (text[end] == '\xE2' && text.substr(end).starts_with("\u2029")) size = 3;
    }
    if (size > 0) --end;
    const std::string_view line = trim_wide(text.substr(at, end - at));
    if (line.empty()) {
      blank = true;
      if (!lines.empty()) lines.back().before_blank = true;
    } else {
      const auto begin = static_cast<std::uint32_t>(line.data() - text.data());
      lines.push_back({{begin, begin + static_cast<std::uint32_t>(line.size())}, blank, false});
      blank = false;
    }
    at = end + std::max<std::size_t>(size, 1);
  }
  if (!lines.empty()) lines.back().before_blank = true;
  return lines;
}

bool ends_sentence(std::string_view line) {
  line = without_closing(line);
  if (line.empty()) return false;
  constexpr std::string_view kStops = ".!?:;,";
  return kStops.find(line.back()) != std::string_view::npos || line.ends_with("\u2026") ||
         line.ends_with("\u3002");
}

bool looks_like_heading(std::string_view line) {
  if (line.size() > 160 || line.find('\t') != std::string_view::npos) return false;
  const auto words = words_of(line);
  if (words.empty() || words.size() > 20) return false;
  if (!is_capital(words[0]) && !is_digit(words[0].front())) return false;
  if (std::none_of(line.begin(), line.end(),
                   [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) > 127; }))
    return false;
  if (!ends_sentence(line)) return true;
  if (without_closing(line).back() != '?' || words.size() > 12) return false;
  const auto capitals = std::count_if(words.begin(), words.end(), is_capital);
  return static_cast<std::size_t>(capitals) * 10 >= words.size() * 6;
}

bool is_list_item(std::string_view line) {
  for (const std::string_view mark : {"\u2022", "\u25CF", "\u25AA", "\u00B7", "\u2023"})
    if (line.starts_with(mark)) return true;
  if (line.starts_with("- ") || line.starts_with("* ")) return true;
  if (line.starts_with('(')) line.remove_prefix(1);
  std::size_t at = 0;
  while (at < line.size() && at < 3 && is_digit(line[at])) ++at;
  if (at == 0 && !line.empty() && is_lower(line[0])) {
    return line.size() > 2 && line[1] == ')' && line[2] == ' ';
  }
  return at > 0 && at + 1 < line.size() && (line[at] == '.' || line[at] == ')') &&
         line[at + 1] == ' ';
}

std::optional<BlockKind> marked_kind(std::string_view line) {
  if (line.size() > 300) return std::nullopt;
  const std::string lower = to_lower(line);
  for (const LineMark& mark : line_marks()) {
    const bool boilerplate = mark.kind == BlockKind::kBoilerplate;
    if (boilerplate && line.size() > 160) continue;
    if ((mark.where == "is" && lower == mark.words) ||
        (mark.where == "begins" && lower.starts_with(mark.words)) ||
        (mark.where == "ends" && lower.ends_with(mark.words)))
      return mark.kind;
  }
  return std::nullopt;
}

std::optional<HeaderPart> read_header(std::string_view line) {
  const std::string lower = to_lower(line.substr(0, 40));
  for (const HeaderKey& key : header_keys()) {
    if (!lower.starts_with(key.words)) continue;
    std::string_view rest = line.substr(key.words.size());
    if (rest.empty() || is_alpha(rest.front()) || is_digit(rest.front())) continue;
    rest = trim(rest);
    const bool colon = rest.starts_with(':') || rest.starts_with('=');
    if (colon) rest = trim(rest.substr(1));
    HeaderPart part;
    part.field = key.field;
    if (key.field == "published" || key.field == "modified") {
      part.date = read_page_date(rest);
      if (part.date && !part.date->has_year) part.date.reset();
      if (!part.date && !(colon && rest.size() < 60)) return std::nullopt;
      if (part.date) rest = rest.substr(0, part.date->size);
    } else if (!colon || rest.size() > 300) {
      return std::nullopt;
    }
    part.value = rest;
    part.size = static_cast<std::uint32_t>(rest.data() + rest.size() - line.data());
    return part;
  }
  return std::nullopt;
}

std::vector<std::string> split_names(std::string_view names) {
  for (const std::string_view stop : {" in ", " for ", " at ", " | ", " / ", " - ", "\u2014"})
    names = names.substr(0, names.find(stop));
  std::vector<std::string> list;
  std::string_view rest = names;
  while (!rest.empty()) {
    std::size_t cut = rest.size(), skip = 0;
    for (const std::string_view mark : {",", ";", " and ", " AND ", " And ", " & ", " with "}) {
      const std::size_t at = rest.find(mark);
      if (at < cut) cut = at, skip = mark.size();
    }
    const std::string_view name = trim_wide(rest.substr(0, cut));
    rest.remove_prefix(std::min(rest.size(), cut + skip));
    if (is_person_name(name)) list.emplace_back(name);
  }
  return list;
}

std::optional<std::vector<std::string>> read_byline(std::string_view line) {
  if (line.size() > 160 || !(line.starts_with("By ") || line.starts_with("BY ") ||
                             line.starts_with("by ") || line.starts_with("By: ")))
    return std::nullopt;
  const std::string_view rest = trim(line.substr(line.find(' ')));
  if (rest.empty() || (rest.back() == '.' && rest.find(". ") == std::string_view::npos))
    return std::nullopt;
  for (const std::string_view word : words_of(rest)) {
    const bool small = word == "and" || word == "of" || word == "in" || word == "for" ||
                       word == "the" || word == "&" || word == "|" || word == "with" ||
                       word == "at" || word == "-" || word == "staff" || word == "reporter";
    if (!small && !is_capital(word) && !is_particle(word) && !is_digit(word.front()) &&
        word != "am" && word != "pm")
      return std::nullopt;
  }
  auto names = split_names(rest);
  if (names.empty()) {
    const std::string lower = to_lower(rest);
    const auto words = words_of(lower);
    const bool office = std::any_of(words.begin(), words.end(), [](std::string_view word) {
      return byline_roles().count(std::string(word)) > 0;
    });
    if (!office) return std::nullopt;
  }
  return names;
}

std::optional<DatelinePart> read_dateline(std::string_view line) {
  const std::string_view front = line.substr(0, 110);
  const Dash dash = find_dash(front);
  if (dash.begin == std::string_view::npos) return std::nullopt;
  std::string_view head = trim_wide(front.substr(0, dash.begin));
  const std::string_view behind = trim_wide(line.substr(dash.end));
  if (head.empty() || behind.empty() || is_lower(behind.front())) return std::nullopt;
  bool agency = false;
  const std::size_t open = head.rfind('(');
  if (open != std::string_view::npos && head.ends_with(')') && head.size() - open < 40) {
    agency = true;
    head = trim_wide(head.substr(0, open));
  }
  DatelinePart part;
  part.size = static_cast<std::uint32_t>(dash.end);
  while (part.size > 0 && is_space(line[part.size - 1])) --part.size;
  std::size_t comma = head.rfind(',');
  for (int i = 0; i < 2 && comma != std::string_view::npos && !part.date; ++i) {
    const std::string_view tail = trim(head.substr(comma + 1));
    part.date = read_page_date(tail);
    if (part.date && part.date->size != tail.size()) part.date.reset();
    if (part.date) head = trim(head.substr(0, comma));
    comma = comma == 0 ? std::string_view::npos : head.rfind(',', comma - 1);
  }
  if (!is_place(head)) return std::nullopt;
  const std::string_view first = head.substr(0, head.find_first_of(" ,"));
  if (!agency && !part.date && !is_shouted(first)) return std::nullopt;
  return part;
}

}  // namespace dateline::article
