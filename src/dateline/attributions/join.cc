#include "dateline/attributions/join.h"

#include <algorithm>
#include <tuple>

namespace dateline::attributions {
namespace {

constexpr double kSame = 0.5;

std::uint32_t size_of(const std::vector<TokenSpan>& spans) {
  std::uint32_t size = 0;
  for (const TokenSpan span : spans) size += span.size();
  return size;
}

std::uint32_t common(const std::vector<TokenSpan>& a, const std::vector<TokenSpan>& b) {
  std::uint32_t both = 0;
  for (const TokenSpan x : a)
    for (const TokenSpan y : b)
      if (x.begin < y.end && y.begin < x.end)
        both += std::min(x.end, y.end) - std::max(x.begin, y.begin);
  return both;
}

int rank(Origin origin) {
  switch (origin) {
    case Origin::kModel:
      return 0;
    case Origin::kQuotation:
      return 1;
    case Origin::kFrame:
      return 2;
    case Origin::kBare:
      return 3;
  }
  return 3;
}

bool same_cue(const Candidate& a, const Candidate& b) {
  return !a.cue.empty() && !b.cue.empty() && common(a.cue, b.cue) > 0;
}

std::uint32_t first_token(const Candidate& candidate) {
  return candidate.content.empty() ? 0 : candidate.content.front().begin;
}

std::vector<ByteSpan> bytes_of(const Doc& doc, const std::vector<TokenSpan>& spans) {
  std::vector<ByteSpan> bytes;
  for (const TokenSpan span : spans) {
    const ByteSpan next = doc.bytes(span);
    if (!next.empty()) bytes.push_back(next);
  }
  return bytes;
}

AttributionForm form_of(const std::vector<ByteSpan>& content, std::span<const Quotation> marks) {
  std::uint32_t all = 0, quoted = 0;
  for (const ByteSpan span : content) {
    all += span.size();
    for (const Quotation& mark : marks)
      if (mark.span.overlaps(span))
        quoted += std::min(mark.span.end, span.end) - std::max(mark.span.begin, span.begin);
  }
  if (quoted * 5 >= all * 4) return AttributionForm::kDirect;
  return quoted > 0 ? AttributionForm::kMixed : AttributionForm::kIndirect;
}

std::uint32_t size_of(const std::vector<ByteSpan>& spans) {
  std::uint32_t size = 0;
  for (const ByteSpan span : spans) size += span.size();
  return size;
}

bool contains(const Attribution& outer, const Attribution& inner) {
  if (size_of(outer.content) <= size_of(inner.content)) return false;
  return std::ranges::all_of(inner.content, [&](ByteSpan part) {
    return std::ranges::any_of(outer.content, [&](ByteSpan whole) { return whole.contains(part); });
  });
}

// The smallest attribution whose content holds all of this one's.
std::optional<std::uint32_t> parent_of(const std::vector<Attribution>& all, std::size_t child) {
  std::optional<std::uint32_t> best;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (i == child || !contains(all[i], all[child])) continue;
    if (!best || size_of(all[i].content) < size_of(all[*best].content)) best = i;
  }
  return best;
}

}  // namespace

double overlap(const std::vector<TokenSpan>& a, const std::vector<TokenSpan>& b) {
  const std::uint32_t both = common(a, b), either = size_of(a) + size_of(b) - both;
  return either == 0 ? 0.0 : static_cast<double>(both) / either;
}

std::vector<Candidate> join_rules(const Doc&, std::vector<Candidate> candidates) {
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tuple(rank(a.origin), first_token(a)) < std::tuple(rank(b.origin), first_token(b));
  });
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const bool taken = std::ranges::any_of(kept, [&](const Candidate& other) {
      return same_cue(candidate, other) || overlap(candidate.content, other.content) >= kSame;
    });
    if (!taken) kept.push_back(std::move(candidate));
  }
  return kept;
}

std::vector<Attribution> to_attributions(const Doc& doc, std::span<const Quotation> marks,
                                         std::vector<Candidate>& candidates) {
  std::erase_if(candidates, [&](const Candidate& c) { return bytes_of(doc, c.content).empty(); });
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tuple(first_token(a), size_of(b.content)) <
           std::tuple(first_token(b), size_of(a.content));
  });
  std::vector<Attribution> attributions;
  for (const Candidate& candidate : candidates) {
    Attribution attribution;
    attribution.content = bytes_of(doc, candidate.content);
    attribution.cue = bytes_of(doc, candidate.cue);
    attribution.source = bytes_of(doc, candidate.source);
    attribution.form = form_of(attribution.content, marks);
    attributions.push_back(std::move(attribution));
  }
  for (std::size_t i = 0; i < attributions.size(); ++i)
    attributions[i].parent = parent_of(attributions, i);
  return attributions;
}

}  // namespace dateline::attributions
