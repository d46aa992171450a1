#include "dateline/article/page_kind.h"

#include <algorithm>
#include <optional>
#include <string>

#include "dateline/base/ascii.h"
#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

constexpr int kFewest = 3;  // headings or questions that make a kind

// The number that a heading begins with: "3. Bridge", "#3 Bridge", "3) Bridge".
std::optional<int> heading_number(std::string_view heading) {
  const bool hash = heading.starts_with('#');
  if (hash) heading.remove_prefix(1);
  std::size_t size = 0;
  while (size < heading.size() && size < 3 && is_digit(heading[size])) ++size;
  if (size == 0 || size == heading.size()) return std::nullopt;
  const char mark = heading[size];
  if (mark != '.' && mark != ')' && mark != ':' && !(hash && is_space(mark))) return std::nullopt;
  // "3.5 million" is no number of a list.
  if (size + 1 < heading.size() && is_digit(heading[size + 1])) return std::nullopt;
  return to_number(heading.substr(0, size));
}

// "Q: …", "Q. …".
bool begins_with(std::string_view line, char letter) {
  return line.size() > 3 && line[0] == letter && (line[1] == ':' || line[1] == '.') &&
         is_space(line[2]);
}

// Letters and digits, lower case, words apart by one space, one at each end.
std::string words_of(std::string_view text) {
  std::string out = " ";
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    if (unicode::is_of_word(code.code_point))
      out += to_lower(text.substr(at, code.size));
    else if (!out.ends_with(' '))
      out += ' ';
    at += code.size;
  }
  if (!out.ends_with(' ')) out += ' ';
  return out;
}

}  // namespace

PageKind page_kind_of(std::string_view json_type, std::string_view text,
                      const std::vector<Block>& blocks) {
  if (json_type.ends_with("LiveBlogPosting")) return PageKind::kLiveBlog;
  int headings = 0, asking = 0, questions = 0, answers = 0;
  int run = 0, longest = 0, step = 0;
  std::optional<int> last;
  for (const Block& block : blocks) {
    const std::string_view line = slice(text, block.span);
    questions += begins_with(line, 'Q') ? 1 : 0;
    answers += begins_with(line, 'A') ? 1 : 0;
    if (block.kind != BlockKind::kHeading) continue;
    ++headings;
    asking += line.ends_with('?') ? 1 : 0;
    const auto number = heading_number(line);
    if (!number) continue;
    const int now = last ? *number - *last : 0;
    const bool goes_on = (now == 1 || now == -1) && (run < 2 || now == step);
    run = goes_on ? run + 1 : 1;
    step = now;
    last = number;
    longest = std::max(longest, run);
  }
  if (longest >= kFewest) return PageKind::kList;
  if (questions >= kFewest && answers >= kFewest) return PageKind::kQuestions;
  if (asking >= kFewest && 2 * asking > headings) return PageKind::kQuestions;
  return PageKind::kArticle;
}

void mark_pull_quotes(std::string_view text, std::vector<Block>& blocks) {
  constexpr int kMost = 20;
  int looked = 0;
  std::vector<std::string> words;  // of each block, once any is needed
  for (std::size_t i = 0; i < blocks.size() && looked < kMost; ++i) {
    if (blocks[i].kind != BlockKind::kBlockquote) continue;
    ++looked;
    if (words.empty())
      for (const Block& block : blocks) words.push_back(words_of(slice(text, block.span)));
    if (std::count(words[i].begin(), words[i].end(), ' ') < 6) continue;
    for (std::size_t k = 0; k < blocks.size() && !blocks[i].pull_quote; ++k)
      blocks[i].pull_quote = k != i && blocks[k].kind != BlockKind::kBlockquote &&
                             words[k].find(words[i]) != std::string::npos;
  }
}

}  // namespace dateline::article
