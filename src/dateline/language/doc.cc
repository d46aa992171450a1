#include "dateline/language/doc.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline {
namespace {

// Subtrees from the leaves up. Heads that run in a circle are cut: its first token becomes a root.
// O(tokens).
void fill_subtrees(std::vector<Token>& tokens) {
  std::vector<std::uint32_t> waiting(tokens.size());  // for so many children
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    tokens[i].subtree = {i, i + 1};
    if (tokens[i].head != i) ++waiting[tokens[i].head];
  }
  std::vector<bool> is_done(tokens.size());
  // Gives `i` to its head, that to its own, as long as nothing else is waited for.
  const auto climb = [&](std::uint32_t i) {
    while (waiting[i] == 0 && !is_done[i]) {
      is_done[i] = true;
      const std::uint32_t head = tokens[i].head;
      if (head == i) return;
      TokenSpan& outer = tokens[head].subtree;
      outer.begin = std::min(outer.begin, tokens[i].subtree.begin);
      outer.end = std::max(outer.end, tokens[i].subtree.end);
      --waiting[head];
      i = head;
    }
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) climb(i);
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (is_done[i]) continue;  // what is left stands in circles
    const std::uint32_t head = tokens[i].head;
    tokens[i].head = i;
    --waiting[head];
    climb(head);
  }
}

}  // namespace

Doc Doc::assemble(std::string_view text, std::vector<Token> tokens, StringArena arena) {
  Doc doc;
  doc.text_ = text;
  doc.arena_ = std::move(arena);
  doc.tokens_ = std::move(tokens);
  for (Token& token : doc.tokens_) {
    token.text = slice(text, token.span);
    if (!token.lower.empty()) continue;
    const std::string lowered = unicode::to_lower(token.text);
    token.lower = lowered == token.text ? token.text : doc.arena_.add(lowered);
  }
  doc.link_entities();
  doc.link_sentences();
  return doc;
}

void Doc::link_entities() {
  for (std::uint32_t i = 0; i < size(); ++i) {
    const Token& token = tokens_[i];
    if (token.entity_tag == EntityTag::kBegin) {
      entities_.push_back({{i, i + 1}, token.entity_type});
    } else if (token.entity_tag == EntityTag::kInside && !entities_.empty() &&
               entities_.back().tokens.end == i) {
      entities_.back().tokens.end = i + 1;
    }
  }
}

void Doc::link_sentences() {
  sentences_.clear();
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (i == 0 || tokens_[i].sentence_start) sentences_.push_back({i, i});
    sentences_.back().end = i + 1;
    tokens_[i].sentence = static_cast<std::uint32_t>(sentences_.size() - 1);
  }
  for (std::uint32_t i = 0; i < size(); ++i) {
    Token& token = tokens_[i];
    if (token.head >= size() || tokens_[token.head].sentence != token.sentence) token.head = i;
  }
  fill_subtrees(tokens_);

  first_child_.assign(size() + 1, 0);
  for (std::uint32_t i = 0; i < size(); ++i)
    if (tokens_[i].head != i) ++first_child_[tokens_[i].head + 1];
  for (std::uint32_t i = 0; i < size(); ++i) first_child_[i + 1] += first_child_[i];
  children_.resize(first_child_[size()]);
  std::vector<std::uint32_t> next(first_child_.begin(), first_child_.end());
  for (std::uint32_t i = 0; i < size(); ++i)
    if (tokens_[i].head != i) children_[next[tokens_[i].head]++] = i;
}

void Doc::start_sentences_at(std::span<const std::uint32_t> offsets) {
  bool changed = false;
  for (const std::uint32_t offset : offsets) {
    std::uint32_t i = token_at(offset);
    while (i < size() && is_space(tokens_[i].text.front())) ++i;
    if (i == size() || tokens_[i].sentence_start || tokens_[i].span.begin < offset) continue;
    tokens_[i].sentence_start = true;
    changed = true;
  }
  if (changed) link_sentences();
}

std::uint32_t Doc::head_of(TokenSpan tokens) const {
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    const Token& token = tokens_[i];
    if (token.pos != "PUNCT" && token.pos != "SPACE" &&
        (token.head == i || !tokens.contains(token.head)))
      return i;
  }
  return tokens.begin;
}

ByteSpan Doc::bytes(TokenSpan tokens) const {
  if (tokens.end <= tokens.begin) return {};
  return {tokens_[tokens.begin].span.begin, tokens_[tokens.end - 1].span.end};
}

std::uint32_t Doc::token_at(std::uint32_t offset) const {
  const auto at = std::partition_point(
      tokens_.begin(), tokens_.end(), [&](const Token& token) { return token.span.end <= offset; });
  return static_cast<std::uint32_t>(at - tokens_.begin());
}

TokenSpan Doc::token_span(ByteSpan span) const {
  const std::uint32_t begin = token_at(span.begin);
  std::uint32_t end = begin;
  while (end < size() && tokens_[end].span.begin < span.end) ++end;
  return {begin, end};
}

void Doc::set_vectors(std::vector<float> context, std::uint32_t context_width,
                      std::vector<std::int32_t> rows, std::span<const float> table,
                      std::uint32_t vector_width) {
  context_ = std::move(context);
  context_width_ = context_width;
  vector_rows_ = std::move(rows);
  vector_table_ = table;
  vector_width_ = vector_width;
}

std::vector<std::uint32_t> lines_of(const Doc& doc) {
  std::vector<std::uint32_t> lines(doc.size());
  std::uint32_t line = 0;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    lines[i] = line;
    if (is_break(doc[i])) ++line;
  }
  return lines;
}

}  // namespace dateline
