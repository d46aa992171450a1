#include "dateline/timeline/kept_words.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/events/tree.h"

namespace dateline::timeline {
namespace {

class Cutter {
 public:
  Cutter(const events::EventInput& input, const Event& event, Cut cut)
      : input_(input),
        doc_(input.doc),
        event_(event),
        cut_(cut),
        kept_(input.doc.size(), false),
        telling_(input.doc.size(), false) {
    if (event.time.expression && *event.time.expression < input.times.size())
      date_ = date_to_drop(doc_.token_span(input.times[*event.time.expression].span));
    note_telling();
  }

  std::vector<bool> run() {
    keep(event_.trigger);
    const Token& verb = doc_[event_.trigger];  // "they began dating"
    if (verb.dep == "xcomp" && verb.tag == "VBG" &&
        is_one_of(doc_[verb.head].lemma, "begin", "start", "stop", "keep", "continue", "resume",
                  "consider"))
      kept_[verb.head] = true;
    const TokenSpan trigger = doc_.token_span(event_.span);
    for (std::uint32_t t = trigger.begin; t < trigger.end; ++t) kept_[t] = true;
    keep_punctuation();
    return std::move(kept_);
  }

 private:
  // "spent most of 2021 apart": a date that is an argument of its verb stays.
  [[nodiscard]] TokenSpan date_to_drop(TokenSpan date) const {
    for (std::uint32_t t = date.begin; t < date.end && t < doc_.size(); ++t)
      if (!date.contains(doc_[t].head) &&
          is_one_of(doc_[t].dep, "dobj", "attr", "nsubj", "nsubjpass"))
        return {};
    return date;
  }

  // Who says so and the word for it have a place of their own.
  void note_telling() {
    if (!event_.attribution || *event_.attribution >= input_.attributions.size()) return;
    const Attribution& attribution = input_.attributions[*event_.attribution];
    for (const auto* spans : {&attribution.cue, &attribution.source})
      for (const ByteSpan span : *spans) {
        const TokenSpan tokens = doc_.token_span(span);
        for (std::uint32_t t = tokens.begin; t < tokens.end; ++t) telling_[t] = true;
      }
  }

  void keep(std::uint32_t token) {
    kept_[token] = true;
    for (const std::uint32_t c : doc_.children(token))
      if (wanted(token, c)) keep(c);
  }

  [[nodiscard]] bool wanted(std::uint32_t head, std::uint32_t c) const {
    const Token& token = doc_[c];
    if (holds_date(c) || telling_[c] || is_parted(c, head)) return false;
    if (is_one_of(token.dep, "punct", "advcl", "relcl", "parataxis", "intj", "meta", "preconj",
                  "dep"))
      return false;
    if (token.dep == "appos") return names_its_head(head, c);
    if (is_aside(head, c) || counts_to_date(c)) return false;
    if (token.dep == "mark")
      return head != event_.trigger && is_one_of(token.lower, "that", "whether", "if");
    if (head == event_.trigger) return wanted_of_trigger(c);
    if (token.dep == "conj" && is_past_a_clause(head, c)) return false;
    if (token.dep == "conj" || token.dep == "cc") return cut_ == Cut::kLight || !verbal(head);
    return cut_ == Cut::kLight || !is_one_of(token.dep, "acl", "advmod") || token.dep == "neg";
  }

  // "of Bergen" in "Ann Bell, 58, of Bergen,"; "the charges, filed in March,".
  [[nodiscard]] bool is_aside(std::uint32_t head, std::uint32_t c) const {
    if (doc_[c].dep == "acl") {
      const std::uint32_t begin = std::max(head, doc_[c].subtree.begin);
      const auto between = doc_.tokens().subspan(head, begin - head);
      return std::ranges::any_of(between, [](const Token& token) { return token.text == ","; });
    }
    return doc_[c].dep == "prep" && doc_[head].pos == "PROPN" && c > head + 1 &&
           doc_[c - 1].text == ",";
  }

  // "Geoffrey Epping, who knew Ann Bell, Ben Cole and Cy Dale, was charged": those behind the
  // clause are of it.
  [[nodiscard]] bool is_past_a_clause(std::uint32_t head, std::uint32_t c) const {
    return doc_[head].pos == "PROPN" &&
           std::ranges::any_of(doc_.children(head), [&](std::uint32_t clause) {
             return doc_[clause].dep == "relcl" && clause < c && doc_[c].subtree.begin > 0 &&
                    doc_[doc_[c].subtree.begin - 1].text == ",";
           });
  }

  // A semicolon stands between.
  [[nodiscard]] bool is_parted(std::uint32_t c, std::uint32_t head) const {
    const std::uint32_t begin = std::min(c, head), end = std::max(c, head);
    return std::ranges::any_of(doc_.tokens().subspan(begin, end - begin),
                               [](const Token& token) { return token.text == ";"; });
  }

  // "As recently as Feb. 27".
  [[nodiscard]] bool counts_to_date(std::uint32_t c) const {
    return doc_[c].dep == "advmod" &&
           std::ranges::any_of(doc_.children(c),
                               [&](std::uint32_t inner) { return holds_date(inner); });
  }

  // "the actor Tom Okafor": without a comma the name belongs to the phrase.
  [[nodiscard]] bool names_its_head(std::uint32_t head, std::uint32_t c) const {
    return doc_[c].pos == "PROPN" && doc_[c].subtree.begin == head + 1;
  }

  [[nodiscard]] bool wanted_of_trigger(std::uint32_t c) const {
    const Token& token = doc_[c];
    if (!verbal(event_.trigger)) return token.dep != "conj" && token.dep != "cc";
    if (token.dep == "conj" && events::is_verbal(token)) return false;
    if (token.dep == "cc" && !joins_nouns(c)) return false;
    if (token.dep == "advmod" && is_one_of(token.lower, "also", "then", "now", "even", "still"))
      return false;
    if (is_afterthought(c)) return false;
    const auto subject = events::subject_token(doc_, event_.trigger);
    if (subject && c < *subject && !is_self(doc_[*subject])) return false;
    if (cut_ == Cut::kHard && is_one_of(token.dep, "ccomp", "advmod", "npadvmod")) return false;
    if (cut_ == Cut::kHard && token.dep == "prep" && has_object() && c > event_.trigger)
      return false;
    return token.dep != "ccomp" || token.subtree.begin > event_.trigger;
  }

  // The "and" before a noun that hangs on the trigger.
  [[nodiscard]] bool joins_nouns(std::uint32_t cc) const {
    for (const std::uint32_t c : doc_.children(event_.trigger))
      if (c > cc && doc_[c].dep == "conj") return !events::is_verbal(doc_[c]);
    return false;
  }

  // "Visited Oslo last year, the first minister to do so".
  [[nodiscard]] bool is_afterthought(std::uint32_t c) const {
    const std::uint32_t begin = doc_[c].subtree.begin;
    if (begin <= event_.trigger + 1 || doc_[begin - 1].text != ",") return false;
    const auto object = events::child(doc_, event_.trigger, "dobj");
    const std::uint32_t apposed = doc_[begin - 2].head;  // "gave the envoy, Ann Bell, three days"
    if (begin > 2 && doc_[begin - 2].dep == "appos" && doc_[apposed].head == event_.trigger)
      return false;
    return doc_[c].dep == "npadvmod" || (doc_[c].dep == "dobj" && object && *object < c);
  }

  [[nodiscard]] bool verbal(std::uint32_t token) const { return events::is_verbal(doc_[token]); }
  [[nodiscard]] bool has_object() const {
    return events::child(doc_, event_.trigger, "dobj").has_value();
  }

  // The date itself, or the preposition before it.
  [[nodiscard]] bool holds_date(std::uint32_t token) const {
    if (date_.contains(token))
      return !date_.contains(doc_[token].head) && doc_[doc_[token].head].lower != "of";
    if (doc_[token].dep != "prep" || doc_[token].lower == "of") return false;
    if (date_.contains(token + 1)) return true;  // "on Monday night hours after"
    for (const std::uint32_t c : doc_.children(token))
      if (date_.contains(c)) return true;
    return false;
  }

  // Marks stay between two words that stay, quotation marks around words that all stay.
  void keep_punctuation() {
    for (std::uint32_t t = 1; t + 1 < doc_.size(); ++t)
      if (doc_[t].dep == "punct" && !is_quote(t) && kept_[t + 1] && (kept_[t - 1] || parts_list(t)))
        kept_[t] = true;
    const TokenSpan sentence = doc_.sentences()[doc_[event_.trigger].sentence];
    for (std::uint32_t open = sentence.begin; open < sentence.end; ++open) {
      if (!is_quote(open)) continue;
      std::uint32_t close = open + 1;
      while (close < sentence.end && kept_[close]) ++close;
      const bool stop =
          close < sentence.end && close > open + 1 && is_one_of(doc_[close].text, ".", ",");
      const std::uint32_t end = stop ? close + 1 : close;
      if (close > open + 1 && end < sentence.end && is_quote(end)) {
        kept_[open] = kept_[end] = true;
        open = end;
      }
    }
  }

  // The comma before the next of a list: "Ann Bell, 23, Bob Cole", where the ages are left out.
  [[nodiscard]] bool parts_list(std::uint32_t comma) const {
    if (doc_[comma].text != ",") return false;
    std::uint32_t next = comma + 1;
    while (doc_[next].head != next && doc_[doc_[next].head].subtree.begin == comma + 1)
      next = doc_[next].head;
    return doc_[next].dep == "conj" && doc_[next].head < comma && kept_[doc_[next].head];
  }

  [[nodiscard]] bool is_quote(std::uint32_t token) const {
    return is_one_of(doc_[token].text, "\"", "“", "”", "''", "``");
  }

  const events::EventInput& input_;
  const Doc& doc_;
  const Event& event_;
  Cut cut_;
  TokenSpan date_;
  std::vector<bool> kept_, telling_;
};

}  // namespace

std::vector<bool> kept_words(const events::EventInput& input, const Event& event, Cut cut) {
  return Cutter(input, event, cut).run();
}

bool is_self(const Token& word) {
  return word.lower.size() > 4 && (word.lower.ends_with("self") || word.lower.ends_with("selves"));
}

}  // namespace dateline::timeline
