#include "dateline/attributions/find_attributions.h"

#include <algorithm>
#include <span>

#include "dateline/attributions/features.h"
#include "dateline/attributions/frames.h"
#include "dateline/attributions/join.h"
#include "dateline/attributions/layout.h"
#include "dateline/attributions/lexicon.h"
#include "dateline/attributions/quotation.h"
#include "dateline/attributions/repair.h"
#include "dateline/attributions/speaker.h"
#include "dateline/attributions/speech.h"

namespace dateline::attributions {
namespace {

// Shares of right ones among each origin on the development set.
double rule_confidence(Origin origin) {
  switch (origin) {
    case Origin::kQuotation:
      return 0.85;
    case Origin::kFrame:
    case Origin::kAdverb:
      return 0.6;
    case Origin::kBare:
      return 0.3;
    case Origin::kModel:
      return 0.5;
  }
  return 0.5;
}

bool is_mark(const Token& token) {
  return token.tag == "``" || token.tag == "''" || token.text == "\"" || token.text == "“" ||
         token.text == "”";
}

bool closes_inner(const Token& token) { return token.text == "'" || token.text == "’"; }

double confidence_of(const Candidate& candidate, const AttributionModel* model) {
  if (model == nullptr) return rule_confidence(candidate.origin);
  const double score =
      candidate.origin == Origin::kModel ? candidate.score : rule_confidence(candidate.origin);
  return model->calibration(candidate.origin)(score);
}

std::vector<Candidate> find_by_rules(const Doc& doc, std::span<const Quotation> marks,
                                     const std::vector<Frame>& frames) {
  const std::vector<TokenSpan> lines = line_spans(doc);
  std::vector<Candidate> found = find_speech(doc, marks, frames);
  for (const auto& more :
       {find_turns(doc, lines), find_posts(doc, lines), find_signed(doc, marks, lines),
        frame_candidates(doc, frames, FrameUse::kAll)})
    found.insert(found.end(), more.begin(), more.end());
  return join_rules(doc, std::move(found));
}

// What the tagger and linker read, as far as the tree allows it.
std::vector<Candidate> repaired(const Doc& doc, std::vector<Candidate> read) {
  for (Candidate& candidate : read) {
    repair_source(doc, candidate);
    repair_content(doc, candidate);
  }
  std::erase_if(read, [&](const Candidate& candidate) { return !is_readable(doc, candidate); });
  return read;
}

// The quotations of a content taken by itself.
std::vector<Quotation> marks_within(const Doc& doc, TokenSpan span) {
  const ByteSpan bytes = doc.bytes(span);
  std::vector<Quotation> marks = pair_quotations(slice(doc.text(), bytes));
  for (Quotation& mark : marks) {
    mark.span = {mark.span.begin + bytes.begin, mark.span.end + bytes.begin};
    mark.inside = {mark.inside.begin + bytes.begin, mark.inside.end + bytes.begin};
  }
  return marks;
}

// The pieces of the contents that stand in one line each, without the marks about them.
std::vector<Part> parts_of(const Doc& doc, const std::vector<Candidate>& outer,
                           const std::vector<Line>& lines) {
  constexpr std::uint32_t kLeast = 5;
  std::vector<Part> parts;
  for (const Candidate& candidate : outer)
    for (const TokenSpan content : candidate.content) {
      auto line = std::ranges::upper_bound(lines, content.begin, {},
                                           [](const Line& l) { return l.passage.tokens.end; });
      for (; line != lines.end() && line->passage.tokens.begin < content.end; ++line) {
        const TokenSpan whole = line->passage.tokens;
        TokenSpan span{std::max(content.begin, whole.begin), std::min(content.end, whole.end)};
        while (span.size() > 0 && is_mark(doc[span.begin])) ++span.begin;
        while (span.size() > 0 && is_mark(doc[span.end - 1])) --span.end;
        if (span.size() < kLeast) continue;
        parts.push_back(
            {static_cast<std::size_t>(line - lines.begin()), span, marks_within(doc, span)});
      }
    }
  return parts;
}

// “Ann said, ‘We will go.’ They never did”: what follows the inner quotation is the outer
// speaker's. The last marks of an outer quotation may close the inner, too.
void end_at_mark(const Doc& doc, const std::vector<TokenSpan>& quotations, Candidate& candidate) {
  for (TokenSpan& span : candidate.content) {
    for (const TokenSpan whole : quotations)
      if (span.begin == whole.begin && span.end > whole.end && doc[whole.end].sentence_start)
        span.end = whole.end;
    const std::string_view opening = doc[span.begin].text;
    if (opening != "'" && opening != "‘") continue;
    std::uint32_t end = span.end;
    while (end < doc.size() && end < span.end + 2 && doc[end].pos == "PUNCT" &&
           !closes_inner(doc[end]))
      ++end;
    if (end < doc.size() && closes_inner(doc[end]) && !closes_inner(doc[span.end - 1]))
      span.end = end + 1;
  }
}

// What is attributed within the contents.
std::vector<Candidate> find_in_contents(const Doc& doc, const std::vector<Candidate>& outer,
                                        const Reading& reading, const AttributionModel& model) {
  const std::vector<Part> parts = parts_of(doc, outer, reading.lines);
  std::vector<Candidate> inner = repaired(doc, model.find_within(doc, reading, parts));
  std::vector<TokenSpan> quotations;
  for (const Part& part : parts)
    for (const Quotation& mark : part.marks)
      if (mark.closed) quotations.push_back(doc.token_span(mark.span));
  for (Candidate& candidate : inner) {
    if (!quotations.empty()) widen(doc, quotations, candidate);
    end_at_mark(doc, quotations, candidate);
  }
  std::erase_if(inner, [&](const Candidate& item) { return !is_worth_nesting(doc, item); });
  return inner;
}

// Drops readings of a whole line that stand in the words of a quotation and tell no clause.
void drop_idle(const Doc& doc, std::vector<Candidate>& candidates) {
  const auto is_idle = [&](const Candidate& item) {
    if (item.origin != Origin::kModel || item.cue.empty() || tells_clause(doc, item)) return false;
    return std::ranges::any_of(candidates, [&](const Candidate& outer) {
      return &outer != &item && std::ranges::any_of(outer.content, [&](TokenSpan span) {
        return (outer.verbatim || is_mark(doc[span.begin])) &&
               span.contains(item.cue.front().begin);
      });
    });
  };
  std::vector<bool> idle;
  idle.reserve(candidates.size());
  for (const Candidate& item : candidates) idle.push_back(is_idle(item));
  std::size_t at = 0;
  std::erase_if(candidates, [&](const Candidate&) { return idle[at++]; });
}

// Adds those of `nested` where nothing found yet begins.
void add_nested(const Doc& doc, std::vector<Candidate>& candidates, std::vector<Candidate> nested) {
  for (Candidate& item : nested) {
    const TokenSpan words = item.content.front();
    const bool known = std::ranges::any_of(candidates, [&](const Candidate& other) {
      return std::ranges::any_of(other.content, [&](TokenSpan span) {
        return span.begin <= words.begin + 1 && words.begin <= span.begin + 1;
      });
    });
    if (!known) candidates.push_back(std::move(item));
  }
  std::ranges::stable_sort(candidates, {}, [&](const Candidate& item) {
    return doc[item.content.front().begin].span.begin;
  });
}

// "Photos: The Brandts' summer shows …": the label of a part of the page is nobody's name.
bool is_page_part(const Doc& doc, const Candidate& candidate) {
  if (candidate.source.empty()) return false;
  const std::uint32_t first = candidate.source.front().begin;
  return first + 1 < doc.size() && doc[first + 1].text == ":" && is_page_label(doc[first].lower);
}

// Takes out the entities whose every mention went to a speaker; the others move up.
void drop_emptied(Entities& entities, std::vector<Attribution>& attributions) {
  std::vector<std::optional<std::uint32_t>> number(entities.entities.size());
  std::vector<Entity> kept;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (entities.entities[i].mentions.empty()) continue;
    number[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(entities.entities[i]));
  }
  if (kept.size() == number.size()) {
    entities.entities = std::move(kept);
    return;
  }
  for (Entity& entity : kept) {
    std::vector<std::uint32_t> members;
    for (const std::uint32_t member : entity.members)
      if (number[member]) members.push_back(*number[member]);
    entity.members = std::move(members);
  }
  for (Mention& mention : entities.mentions) mention.entity = number[mention.entity].value_or(0);
  for (Attribution& item : attributions)
    if (item.speaker) item.speaker = number[*item.speaker];
  entities.entities = std::move(kept);
}

}  // namespace

std::vector<Attribution> find_attributions(const Article&, const Doc& doc, Entities& entities,
                                           const AttributionModel* model) {
  if (model != nullptr && !model->can_read(doc)) model = nullptr;
  const std::vector<Quotation> marks = pair_quotations(doc.text());
  const std::vector<Frame> frames = find_frames(doc);
  std::vector<Candidate> candidates = find_by_rules(doc, marks, frames);
  if (model != nullptr) {
    const Reading reading = model->read(doc, marks);
    candidates = join_learned(doc, marks, candidates,
                              repaired(doc, model->find(doc, reading, marks)), model->thresholds());
    drop_idle(doc, candidates);
    join_nested(doc, candidates, find_in_contents(doc, candidates, reading, *model),
                frame_candidates(doc, frames, FrameUse::kInside), model->thresholds());
  }
  add_nested(doc, candidates, find_nested_speech(doc, marks, frames));
  std::erase_if(candidates, [&](const Candidate& item) { return is_page_part(doc, item); });
  std::vector<Attribution> attributions = to_attributions(doc, marks, candidates);
  for (std::size_t i = 0; i < attributions.size(); ++i)
    attributions[i].confidence = confidence_of(candidates[i], model);
  resolve_speakers(doc, candidates, attributions, entities);
  drop_emptied(entities, attributions);
  return attributions;
}

}  // namespace dateline::attributions
