#include "dateline/events/context_times.h"

#include "dateline/events/lexicon.h"
#include "dateline/events/report_day.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

using std::chrono::days;

constexpr days kLongAgo{60};  // before the day of the report: its background, not its news
constexpr days kMonth{31};
constexpr days kRecent{15};  // an article with so recent a date is a report

constexpr std::uint32_t kLead = 3;  // sentences that tell the news

// That of the first paragraph, after header lines, title and byline.
std::uint32_t first_sentence(const EventInput& input) {
  for (const Block& block : input.article.blocks) {
    if (block.kind != BlockKind::kParagraph) continue;
    const std::uint32_t token = input.doc.token_at(block.span.begin);
    return token < input.doc.size() ? input.doc[token].sentence : 0;
  }
  return 0;
}

class ContextTimes {
 public:
  explicit ContextTimes(Dating& dating)
      : dating_(dating),
        input_(dating.input),
        doc_(dating.doc),
        report_(report_day(dating.input)),
        lead_(first_sentence(dating.input) + kLead),
        line_of_(lines_of(dating.doc)) {}

  void run() {
    for (std::size_t i = 0; i < dating_.events.size(); ++i)
      if (dating_.triggers[i].verbal) from_context(i, 0);
    for (std::size_t i = 0; i < dating_.events.size(); ++i)
      if (!dating_.triggers[i].verbal) from_context(i, 0);
  }

 private:
  void from_context(std::size_t event, int depth) {
    if (dating_.dated(event) || dating_.vague[event] || depth > 8) return;
    if (from_time_told(event) || from_same_speaker(event)) return;
    if (is_followed(event)) return;
    if (from_governor(event, depth) || is_back_story(event) || is_joined_to_vague(event)) return;
    from_report(event);
  }

  // "At the time, her publicist dismissed it": that of what the paragraph dated last.
  bool from_time_told(std::size_t event) {
    const std::uint32_t verb = dating_.triggers[event].token;
    const bool told = std::ranges::any_of(doc_.children(verb), [&](std::uint32_t at) {
      const auto noun = child(doc_, at, "pobj");
      return doc_[at].lower == "at" && noun && doc_[*noun].lower == "time" &&
             doc_[*noun].subtree.size() == 2;
    });
    for (std::size_t i = event, first = told ? first_near(event) : event; i-- > first;) {
      const Token& earlier = doc_[dating_.triggers[i].token];
      if (earlier.sentence == doc_[verb].sentence || earlier.dep != "ROOT" ||
          dating_.events[i].time.basis != TimeBasis::kExpression)
        continue;
      dating_.copy(i, event);
      return true;
    }
    return false;
  }

  [[nodiscard]] bool is_utterance(std::size_t event) const {
    const std::string_view lemma = doc_[dating_.triggers[event].token].lemma;
    return dating_.triggers[event].verbal &&
           (Lexicon::get().in("say", lemma) || Lexicon::get().in("respond", lemma));
  }

  [[nodiscard]] std::optional<std::uint32_t> doer(std::size_t event) const {
    for (const Participant& participant : dating_.events[event].participants)
      if (participant.role == Role::kAgent && participant.entity) return participant.entity;
    return std::nullopt;
  }

  // "Holt told reporters on Wednesday that …. She declined to say …": in one breath.
  bool from_same_speaker(std::size_t event) {
    const Factuality& facts = dating_.facts[event];
    if (!is_utterance(event) || facts.tense != Tense::kPast || facts.perfect) return false;
    const auto speaker = doer(event);
    for (std::size_t i = event, first = speaker ? first_near(event) : event; i-- > first;) {
      if (!is_utterance(i) || doer(i) != speaker) continue;
      if (dating_.events[i].time.basis != TimeBasis::kExpression) return false;
      dating_.copy(i, event);
      return true;
    }
    return false;
  }

  bool from_governor(std::size_t event, int depth) {
    std::string_view relation;
    const auto outer = dating_.governor(event, relation);
    if (!outer || !dating_.hands_down(event, *outer, relation)) return false;
    from_context(*outer, depth + 1);
    if (!dating_.dated(*outer)) return false;
    dating_.copy(*outer, event);
    return true;
  }

  // "recently got engaged and was nominated".
  [[nodiscard]] bool is_joined_to_vague(std::size_t event) const {
    std::string_view relation;
    const auto outer = dating_.governor(event, relation);
    return outer && relation == "conj" && dating_.vague[*outer];
  }

  // "shot to fame in 2019 with a song which won a prize": the prize is not today's news.
  [[nodiscard]] bool is_back_story(std::size_t event) const {
    std::string_view relation;
    const auto outer = dating_.governor(event, relation);
    if (!outer || (relation != "relcl" && relation != "advcl" && relation != "acl")) return false;
    const EventTime& time = dating_.events[*outer].time;
    return time.basis == TimeBasis::kExpression && report_ && time.interval &&
           !(*time.interval == *report_) && time.interval->begin &&
           time.interval->begin->day < report_->begin->day;
  }

  // "It comes after the bank reported a robbery": what the news follows.
  [[nodiscard]] bool is_followed(std::size_t event) const {
    std::uint32_t at = dating_.triggers[event].token;
    bool after = false;
    for (int steps = 0; steps < 12 && doc_[at].head != at; ++steps) {
      after |= doc_[at].lower == "after";
      for (const std::uint32_t c : doc_.children(at))
        after |= doc_[c].dep == "mark" && doc_[c].lower == "after";
      at = doc_[at].head;
      if (after && doc_[at].lemma == "come") return true;
    }
    return false;
  }

  // "is about to rule": from now on.
  [[nodiscard]] bool is_about_to(std::size_t event) const {
    const Token& verb = doc_[dating_.triggers[event].token];
    if (verb.tag != "VB" || doc_[verb.head].lower != "about") return false;
    for (const std::uint32_t c : doc_.children(doc_[verb.head].head))
      if (doc_[c].tag == "VBD") return false;
    return doc_[doc_[verb.head].head].tag != "VBD";
  }

  void from_report(std::size_t event) {
    if (!dating_.triggers[event].verbal || !input_.article.published) return;
    const Token& verb = doc_[dating_.triggers[event].token];
    if (is_about_to(event)) {
      dating_.events[event].time = {
          std::nullopt, Interval{TimePoint{input_.article.published->day}, std::nullopt},
          TimeBasis::kTense};
      return;
    }
    if (Lexicon::get().in("state", verb.lemma) && !is_passive(doc_, dating_.triggers[event].token))
      return;
    const Factuality& facts = dating_.facts[event];
    if (says_which(verb) || is_told_of_old(event) || is_aside_of_old(event) ||
        follows_unknown(event) || is_of_any_time(event) || is_aside_on_speaker(event))
      return;
    const bool own_voice = !dating_.events[event].attribution;
    const bool told = facts.tense == Tense::kPast && !facts.perfect && verb.tag != "VBG";
    const bool lead = verb.sentence < lead_ && facts.tense == Tense::kPresent && facts.perfect;
    const bool shown = own_voice && facts.tense == Tense::kPresent && !facts.perfect &&
                       facts.certainty == Certainty::kCertain &&
                       !child(doc_, dating_.triggers[event].token, "aux");
    if (lead && !told && is_report_told_later()) {  // "have parted", with a date of last week below
      dating_.events[event].time = {std::nullopt, day_of(*input_.article.published),
                                    TimeBasis::kPublished};
      return;
    }
    if (report_ && (told || lead || shown))
      dating_.events[event].time = {std::nullopt, report_, TimeBasis::kContext};
    else if (!report_ && told && own_voice && is_recent() && !has_gone_back(event) &&
             Lexicon::get().in("say", verb.lemma))
      dating_.events[event].time = {std::nullopt, day_of(*input_.article.published),
                                    TimeBasis::kPublished};
  }

  // What the paragraph dated last, before the event, of times that end where `ended`; none for
  // nothing.
  [[nodiscard]] const EventTime* dated_before(std::size_t event, bool ended) const {
    for (std::size_t i = event, first = first_near(event); i-- > first;) {
      const EventTime& time = dating_.events[i].time;
      if (time.basis == TimeBasis::kExpression && time.interval && (!ended || time.interval->end))
        return &time;
    }
    return nullptr;
  }

  // "He sold his shop in 2012. The two met in college": a paragraph that has gone back stays there.
  [[nodiscard]] bool is_told_of_old(std::size_t event) const {
    if (!report_ || is_utterance(event)) return false;
    const EventTime* before = dated_before(event, /*ended=*/false);
    return before != nullptr && is_long_ago(*before);
  }

  // What its paragraph dated last, to a month or less, is weeks before publication.
  [[nodiscard]] bool has_gone_back(std::size_t event) const {
    const EventTime* before = dated_before(event, /*ended=*/true);
    const auto length = before != nullptr ? length_of(*before->interval) : std::nullopt;
    return length && *length <= kMonth &&
           before->interval->end->day + kRecent < input_.article.published->day;
  }

  [[nodiscard]] bool is_long_ago(const EventTime& time) const {
    return time.basis == TimeBasis::kExpression && time.interval && time.interval->end &&
           time.interval->end->day + kLongAgo < report_->begin->day;
  }

  // "Were a couple before she married in 2009".
  [[nodiscard]] bool is_before_of_old(std::uint32_t clause) const {
    if (doc_[clause].dep == "conj") {
      const auto inner = doc_.children(clause);
      return std::ranges::any_of(
          inner, [&](std::uint32_t c) { return doc_[c].dep == "advcl" && is_before_of_old(c); });
    }
    const auto mark = child(doc_, clause, "mark");
    return doc_[clause].dep == "advcl" && mark && doc_[*mark].lower == "before" &&
           dating_.event_at[clause] >= 0 &&
           is_long_ago(dating_.events[static_cast<std::size_t>(dating_.event_at[clause])].time);
  }

  // "The pair, who met at work, married in 2009": what stands by the way in a sentence of old.
  [[nodiscard]] bool is_aside_of_old(std::size_t event) const {
    const Token& verb = doc_[dating_.triggers[event].token];
    if (!report_) return false;
    for (const std::uint32_t c : doc_.children(dating_.triggers[event].token))
      if (is_before_of_old(c)) return true;
    if (verb.dep != "relcl") return false;
    for (std::size_t i = event + 1; i < dating_.events.size(); ++i) {
      if (doc_[dating_.triggers[i].token].sentence != verb.sentence) break;
      if (is_long_ago(dating_.events[i].time)) return true;
    }
    return false;
  }

  // "Sued him after they parted": how long after, nobody says.
  [[nodiscard]] bool follows_unknown(std::size_t event) const {
    const std::uint32_t verb = dating_.triggers[event].token;
    const auto mark = child(doc_, verb, "mark");
    return report_ && doc_[verb].dep == "advcl" && mark && doc_[*mark].lower == "after";
  }

  // "Met her when he was 7".
  [[nodiscard]] bool is_at_an_age(std::uint32_t clause) const {
    return doc_[clause].dep == "advcl" && doc_[clause].lemma == "be" &&
           std::ranges::any_of(doc_.children(clause), [&](std::uint32_t c) {
             return (doc_[c].dep == "attr" || doc_[c].dep == "acomp") && doc_[c].tag == "CD";
           });
  }

  // "Who always denied it", "never married": of no day.
  [[nodiscard]] bool is_of_any_time(std::size_t event) const {
    return std::ranges::any_of(doc_.children(dating_.triggers[event].token), [&](std::uint32_t c) {
      return is_at_an_age(c) || Lexicon::get().in("any_time", doc_[c].lower);
    });
  }

  // "Albert Brook, who played her son, said": who he is, not what he did that day.
  [[nodiscard]] bool is_aside_on_speaker(std::size_t event) const {
    const Token& verb = doc_[dating_.triggers[event].token];
    if (verb.dep != "relcl" || verb.tag != "VBD" || !doc_[verb.head].dep.starts_with("nsubj"))
      return false;
    const std::int32_t outer = dating_.event_at[doc_[verb.head].head];
    return outer >= 0 && is_utterance(static_cast<std::size_t>(outer));
  }

  // The first event that an event is looked for behind: of its paragraph, not too far back.
  [[nodiscard]] std::size_t first_near(std::size_t event) const {
    constexpr std::size_t kReach = 60;  // events
    std::size_t first = event;
    while (first > 0 && event - first < kReach &&
           line_of_[dating_.triggers[first - 1].token] == line_of_[dating_.triggers[event].token])
      --first;
    return first;
  }

  // "The man who stole it was jailed": the clause says which man, not what the news is.
  [[nodiscard]] bool says_which(const Token& verb) const {
    const std::uint32_t begin = verb.subtree.begin;
    return verb.dep == "relcl" && verb.tag == "VBD" && doc_[begin].lower == "who" && begin > 0 &&
           doc_[begin - 1].text != ",";
  }

  // The day reported on is told behind the first sentences, and is not the day before publication.
  [[nodiscard]] bool is_report_told_later() const {
    constexpr days kJustNow{2};
    if (!report_ || input_.article.published->day - report_->begin->day <= kJustNow) return false;
    return std::ranges::none_of(input_.times, [&](const TimeExpression& time) {
      const TokenSpan tokens = doc_.token_span(time.span);
      return tokens.size() > 0 && doc_[tokens.begin].sentence < lead_ && time.interval &&
             time.interval->begin && time.interval->begin->day == report_->begin->day;
    });
  }

  // Whether the article dates anything within days of its publication.
  [[nodiscard]] bool is_recent() const {
    for (const TimeExpression& time : input_.times) {
      if (!time.interval || !is_calendar(time)) continue;
      const auto length = length_of(*time.interval);
      if (length && *length <= days{7} &&
          is_within(*time.interval, *input_.article.published, kRecent))
        return true;
    }
    return false;
  }

  Dating& dating_;
  const EventInput& input_;
  const Doc& doc_;
  std::optional<Interval> report_;
  std::uint32_t lead_;                  // the sentence after those that open the article
  std::vector<std::uint32_t> line_of_;  // by token
};

}  // namespace

void give_context_times(Dating& dating) { ContextTimes(dating).run(); }

}  // namespace dateline::events
