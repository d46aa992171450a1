#include "dateline/attributions/layout.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::attributions {
namespace {

bool is_mark(const Token& token) {
  return token.text == "\"" || token.text == "“" || token.text == "”" || token.text == "''";
}

bool is_capitals(const Token& token) {
  std::size_t capitals = 0;
  for (const char c : token.text) {
    if (is_lower(c)) return false;
    capitals += is_upper(c) ? 1U : 0U;
  }
  return capitals >= 2 || (capitals == 1 && token.text.size() <= 2);
}

// "GREY:", "MS. GREY:", "“GREY:".
std::optional<Candidate> turn_of(const Doc& doc, TokenSpan line) {
  constexpr std::uint32_t kNameTokens = 4;
  std::uint32_t i = line.begin;
  while (i < line.end && is_mark(doc[i])) ++i;
  const std::uint32_t name = i;
  while (i < line.end && i < name + kNameTokens && is_capitals(doc[i])) ++i;
  if (i == name || i + 2 >= line.end || doc[i].text != ":") return std::nullopt;
  TokenSpan said{i + 1, line.end};
  while (said.size() > 0 && is_mark(doc[said.end - 1])) --said.end;
  if (said.size() == 0) return std::nullopt;
  Candidate turn;
  turn.origin = Origin::kQuotation;
  turn.content = {said};
  turn.cue = {{i, i + 1}};
  turn.source = {{name, i}};
  turn.source_head = i - 1;
  return turn;
}

bool is_dash(const Token& token) {
  return token.text == "—" || token.text == "–" || token.text == "-" || token.text == "--" ||
         token.text == "―";
}

// The tokens of "Ada Grey (@adagrey)" about the handle at `at`, the dash before them left out.
std::optional<TokenSpan> signature_at(const Doc& doc, TokenSpan line, std::uint32_t at) {
  constexpr std::uint32_t kNameTokens = 8;
  if (!doc[at].text.starts_with("@") || at + 1 >= line.end || doc[at + 1].text != ")")
    return std::nullopt;
  std::uint32_t begin = at;
  while (begin > line.begin && at - begin < kNameTokens && !is_dash(doc[begin - 1])) --begin;
  if (begin == line.begin || !is_dash(doc[begin - 1]) || at - begin < 2) return std::nullopt;
  return TokenSpan{begin, at + 2};
}

// Where the date after a signature ends: its year.
std::uint32_t after_date(const Doc& doc, TokenSpan line, std::uint32_t from) {
  for (std::uint32_t i = from; i < line.end && i < from + 5; ++i)
    if (doc[i].text.size() == 4 && is_digit(doc[i].text.front())) return i + 1;
  return from;
}

std::uint32_t post_begin(const Doc& doc, std::uint32_t from, std::uint32_t dash) {
  for (std::uint32_t i = dash; i > from; --i)
    if (doc[i].sentence_start && i > 0 && doc[i - 1].text == ":") return i;
  return from;
}

}  // namespace

std::vector<Candidate> find_turns(const Doc& doc, std::span<const TokenSpan> lines) {
  std::vector<Candidate> turns;
  for (const TokenSpan line : lines)
    if (auto turn = turn_of(doc, line)) turns.push_back(*std::move(turn));
  if (turns.size() < 2) turns.clear();
  return turns;
}

std::vector<Candidate> find_posts(const Doc& doc, std::span<const TokenSpan> lines) {
  std::vector<Candidate> posts;
  for (const TokenSpan line : lines) {
    std::uint32_t from = line.begin;
    for (std::uint32_t i = line.begin; i < line.end; ++i) {
      const auto signature = signature_at(doc, line, i);
      if (!signature) continue;
      const std::uint32_t dash = signature->begin - 1;
      const TokenSpan said{post_begin(doc, from, dash), dash};
      from = after_date(doc, line, signature->end);
      if (said.size() == 0) continue;
      Candidate post;
      post.origin = Origin::kQuotation;
      post.content = {said};
      post.source = {*signature};
      post.source_head = signature->begin;
      for (std::uint32_t t = signature->begin; t < i; ++t)
        if (doc[t].pos == "PROPN") post.source_head = t;
      posts.push_back(std::move(post));
    }
  }
  return posts;
}

}  // namespace dateline::attributions
