#include "dateline/events/event_time.h"

#include "dateline/events/context_times.h"
#include "dateline/events/dating.h"
#include "dateline/events/lexicon.h"
#include "dateline/events/own_times.h"
#include "dateline/events/tree.h"

namespace dateline::events {
namespace {

// Times handed from one event to another in the same clause or the next.
class Neighbours {
 public:
  explicit Neighbours(Dating& dating) : dating_(dating), input_(dating.input), doc_(dating.doc) {}

  void run() {
    for (std::size_t i = dating_.events.size(); i-- > 0;) from_announced(i);
    for (std::size_t i = dating_.events.size(); i-- > 0;) from_complement(i);
    for (std::size_t i = 0; i < dating_.events.size(); ++i)
      if (!dating_.triggers[i].verbal) of_dated_governor(i);
    for (std::size_t i = 0; i < dating_.events.size(); ++i)
      if (!dating_.triggers[i].verbal) of_noun(i);
    for (std::size_t i = 0; i < dating_.events.size(); ++i) from_occasion(i);
  }

 private:
  // "announced it would ban it this month", "told her in spring to go": a past date in what was
  // still to come is that of the telling.
  void from_announced(std::size_t event) {
    const auto& published = input_.article.published;
    if (dating_.dated(event) || !dating_.triggers[event].verbal || !published || !is_past(event))
      return;
    for (const std::uint32_t c : doc_.children(dating_.triggers[event].token)) {
      if (dating_.event_at[c] < 0) continue;
      const auto inner = static_cast<std::size_t>(dating_.event_at[c]);
      const EventTime& time = dating_.events[inner].time;
      const bool to_come =
          (doc_[c].dep == "ccomp" && dating_.facts[inner].tense == Tense::kFuture) ||
          (doc_[c].dep == "xcomp" && doc_[c].tag == "VB");
      if (!to_come || time.basis != TimeBasis::kExpression || !time.interval->begin ||
          published->day < time.interval->begin->day)
        continue;
      dating_.events[event].time = time;
      if (dating_.facts[inner].tense == Tense::kFuture) dating_.events[inner].time = {};
      return;
    }
  }

  [[nodiscard]] bool is_past(std::size_t event) const {
    return dating_.facts[event].tense == Tense::kPast ||
           doc_[dating_.triggers[event].token].tag == "VBN";
  }

  // "met at the summit last week": so was the summit.
  void of_dated_governor(std::size_t event) {
    if (dating_.dated(event) || dating_.vague[event]) return;
    std::string_view relation;
    const auto outer = dating_.governor(event, relation);
    if (outer && dating_.events[*outer].time.basis == TimeBasis::kExpression &&
        dating_.hands_down(event, *outer, relation))
      dating_.copy(*outer, event);
  }

  // "the elections, which are to be held by 2030"; "the conference" after a dated one.
  void of_noun(std::size_t event) {
    if (dating_.dated(event)) return;
    const std::uint32_t noun = dating_.triggers[event].token;
    for (const std::uint32_t c : doc_.children(noun)) {
      if ((doc_[c].dep != "relcl" && doc_[c].dep != "acl") || dating_.event_at[c] < 0) continue;
      if (const auto held = held_when(c)) return dating_.copy(*held, event);
    }
    if (!is_definite(noun)) return;
    for (std::size_t earlier = event; earlier-- > 0;)
      if (!dating_.triggers[earlier].verbal &&
          dating_.triggers[earlier].lemma == dating_.triggers[event].lemma &&
          dating_.dated(earlier))
        return dating_.copy(earlier, event);
  }

  // The dated event among a clause's verb and its complements: "are to be held by 2030".
  [[nodiscard]] std::optional<std::size_t> held_when(std::uint32_t verb) const {
    const auto dated_holding = [&](std::uint32_t token) {
      return dating_.event_at[token] >= 0 && Lexicon::get().in("holding", doc_[token].lemma) &&
             dating_.events[static_cast<std::size_t>(dating_.event_at[token])].time.basis ==
                 TimeBasis::kExpression;
    };
    if (dated_holding(verb)) return static_cast<std::size_t>(dating_.event_at[verb]);
    for (const std::uint32_t c : doc_.children(verb))
      if (dated_holding(c)) return static_cast<std::size_t>(dating_.event_at[c]);
    return std::nullopt;
  }

  [[nodiscard]] bool is_definite(std::uint32_t noun) const {
    for (const std::uint32_t c : doc_.children(noun))
      if (doc_[c].dep == "det" && (doc_[c].lower == "the" || doc_[c].lower == "this")) return true;
    return false;
  }

  // "said at the conference": when that was.
  void from_occasion(std::size_t event) {
    if (dating_.dated(event) || !dating_.triggers[event].verbal) return;
    for (const std::uint32_t c : doc_.children(dating_.triggers[event].token)) {
      const std::string_view word = doc_[c].lower;
      if (doc_[c].dep == "dobj" && dating_.event_at[c] >= 0) {
        const auto done = static_cast<std::size_t>(dating_.event_at[c]);
        if (dating_.events[done].time.basis == TimeBasis::kExpression &&
            Lexicon::get().in("support", doc_[dating_.triggers[event].token].lemma))
          return dating_.copy(done, event);
      }
      if (doc_[c].dep != "prep" || (word != "at" && word != "in" && word != "during")) continue;
      for (const std::uint32_t noun : doc_.children(c))
        if (dating_.event_at[noun] >= 0 &&
            dating_.dated(static_cast<std::size_t>(dating_.event_at[noun])))
          return dating_.copy(static_cast<std::size_t>(dating_.event_at[noun]), event);
    }
  }

  // "filed to divorce him in February": the date at the end belongs to the filing. "crashed after
  // they announced it this month".
  void from_complement(std::size_t event) {
    if (dating_.dated(event) || dating_.vague[event] || !dating_.triggers[event].verbal) return;
    for (const std::uint32_t c : doc_.children(dating_.triggers[event].token)) {
      const bool infinitive =
          (doc_[c].dep == "xcomp" || doc_[c].dep == "advcl") && doc_[c].tag == "VB";
      const bool clause = doc_[c].dep == "advcl" && doc_[c].tag == "VBD";
      if ((!infinitive && !clause) || dating_.event_at[c] < 0) continue;
      const auto inner = static_cast<std::size_t>(dating_.event_at[c]);
      if (!dating_.dated(inner)) continue;
      if (infinitive && dating_.is_prospective(event)) continue;
      return dating_.copy(inner, event);
    }
  }

  Dating& dating_;
  const EventInput& input_;
  const Doc& doc_;
};

}  // namespace

void assign_times(const EventInput& input, std::span<const Trigger> triggers,
                  std::span<const Factuality> facts, std::span<Event> events) {
  Dating dating(input, triggers, facts, events);
  give_own_times(dating);
  Neighbours(dating).run();
  give_context_times(dating);
}

}  // namespace dateline::events
