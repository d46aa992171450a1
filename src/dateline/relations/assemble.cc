#include "dateline/relations/assemble.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "dateline/base/ascii.h"
#include "dateline/relations/settle.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

// The innermost attribution in whose content `span` stands.
std::optional<std::uint32_t> attribution_of(std::span<const Attribution> attributions,
                                            ByteSpan span) {
  std::optional<std::uint32_t> best;
  std::uint32_t size = UINT32_MAX;
  for (std::uint32_t i = 0; i < attributions.size(); ++i)
    for (const ByteSpan content : attributions[i].content)
      if (content.contains(span) && content.size() < size) {
        best = i;
        size = content.size();
      }
  return best;
}

ByteSpan cover(ByteSpan a, ByteSpan b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

// The country of "Israeli" where the article names it.
std::optional<std::uint32_t> country(const Reading& reading, std::string_view adjective) {
  const auto* name = find(reading.words.demonyms, to_lower(adjective));
  if (name == nullptr) return std::nullopt;
  const auto& entities = reading.input.entities.entities;
  for (std::uint32_t i = 0; i < entities.size(); ++i)
    if (entities[i].name == *name ||
        std::ranges::find(entities[i].aliases, *name) != entities[i].aliases.end())
      return i;
  return std::nullopt;
}

class Assembler {
 public:
  Assembler(const Reading& reading, std::span<const Event> events) : reading_(reading) {
    for (const Event& event : events) events_.try_emplace(event.trigger, &event);
  }

  void add(const Finding& finding) {
    const Argument& subject = reading_.arguments[finding.subject];
    if (!subject.entity) return;
    Relation relation;
    relation.relation = std::string(finding.relation);
    relation.subject_span = subject.span;
    relation.status = finding.status;
    relation.confidence = finding.confidence;
    relation.polarity = finding.negative ? Polarity::kNegative : Polarity::kPositive;
    relation.certainty = finding.hedged ? Certainty::kPossible : Certainty::kCertain;
    set_source(finding, relation);
    set_interval(finding, relation);
    if (has_states(finding.relation) && is_over(finding)) {
      relation.status = Status::kFormer;
      relation.interval = {};
      relation.polarity = Polarity::kPositive;
    }
    std::optional<std::uint32_t> object;
    if (!set_object(finding, relation, object)) return;
    relation.evidence = cover(cover(relation.subject_span, relation.object_span),
                              reading_.doc[finding.trigger].span);
    // "They divorced": each two of the group once.
    const bool within = finding.object == finding.subject;
    for (const std::uint32_t a : members(*subject.entity))
      for (const std::optional<std::uint32_t> b : members(object))
        if (!within || *b > a) keep(relation, a, b, finding);
  }

  [[nodiscard]] std::vector<Relation> take() {
    settle(rows_);
    const std::set<std::uint32_t> married = with_named_spouse();
    std::vector<Relation> out;
    for (auto& [key, row] : rows_)
      if (row.decided || says_something(row.relation, married))
        out.push_back(std::move(row.relation));
    std::stable_sort(out.begin(), out.end(), [](const Relation& a, const Relation& b) {
      return std::tuple(a.evidence.begin, a.evidence.end) <
             std::tuple(b.evidence.begin, b.evidence.end);
    });
    return out;
  }

 private:
  // The members of a group that are known, else the entity itself.
  [[nodiscard]] std::vector<std::uint32_t> members(std::uint32_t entity) const {
    const Entity& it = reading_.input.entities.entities[entity];
    if (it.kind == EntityKind::kGroup && !it.members.empty()) return it.members;
    return {entity};
  }
  [[nodiscard]] std::vector<std::optional<std::uint32_t>> members(
      std::optional<std::uint32_t> entity) const {
    if (!entity) return {std::nullopt};
    std::vector<std::optional<std::uint32_t>> out;
    for (const std::uint32_t member : members(*entity)) out.emplace_back(member);
    return out;
  }

  [[nodiscard]] const Event* event_at(std::uint32_t trigger) const {
    const auto at = events_.find(trigger);
    return at == events_.end() ? nullptr : at->second;
  }

  // The clause says that it is no longer so.
  [[nodiscard]] bool is_over(const Finding& finding) const {
    const Doc& doc = reading_.doc;
    if (is_verb(doc, finding.trigger) && has_ceased(doc, finding.trigger)) return true;
    if (doc[finding.trigger].dep == "acomp") return has_ceased(doc, doc[finding.trigger].head);
    if (!one_of(doc[finding.trigger].dep, "attr|pobj")) return false;
    const std::uint32_t over = over_prepositions(doc, finding.trigger);
    return doc[over].lemma == "be" && has_ceased(doc, over);
  }

  void set_source(const Finding& finding, Relation& relation) const {
    relation.attribution =
        attribution_of(reading_.input.attributions, reading_.doc[finding.trigger].span);
    if (is_told_in_passing(finding.trigger, relation)) relation.attribution.reset();
    const Event* event = event_at(finding.trigger);
    if (event == nullptr) return;
    if (event->polarity == Polarity::kNegative) relation.polarity = Polarity::kNegative;
    relation.certainty = std::max(relation.certainty, event->certainty);
    if (relation.attribution) relation.attribution = event->attribution;  // who vouches for it
  }

  // "The singer Ann Bell left, a friend said", "her husband, Ben Cole, …": beside a name, in
  // others' words that the article gives in its own, such words are the article's.
  [[nodiscard]] bool is_told_in_passing(std::uint32_t trigger, const Relation& relation) const {
    const Doc& doc = reading_.doc;
    if (!relation.attribution || is_verb(doc, trigger) ||
        reading_.input.attributions[*relation.attribution].form != AttributionForm::kIndirect)
      return false;
    const auto is_name = [&](std::uint32_t token) { return doc[token].pos == "PROPN"; };
    if (one_of(doc[trigger].dep, "compound|nmod|appos") && is_name(doc[trigger].head)) return true;
    return std::ranges::any_of(children(doc, trigger, "appos"), is_name);
  }

  // The calendar time that the trigger is dated with: by its event, or by a date in its clause.
  [[nodiscard]] std::optional<Interval> time_of(std::uint32_t trigger) const {
    const Event* event = event_at(trigger);
    if (event != nullptr && event->time.interval && event->time.basis == TimeBasis::kExpression)
      return event->time.expression && *event->time.expression < reading_.input.times.size() &&
                     is_since(reading_.input.times[*event->time.expression])
                 ? Interval{event->time.interval->begin, std::nullopt}
                 : event->time.interval;
    const auto verb = governing_verb(reading_.doc, trigger);
    const auto& times = reading_.input.times;
    const ByteSpan sentence =
        reading_.doc.bytes(reading_.doc.sentences()[reading_.doc[trigger].sentence]);
    auto at = std::ranges::lower_bound(times, sentence.begin, {},
                                       [](const TimeExpression& time) { return time.span.begin; });
    for (; at != times.end() && at->span.begin < sentence.end; ++at) {
      const TimeExpression& time = *at;
      const TokenSpan tokens = reading_.doc.token_span(time.span);
      if (tokens.size() == 0 || !time.interval || time.type != TimeType::kDate) continue;
      if (verb && governing_verb(reading_.doc, tokens.begin) == verb)
        return until_next(time, at + 1 == times.end() ? nullptr : &at[1]);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_since(const TimeExpression& time) const {
    const std::uint32_t first = reading_.doc.token_span(time.span).begin;
    return first > 0 && first < reading_.doc.size() && reading_.doc[first - 1].lower == "since";
  }

  // "From 2010 to 2018": from the one to the end of the other.
  [[nodiscard]] std::optional<Interval> until_next(const TimeExpression& time,
                                                   const TimeExpression* next) const {
    const Doc& doc = reading_.doc;
    const std::uint32_t first = doc.token_span(time.span).begin;
    if (first > 0 && one_of(doc[first - 1].lower, "until|till"))
      return Interval{std::nullopt, time.interval->end};
    if (is_since(time)) return Interval{time.interval->begin, std::nullopt};
    if (next == nullptr || !next->interval || first == 0 || doc[first - 1].lower != "from")
      return time.interval;
    const std::uint32_t second = doc.token_span(next->span).begin;
    if (second == 0 || !one_of(doc[second - 1].lower, "to|until|till") ||
        doc[second].sentence != doc[first].sentence)
      return time.interval;
    return Interval{time.interval->begin, next->interval->end};
  }

  void set_interval(const Finding& finding, Relation& relation) const {
    if (finding.change == Change::kNone) return;
    auto when = time_of(finding.trigger);
    const bool pending =
        finding.status == Status::kDivorcing || finding.status == Status::kEngaged ||
        finding.status == Status::kSeparated || finding.status == Status::kEstranged;
    if (!when && pending)  // "filed in May to divorce him"
      when = time_of(over_prepositions(reading_.doc, finding.trigger));
    if (!when) return;
    if (pending) {  // that state begins; the tie itself goes on
      relation.interval.begin = when->begin;
      return;
    }
    if (finding.change == Change::kHold) relation.interval = *when;
    if (finding.change == Change::kBegin) relation.interval.begin = when->begin;
    if (finding.change == Change::kEnd) relation.interval.end = when->begin;
  }

  // False where the object is nothing that can be written.
  bool set_object(const Finding& finding, Relation& relation,
                  std::optional<std::uint32_t>& object) const {
    if (!finding.object) {
      relation.value = finding.value;
      relation.object_span = finding.value_span;
      if (relation.relation == "nationality") object = country(reading_, finding.value);
      if (object) relation.value.clear();
      return true;
    }
    const Argument& argument = reading_.arguments[*finding.object];
    relation.object_span = argument.span;
    object = argument.entity;
    if (object && *object == *reading_.arguments[finding.subject].entity &&
        (finding.learned || finding.decided))
      object = std::nullopt;  // two names that the entity step joined: a value then
    if (argument.kind == ArgumentKind::kDate) object = std::nullopt;
    if (relation.relation == "nationality" && argument.kind == ArgumentKind::kPeople)
      object = country(reading_, slice(reading_.doc.text(), argument.span));
    if (object) return true;
    relation.value = value_of(argument);
    return !relation.relation.ends_with("_date") ||  // not "one day after her daughter"
           relation.value.find_first_of("0123456789") != std::string::npos;
  }

  [[nodiscard]] std::string value_of(const Argument& argument) const {
    if (argument.time && !reading_.input.times[*argument.time].value.empty())
      return reading_.input.times[*argument.time].value;
    return std::string(slice(reading_.doc.text(), argument.span));
  }

  void keep(Relation relation, std::uint32_t subject, std::optional<std::uint32_t> object,
            const Finding& finding) {
    if (object && *object == subject) return;
    relation.subject = subject;
    relation.object = object;
    if (is_symmetric(relation.relation) && relation.status != Status::kWidowed &&
        relation.object_span < relation.subject_span && object) {
      std::swap(relation.subject_span, relation.object_span);
      std::swap(relation.subject, *relation.object);
    }
    merge(rows_, {relation, finding.said, finding.decided});
  }

  [[nodiscard]] bool is_named(std::uint32_t entity) const {
    return reading_.input.entities.entities[entity].named;
  }

  [[nodiscard]] std::set<std::uint32_t> with_named_spouse() const {
    std::set<std::uint32_t> out;
    for (const auto& [key, row] : rows_) {
      const Relation& it = row.relation;
      if (it.relation != "spouse" || !it.object || it.polarity == Polarity::kNegative) continue;
      if (is_named(*it.object)) out.insert(it.subject);
      if (is_named(it.subject)) out.insert(*it.object);
    }
    return out;
  }

  // Not "my wife" of someone unnamed, nor "his wife" of one whose wife is named.
  [[nodiscard]] bool says_something(const Relation& it,
                                    const std::set<std::uint32_t>& married) const {
    if (!it.object || !one_of(it.relation, "spouse|partner|child|sibling|relative|associate"))
      return true;
    const bool one = is_named(it.subject), other = is_named(*it.object);
    if (it.subject_span.size() == 0 || (!one && !other))
      return knows_few_names() && !is_described(it.subject_span) && !is_described(it.object_span);
    if (it.relation != "spouse" || (one && other)) return true;
    return !married.contains(one ? it.subject : *it.object);
  }

  // "his wife", where a pronoun or a name would be one word.
  [[nodiscard]] bool is_described(ByteSpan span) const {
    return slice(reading_.doc.text(), span).find(' ') != std::string_view::npos;
  }

  // A text that names hardly anyone keeps its unnamed ones.
  [[nodiscard]] bool knows_few_names() const { return reading_.doc.sentences().size() <= 2; }

  const Reading& reading_;
  std::map<std::uint32_t, const Event*> events_;  // by trigger
  Rows rows_;
};

}  // namespace

std::vector<Relation> assemble(const Reading& reading, std::span<const Event> events,
                               const Findings& findings) {
  Assembler assembler(reading, events);
  for (const Finding& finding : findings) assembler.add(finding);
  return assembler.take();
}

}  // namespace dateline::relations
