#include "dateline/events/own_times.h"

#include "dateline/events/lexicon.h"
#include "dateline/events/report_day.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

using std::chrono::days;

class OwnTimes {
 public:
  explicit OwnTimes(Dating& dating) : dating_(dating), input_(dating.input), doc_(dating.doc) {}

  void run() {
    for (std::uint32_t t = 0; t < input_.times.size(); ++t) {
      const TokenSpan tokens = doc_.token_span(input_.times[t].span);
      if (tokens.begin >= tokens.end || tokens.end > doc_.size()) continue;
      give(t, tokens);
    }
  }

 private:
  // Gives the expression to the event that it hangs from.
  void give(std::uint32_t number, TokenSpan tokens) {
    const TimeExpression& time = input_.times[number];
    std::uint32_t at = tokens.end - 1;
    while (tokens.contains(doc_[at].head) && doc_[at].head != at) at = doc_[at].head;
    std::string_view preposition;
    for (int depth = 0; depth < 16; ++depth) {
      if (dating_.event_at[at] >= 0 && !tokens.contains(at)) break;
      if (only_modifies(at) || doc_[at].lower == "due") return;  // "the election, due in 2024"
      if (doc_[at].head == at) {
        const auto verb = told_of_noun(at, tokens.begin);
        if (!verb) return;
        at = *verb;
        break;
      }
      at = doc_[at].head;
      const bool before_noun = doc_[at].dep == "prep" || doc_[at].dep == "agent";
      if (before_noun && preposition.empty()) preposition = doc_[at].lower;
    }
    if (dating_.event_at[at] < 0) return;
    if (tokens.end <= at && is_parted(tokens.end, at)) {
      at = doc_[at].head;  // "He proposed that December; they were married in June"
      if (dating_.event_at[at] < 0 || at >= tokens.begin) return;
    }
    if (time.interval &&
        is_too_late(static_cast<std::size_t>(dating_.event_at[at]), *time.interval, preposition))
      at = announced_by(at, tokens.begin);
    const auto event = static_cast<std::size_t>(dating_.event_at[at]);
    if (lasts_long(time) && doc_[at].tag == "VBD" && preposition == "for")
      dating_.vague[event] = true;
    if (is_of_an_occasion(tokens)) {
      dating_.vague[event] = true;
      return;
    }
    if (counts_from_another(time, tokens) && !is_perfect(event)) dating_.vague[event] = true;
    if (!is_calendar(time)) return;
    if (const auto recent = recent_span(number, tokens); recent && !dating_.dated(event))
      dating_.events[event].time = {number, *recent, TimeBasis::kExpression};
    if (!time.interval && time.value != "PRESENT_REF") dating_.vague[event] = true;
    if (!time.interval || dating_.dated(event) || is_too_late(event, *time.interval, preposition))
      return;
    if (preposition == "since" && !dating_.facts[event].perfect && doc_[at].tag != "VBG" &&
        dating_.facts[event].tense != Tense::kPresent)
      return;  // "became the first since 1997"
    const Interval interval =
        time.type == TimeType::kTime && time.interval->begin && time.interval->end
            ? whole_days(*time.interval)
            : *time.interval;
    dating_.events[event].time = {number, bounded(interval, preposition), TimeBasis::kExpression};
  }

  // "The pair, who met in Graz, married in July 2009", which the parser took for no more than a
  // noun: the participle behind it.
  [[nodiscard]] std::optional<std::uint32_t> told_of_noun(std::uint32_t noun,
                                                          std::uint32_t before) const {
    std::optional<std::uint32_t> verb;
    for (const std::uint32_t c : doc_.children(noun))
      if (doc_[c].dep == "acl" && doc_[c].tag == "VBN" && dating_.event_at[c] >= 0 && c < before)
        verb = c;
    return verb;
  }

  // "Dated her for three years": no day of the news.
  [[nodiscard]] static bool lasts_long(const TimeExpression& time) {
    return time.type == TimeType::kDuration && time.value.starts_with("P") &&
           time.value.find('T') == std::string::npos &&
           (time.value.ends_with('Y') || time.value.ends_with('M') || time.value.ends_with('D'));
  }

  // A semicolon stands between.
  [[nodiscard]] bool is_parted(std::uint32_t begin, std::uint32_t end) const {
    return std::ranges::any_of(doc_.tokens().subspan(begin, end - begin),
                               [](const Token& token) { return token.text == ";"; });
  }

  // "Sent him home on the night of the party": a date that the words do not tell.
  [[nodiscard]] bool is_of_an_occasion(TokenSpan tokens) const {
    return tokens.end + 1 < doc_.size() && doc_[tokens.begin].lower == "the" &&
           doc_[tokens.end].lower == "of" &&
           (doc_[tokens.end + 1].tag == "DT" || doc_[tokens.end + 1].tag == "PRP$");
  }

  // "Was paid eleven days before the election": a day that this does not tell.
  [[nodiscard]] bool counts_from_another(const TimeExpression& time, TokenSpan tokens) const {
    return lasts_long(time) && !time.interval && tokens.end < doc_.size() &&
           (doc_[tokens.end].lower == "before" || doc_[tokens.end].lower == "after");
  }

  // "in recent weeks": from so many days before publication to then.
  [[nodiscard]] std::optional<Interval> recent_span(std::uint32_t number, TokenSpan tokens) const {
    const auto& published = input_.article.published;
    if (!published || input_.times[number].value != "PAST_REF") return std::nullopt;
    if (doc_[tokens.begin].lower != "recent") return std::nullopt;
    const auto reach = Lexicon::get().recent_days(doc_[tokens.end - 1].lemma);
    if (!reach) return std::nullopt;
    return Interval{TimePoint{published->day - days{*reach}}, TimePoint{published->day}};
  }

  // What is told in the past was not to come when the article was printed: "will open on May 2, the
  // firm announced".
  [[nodiscard]] bool is_too_late(std::size_t event, const Interval& interval,
                                 std::string_view preposition) const {
    const auto& published = input_.article.published;
    const Factuality& facts = dating_.facts[event];
    const bool done =
        facts.tense == Tense::kPast && doc_[dating_.triggers[event].token].tag == "VBD";
    return published && (done || (preposition == "for" && is_perfect(event))) && interval.begin &&
           interval.begin->day > published->day;
  }

  // "Has called an election for 8 June".
  [[nodiscard]] bool is_perfect(std::size_t event) const {
    const std::uint32_t verb = dating_.triggers[event].token;
    return doc_[verb].tag == "VBN" && dating_.facts[event].perfect &&
           std::ranges::none_of(doc_.children(verb), [&](std::uint32_t c) {
             return doc_[c].dep == "aux" && doc_[c].tag == "MD";
           });
  }

  // What is to come in the clause that the verb tells, or just before the date where the parser cut
  // it off; else the verb.
  [[nodiscard]] std::uint32_t announced_by(std::uint32_t verb, std::uint32_t date) const {
    const auto is_to_come = [&](std::uint32_t token) {
      return dating_.event_at[token] >= 0 &&
             dating_.facts[static_cast<std::size_t>(dating_.event_at[token])].tense ==
                 Tense::kFuture;
    };
    for (const std::uint32_t c : doc_.children(verb))
      if (doc_[c].dep == "ccomp" && is_to_come(c)) return c;
    constexpr std::uint32_t kNear = 15;
    for (std::uint32_t t = date; t-- > 0 && date - t < kNear;) {
      if (is_to_come(t)) return t;
      if (doc_[t].text == "." || is_break(doc_[t])) break;
    }
    return verb;
  }

  // "this year's prize", "his 1969 classic": the date of a thing, not of what happens to it.
  [[nodiscard]] bool only_modifies(std::uint32_t token) const {
    const std::string_view dep = doc_[token].dep;
    const bool modifier =
        dep == "poss" || dep == "nummod" || dep == "compound" || dep == "amod" || dep == "nmod";
    return modifier && dating_.event_at[doc_[token].head] < 0 && is_nominal(doc_[doc_[token].head]);
  }

  // What "by", "until", "before", "after" make of a date.
  [[nodiscard]] Interval bounded(const Interval& interval, std::string_view preposition) const {
    const auto& published = input_.article.published;
    if (preposition == "by" || preposition == "until" || preposition == "till") {
      if (published && interval.end && *published < *interval.end)
        return {TimePoint{published->day}, interval.end};
      return {std::nullopt, interval.end};
    }
    if (preposition == "before") return {std::nullopt, interval.begin};
    return interval;
  }

  Dating& dating_;
  const EventInput& input_;
  const Doc& doc_;
};

}  // namespace

void give_own_times(Dating& dating) { OwnTimes(dating).run(); }

}  // namespace dateline::events
