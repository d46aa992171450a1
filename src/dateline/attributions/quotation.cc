#include "dateline/attributions/quotation.h"

#include <utf8proc.h>

#include <array>
#include <optional>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::attributions {
namespace {

struct Mark {
  std::uint32_t at = 0;  // in the line
  std::string_view text;
};

constexpr std::array<std::string_view, 10> kMarks = {"``", "''", "“", "”", "„",
                                                     "\"", "«",  "»", "‘", "’"};
constexpr std::array<std::string_view, 6> kClipped = {"'em",  "'til",  "'cause",
                                                      "'tis", "'twas", "'n"};

std::vector<Mark> marks_of(std::string_view line) {
  std::vector<Mark> marks;
  for (std::size_t at = 0; at < line.size();) {
    const auto byte = static_cast<unsigned char>(line[at]);
    if (byte < 0x80 && byte != '"' && byte != '\'' && byte != '`') {
      ++at;
      continue;
    }
    std::string_view mark;
    for (const std::string_view candidate : kMarks)
      if (mark.empty() && line.substr(at).starts_with(candidate)) mark = candidate;
    if (mark.empty() && line[at] == '\'') mark = "'";
    if (!mark.empty()) marks.push_back({static_cast<std::uint32_t>(at), mark});
    at += mark.empty() ? 1 : mark.size();
  }
  return marks;
}

// The code point before / after a place in the line; none at its ends.
std::optional<char32_t> before(std::string_view line, std::size_t at) {
  if (at == 0) return std::nullopt;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(line[begin]) & 0xC0U) == 0x80U)
    --begin;
  return unicode::decode(line, begin).code_point;
}

std::optional<char32_t> after(std::string_view line, std::size_t at) {
  if (at >= line.size()) return std::nullopt;
  return unicode::decode(line, at).code_point;
}

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_space_at(std::optional<char32_t> c) {
  return c &&
         ((*c < 0x80 && is_space(static_cast<char>(*c))) || category(*c) == UTF8PROC_CATEGORY_ZS);
}

bool is_letter_at(std::optional<char32_t> c) {
  return c && category(*c) >= UTF8PROC_CATEGORY_LU && category(*c) <= UTF8PROC_CATEGORY_LO;
}

bool is_word_at(std::optional<char32_t> c) {
  return is_letter_at(c) ||
         (c && category(*c) >= UTF8PROC_CATEGORY_ND && category(*c) <= UTF8PROC_CATEGORY_NO);
}

bool closing_of(std::string_view opener, std::string_view mark) {
  if (opener == "“") return mark == "”" || mark == "\"";
  if (opener == "„") return mark == "“" || mark == "”" || mark == "\"";
  if (opener == "\"") return mark == "\"" || mark == "”";
  if (opener == "”") return mark == "”";
  if (opener == "«") return mark == "»";
  if (opener == "``" || opener == "''") return mark == "''";
  if (opener == "‘") return mark == "’";
  return opener == "'" && mark == "'";
}

bool is_straight(std::string_view mark) { return mark == "\"" || mark == "''"; }

bool is_single(std::string_view mark) { return mark == "‘" || mark == "'"; }

bool is_clipped(std::string_view word) {
  const std::string lower = to_lower(word.substr(0, 6));
  for (const std::string_view clipped : kClipped)
    if (lower.starts_with(clipped)) return true;
  return false;
}

bool opens(std::string_view line, const Mark& mark) {
  const auto next = after(line, mark.at + mark.text.size());
  if (mark.text == "”") return mark.at == 0 && is_word_at(next);  // ”…” at the start of a line
  if (mark.text == "»" || mark.text == "’") return false;
  if (!next || is_space_at(next)) return false;
  const bool after_word = is_word_at(before(line, mark.at));
  if (is_straight(mark.text) || mark.text == "‘") return !after_word;
  if (mark.text == "'")
    return !after_word && is_letter_at(next) && !is_clipped(line.substr(mark.at));
  return true;
}

bool closes(std::string_view line, const Mark& mark, std::string_view opener) {
  if (!closing_of(opener, mark.text)) return false;
  if (mark.text != "’" && mark.text != "'") return true;
  return !is_word_at(after(line, mark.at + mark.text.size())) &&
         !is_space_at(before(line, mark.at));
}

// A mark that can only open another: the one before was never closed.
bool reopens(std::string_view line, const Mark& mark, std::string_view opener) {
  if (mark.text != opener) return false;
  return opener == "“" ||
         (is_straight(opener) && is_space_at(before(line, mark.at)) && opens(line, mark));
}

struct End {
  std::uint32_t at = 0;
  std::size_t next = 0;  // the mark to go on with
  std::uint32_t mark_size = 0;
  bool closed = false;
};

// ‘The dogs’ home,’ she said: a mark after an s within the clause is that of a plural's possession
// where another, after a stop, closes the quotation.
bool is_possession(std::string_view line, const std::vector<Mark>& marks, std::size_t j) {
  const Mark& mark = marks[j];
  if (mark.text != "’" && mark.text != "'") return false;
  if (mark.at == 0 || line[mark.at - 1] != 's') return false;
  const std::size_t next = mark.at + mark.text.size();
  if (next + 1 >= line.size() || line[next] != ' ' || !is_lower(line[next + 1])) return false;
  for (std::size_t k = j + 1; k < marks.size(); ++k) {
    if (marks[k].text != mark.text || opens(line, marks[k])) return false;
    const char stop = line[marks[k].at - 1];
    if (stop == ',' || stop == '.' || stop == '?' || stop == '!') return true;
  }
  return false;
}

std::optional<End> find_end(std::string_view line, const std::vector<Mark>& marks, std::size_t i) {
  const std::string_view opener = marks[i].text;
  for (std::size_t j = i + 1; j < marks.size(); ++j) {
    if (opener == "”" && marks[j].text == "“") return std::nullopt;  // it closed what came before
    if (reopens(line, marks[j], opener)) return End{marks[j].at, j, 0, false};
    if (closes(line, marks[j], opener) && !is_possession(line, marks, j)) {
      const auto size = static_cast<std::uint32_t>(marks[j].text.size());
      return End{marks[j].at + size, j + 1, size, true};
    }
  }
  if (is_single(opener) || opener == "”") return std::nullopt;
  return End{static_cast<std::uint32_t>(line.size()), marks.size(), 0, false};
}

void pair_line(std::string_view line, std::uint32_t base, std::vector<Quotation>& out) {
  const std::vector<Mark> marks = marks_of(line);
  for (std::size_t i = 0; i < marks.size();) {
    const auto end = opens(line, marks[i]) ? find_end(line, marks, i) : std::nullopt;
    if (!end) {
      ++i;
      continue;
    }
    Quotation quotation;
    quotation.span = {base + marks[i].at, base + end->at};
    quotation.inside = {base + marks[i].at + static_cast<std::uint32_t>(marks[i].text.size()),
                        base + end->at - end->mark_size};
    quotation.style = is_single(marks[i].text) ? QuotationStyle::kSingle : QuotationStyle::kDouble;
    quotation.closed = end->closed;
    if (quotation.inside.begin < quotation.inside.end) out.push_back(quotation);
    i = end->next;
  }
}

}  // namespace

std::vector<Quotation> pair_quotations(std::string_view text) {
  std::vector<Quotation> quotations;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    pair_line(text.substr(begin, end - begin), static_cast<std::uint32_t>(begin), quotations);
    begin = end + 1;
  }
  return quotations;
}

}  // namespace dateline::attributions
