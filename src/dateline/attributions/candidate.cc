#include "dateline/attributions/candidate.h"

namespace dateline::attributions {
namespace {

bool is_edge(const Token& token) {
  if (token.pos == "SPACE" || token.tag == "_SP") return true;
  return token.text == "," || token.text == ":" || token.text == ";" || token.text == "." ||
         token.text == "-" || token.text == "--" || token.text == "–" || token.text == "—";
}

bool has_words(const Doc& doc, TokenSpan span) {
  for (std::uint32_t i = span.begin; i < span.end; ++i)
    if (doc[i].pos != "PUNCT" && doc[i].pos != "SPACE") return true;
  return false;
}

}  // namespace

TokenSpan trim(const Doc& doc, TokenSpan span) {
  while (span.begin < span.end && is_edge(doc[span.begin])) ++span.begin;
  while (span.end > span.begin && is_edge(doc[span.end - 1])) --span.end;
  return span;
}

std::vector<TokenSpan> without(const Doc& doc, const std::vector<TokenSpan>& spans,
                               TokenSpan hole) {
  std::vector<TokenSpan> left;
  const auto add = [&](TokenSpan piece) {
    if (piece.begin < piece.end && has_words(doc, piece)) left.push_back(piece);
  };
  for (const TokenSpan span : spans) {
    if (hole.end <= span.begin || span.end <= hole.begin || hole.begin >= hole.end) {
      add(span);
      continue;
    }
    if (span.begin < hole.begin) add(trim(doc, {span.begin, hole.begin}));
    if (hole.end < span.end) add(trim(doc, {hole.end, span.end}));
  }
  return left;
}

std::optional<std::uint32_t> child_with(const Doc& doc, std::uint32_t token, std::string_view dep) {
  for (const std::uint32_t child : doc.children(token))
    if (doc[child].dep == dep) return child;
  return std::nullopt;
}

}  // namespace dateline::attributions
