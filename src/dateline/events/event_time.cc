#include "dateline/events/event_time.h"

#include "dateline/events/lexicon.h"
#include "dateline/events/report_day.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

using std::chrono::days;

constexpr days kLongAgo{60};  // before the day of the report: its background, not its news
constexpr days kRecent{15};   // an article with so recent a date is a report

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

class Dater {
 public:
  Dater(const EventInput& input, const MentionIndex& index, std::span<const Trigger> triggers,
        std::span<const Factuality> facts, std::span<Event> events)
      : input_(input),
        doc_(input.doc),
        index_(index),
        triggers_(triggers),
        facts_(facts),
        events_(events),
        event_at_(input.doc.size(), -1),
        vague_(events.size(), false),
        report_(report_day(input)),
        lead_(first_sentence(input) + kLead) {
    for (std::size_t i = 0; i < triggers.size(); ++i)
      event_at_[triggers[i].token] = static_cast<std::int32_t>(i);
  }

  void assign() {
    own_expressions();
    for (std::size_t i = events_.size(); i-- > 0;) from_announced(i);
    for (std::size_t i = events_.size(); i-- > 0;) from_complement(i);
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (!triggers_[i].verbal) of_dated_governor(i);
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (!triggers_[i].verbal) of_noun(i);
    for (std::size_t i = 0; i < events_.size(); ++i) from_occasion(i);
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (triggers_[i].verbal) from_context(i, 0);
    for (std::size_t i = 0; i < events_.size(); ++i)
      if (!triggers_[i].verbal) from_context(i, 0);
  }

 private:
  [[nodiscard]] bool dated(std::size_t event) const {
    return events_[event].time.basis != TimeBasis::kNone;
  }

  void own_expressions() {
    for (std::uint32_t t = 0; t < input_.times.size(); ++t) {
      const TokenSpan tokens = doc_.token_span(input_.times[t].span);
      if (tokens.begin >= tokens.end || tokens.end > doc_.size()) continue;
      give(t, tokens);
    }
  }

  // Gives the expression to the event that it hangs from.
  void give(std::uint32_t number, TokenSpan tokens) {
    const TimeExpression& time = input_.times[number];
    std::uint32_t at = tokens.end - 1;
    while (tokens.contains(doc_[at].head) && doc_[at].head != at) at = doc_[at].head;
    std::string_view preposition;
    for (int depth = 0; depth < 16; ++depth) {
      if (event_at_[at] >= 0 && !tokens.contains(at)) break;
      if (only_modifies(at)) return;
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
    if (event_at_[at] < 0) return;
    if (time.interval && is_too_late(static_cast<std::size_t>(event_at_[at]), *time.interval))
      at = announced_by(at, tokens.begin);
    const auto event = static_cast<std::size_t>(event_at_[at]);
    if (lasts_long(time) && doc_[at].tag == "VBD" && preposition == "for") vague_[event] = true;
    if (counts_from_another(time, tokens)) vague_[event] = true;
    if (!is_calendar(time)) return;
    if (const auto recent = recent_span(number, tokens); recent && !dated(event))
      events_[event].time = {number, *recent, TimeBasis::kExpression};
    if (!time.interval && time.value != "PRESENT_REF") vague_[event] = true;
    if (!time.interval || dated(event) || is_too_late(event, *time.interval)) return;
    if (preposition == "since" && !facts_[event].perfect && doc_[at].tag != "VBG" &&
        facts_[event].tense != Tense::kPresent)
      return;  // "became the first since 1997"
    const Interval interval =
        time.type == TimeType::kTime && time.interval->begin && time.interval->end
            ? whole_days(*time.interval)
            : *time.interval;
    events_[event].time = {number, bounded(interval, preposition), TimeBasis::kExpression};
  }

  // "The pair, who met in Graz, married in July 2009", which the parser took for no more than a
  // noun: the participle behind it.
  [[nodiscard]] std::optional<std::uint32_t> told_of_noun(std::uint32_t noun,
                                                          std::uint32_t before) const {
    std::optional<std::uint32_t> verb;
    for (const std::uint32_t c : doc_.children(noun))
      if (doc_[c].dep == "acl" && doc_[c].tag == "VBN" && event_at_[c] >= 0 && c < before) verb = c;
    return verb;
  }

  // "Dated her for three years": no day of the news.
  [[nodiscard]] static bool lasts_long(const TimeExpression& time) {
    return time.type == TimeType::kDuration && time.value.starts_with("P") &&
           time.value.find('T') == std::string::npos &&
           (time.value.ends_with('Y') || time.value.ends_with('M') || time.value.ends_with('D'));
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
  [[nodiscard]] bool is_too_late(std::size_t event, const Interval& interval) const {
    const auto& published = input_.article.published;
    return published && facts_[event].tense == Tense::kPast && interval.begin &&
           interval.begin->day > published->day && doc_[triggers_[event].token].tag == "VBD";
  }

  // What is to come in the clause that the verb tells, or just before the date where the parser cut
  // it off; else the verb.
  [[nodiscard]] std::uint32_t announced_by(std::uint32_t verb, std::uint32_t date) const {
    const auto is_to_come = [&](std::uint32_t token) {
      return event_at_[token] >= 0 &&
             facts_[static_cast<std::size_t>(event_at_[token])].tense == Tense::kFuture;
    };
    for (const std::uint32_t c : doc_.children(verb))
      if (doc_[c].dep == "ccomp" && is_to_come(c)) return c;
    constexpr std::uint32_t kNear = 15;
    for (std::uint32_t t = date; t-- > 0 && date - t < kNear;) {
      if (is_to_come(t)) return t;
      if (doc_[t].text == "." || doc_[t].text.find('\n') != std::string_view::npos) break;
    }
    return verb;
  }

  // "this year's prize", "his 1969 classic": the date of a thing, not of what happens to it.
  [[nodiscard]] bool only_modifies(std::uint32_t token) const {
    const std::string_view dep = doc_[token].dep;
    const bool modifier =
        dep == "poss" || dep == "nummod" || dep == "compound" || dep == "amod" || dep == "nmod";
    return modifier && event_at_[doc_[token].head] < 0 && is_nominal(doc_[doc_[token].head]);
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

  void copy(std::size_t from, std::size_t to) {
    events_[to].time = events_[from].time;
    events_[to].time.basis = TimeBasis::kContext;
  }

  // "announced it would ban it this month", "told her in spring to go": a past date in what was
  // still to come is that of the telling.
  void from_announced(std::size_t event) {
    const auto& published = input_.article.published;
    if (dated(event) || !triggers_[event].verbal || !published || !is_past(event)) return;
    for (const std::uint32_t c : doc_.children(triggers_[event].token)) {
      if (event_at_[c] < 0) continue;
      const auto inner = static_cast<std::size_t>(event_at_[c]);
      const EventTime& time = events_[inner].time;
      const bool to_come = (doc_[c].dep == "ccomp" && facts_[inner].tense == Tense::kFuture) ||
                           (doc_[c].dep == "xcomp" && doc_[c].tag == "VB");
      if (!to_come || time.basis != TimeBasis::kExpression || !time.interval->begin ||
          published->day < time.interval->begin->day)
        continue;
      events_[event].time = time;
      if (facts_[inner].tense == Tense::kFuture) events_[inner].time = {};
      return;
    }
  }

  [[nodiscard]] bool is_past(std::size_t event) const {
    return facts_[event].tense == Tense::kPast || doc_[triggers_[event].token].tag == "VBN";
  }

  // "met at the summit last week": so was the summit.
  void of_dated_governor(std::size_t event) {
    if (dated(event) || vague_[event]) return;
    std::string_view relation;
    const auto outer = governor(event, relation);
    if (outer && events_[*outer].time.basis == TimeBasis::kExpression &&
        hands_down(event, *outer, relation))
      copy(*outer, event);
  }

  // "the elections, which are to be held by 2030"; "the conference" after a dated one.
  void of_noun(std::size_t event) {
    if (dated(event)) return;
    const std::uint32_t noun = triggers_[event].token;
    for (const std::uint32_t c : doc_.children(noun)) {
      if ((doc_[c].dep != "relcl" && doc_[c].dep != "acl") || event_at_[c] < 0) continue;
      if (const auto held = held_when(c)) return copy(*held, event);
    }
    if (!is_definite(noun)) return;
    for (std::size_t earlier = event; earlier-- > 0;)
      if (!triggers_[earlier].verbal && triggers_[earlier].lemma == triggers_[event].lemma &&
          dated(earlier))
        return copy(earlier, event);
  }

  // The dated event among a clause's verb and its complements: "are to be held by 2030".
  [[nodiscard]] std::optional<std::size_t> held_when(std::uint32_t verb) const {
    const auto dated_holding = [&](std::uint32_t token) {
      return event_at_[token] >= 0 && Lexicon::get().in("holding", doc_[token].lemma) &&
             events_[static_cast<std::size_t>(event_at_[token])].time.basis ==
                 TimeBasis::kExpression;
    };
    if (dated_holding(verb)) return static_cast<std::size_t>(event_at_[verb]);
    for (const std::uint32_t c : doc_.children(verb))
      if (dated_holding(c)) return static_cast<std::size_t>(event_at_[c]);
    return std::nullopt;
  }

  [[nodiscard]] bool is_definite(std::uint32_t noun) const {
    for (const std::uint32_t c : doc_.children(noun))
      if (doc_[c].dep == "det" && (doc_[c].lower == "the" || doc_[c].lower == "this")) return true;
    return false;
  }

  // "said at the conference": when that was.
  void from_occasion(std::size_t event) {
    if (dated(event) || !triggers_[event].verbal) return;
    for (const std::uint32_t c : doc_.children(triggers_[event].token)) {
      const std::string_view word = doc_[c].lower;
      if (doc_[c].dep == "dobj" && event_at_[c] >= 0) {
        const auto done = static_cast<std::size_t>(event_at_[c]);
        if (events_[done].time.basis == TimeBasis::kExpression &&
            Lexicon::get().in("support", doc_[triggers_[event].token].lemma))
          return copy(done, event);
      }
      if (doc_[c].dep != "prep" || (word != "at" && word != "in" && word != "during")) continue;
      for (const std::uint32_t noun : doc_.children(c))
        if (event_at_[noun] >= 0 && dated(static_cast<std::size_t>(event_at_[noun])))
          return copy(static_cast<std::size_t>(event_at_[noun]), event);
    }
  }

  // "filed to divorce him in February": the date at the end belongs to the filing. "crashed after
  // they announced it this month".
  void from_complement(std::size_t event) {
    if (dated(event) || vague_[event] || !triggers_[event].verbal) return;
    for (const std::uint32_t c : doc_.children(triggers_[event].token)) {
      const bool infinitive =
          (doc_[c].dep == "xcomp" || doc_[c].dep == "advcl") && doc_[c].tag == "VB";
      const bool clause = doc_[c].dep == "advcl" && doc_[c].tag == "VBD";
      if ((!infinitive && !clause) || event_at_[c] < 0) continue;
      const auto inner = static_cast<std::size_t>(event_at_[c]);
      if (!dated(inner)) continue;
      if (infinitive && is_prospective(event)) continue;
      return copy(inner, event);
    }
  }

  [[nodiscard]] bool is_prospective(std::size_t event) const {
    return Lexicon::get().in("prospective", doc_[triggers_[event].token].lemma);
  }

  void from_context(std::size_t event, int depth) {
    if (dated(event) || vague_[event] || depth > 8) return;
    if (from_time_told(event) || from_same_speaker(event)) return;
    if (is_followed(event)) return;
    if (from_governor(event, depth) || is_back_story(event) || is_joined_to_vague(event)) return;
    from_report(event);
  }

  // "At the time, her publicist dismissed it": that of what the paragraph dated last.
  bool from_time_told(std::size_t event) {
    const std::uint32_t verb = triggers_[event].token;
    const bool told = std::ranges::any_of(doc_.children(verb), [&](std::uint32_t at) {
      const auto noun = child(doc_, at, "pobj");
      return doc_[at].lower == "at" && noun && doc_[*noun].lower == "time" &&
             doc_[*noun].subtree.size() == 2;
    });
    for (std::size_t i = event; told && i-- > 0;) {
      if (breaks_between(triggers_[i].token, verb)) return false;
      const Token& earlier = doc_[triggers_[i].token];
      if (earlier.sentence == doc_[verb].sentence || earlier.dep != "ROOT" ||
          events_[i].time.basis != TimeBasis::kExpression)
        continue;
      copy(i, event);
      return true;
    }
    return false;
  }

  [[nodiscard]] bool is_utterance(std::size_t event) const {
    const std::string_view lemma = doc_[triggers_[event].token].lemma;
    return triggers_[event].verbal &&
           (Lexicon::get().in("say", lemma) || Lexicon::get().in("respond", lemma));
  }

  [[nodiscard]] std::optional<std::uint32_t> doer(std::size_t event) const {
    for (const Participant& participant : events_[event].participants)
      if (participant.role == Role::kAgent && participant.entity) return participant.entity;
    return std::nullopt;
  }

  // "Holt told reporters on Wednesday that …. She declined to say …": in one breath.
  bool from_same_speaker(std::size_t event) {
    if (!is_utterance(event) || facts_[event].tense != Tense::kPast || facts_[event].perfect)
      return false;
    const auto speaker = doer(event);
    for (std::size_t i = event; speaker && i-- > 0;) {
      if (breaks_between(triggers_[i].token, triggers_[event].token)) return false;
      if (!is_utterance(i) || doer(i) != speaker) continue;
      if (events_[i].time.basis != TimeBasis::kExpression) return false;
      copy(i, event);
      return true;
    }
    return false;
  }

  // The event that the trigger hangs from, over prepositions and nouns that are none.
  [[nodiscard]] std::optional<std::size_t> governor(std::size_t event,
                                                    std::string_view& relation) const {
    std::uint32_t at = triggers_[event].token;
    relation = doc_[at].dep;
    for (int i = 0; i < 4 && doc_[at].head != at; ++i) {
      at = doc_[at].head;
      if (event_at_[at] >= 0) return static_cast<std::size_t>(event_at_[at]);
      if (is_verbal(doc_[at])) return std::nullopt;
    }
    return std::nullopt;
  }

  bool from_governor(std::size_t event, int depth) {
    std::string_view relation;
    const auto outer = governor(event, relation);
    if (!outer || !hands_down(event, *outer, relation)) return false;
    from_context(*outer, depth + 1);
    if (!dated(*outer)) return false;
    copy(*outer, event);
    return true;
  }

  // Whether an event shares the time of the one that it hangs from.
  [[nodiscard]] bool hands_down(std::size_t event, std::size_t outer,
                                std::string_view relation) const {
    const std::string_view tag = doc_[triggers_[event].token].tag;
    if (!triggers_[event].verbal) return triggers_[outer].verbal && !is_prospective(outer);
    if (relation == "conj" && is_pluperfect(event) && !is_pluperfect(outer)) return false;
    if (relation == "conj")
      return tag == doc_[triggers_[outer].token].tag || tag == "VBD" || tag == "VBN";
    if (relation == "xcomp") return !is_prospective(outer);
    if (relation == "advcl")
      return tag == "VB" || tag == "VBG" || tag == "VBN" || is_simultaneous(event) ||
             is_reduced(event);
    if (relation == "ccomp" && Lexicon::get().in("perceive", doc_[triggers_[outer].token].lemma))
      return !child(doc_, triggers_[event].token, "mark");  // "saw the pilot walk off"
    if (relation == "ccomp" && tag == "VBD" &&
        Lexicon::get().in("intending", doc_[triggers_[event].token].lemma) &&
        events_[outer].time.basis == TimeBasis::kExpression)
      return true;  // "said last week that he intended to go"
    if (relation == "ccomp")
      return tag == "VBN" && Lexicon::get().in("light", doc_[triggers_[outer].token].lemma);
    return relation == "pcomp" && tag == "VBG" && triggers_[outer].verbal;
  }

  [[nodiscard]] bool is_pluperfect(std::size_t event) const {
    for (const std::uint32_t c : doc_.children(triggers_[event].token))
      if (doc_[c].dep == "aux" && doc_[c].lemma == "have" && doc_[c].tag == "VBD") return true;
    return false;
  }

  // "spent the year separated": no subject and no conjunction of its own.
  [[nodiscard]] bool is_reduced(std::size_t event) const {
    const std::uint32_t verb = triggers_[event].token;
    return !child(doc_, verb, "mark") && !child(doc_, verb, "nsubj") &&
           !child(doc_, verb, "nsubjpass");
  }

  // "as", "when", "while" he did it.
  [[nodiscard]] bool is_simultaneous(std::size_t event) const {
    for (const std::uint32_t c : doc_.children(triggers_[event].token)) {
      const std::string_view word = doc_[c].lower;
      if (doc_[c].dep == "mark" || doc_[c].dep == "advmod")
        if (word == "as" || word == "when" || word == "while") return true;
    }
    return false;
  }

  // "recently got engaged and was nominated".
  [[nodiscard]] bool is_joined_to_vague(std::size_t event) const {
    std::string_view relation;
    const auto outer = governor(event, relation);
    return outer && relation == "conj" && vague_[*outer];
  }

  // "shot to fame in 2019 with a song which won a prize": the prize is not today's news.
  [[nodiscard]] bool is_back_story(std::size_t event) const {
    std::string_view relation;
    const auto outer = governor(event, relation);
    if (!outer || (relation != "relcl" && relation != "advcl" && relation != "acl")) return false;
    const EventTime& time = events_[*outer].time;
    return time.basis == TimeBasis::kExpression && report_ && time.interval &&
           !(*time.interval == *report_) && time.interval->begin &&
           time.interval->begin->day < report_->begin->day;
  }

  // "It comes after the bank reported a robbery": what the news follows.
  [[nodiscard]] bool is_followed(std::size_t event) const {
    std::uint32_t at = triggers_[event].token;
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
    const Token& verb = doc_[triggers_[event].token];
    if (verb.tag != "VB" || doc_[verb.head].lower != "about") return false;
    for (const std::uint32_t c : doc_.children(doc_[verb.head].head))
      if (doc_[c].tag == "VBD") return false;
    return doc_[doc_[verb.head].head].tag != "VBD";
  }

  void from_report(std::size_t event) {
    if (!triggers_[event].verbal || !input_.article.published) return;
    const Token& verb = doc_[triggers_[event].token];
    if (is_about_to(event)) {
      events_[event].time = {std::nullopt,
                             Interval{TimePoint{input_.article.published->day}, std::nullopt},
                             TimeBasis::kTense};
      return;
    }
    if (Lexicon::get().in("state", verb.lemma) && !is_passive(doc_, triggers_[event].token)) return;
    const Factuality& facts = facts_[event];
    if (says_which(verb) || is_told_of_old(event) || is_aside_of_old(event)) return;
    const bool own_voice = !events_[event].attribution;
    const bool told = facts.tense == Tense::kPast && !facts.perfect && verb.tag != "VBG";
    const bool lead = verb.sentence < lead_ && facts.tense == Tense::kPresent && facts.perfect;
    const bool shown = own_voice && facts.tense == Tense::kPresent && !facts.perfect &&
                       facts.certainty == Certainty::kCertain &&
                       !child(doc_, triggers_[event].token, "aux");
    if (report_ && (told || lead || shown))
      events_[event].time = {std::nullopt, report_, TimeBasis::kContext};
    else if (!report_ && told && own_voice && is_recent() && Lexicon::get().in("say", verb.lemma))
      events_[event].time = {std::nullopt, day_of(*input_.article.published),
                             TimeBasis::kPublished};
  }

  // "He sold his shop in 2012. The two met in college": a paragraph that has gone back stays there.
  [[nodiscard]] bool is_told_of_old(std::size_t event) const {
    const std::string_view lemma = doc_[triggers_[event].token].lemma;
    if (!report_ || Lexicon::get().in("say", lemma) || Lexicon::get().in("respond", lemma))
      return false;
    for (std::size_t i = event; i-- > 0;) {
      if (breaks_between(triggers_[i].token, triggers_[event].token)) return false;
      const EventTime& time = events_[i].time;
      if (time.basis != TimeBasis::kExpression || !time.interval) continue;
      return is_long_ago(time);
    }
    return false;
  }

  [[nodiscard]] bool is_long_ago(const EventTime& time) const {
    return time.basis == TimeBasis::kExpression && time.interval && time.interval->end &&
           time.interval->end->day + kLongAgo < report_->begin->day;
  }

  // "The pair, who met at work, married in 2009": what stands by the way in a sentence of old.
  [[nodiscard]] bool is_aside_of_old(std::size_t event) const {
    const Token& verb = doc_[triggers_[event].token];
    if (!report_ || verb.dep != "relcl") return false;
    for (std::size_t i = event + 1; i < events_.size(); ++i) {
      if (doc_[triggers_[i].token].sentence != verb.sentence) break;
      if (is_long_ago(events_[i].time)) return true;
    }
    return false;
  }

  [[nodiscard]] bool breaks_between(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t t = begin; t < end; ++t)
      if (doc_[t].text.find('\n') != std::string_view::npos) return true;
    return false;
  }

  // "The man who stole it was jailed": the clause says which man, not what the news is.
  [[nodiscard]] bool says_which(const Token& verb) const {
    const std::uint32_t begin = verb.subtree.begin;
    return verb.dep == "relcl" && verb.tag == "VBD" && doc_[begin].lower == "who" && begin > 0 &&
           doc_[begin - 1].text != ",";
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

  const EventInput& input_;
  const Doc& doc_;
  const MentionIndex& index_;
  std::span<const Trigger> triggers_;
  std::span<const Factuality> facts_;
  std::span<Event> events_;
  std::vector<std::int32_t> event_at_;
  std::vector<bool> vague_;
  std::optional<Interval> report_;
  std::uint32_t lead_;  // the sentence after those that open the article
};

}  // namespace

void assign_times(const EventInput& input, const MentionIndex& index,
                  std::span<const Trigger> triggers, std::span<const Factuality> facts,
                  std::span<Event> events) {
  Dater(input, index, triggers, facts, events).assign();
}

}  // namespace dateline::events
