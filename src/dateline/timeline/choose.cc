#include "dateline/timeline/choose.h"

#include <algorithm>
#include <set>

#include "dateline/base/ascii.h"
#include "dateline/events/lexicon.h"
#include "dateline/events/tree.h"

namespace dateline::timeline {
namespace {

constexpr double kWorthALine = 0.7;
constexpr double kTokensALine = 40;  // an article of 600 words has 15 lines at most

bool has_named(const events::EventInput& input, const Event& event, bool doers) {
  for (const Participant& participant : event.participants)
    if ((participant.role == Role::kAgent) == doers && participant.entity &&
        *participant.entity < input.entities.entities.size() &&
        input.entities.entities[*participant.entity].named)
      return true;
  return false;
}

// Titles, headings and captions tell again, and in fewer words, what the text tells.
bool stands_apart(const Article& article, const Event& event) {
  const auto block =
      std::partition_point(article.blocks.begin(), article.blocks.end(),
                           [&](const Block& each) { return each.span.end <= event.span.begin; });
  return block != article.blocks.end() && block->span.contains(event.span) &&
         (block->kind == BlockKind::kTitle || block->kind == BlockKind::kHeader ||
          block->kind == BlockKind::kHeading || block->kind == BlockKind::kCaption);
}

std::set<std::uint32_t> doers_of(const Event& event) {
  std::set<std::uint32_t> doers;
  for (const Participant& participant : event.participants)
    if (participant.role == Role::kAgent && participant.entity) doers.insert(*participant.entity);
  return doers;
}

bool same_kind(const Event& a, const Event& b) {
  return a.lemma == b.lemma || (!a.event_class.empty() && a.event_class == b.event_class);
}

// Two tellings of one: same kind, doers and polarity, times that do not speak against it. A title
// may speak of the doers without their names.
bool same_event(const events::EventInput& input, const Event& a, const Event& b) {
  if (!same_kind(a, b) || a.polarity != b.polarity) return false;
  const bool unnamed = (stands_apart(input.article, a) && !has_named(input, a, /*doers=*/true)) ||
                       (stands_apart(input.article, b) && !has_named(input, b, /*doers=*/true));
  if (doers_of(a) != doers_of(b) && !unnamed) return false;
  return !a.time.interval || !b.time.interval || *a.time.interval == *b.time.interval;
}

double score_of_class(const Event& event) {
  if (event.event_class.empty()) return 0;
  return event.event_class == "say" ? -0.25 : 0.25;
}

double score_of_time(const Event& event, bool early) {
  switch (event.time.basis) {
    case TimeBasis::kExpression:
      return events::Lexicon::get().in("say", event.lemma) ? 0.3 : 0.4;
    case TimeBasis::kContext:
      return early || !event.event_class.empty() ? 0.15 : 0.05;
    case TimeBasis::kPublished:
    case TimeBasis::kTense:
      return 0.1;
    case TimeBasis::kNone:
      return 0;
  }
  return 0;
}

// "…, the firm announced": what was said stands before it and makes the line.
bool tells_before(const events::EventInput& input, const Event& event) {
  for (const std::uint32_t c : input.doc.children(event.trigger)) {
    const std::string_view dep = input.doc[c].dep;
    if (c > event.trigger && (dep == "dobj" || dep == "ccomp" || dep == "xcomp")) return false;
    if (dep == "auxpass" || dep == "nsubjpass") return false;
  }
  return std::any_of(input.attributions.begin(), input.attributions.end(),
                     [&](const Attribution& item) {
                       return !item.content.empty() && !item.cue.empty() &&
                              item.cue.front().contains(event.span) &&
                              item.content.front().begin < event.span.begin;
                     });
}

// "winning the cup", "to win the cup": no sentence by itself.
bool is_bare(const Doc& doc, std::uint32_t verb) {
  if (doc[verb].tag != "VBG" && doc[verb].tag != "VB") return false;
  if (doc[verb].dep == "ROOT") return false;
  for (const std::uint32_t c : doc.children(verb))
    if (doc[c].dep == "aux" && doc[c].lower != "to") return false;
  return true;
}

// "Have called off": done, though the tense is present.
bool is_perfect(const Doc& doc, std::uint32_t verb) {
  return doc[verb].tag == "VBN" && std::ranges::any_of(doc.children(verb), [&](std::uint32_t c) {
           return doc[c].dep == "aux" && doc[c].lemma == "have";
         });
}

// "Their engagement was reported": the noun is what is told.
bool is_told(const Doc& doc, std::uint32_t noun) {
  return doc[noun].dep == "nsubjpass" &&
         events::Lexicon::get().in("say", doc[doc[noun].head].lemma);
}

// "They had left": nobody knows who.
bool has_unknown_doer(const events::EventInput& input, const Event& event) {
  for (const Participant& participant : event.participants) {
    const std::uint32_t token = input.doc.token_at(participant.span.begin);
    if (token >= input.doc.size() || input.doc[token].tag != "PRP" ||
        !input.doc[token].dep.starts_with("nsubj"))
      continue;
    if (!participant.entity || *participant.entity >= input.entities.entities.size()) return true;
    const Entity& entity = input.entities.entities[*participant.entity];
    if (!entity.named && !input.entities.is_known_pair(entity)) return true;
  }
  return false;
}

// "I have hurt you": a quotation, no line.
bool is_said_of_oneself(const Doc& doc, std::uint32_t verb) {
  const auto is_own = [&](std::uint32_t c) {
    return (doc[c].dep.starts_with("nsubj") && (doc[c].lower == "i" || doc[c].lower == "we")) ||
           doc[c].lower == "am";
  };
  return std::ranges::any_of(doc.children(verb), is_own) ||
         (doc[verb].dep == "conj" && std::ranges::any_of(doc.children(doc[verb].head), is_own));
}

// "Which she hopes to shoot": of a clause whose object stands before another verb.
bool lacks_object(const Doc& doc, std::uint32_t verb) {
  return doc[verb].dep != "relcl" && std::ranges::any_of(doc.children(verb), [&](std::uint32_t c) {
           return doc[c].dep == "dobj" && (doc[c].tag == "WDT" || doc[c].tag == "WP");
         });
}

// "The wife of a man killed in a crash", read as if she were killing.
bool is_reduced_clause(const Doc& doc, std::uint32_t verb) {
  if (doc[verb].tag != "VBN") return false;
  bool subject = false;
  for (const std::uint32_t c : doc.children(verb)) {
    if (doc[c].dep.starts_with("aux")) return false;
    subject |= doc[c].dep == "nsubj" && c < verb;
  }
  return subject && doc[verb].dep == "ccomp";
}

// "Two were released": of whom?
bool is_done_by_number(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t c) {
    return doc[c].dep.starts_with("nsubj") && doc[c].tag == "CD" && doc[c].subtree.size() == 1;
  });
}

// "She accused Ann", of one entity by mistake: nobody is doer and done to but by "herself".
bool is_done_to_doer(const events::EventInput& input, const Event& event) {
  const std::set<std::uint32_t> doers = doers_of(event);
  return std::ranges::any_of(event.participants, [&](const Participant& participant) {
    const std::uint32_t token = input.doc.token_at(participant.span.begin);
    return participant.role == Role::kPatient && participant.entity &&
           doers.contains(*participant.entity) && token < input.doc.size() &&
           input.doc[token].tag.starts_with("NNP");
  });
}

// "Ann stars in the series": true of more than a day. Not in a title: "Ann quits".
bool is_habit(const Doc& doc, const Event& event) {
  const Token& verb = doc[event.trigger];
  return (verb.tag == "VBZ" || verb.tag == "VBP") && verb.lemma != "be" && verb.dep != "ccomp" &&
         event.time.basis != TimeBasis::kExpression &&
         !events::Lexicon::get().in("say", verb.lemma);
}

// "Ending an investigation": what it ends has its own line, if any.
bool is_object_by_the_way(const Doc& doc, std::uint32_t noun) {
  return doc[noun].dep == "dobj" && doc[doc[noun].head].tag == "VBG";
}

// "She denied this."
bool is_about_that(const Doc& doc, std::uint32_t verb) {
  const auto object = events::child(doc, verb, "dobj");
  return object && *object > verb && doc[*object].subtree.size() == 1 &&
         (doc[*object].lower == "this" || doc[*object].lower == "that" ||
          doc[*object].lower == "it" || doc[*object].lower == "so");
}

double score_of_form(const events::EventInput& input, const Event& event) {
  const Token& token = input.doc[event.trigger];
  if (!events::is_verbal(token)) {
    if (event.participants.empty()) return -0.4;
    if (is_object_by_the_way(input.doc, event.trigger)) return -0.4;
    if (!has_named(input, event, /*doers=*/true) && !has_named(input, event, /*doers=*/false))
      return -0.4;
    return is_told(input.doc, event.trigger) ? -0.1 : -0.2;
  }
  const bool lasts = event.event_class.empty() ||
                     ((token.tag == "VBZ" || token.tag == "VBP") && event.lemma != "be");
  if (lasts && events::Lexicon::get().in("state", token.lemma)) return -0.4;
  if (is_habit(input.doc, event) && !stands_apart(input.article, event)) return -0.4;
  if (tells_before(input, event)) return -0.5;
  if (event.participants.empty()) return -0.4;
  const bool done = event.polarity == Polarity::kPositive && is_perfect(input.doc, event.trigger);
  const bool ahead = event.tense == Tense::kFuture && event.time.basis == TimeBasis::kExpression;
  double score = event.tense == Tense::kPast || done || ahead ? 0.1 : 0;
  if (has_unknown_doer(input, event)) score -= 0.4;
  if (is_done_by_number(input.doc, event.trigger)) score -= 0.4;
  if (is_done_to_doer(input, event)) score -= 0.4;
  if (event.event_class.empty() && events::Lexicon::get().in("say", event.lemma))
    score -= events::Lexicon::get().in("avow", event.lemma) ? 0.15 : 0.25;
  if (is_said_of_oneself(input.doc, event.trigger)) score -= 0.4;
  if (lacks_object(input.doc, event.trigger) || is_about_that(input.doc, event.trigger))
    score -= 0.4;
  if (token.dep == "xcomp" || token.dep == "amod" || token.dep == "pcomp" || token.dep == "acl")
    score -= token.dep == "acl" ? 0.25 : 0.15;
  if (token.dep == "relcl") score -= 0.15;
  if (events::Lexicon::get().in("watch", token.lemma) &&
      !events::is_passive(input.doc, event.trigger))  // "was seen having dinner with"
    score -= 0.3;
  if (is_reduced_clause(input.doc, event.trigger)) score -= 0.4;
  if (is_bare(input.doc, event.trigger))
    score -= token.tag == "VB" && token.dep == "advcl" ? 0.4 : 0.1;
  if (token.dep == "advcl") score -= token.tag == "VBG" ? 0.3 : 0.05;
  return score;
}

// "gave an interview" and "interview", "her concert was bombed": one of both is enough.
bool is_light_for(const events::EventInput& input, const Event& verb, const Event& noun) {
  const Token& token = input.doc[noun.trigger];
  return is_one_of(token.dep, "dobj", "nsubj", "nsubjpass") && token.head == verb.trigger;
}

void drop_doubles(const events::EventInput& input, std::span<const Event> events,
                  std::vector<std::uint32_t>& chosen) {
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t i : chosen) {
    const bool double_told = std::any_of(chosen.begin(), chosen.end(), [&](std::uint32_t other) {
      const bool light = events::Lexicon::get().in("light", events[i].lemma);
      if (light && is_light_for(input, events[i], events[other])) return true;
      return is_light_for(input, events[other], events[i]) &&
             !events::Lexicon::get().in("light", events[other].lemma);
    });
    if (!double_told) kept.push_back(i);
  }
  chosen = std::move(kept);
}

// "They announced that they have parted": one line, that of the parting where it has a date of its
// own.
void drop_retold(const events::EventInput& input, std::span<const Event> events,
                 std::vector<std::uint32_t>& chosen) {
  const auto tells = [&](std::uint32_t outer, std::uint32_t inner) {
    if (outer == inner || !events::is_verbal(input.doc[events[outer].trigger])) return false;
    return std::ranges::any_of(input.doc.children(events[outer].trigger), [&](std::uint32_t c) {
      return input.doc[c].dep == "ccomp" && input.doc[c].subtree.contains(events[inner].trigger);
    });
  };
  const auto has_own_date = [&](std::uint32_t i) {
    return events[i].time.basis == TimeBasis::kExpression;
  };
  std::vector<std::uint32_t> kept;
  for (const std::uint32_t i : chosen)
    if (has_own_date(i) || std::ranges::none_of(chosen, [&](std::uint32_t other) {
          return tells(other, i) || (tells(i, other) && has_own_date(other));
        }))
      kept.push_back(i);
  chosen = std::move(kept);
}

void keep_best(std::span<const double> scores, std::size_t most,
               std::vector<std::uint32_t>& chosen) {
  if (chosen.size() <= most) return;
  std::stable_sort(chosen.begin(), chosen.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return scores[a] > scores[b]; });
  chosen.resize(most);
}

}  // namespace

double score_of(const events::EventInput& input, const Event& event) {
  const bool early = event.span.begin < static_cast<double>(input.doc.text().size()) * 0.25;
  double score =
      0.2 + score_of_class(event) + score_of_time(event, early) + score_of_form(input, event);
  if (has_named(input, event, /*doers=*/true)) score += 0.2;
  if (has_named(input, event, /*doers=*/false)) score += 0.1;
  if (early) score += 0.1;
  // the news, without its day: "have called off", "are engaged"
  const bool turned = event.lemma == "be" && !event.event_class.empty();
  if (early && (turned || is_perfect(input.doc, event.trigger))) score += 0.15;
  if (event.certainty == Certainty::kPossible) score -= 0.15;
  if (event.attribution) score -= 0.1;
  if (stands_apart(input.article, event)) score -= 0.3;
  return std::clamp(score, 0.0, 1.0);
}

std::vector<std::uint32_t> choose(const events::EventInput& input, std::span<const Event> events,
                                  std::span<const double> scores) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    if (scores[i] < kWorthALine) continue;
    const auto told = std::find_if(chosen.begin(), chosen.end(), [&](std::uint32_t other) {
      return same_event(input, events[other], events[i]);
    });
    if (told == chosen.end())
      chosen.push_back(i);
    else if (scores[i] > scores[*told])
      *told = i;
  }
  drop_doubles(input, events, chosen);
  drop_retold(input, events, chosen);
  const double most = 3 + static_cast<double>(input.doc.size()) / kTokensALine;
  keep_best(scores, static_cast<std::size_t>(most), chosen);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace dateline::timeline
