#include "dateline/attributions/speech.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::attributions {
namespace {

constexpr std::uint32_t kReach = 16;  // tokens between a quotation and the verb that governs it
constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

struct Piece {
  TokenSpan tokens, inside;
  std::uint32_t line = 0;
  bool sentence_like = false, closed = false;
  bool begins_line = false, ends_line = false;
};

bool is_word(const Token& token) { return token.pos != "PUNCT" && token.pos != "SPACE"; }

bool ends_sentence(const Token& token) {
  return token.text == "." || token.text == "!" || token.text == "?" || token.text == ";" ||
         is_break(token);
}

// No end of sentence and no other quotation between; a line may end after a colon.
bool is_open_way(const Doc& doc, std::span<const Piece> pieces, std::uint32_t from,
                 std::uint32_t to) {
  for (std::uint32_t i = from; i < to; ++i) {
    const bool after_colon = is_break(doc[i]) && i > from && doc[i - 1].text == ":";
    if (ends_sentence(doc[i]) && !after_colon) return false;
  }
  for (const Piece& piece : pieces)
    if (piece.tokens.begin < to && from < piece.tokens.end) return false;
  return true;
}

bool within_any(std::span<const Piece> pieces, std::uint32_t token) {
  return std::ranges::any_of(pieces, [&](const Piece& p) { return p.tokens.contains(token); });
}

// “…” Ms Grey added that it rained: what the verb says stands after it.
bool has_own_clause(const Frame& frame) {
  return !frame.content.empty() && !frame.infinitive && frame.source.size() > 0 &&
         frame.source.begin < frame.verb && frame.content.front().begin > frame.verb;
}

// “…,” adding that it rained; “…,” but vowed to stay: a clause that can be nothing but the verb's.
bool has_marked_clause(const Doc& doc, const Frame& frame) {
  if (frame.content.empty() || frame.content.front().begin < frame.verb) return false;
  const Token& first = doc[frame.content.front().begin];
  return (first.lower == "that" && first.dep == "mark") || first.tag == "TO";
}

// “…,” when Ms Grey asked her: the verb's clause hangs on something else.
bool is_subordinate(const Doc& doc, std::uint32_t from, std::uint32_t verb) {
  for (std::uint32_t i = from; i < verb; ++i)
    if ((doc[i].dep == "mark" || doc[i].tag == "WRB" || doc[i].tag == "WP") && doc[i].head == verb)
      return true;
  return false;
}

// Her friends called her “kind and fair.” Ms Grey said …: the sentence that ends in the quotation
// is not the verb's.
bool ends_within(const Doc& doc, const Piece& piece, std::uint32_t verb) {
  if (doc[piece.inside.end - 1].text != "." || piece.begins_line || piece.tokens.begin == 0)
    return false;
  const Token& before = doc[piece.tokens.begin - 1];
  return is_word(before) && !ends_sentence(before) && doc[verb].sentence != before.sentence;
}

// How far the verb is when it stands after the quotation: “…,” she said / said Ms Grey.
std::uint32_t distance_after(const Doc& doc, std::span<const Piece> pieces, const Piece& piece,
                             const Frame& frame) {
  if (frame.verb < piece.tokens.end || frame.verb - piece.tokens.end > kReach) return kFar;
  if (!is_open_way(doc, pieces, piece.tokens.end, frame.verb)) return kFar;
  const Token& last = doc[piece.inside.end > piece.inside.begin ? piece.inside.end - 1 : 0];
  const bool comma = last.text == "," || last.text == "?" || last.text == "!" ||
                     (piece.tokens.end < doc.size() && doc[piece.tokens.end].text == ",");
  if (ends_within(doc, piece, frame.verb)) return kFar;
  if (is_subordinate(doc, piece.tokens.end, frame.verb)) return kFar;
  if (has_marked_clause(doc, frame) || (last.text != "," && has_own_clause(frame))) return kFar;
  const std::uint32_t away = frame.verb - piece.tokens.end;
  return comma ? away : away + 6;
}

// How far when it stands before: she said, “…” / told reporters: “…”.
std::uint32_t distance_before(const Doc& doc, std::span<const Piece> pieces, const Piece& piece,
                              const Frame& frame) {
  if (frame.cue.end > piece.tokens.begin || piece.tokens.begin - frame.cue.end > kReach)
    return kFar;
  if (!is_open_way(doc, pieces, frame.cue.end, piece.tokens.begin)) return kFar;
  std::uint32_t last = piece.tokens.begin - 1;
  while (last > frame.cue.end && is_break(doc[last])) --last;
  const Token& before = doc[last];
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

std::vector<Piece> pieces_of(const Doc& doc, std::span<const Quotation> marks,
                             const std::vector<std::uint32_t>& lines) {
  std::vector<Piece> pieces;
  for (const Quotation& mark : marks) {
    Piece piece;
    piece.tokens = doc.token_span(mark.span);
    piece.inside = doc.token_span(mark.inside);
    if (piece.inside.begin >= piece.inside.end) continue;
    piece.sentence_like = is_sentence_like(doc, piece.inside);
    piece.closed = mark.closed;
    piece.line = lines[piece.tokens.begin];
    piece.begins_line = piece.tokens.begin == 0 || is_break(doc[piece.tokens.begin - 1]);
    piece.ends_line = piece.tokens.end >= doc.size() || is_break(doc[piece.tokens.end]);
    pieces.push_back(piece);
  }
  return pieces;
}

// A comma, a colon or a question before or at the end of the quotation: it is led in as speech.
bool is_led_in(const Doc& doc, const Piece& piece) {
  if (piece.tokens.begin > 0) {
    const std::string_view before = doc[piece.tokens.begin - 1].text;
    if (before == "," || before == ":") return true;
  }
  const std::string_view last = doc[piece.inside.end - 1].text;
  return last == "," || last == "?" || last == "!";
}

// “The pier,” she said, “is safe”; not “The pier is safe,” she said after “Cold Hands” came out.
bool may_go_on(const Doc& doc, const Piece& piece, const Frame& frame) {
  const std::uint32_t first = piece.tokens.begin;
  return first <= frame.verb || is_led_in(doc, piece) || doc[first - 1].pos == "PUNCT" ||
         first == std::max(frame.cue.end, frame.source.end);
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

// Takes the quotations in their order, each to the candidate of its verb, of the one before it, or
// to one of its own.
class SpeechReader {
 public:
  SpeechReader(const Doc& doc, std::span<const Piece> pieces, std::span<const Frame> frames)
      : doc_(doc), pieces_(pieces), frames_(frames), frame_(frames.size()) {}

  void take(const Piece& piece) {
    if (before_ == nullptr || before_->line != piece.line) frame_ = frames_.size();
    const auto frame = governing_frame(doc_, pieces_, piece, frames_);
    if (frame)
      take_governed(piece, *frame);
    else if (piece.sentence_like || goes_on(piece))
      take_alone(piece);
    before_ = &piece;
  }

  std::vector<Candidate> speech;

 private:
  // A paragraph that opens with a mark because the one before was not closed.
  [[nodiscard]] bool goes_on(const Piece& piece) const {
    return before_ != nullptr && !speech.empty() && !before_->closed && before_->ends_line &&
           piece.begins_line && piece.line <= before_->line + 2 &&
           speech.back().content.back() == before_->tokens;
  }

  void take_governed(const Piece& piece, std::size_t frame) {
    if (frame == frame_) {
      if (piece.sentence_like || may_go_on(doc_, piece, frames_[frame]))
        speech.back().content.push_back(piece.tokens);
      return;
    }
    if (!piece.sentence_like && in_clause(frames_[frame], piece.tokens)) return;
    const bool fragment =
        !piece.sentence_like && (!is_led_in(doc_, piece) || !frames_[frame].source_head);
    if (fragment) return;
    speech.push_back(speech_of(frames_[frame], piece.tokens));
    frame_ = frame;
  }

  // “…,” she said. “…”: a whole sentence at the beginning of its own.
  [[nodiscard]] bool follows(const Piece& piece) const {
    if (frame_ >= frames_.size() || piece.tokens.begin == 0) return false;
    const Token& before = doc_[piece.tokens.begin - 1];
    const Token& last = doc_[piece.inside.end - 1];
    if (another_laughs(piece)) return false;
    return (ends_sentence(before) || before.tag == "''" || before.text == "," ||
            doc_[piece.tokens.begin].sentence_start) &&
           (ends_sentence(last) || last.text == "," || !piece.closed);
  }

  // Ms Grey asked, “Will they?” Bell laughed. “No!”: a short sentence of somebody else between.
  [[nodiscard]] bool another_laughs(const Piece& piece) const {
    constexpr std::uint32_t kWords = 4;
    const TokenSpan between{before_->tokens.end, piece.tokens.begin};
    if (frames_[frame_].verb >= between.begin || between.size() < 3 || between.size() > kWords)
      return false;
    const Token& name = doc_[between.begin];
    return name.pos == "PROPN" && name.dep == "nsubj" && doc_[between.end - 1].text == ".";
  }

  // Not “the end.” of somebody's sentence.
  [[nodiscard]] bool stands_alone(const Piece& piece) const {
    if (piece.begins_line || piece.tokens.begin == 0 || is_led_in(doc_, piece)) return true;
    const Token& before = doc_[piece.tokens.begin - 1];
    return ends_sentence(before) || before.tag == "''";
  }

  // ,"said Ms Grey. "We: a mark that closes, read as one that opens.
  [[nodiscard]] bool opens_with_cue(const Piece& piece) const {
    std::uint32_t first = piece.inside.begin;
    if (first == 0 || is_upper(doc_[first].text.front())) return false;
    if (doc_[first].tag == "PRP" && piece.inside.size() > 1) ++first;
    const Token& verb = doc_[first];
    return (verb.tag == "VBD" || verb.tag == "VBZ") && cue_class(verb.lemma) == CueClass::kSay;
  }

  void take_alone(const Piece& piece) {
    if (opens_with_cue(piece)) return;
    if (follows(piece) || goes_on(piece)) {
      speech.back().content.push_back(piece.tokens);
    } else if (frame_ >= frames_.size() && stands_alone(piece)) {
      speech.push_back(bare(piece.tokens));
    }
  }

  const Doc& doc_;
  std::span<const Piece> pieces_;
  std::span<const Frame> frames_;
  std::size_t frame_;  // of speech.back(); frames_.size(): none to go on with
  const Piece* before_ = nullptr;
};

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
  const bool ends = ends_sentence(doc[inside.end - 1]) || doc[inside.end - 1].text == ",";
  return !title && (ends || (words >= 7 && is_upper(doc[inside.begin].text.front())));
}

std::vector<Candidate> find_speech(const Doc& doc, std::span<const Quotation> marks,
                                   std::span<const Frame> frames) {
  const std::vector<Piece> pieces = pieces_of(doc, marks, lines_of(doc));
  SpeechReader reader(doc, pieces, frames);
  for (const Piece& piece : pieces) reader.take(piece);
  return std::move(reader.speech);
}

std::vector<Candidate> find_nested_speech(const Doc& doc, std::span<const Quotation> marks,
                                          std::span<const Frame> frames) {
  std::vector<Candidate> speech;
  const std::vector<std::uint32_t> lines = lines_of(doc);
  for (const Quotation& outer : marks) {
    std::vector<Quotation> inner = pair_quotations(slice(doc.text(), outer.inside));
    std::erase_if(inner, [](const Quotation& mark) { return !mark.closed; });
    for (Quotation& mark : inner) {
      mark.span = {mark.span.begin + outer.inside.begin, mark.span.end + outer.inside.begin};
      mark.inside = {mark.inside.begin + outer.inside.begin, mark.inside.end + outer.inside.begin};
    }
    const TokenSpan around = doc.token_span(outer.inside);
    for (const Piece& piece : pieces_of(doc, inner, lines)) {
      if (!piece.sentence_like || piece.tokens.begin <= around.begin || !is_led_in(doc, piece))
        continue;
      const Frame* nearest = nullptr;
      for (const Frame& frame : frames)
        if (frame.cue_class == CueClass::kSay && around.contains(frame.verb) &&
            distance_before(doc, {}, piece, frame) != kFar &&
            (nearest == nullptr || frame.verb > nearest->verb))
          nearest = &frame;
      speech.push_back(nearest != nullptr ? speech_of(*nearest, piece.tokens) : bare(piece.tokens));
    }
  }
  return speech;
}

}  // namespace dateline::attributions
