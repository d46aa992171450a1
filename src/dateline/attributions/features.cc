#include "dateline/attributions/features.h"

#include <algorithm>
#include <optional>

#include "dateline/attributions/candidate.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::attributions {
namespace {

constexpr std::uint32_t kDepth = 200;  // bounds the walk up a tree

// Of the letters in lower case.
std::uint32_t fnv_lower(std::string_view text) {
  const bool plain = std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x80 && !is_upper(c); });
  return plain ? fnv(text) : fnv(unicode::to_lower(text));
}

std::string entity_label(const Token& token) {
  std::string label = token.entity_tag == EntityTag::kBegin    ? "B-"
                      : token.entity_tag == EntityTag::kInside ? "I-"
                                                               : "O-";
  return label.append(token.entity_type);
}

std::uint32_t entity_number(const Labels& labels, const Token& token) {
  return token.entity_type.empty() ? labels("O") : labels(entity_label(token));
}

void mark_states(const Doc& doc, std::span<const Quotation> marks, Passage& passage) {
  if (passage.size() == 0) return;
  const ByteSpan bytes = doc.bytes(passage.tokens);
  for (const Quotation& mark : marks) {
    if (!mark.span.overlaps(bytes)) continue;
    const TokenSpan covered = doc.token_span(mark.span);
    const std::uint32_t begin = std::max(covered.begin, passage.tokens.begin);
    const std::uint32_t end = std::min(covered.end, passage.tokens.end);
    if (begin >= end) continue;
    const std::uint32_t inside = mark.style == QuotationStyle::kSingle ? 4 : 2;
    for (std::uint32_t i = begin; i < end; ++i) passage.state[i - passage.tokens.begin] = inside;
    passage.state[begin - passage.tokens.begin] = 1;
    if (mark.closed && end - begin > 1) passage.state[end - 1 - passage.tokens.begin] = 3;
  }
}

std::uint32_t cue_head(const Passage& passage, TokenSpan cue) {
  std::uint32_t best = cue.begin, least = kDepth + 1;
  for (std::uint32_t t = cue.begin; t < cue.end; ++t) {
    std::uint32_t depth = 0;
    for (std::uint32_t a = t; passage.head[a] != a && depth < kDepth; a = passage.head[a]) ++depth;
    if (depth < least) {
      best = t;
      least = depth;
    }
  }
  return best;
}

// The number of edges that it lies beyond.
std::uint32_t bucket(std::int64_t away) {
  constexpr std::int64_t kLast = 64;
  static constexpr auto kBuckets = [] {
    constexpr std::array<std::int64_t, 17> kEdges = {-64, -32, -16, -8, -4, -3, -2, -1,   0,
                                                     1,   2,   3,   4,  8,  16, 32, kLast};
    std::array<std::uint8_t, 2 * kLast + 2> buckets{};
    for (std::int64_t i = -kLast; i <= kLast + 1; ++i)
      for (const std::int64_t edge : kEdges)
        if (i > edge) ++buckets[static_cast<std::size_t>(i + kLast)];
    return buckets;
  }();
  return kBuckets[static_cast<std::size_t>(std::clamp(away, -kLast, kLast + 1) + kLast)];
}

std::int64_t away_from(std::uint32_t token, TokenSpan cue) {
  if (token < cue.begin) return static_cast<std::int64_t>(token) - cue.begin;
  return token >= cue.end ? static_cast<std::int64_t>(token) - cue.end + 1 : 0;
}

// The way from the cue's head to every token: where both ways up meet.
class Ways {
 public:
  Ways(const Passage& passage, std::uint32_t from)
      : passage_(passage),
        level_(passage.size(), kNone),
        meet_(passage.size()),
        known_(passage.size(), false) {
    for (std::uint32_t a = from; level_[a] == kNone && chain_.size() < kDepth;
         a = passage.head[a]) {
      level_[a] = static_cast<std::uint32_t>(chain_.size());
      chain_.push_back(a);
    }
  }

  // Nothing where the trees are two.
  std::optional<Relation> operator()(std::uint32_t token) {
    path_.clear();
    std::uint32_t a = token;
    while (level_[a] == kNone && !known_[a] && passage_.head[a] != a && path_.size() < kDepth) {
      path_.push_back(a);
      a = passage_.head[a];
    }
    std::optional<Relation> meet;
    if (level_[a] != kNone) {
      const std::uint32_t up = level_[a];
      meet = Relation{up == 0 ? 0 : passage_.dep[chain_[up - 1]] + 1,
                      path_.empty() ? 0 : passage_.dep[path_.back()] + 1, std::min(up, 4U), 0, 0};
    } else if (known_[a]) {
      meet = meet_[a];
    }
    for (const std::uint32_t passed : path_) {
      meet_[passed] = meet;
      known_[passed] = true;
    }
    return meet;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  const Passage& passage_;
  std::vector<std::uint32_t> level_, chain_, path_;
  std::vector<std::optional<Relation>> meet_;
  std::vector<bool> known_;
};

}  // namespace

std::vector<TokenSpan> line_spans(const Doc& doc) {
  std::vector<TokenSpan> lines;
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i <= doc.size(); ++i) {
    if (i < doc.size() && !is_break(doc[i])) continue;
    if (i > begin) lines.push_back({begin, i});
    begin = i + 1;
  }
  return lines;
}

Passage make_passage(const Doc& doc, TokenSpan span, std::span<const Quotation> marks,
                     std::uint32_t place, const Vocabulary& vocabulary, std::uint32_t buckets) {
  Passage passage;
  passage.tokens = span;
  passage.place = place;
  for (auto* numbers :
       {&passage.head, &passage.tag, &passage.dep, &passage.ent, &passage.lower, &passage.lemma})
    numbers->reserve(span.size());
  for (std::uint32_t i = span.begin; i < span.end; ++i) {
    const Token& token = doc[i];
    passage.head.push_back((span.contains(token.head) ? token.head : i) - span.begin);
    passage.tag.push_back(vocabulary.tag(token.tag));
    passage.dep.push_back(vocabulary.dep(token.dep));
    passage.ent.push_back(entity_number(vocabulary.ent, token));
    passage.lower.push_back(fnv(token.lower) % buckets);
    passage.lemma.push_back(fnv_lower(token.lemma) % buckets);
  }
  passage.state.assign(span.size(), 0);
  mark_states(doc, marks, passage);
  return passage;
}

Passage part_of(const Doc& doc, const Passage& passage, TokenSpan span,
                std::span<const Quotation> marks) {
  Passage part;
  part.tokens = span;
  part.place = 2;
  part.head.reserve(span.size());
  part.dep.reserve(span.size());
  const std::uint32_t first = span.begin - passage.tokens.begin;
  for (std::uint32_t i = 0; i < span.size(); ++i) {
    const std::uint32_t head = passage.head[first + i];
    const bool inside = head >= first && head - first < span.size();
    part.head.push_back(inside ? head - first : i);
    part.dep.push_back(passage.dep[first + i]);
  }
  part.state.assign(span.size(), 0);
  mark_states(doc, marks, part);
  return part;
}

std::vector<Relation> relations_to(const Doc& doc, const Passage& passage, TokenSpan cue) {
  const std::uint32_t head = cue_head(passage, cue), begin = passage.tokens.begin;
  Ways ways(passage, head);
  std::vector<Relation> relations;
  relations.reserve(passage.size());
  for (std::uint32_t t = 0; t < passage.size(); ++t) {
    const std::int64_t sentences = static_cast<std::int64_t>(doc[begin + t].sentence) -
                                   static_cast<std::int64_t>(doc[begin + head].sentence);
    const auto meet = ways(t);
    Relation relation{0, 0, 5, 0, 0};
    if (meet && sentences == 0) relation = *meet;
    relation[3] = bucket(away_from(t, cue));
    relation[4] = static_cast<std::uint32_t>(std::clamp<std::int64_t>(sentences, -2, 2) + 2);
    relations.push_back(relation);
  }
  return relations;
}

}  // namespace dateline::attributions
