#include "dateline/attributions/layout.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "dateline/attributions/frames.h"
#include "dateline/attributions/lexicon.h"
#include "dateline/attributions/speech.h"
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

// "Grey:", a name in small letters.
bool is_person(const Token& token) {
  return token.pos == "PROPN" && token.entity_type == "PERSON" && is_upper(token.text.front());
}

// "GREY:", "MS. GREY:", "“GREY:", "Q:"; "Ada Grey:".
std::optional<Candidate> turn_of(const Doc& doc, TokenSpan line) {
  constexpr std::uint32_t kNameTokens = 4;
  std::uint32_t i = line.begin;
  while (i < line.end && is_mark(doc[i])) ++i;
  const std::uint32_t name = i;
  while (i < line.end && i < name + kNameTokens && (is_capitals(doc[i]) || is_person(doc[i]))) ++i;
  if (i == name || i + 2 >= line.end || doc[i].text != ":") return std::nullopt;
  for (std::uint32_t t = name; t < i; ++t)
    if (is_page_label(doc[t].lower)) return std::nullopt;
  TokenSpan said{i + 1, line.end};
  while (said.size() > 0 && is_mark(doc[said.end - 1])) --said.end;
  if (said.size() == 0) return std::nullopt;
  Candidate turn;
  turn.origin = Origin::kQuotation;
  turn.verbatim = true;
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

constexpr std::uint32_t kSignature = 10;  // tokens
constexpr std::uint32_t kLeadIn = 14;     // from the verb to the colon

TokenSpan line_of(std::span<const TokenSpan> lines, std::uint32_t token) {
  for (const TokenSpan line : lines)
    if (token < line.end) return line;
  return {};
}

Candidate signed_quotation(TokenSpan content, TokenSpan cue, TokenSpan source) {
  Candidate candidate;
  candidate.origin = Origin::kQuotation;
  candidate.content = {content};
  candidate.cue = {cue};
  candidate.source = {source};
  return candidate;
}

// Where the dash after white space at `from` ends; nothing where there is none.
std::optional<ByteSpan> dash_after(std::string_view text, std::uint32_t from) {
  constexpr std::string_view kNoBreak = "\u00A0";
  while (from < text.size() && (is_space(text[from]) || text.substr(from).starts_with(kNoBreak)))
    from += is_space(text[from]) ? 1 : static_cast<std::uint32_t>(kNoBreak.size());
  for (const std::string_view dash : {"―", "—", "–", "--", "-"})
    if (text.substr(from).starts_with(dash))
      return ByteSpan{from, from + static_cast<std::uint32_t>(dash.size())};
  return std::nullopt;
}

// “…” ― Ada Grey
std::optional<Candidate> signature_after(const Doc& doc, const Quotation& mark,
                                         std::span<const TokenSpan> lines) {
  const auto dash = dash_after(doc.text(), mark.span.end);
  if (!dash || dash->end >= doc.text().size()) return std::nullopt;
  const std::uint32_t first = doc.token_at(dash->end);
  if (first >= doc.size()) return std::nullopt;
  const TokenSpan name = trim(doc, {first, line_of(lines, first).end});
  if (name.begin >= name.end || name.size() > kSignature || doc[name.begin].pos != "PROPN")
    return std::nullopt;
  const TokenSpan quotation = doc.token_span(mark.span), cue = doc.token_span(*dash);
  Candidate candidate = signed_quotation(quotation, cue, name);
  if (cue.begin < quotation.end) candidate.cue.clear();  // one token with the closing mark
  candidate.source_head = doc.head_of(name);
  return candidate;
}

// The colon before the quotation, in the same line or at the end of the one before.
std::optional<std::uint32_t> colon_before(const Doc& doc, TokenSpan quotation) {
  std::uint32_t i = quotation.begin;
  while (i > 0 && doc[i - 1].pos == "SPACE") --i;
  if (i == 0 || doc[i - 1].text != ":") return std::nullopt;
  return i - 1;
}

// Ada Grey had a question for the clerk: “…”. The cue is the verb with what follows it.
std::optional<Candidate> led_in_by_clause(const Doc& doc, TokenSpan quotation,
                                          std::span<const TokenSpan> lines) {
  const auto colon = colon_before(doc, quotation);
  if (!colon) return std::nullopt;
  std::uint32_t begin = doc.sentences()[doc[*colon].sentence].begin;
  begin = std::max(begin, line_of(lines, *colon).begin);
  const std::uint32_t verb = doc.head_of({begin, *colon});
  if ((doc[verb].pos != "VERB" && doc[verb].pos != "AUX") || doc[verb].lemma == "be" ||
      *colon - verb > kLeadIn || child_with(doc, verb, "mark"))  // "a letter as follows:"
    return std::nullopt;
  const auto teller = child_with(doc, verb, "nsubj");
  if (!teller || *teller > verb || *teller < begin) return std::nullopt;
  const Token& subject = doc[*teller];
  if (subject.pos == "DET" || subject.lower == "it" || subject.lower == "you") return std::nullopt;
  Candidate candidate =
      signed_quotation(quotation, {verb, *colon}, source_phrase(doc, *teller, {verb, *colon}));
  candidate.source_head = teller;
  return candidate;
}

// Ada Grey shared a photo with the caption “…”
std::optional<Candidate> led_in_by_caption(const Doc& doc, TokenSpan quotation) {
  std::uint32_t noun = quotation.begin;
  if (noun > 0 && (doc[noun - 1].text == "," || doc[noun - 1].text == ":")) --noun;
  if (noun < 2 || doc[--noun].lemma != "caption") return std::nullopt;
  const std::uint32_t with = doc[noun].head;
  if (doc[with].dep != "prep" || with > noun) return std::nullopt;
  std::uint32_t verb = with;
  for (int steps = 0; steps < 8 && doc[verb].pos != "VERB"; ++steps) verb = doc[verb].head;
  const auto teller = teller_of(doc, verb);
  if (!teller || *teller > verb) return std::nullopt;
  const TokenSpan cue{with, noun + 1};
  Candidate candidate = signed_quotation(quotation, cue, source_phrase(doc, *teller, cue));
  candidate.source_head = teller;
  return candidate;
}

// Ada Grey on the levy: “…”
std::optional<Candidate> lead_in(const Doc& doc, TokenSpan quotation,
                                 std::span<const TokenSpan> lines) {
  if (quotation.begin == 0 || doc[quotation.begin - 1].text != ":") return std::nullopt;
  const std::uint32_t colon = quotation.begin - 1;
  const TokenSpan source = trim(doc, {line_of(lines, quotation.begin).begin, colon});
  if (source.begin >= source.end || source.size() > kSignature) return std::nullopt;
  for (std::uint32_t i = source.begin; i < source.end; ++i)
    if (doc[i].text == "." || is_mark(doc[i]) || is_page_label(doc[i].lower)) return std::nullopt;
  Candidate candidate = signed_quotation(quotation, {colon, colon + 1}, source);
  candidate.source_head = doc.head_of(source);
  for (const std::uint32_t child : doc.children(*candidate.source_head))
    if (doc[child].dep == "nsubj") candidate.source_head = child;
  return candidate;
}

}  // namespace

std::vector<Candidate> find_signed(const Doc& doc, std::span<const Quotation> marks,
                                   std::span<const TokenSpan> lines) {
  std::vector<Candidate> found;
  for (const Quotation& mark : marks) {
    const TokenSpan tokens = doc.token_span(mark.span), inside = doc.token_span(mark.inside);
    if (inside.begin >= inside.end || !is_sentence_like(doc, inside)) continue;
    auto candidate = signature_after(doc, mark, lines);
    if (!candidate) candidate = led_in_by_clause(doc, tokens, lines);
    if (!candidate) candidate = led_in_by_caption(doc, tokens);
    if (!candidate) candidate = lead_in(doc, tokens, lines);
    if (candidate) found.push_back(*std::move(candidate));
  }
  return found;
}

std::vector<Candidate> find_turns(const Doc& doc, std::span<const TokenSpan> lines) {
  std::vector<Candidate> turns;
  bool quoted = false;  // the turn's line opened with a mark
  for (const TokenSpan line : lines) {
    const bool marked = is_mark(doc[line.begin]);
    if (auto turn = turn_of(doc, line)) {
      turns.push_back(*std::move(turn));
      quoted = marked;
    } else if (quoted && marked) {
      turns.back().content.push_back(line);
    } else {
      quoted = false;
    }
  }
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
      post.verbatim = true;
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
