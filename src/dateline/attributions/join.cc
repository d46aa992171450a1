#include "dateline/attributions/join.h"
#include "dateline/base/ascii.h"

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
    case Origin::kAdverb:
      return 2;
    case Origin::kBare:
      return 3;
  }
  return 3;
}

bool same_cue(const Candidate& a, const Candidate& b) {
  return !a.cue.empty() && !b.cue.empty() && common(a.cue, b.cue) > 0;
}

std::uint32_t covered(TokenSpan span, const std::vector<TokenSpan>& by) {
  return common({span}, by);
}

bool is_quiet(const Token& token) { return token.pos == "PUNCT" || token.pos == "SPACE"; }

// Sorted, joined where they touch or only punctuation without quotation marks stands between.
std::vector<TokenSpan> merged(const Doc& doc, std::vector<TokenSpan> spans) {
  std::ranges::sort(spans);
  std::vector<TokenSpan> out;
  for (const TokenSpan span : spans) {
    bool joins = !out.empty();
    for (std::uint32_t i = joins ? out.back().end : 0; joins && i < span.begin; ++i)
      joins = is_quiet(doc[i]) && i + 1 == span.begin && doc[i].tag != "``" && doc[i].tag != "''";
    if (joins)
      out.back().end = std::max(out.back().end, span.end);
    else
      out.push_back(span);
  }
  return out;
}

bool opens_sentence(const Doc& doc, std::uint32_t mark) {
  return mark == 0 || doc[mark].sentence_start || doc[mark - 1].text.ends_with('.');
}

// Cuts off the beginning of a quotation where a piece runs into it over the end of a sentence:
// "criticised the move on Monday. “You"; whether it did.
bool part_before(const Doc& doc, TokenSpan whole, std::vector<TokenSpan>& content) {
  if (covered(whole, content) * 10 >= whole.size() * 6) return false;
  if (!opens_sentence(doc, whole.begin)) return false;
  for (TokenSpan& span : content)
    if (span.begin < whole.begin && whole.begin < span.end && span.end < whole.end) {
      span = trim(doc, {span.begin, whole.begin});
      return true;
    }
  return false;
}

// “…,” she said, and soon the lights went out: what follows the verb without marks is not said.
void drop_after_verb(const Doc& doc, std::span<const Quotation> marks, const Candidate& rule,
                     Candidate& candidate) {
  if (rule.cue.empty() || !same_cue(rule, candidate) ||
      rule.content.front().end > rule.cue.front().begin)
    return;
  const std::uint32_t verb = rule.cue.front().end;
  std::vector<TokenSpan> said;
  for (TokenSpan span : candidate.content) {
    bool quoted = span.begin < verb;
    for (const Quotation& mark : marks) {
      if (quoted || !doc.bytes(span).overlaps(mark.span)) continue;
      const std::uint32_t first = doc.token_span(mark.span).begin;
      if (first > span.begin && opens_sentence(doc, first)) span.begin = first;
      quoted = true;
    }
    if (quoted) said.push_back(span);
  }
  if (!said.empty()) candidate.content = std::move(said);
}

// "wrote to the clerk: “…”", "posted a photo with the caption, “…”": hearer and object that stand
// between the verb and what it leads in are no part of it.
void drop_before_quotation(const Doc& doc, const Candidate& rule, Candidate& candidate) {
  const std::uint32_t first = rule.content.front().begin;
  if (rule.cue.empty() || rule.cue.front().end > first) return;
  if (doc[first - 1].text != ":" && doc[first - 1].text != ",") return;
  std::vector<TokenSpan> said;
  for (TokenSpan span : candidate.content) {
    const std::uint32_t from = std::max(span.begin, rule.cue.front().end);
    const std::uint32_t to = std::min(span.end, first);
    bool clause = span.begin < rule.cue.front().begin || doc[from].lower == "that";
    for (std::uint32_t i = from; i < to; ++i)
      clause |= (doc[i].pos == "VERB" || doc[i].pos == "AUX") && doc[i].dep != "relcl" &&
                doc[i].dep != "acl";
    if (!clause && from < to) span.begin = to;
    if (span.begin < span.end) said.push_back(span);
  }
  candidate.content = std::move(said);
}

void take_quotations(const Doc& doc, std::span<const Quotation> marks, const Candidate& rule,
                     Candidate& candidate) {
  drop_after_verb(doc, marks, rule, candidate);
  for (const TokenSpan span : rule.content)
    if (covered(span, candidate.cue) + covered(span, candidate.source) == 0)
      candidate.content.push_back(span);
  drop_before_quotation(doc, rule, candidate);
  candidate.content = merged(doc, std::move(candidate.content));
}

double share_in(const Candidate& a, const Candidate& b) {
  const std::uint32_t all = size_of(a.content);
  return all == 0 ? 0.0 : static_cast<double>(common(a.content, b.content)) / all;
}

// “My wife tells me to stop. She is right”: what is told within a quotation leaves it a speech. One
// without a cue has to open its line: elsewhere a mark that closes may have been read as opening.
bool is_within(const Doc& doc, const Candidate& inner, const Candidate& outer) {
  const std::uint32_t first = outer.content.front().begin;
  if (outer.origin == Origin::kBare && first > 0 && !is_break(doc[first - 1])) return false;
  if (outer.origin == Origin::kBare &&
      common(inner.content, outer.content) < size_of(inner.content))
    return false;
  return common(inner.cue, outer.content) > 0;
}

// Of those that do not hold the cue, too: these say that the cue says so.
double share_in(const Doc& doc, const Candidate& a, const std::vector<Candidate>& all) {
  double best = 0;
  for (const Candidate& b : all)
    if (common(a.cue, b.content) == 0 && !(a.origin != Origin::kFrame && is_within(doc, b, a)))
      best = std::max(best, share_in(a, b));
  return best;
}

// Of two learned ones on the same words the more probable.
void drop_doubles(std::vector<Candidate>& candidates) {
  std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::score);
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates)
    if (std::ranges::none_of(kept, [&](const Candidate& other) {
          return overlap(candidate.content, other.content) >= 0.8 || same_cue(candidate, other);
        }))
      kept.push_back(std::move(candidate));
  candidates = std::move(kept);
}

// The learned candidate that means the quotation: one of the same cue, or the surest that has most
// of its words and a cue that no other quotation has.
Candidate* partner_of(const Candidate& rule, const std::vector<Candidate>& rules,
                      std::vector<Candidate>& learned, double least) {
  const auto first = [&](auto test) -> Candidate* {
    const auto found = std::ranges::find_if(learned, [&](const Candidate& candidate) {
      return candidate.score >= least && common(rule.cue, candidate.content) == 0 &&
             common(candidate.cue, rule.content) == 0 && test(candidate);
    });
    return found == learned.end() ? nullptr : &*found;
  };
  if (Candidate* same = first([&](const Candidate& c) { return same_cue(rule, c); })) return same;
  return first([&](const Candidate& candidate) {
    return share_in(rule, candidate) >= 0.5 && overlap(rule.content, candidate.content) >= 0.3 &&
           std::ranges::none_of(rules, [&](const Candidate& other) {
             return other.origin == Origin::kQuotation && same_cue(other, candidate);
           });
  });
}

// What the rule gave to its cue is taken out of those of other cues, unless these say that the cue
// says so.
void take_away(const Doc& doc, const Candidate& rule, const Candidate* partner,
               std::vector<Candidate>& learned) {
  if (rule.cue.empty()) return;
  for (Candidate& other : learned) {
    if (&other == partner || same_cue(rule, other) || common(rule.cue, other.content) > 0) continue;
    for (const TokenSpan piece : rule.content) {
      if (covered(piece, other.content) * 10 < piece.size() * 8) continue;
      if (covered(piece, other.cue) + covered(piece, other.source) > 0) continue;
      std::vector<TokenSpan> rest = without(doc, other.content, piece);
      if (!rest.empty()) other.content = std::move(rest);
    }
  }
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

// No other cue is its own, none says the same words, and nobody says that it says so.
bool is_alone(const Candidate& rule, const std::vector<Candidate>& others) {
  return std::ranges::none_of(others, [&](const Candidate& other) {
    return same_cue(rule, other) || common(rule.cue, other.content) > 0 ||
           overlap(rule.content, other.content) >= kSame;
  });
}

}  // namespace

double overlap(const std::vector<TokenSpan>& a, const std::vector<TokenSpan>& b) {
  const std::uint32_t both = common(a, b), either = size_of(a) + size_of(b) - both;
  return either == 0 ? 0.0 : static_cast<double>(both) / either;
}

void widen(const Doc& doc, std::span<const TokenSpan> quotations, Candidate& candidate) {
  for (const TokenSpan whole : quotations) {
    if (part_before(doc, whole, candidate.content)) continue;
    const std::uint32_t have = covered(whole, candidate.content);
    if (have == 0 || have * 10 < whole.size() * 6 || have == whole.size()) continue;
    if (covered(whole, candidate.cue) + covered(whole, candidate.source) > 0) continue;
    candidate.content.push_back(whole);
  }
  candidate.content = merged(doc, std::move(candidate.content));
}

std::vector<Candidate> join_rules(const Doc& doc, std::vector<Candidate> candidates) {
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tuple(rank(a.origin), first_token(a)) < std::tuple(rank(b.origin), first_token(b));
  });
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const bool taken = std::ranges::any_of(kept, [&](const Candidate& other) {
      if (common(candidate.cue, other.content) > 0) return false;  // it stands inside
      return same_cue(candidate, other) || overlap(candidate.content, other.content) >= kSame ||
             (candidate.origin == Origin::kBare && common(candidate.content, other.content) > 0 &&
              !is_within(doc, other, candidate));
    });
    if (!taken) kept.push_back(std::move(candidate));
  }
  return kept;
}

// "She posted a line that read, “…”": her words, without "that read".
bool take_written(const Doc& doc, const Candidate& rule, std::vector<Candidate>& learned) {
  constexpr std::uint32_t kLead = 2;  // tokens before "read"
  if (rule.cue.empty() || doc[doc.head_of(rule.cue.front())].lemma != "read") return false;
  const std::uint32_t read = rule.cue.front().begin;
  for (Candidate& other : learned) {
    if (common(rule.cue, other.content) == 0 || other.content.front().begin + kLead < read ||
        other.source.empty())
      continue;
    other.content = rule.content;
    return true;
  }
  return false;
}

// "The Post quoted Ms Grey as saying: “…”": she speaks, the Post is no more than where it stands.
bool quotes_another(const Doc& doc, const Candidate& candidate,
                    const std::vector<Candidate>& rules) {
  if (candidate.cue.empty() || doc[doc.head_of(candidate.cue.front())].lemma != "quote")
    return false;
  return std::ranges::any_of(rules, [&](const Candidate& rule) {
    if (rule.origin != Origin::kQuotation || rule.cue.empty()) return false;
    const std::uint32_t saying = doc.head_of(rule.cue.front());
    return doc[saying].dep == "pcomp" && common(rule.cue, candidate.content) > 0;
  });
}

std::vector<Candidate> join_learned(const Doc& doc, std::span<const Quotation> marks,
                                    const std::vector<Candidate>& rules,
                                    std::vector<Candidate> learned, const Thresholds& thresholds) {
  drop_doubles(learned);
  std::vector<TokenSpan> quotations;
  quotations.reserve(marks.size());
  for (const Quotation& mark : marks) quotations.push_back(doc.token_span(mark.span));
  for (Candidate& candidate : learned) widen(doc, quotations, candidate);
  std::vector<Candidate> alone;
  for (const Candidate& rule : rules) {
    if (rule.origin == Origin::kFrame && !rule.sure) continue;
    if (take_written(doc, rule, learned)) continue;
    Candidate* partner = rule.origin == Origin::kQuotation
                             ? partner_of(rule, rules, learned, thresholds.quoted)
                             : nullptr;
    if (partner != nullptr) {
      take_quotations(doc, marks, rule, *partner);
      partner->verbatim = rule.verbatim;
      const bool other_cue = !rule.cue.empty() && !same_cue(rule, *partner);
      if (!rule.source.empty() && (partner->source.empty() || other_cue)) {
        if (other_cue) partner->cue = rule.cue, partner->content = rule.content;
        partner->source = rule.source;
        partner->source_head = rule.source_head;
      }
      partner->score = std::max(partner->score, thresholds.keep);
    } else {
      alone.push_back(rule);
    }
    if (rule.origin == Origin::kQuotation) take_away(doc, rule, partner, learned);
  }
  std::erase_if(learned, [&](const Candidate& candidate) {
    return quotes_another(doc, candidate, rules) ||
           candidate.score < (candidate.source.empty() ? thresholds.unsourced : thresholds.keep);
  });
  for (Candidate& rule : alone)
    if (rule.sure ? is_alone(rule, learned)
                  : share_in(doc, rule, learned) < (rule.origin == Origin::kBare ? 0.2 : 0.5))
      learned.push_back(std::move(rule));
  return learned;
}

// A quotation mark stands within the content.
bool holds_mark(const Doc& doc, const Candidate& candidate) {
  return std::ranges::any_of(candidate.content, [&](TokenSpan part) {
    return std::ranges::any_of(
        doc.tokens().subspan(part.begin, part.size()), [](const Token& token) {
          return is_one_of(token.text, "\"", "“", "”", "‘", "’", "'", "``", "''");
        });
  });
}

void join_nested(const Doc& doc, std::vector<Candidate>& outer, std::vector<Candidate> inner,
                 const std::vector<Candidate>& frames, const Thresholds& thresholds) {
  std::erase_if(inner, [&](const Candidate& candidate) {
    const bool framed = std::ranges::any_of(
        frames, [&](const Candidate& frame) { return same_cue(frame, candidate); });
    return candidate.score <
           (framed || holds_mark(doc, candidate) ? thresholds.nested : thresholds.nested_alone);
  });
  const auto is_read = [read = inner](const Candidate& frame) {
    return std::ranges::any_of(read,
                               [&](const Candidate& other) { return same_cue(frame, other); });
  };
  const std::size_t size = outer.size();
  const auto inside_one = [&](const Candidate& candidate) {
    return std::any_of(outer.begin(), outer.begin() + static_cast<std::ptrdiff_t>(size),
                       [&](const Candidate& whole) {
                         return share_in(candidate, whole) == 1.0 &&
                                size_of(candidate.content) < size_of(whole.content);
                       });
  };
  const auto is_new = [&](const Candidate& candidate) {
    return std::ranges::none_of(outer, [&](const Candidate& other) {
      return same_cue(candidate, other) || overlap(candidate.content, other.content) >= 0.8;
    });
  };
  for (Candidate& candidate : inner)
    if (is_new(candidate)) outer.push_back(std::move(candidate));
  for (const Candidate& frame : frames)
    if (is_read(frame) && inside_one(frame) && is_new(frame)) outer.push_back(frame);
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
    attribution.form =
        candidate.verbatim ? AttributionForm::kDirect : form_of(attribution.content, marks);
    attributions.push_back(std::move(attribution));
  }
  for (std::size_t i = 0; i < attributions.size(); ++i)
    attributions[i].parent = parent_of(attributions, i);
  return attributions;
}

}  // namespace dateline::attributions
