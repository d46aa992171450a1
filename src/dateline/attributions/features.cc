#include "dateline/attributions/features.h"

#include <algorithm>
#include <optional>

#include "dateline/attributions/candidate.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::attributions {
namespace {

constexpr std::uint32_t kDepth = 200;  // bounds the walk up a tree

// Fowler, Noll and Vo, 32 bits, 1a.
std::uint32_t fnv(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

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
  for (const Quotation& mark : marks) {
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

std::uint32_t bucket(std::int64_t away) {
  static constexpr std::array<std::int64_t, 17> kEdges = {-64, -32, -16, -8, -4, -3, -2, -1, 0,
                                                          1,   2,   3,   4,  8,  16, 32, 64};
  return static_cast<std::uint32_t>(
      std::ranges::count_if(kEdges, [&](std::int64_t edge) { return away > edge; }));
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
