#include "dateline/attributions/speech.h"

#include <algorithm>
#include <limits>

#include "dateline/base/ascii.h"

namespace dateline::attributions {
namespace {

constexpr std::uint32_t kReach = 16;  // tokens between a quotation and the verb that governs it
constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

struct Piece {
  TokenSpan tokens, inside;
  bool sentence_like = false;
};

bool is_word(const Token& token) { return token.pos != "PUNCT" && token.pos != "SPACE"; }

bool ends_sentence(const Token& token) {
  return token.text == "." || token.text == "!" || token.text == "?" || token.text == ";" ||
         token.text.find('\n') != std::string_view::npos;
}

// No end of sentence and no other quotation between.
bool is_open_way(const Doc& doc, std::span<const Piece> pieces, std::uint32_t from,
                 std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i)
    if (ends_sentence(doc[i])) return false;
  for (const Piece& piece : pieces)
    if (piece.tokens.begin < to && from < piece.tokens.end) return false;
  return true;
}

bool within_any(std::span<const Piece> pieces, std::uint32_t token) {
  return std::ranges::any_of(pieces, [&](const Piece& p) { return p.tokens.contains(token); });
}

// How far the verb is when it stands after the quotation: “…,” she said / said Ms Grey.
std::uint32_t distance_after(const Doc& doc, std::span<const Piece> pieces, const Piece& piece,
                             const Frame& frame) {
  if (frame.verb < piece.tokens.end || frame.verb - piece.tokens.end > kReach) return kFar;
  if (!is_open_way(doc, pieces, piece.tokens.end, frame.verb)) return kFar;
  const Token& last = doc[piece.inside.end > piece.inside.begin ? piece.inside.end - 1 : 0];
  const bool comma = last.text == "," || last.text == "?" || last.text == "!" ||
                     (piece.tokens.end < doc.size() && doc[piece.tokens.end].text == ",");
  const std::uint32_t away = frame.verb - piece.tokens.end;
  return comma ? away : away + 6;
}

// How far when it stands before: she said, “…” / told reporters: “…”.
std::uint32_t distance_before(const Doc& doc, std::span<const Piece> pieces, const Piece& piece,
                              const Frame& frame) {
  if (frame.cue.end > piece.tokens.begin || piece.tokens.begin - frame.cue.end > kReach)
    return kFar;
  if (!is_open_way(doc, pieces, frame.cue.end, piece.tokens.begin)) return kFar;
  const Token& before = doc[piece.tokens.begin - 1];
  const std::uint32_t away = piece.tokens.begin - frame.cue.end;
  if (before.text == ":" || before.text == "," || away == 0) return away;
  return away + 6;
}

std::optional<std::size_t> governing_frame(const Doc& doc, std::span<const Piece> pieces,
                                           const Piece& piece, std::span<const Frame> frames) {
  std::optional<std::size_t> best;
  std::uint32_t least = kReach + 1;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    const Frame& frame = frames[f];
    if (frame.cue_class != CueClass::kSay || within_any(pieces, frame.verb)) continue;
    std::uint32_t away = std::min(distance_after(doc, pieces, piece, frame),
                                  distance_before(doc, pieces, piece, frame));
    if (away != kFar && !frame.source_head) away += 3;
    if (away < least) {
      least = away;
      best = f;
    }
  }
  return best;
}

std::vector<Piece> pieces_of(const Doc& doc, std::span<const Quotation> marks) {
  std::vector<Piece> pieces;
  for (const Quotation& mark : marks) {
    Piece piece;
    piece.tokens = doc.token_span(mark.span);
    piece.inside = doc.token_span(mark.inside);
    if (piece.inside.begin >= piece.inside.end) continue;
    piece.sentence_like = is_sentence_like(doc, piece.inside);
    pieces.push_back(piece);
  }
  return pieces;
}

bool in_clause(const Frame& frame, TokenSpan tokens) {
  return std::ranges::any_of(frame.content, [&](TokenSpan span) {
    return span.begin + 1 < tokens.begin && tokens.end <= span.end + 1;
  });
}

Candidate speech_of(const Frame& frame, TokenSpan tokens) {
  Candidate candidate;
  candidate.origin = Origin::kQuotation;
  candidate.content = {tokens};
  candidate.cue = {frame.cue};
  if (frame.source.size() > 0) candidate.source = {frame.source};
  candidate.source_head = frame.source_head;
  return candidate;
}

Candidate bare(TokenSpan tokens) {
  Candidate candidate;
  candidate.origin = Origin::kBare;
  candidate.content = {tokens};
  return candidate;
}

}  // namespace

bool is_sentence_like(const Doc& doc, TokenSpan inside) {
  std::uint32_t words = 0, capitals = 0;
  for (std::uint32_t i = inside.begin; i < inside.end; ++i) {
    if (!is_word(doc[i])) continue;
    ++words;
    capitals += is_upper(doc[i].text.front()) ? 1U : 0U;
  }
  if (words < 4) {
    const Token& last = doc[inside.end - 1];
    return words > 0 && is_upper(doc[inside.begin].text.front()) &&
           (last.text == "." || last.text == "!" || last.text == "?");
  }
  const bool title = capitals * 10 >= words * 7 && words < 12;
  return !title && (is_upper(doc[inside.begin].text.front()) || ends_sentence(doc[inside.end - 1]));
}

std::vector<Candidate> find_speech(const Doc& doc, std::span<const Quotation> marks,
                                   std::span<const Frame> frames) {
  const std::vector<Piece> pieces = pieces_of(doc, marks);
  const std::vector<std::uint32_t> lines = lines_of(doc);
  std::vector<Candidate> speech;
  std::size_t last_frame = frames.size();  // of speech.back(); frames.size(): none to go on with
  std::uint32_t last_line = kFar;
  for (const Piece& piece : pieces) {
    const std::uint32_t line = lines[piece.tokens.begin];
    if (last_line != line) last_frame = frames.size();
    const auto frame = governing_frame(doc, pieces, piece, frames);
    if (frame && !piece.sentence_like && in_clause(frames[*frame], piece.tokens)) continue;
    const bool follows = last_frame < frames.size();
    if (frame && follows && *frame == last_frame) {
      speech.back().content.push_back(piece.tokens);
    } else if (frame && (piece.sentence_like || frames[*frame].content.empty())) {
      speech.push_back(speech_of(frames[*frame], piece.tokens));
      last_frame = *frame;
    } else if (!frame && piece.sentence_like && follows) {
      speech.back().content.push_back(piece.tokens);
    } else if (!frame && piece.sentence_like) {
      speech.push_back(bare(piece.tokens));
      last_frame = frames.size();
    }
    last_line = line;
  }
  return speech;
}

}  // namespace dateline::attributions
