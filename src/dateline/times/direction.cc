#include "dateline/times/direction.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace dateline::times {
namespace {

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 12> kModals{"will", "shall", "'ll",    "wo",
                                                   "may",  "might", "can",    "could",
                                                   "must", "would", "should", "\xE2\x80\x99ll"};
// Said of what is to come, whatever their own tense ("scheduled Friday", "due Dec. 7").
constexpr std::array<std::string_view, 18> kPlanned{
    "expected", "scheduled", "set",      "due",      "planned", "slated",
    "payable",  "effective", "maturing", "upcoming", "likely",  "poised",
    "expires",  "expire",    "expiring", "mature",   "matures", "redeemable"};
// Words that take what follows into the future when their object is what is meant ("plans for
// Friday").
constexpr std::array<std::string_view, 14> kPlans{
    "plan",  "expect", "intend", "schedule", "hope", "propose",  "prepare",
    "agree", "vow",    "aim",    "want",     "ask",  "threaten", "promise"};

// Verbs whose object may lie ahead of them ("told of cuts in September").
constexpr std::array<std::string_view, 12> kTold{"say",  "tell",    "announce", "warn",
                                                 "talk", "speak",   "report",   "forecast",
                                                 "call", "predict", "order",    "mention"};

// Verbs whose infinitive tells of the same time as they do ("went on to win Monday").
constexpr std::array<std::string_view, 18> kAspects{
    "go",   "continue", "begin", "start", "manage", "fail",  "help", "come",   "use",
    "seem", "appear",   "cease", "get",   "happen", "prove", "tend", "return", "turn"};

struct Auxiliaries {
  bool modal = false, have = false, had = false, to = false, did = false, be_past = false,
       be_present = false, would = false, could = false;
};

Auxiliaries auxiliaries(const Doc& doc, std::uint32_t verb) {
  Auxiliaries aux;
  for (const std::uint32_t child : doc.children(verb)) {
    const Token& token = doc[child];
    if (child > verb || !(token.dep.starts_with("aux"))) continue;
    if (token.tag == "TO") aux.to = true;
    const bool could = token.lower == "could" || token.lower == "might";
    if (could)
      aux.could = true;
    else if (token.tag == "MD" || among(token.lower, kModals))
      aux.modal = true;
    if (token.lower == "would" || token.lower == "could" || token.lower == "'d") aux.would = true;
    if (token.lemma == "have") (token.tag == "VBD" ? aux.had : aux.have) = true;
    if (token.lemma == "do" && token.tag == "VBD") aux.did = true;
    if (token.lemma == "be") (token.tag == "VBD" ? aux.be_past : aux.be_present) = true;
  }
  return aux;
}

// An infinitive looks ahead when what governs it plans or is not past: "plans to leave Thursday",
// against "went on to win Monday", "had been due to expire Friday".
std::optional<Direction> of_infinitive(const Doc& doc, std::uint32_t verb) {
  const std::uint32_t governor = doc[verb].head;
  if (governor == verb) return Direction::kFuture;
  const Token& token = doc[governor];
  const std::uint32_t above = token.tag.starts_with("VB") ? governor : token.head;
  if (auxiliaries(doc, above).had) return Direction::kPast;
  if (among(token.lower, kPlanned) || among(token.lemma, kPlans)) return Direction::kFuture;
  if (among(token.lemma, kAspects)) return std::nullopt;
  const Auxiliaries aux = auxiliaries(doc, governor);
  const bool past = token.tag == "VBD" || (token.tag == "VBN" && !aux.be_present && !aux.have);
  return past ? Direction::kPast : Direction::kFuture;
}

// "Could not be found on Friday", "neither could": tells of what was, where "could come" looks
// ahead.
bool is_denied(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
    const std::string_view word = doc[doc[child].subtree.begin].lower;
    return doc[child].dep == "neg" || word == "neither" || word == "no" || word == "none";
  });
}

// The direction a verb gives; none when it leaves that to what governs it.
std::optional<Direction> of_verb(const Doc& doc, std::uint32_t verb) {
  const Token& token = doc[verb];
  const Auxiliaries aux = auxiliaries(doc, verb);
  if ((aux.modal || aux.could) && (aux.have || aux.had))
    return aux.would ? Direction::kPast : Direction::kFuture;
  if (aux.could && !aux.modal && is_denied(doc, verb)) return std::nullopt;
  if (aux.modal || aux.could) return Direction::kFuture;
  if (aux.to && !aux.have) {
    return of_infinitive(doc, verb);
  }
  if (token.lemma == "schedule" || token.lemma == "plan") return Direction::kFuture;
  if (aux.have || aux.had || aux.did || token.tag == "VBD") return Direction::kPast;
  if (among(token.lower, kPlanned)) return Direction::kFuture;
  if (token.tag == "VBN") {
    if (aux.be_past) return Direction::kPast;
    return aux.be_present ? Direction::kPresent : Direction::kPast;
  }
  if (token.tag == "VBG") {
    if (aux.be_present) return Direction::kFuture;
    if (aux.be_past) return Direction::kPast;
    return std::nullopt;
  }
  if (token.tag == "VBZ" || token.tag == "VBP") return Direction::kPresent;
  return std::nullopt;
}

// Some verb above the words is a past perfect.
bool under_had(const Doc& doc, std::uint32_t at) {
  constexpr int kMostSteps = 60;
  for (int steps = 0; steps < kMostSteps; ++steps) {
    if (doc[at].tag.starts_with("VB") && auxiliaries(doc, at).had) return true;
    if (doc[at].tag.starts_with("VB") || doc[at].head == at) return false;
    at = doc[at].head;
  }
  return false;
}

std::optional<Direction> of_word_before(const Doc& doc, TokenSpan tokens) {
  for (std::uint32_t back = 1; back <= 2 && back <= tokens.begin; ++back) {
    const std::string_view word = doc[tokens.begin - back].lower;
    if (word == "since") return Direction::kPast;
    if (word == "until" || word == "till")  // "Until Thursday they had not met"
      return under_had(doc, tokens.begin - back) ? Direction::kPast : Direction::kFuture;
    if (word == "as" && (doc[tokens.begin - back].dep == "prep" || back == 1) &&
        back < tokens.begin) {
      const std::string_view earlier = doc[tokens.begin - back - 1].lower;
      if (earlier == "soon" || earlier == "early" || earlier == "late") return Direction::kFuture;
    }
    // The infinitive "to expire" goes with what governs it.
    if (among(word, kPlanned) && doc[tokens.begin - back].tag != "VB") return Direction::kFuture;
    if (doc[tokens.begin - back].tag != "IN") return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t root_of(const Doc& doc, TokenSpan tokens) {
  for (std::uint32_t token = tokens.begin; token < tokens.end; ++token)
    if (!tokens.contains(doc[token].head) || doc[token].head == token) return token;
  return tokens.begin;
}

bool happened_then(const Doc& doc, TokenSpan tokens) {
  if (tokens.begin >= doc.size() || tokens.size() == 0) return false;
  const std::uint32_t above = doc[root_of(doc, tokens)].head;
  if (tokens.contains(above)) return false;
  if (doc[above].lower == "ended") return true;  // "the year ended Jan. 31"
  if (doc[above].lower != "in" && doc[above].lower != "on") return false;
  const std::uint32_t at = doc[above].head;
  const Token& verb = doc[at];
  if (among(verb.lower, kPlanned) || among(verb.lemma, kPlanned) || among(verb.lemma, kPlans) ||
      among(verb.lemma, kTold))
    return false;
  for (const std::uint32_t child : doc.children(at))  // "was due on May 2"
    if (among(doc[child].lower, kPlanned)) return false;
  const Auxiliaries aux = auxiliaries(doc, at);
  if (aux.modal || aux.could || aux.to) return false;
  // A main verb without auxiliary is finite, whatever its tag: "burned", "closed".
  const bool finite = aux.be_past || (verb.dep == "ROOT" && !aux.be_present && !aux.have);
  return verb.tag == "VBD" || (verb.tag == "VBN" && finite);
}

bool dates_telling(const Doc& doc, TokenSpan tokens) {
  if (tokens.begin >= doc.size() || tokens.size() == 0) return false;
  std::uint32_t above = doc[root_of(doc, tokens)].head;
  if (doc[above].dep == "prep") above = doc[above].head;
  return doc[above].tag == "VBD" && among(doc[above].lemma, kTold);
}

Direction direction_of(const Doc& doc, TokenSpan tokens) {
  if (tokens.begin >= doc.size() || tokens.size() == 0) return Direction::kUnknown;
  if (const auto told = of_word_before(doc, tokens)) return *told;
  std::uint32_t at = root_of(doc, tokens);
  // "Wednesday's ruling", "a June agreement": a thing already known by its date.
  if (doc[at].dep == "poss" || doc[at].dep == "compound" || doc[at].dep == "nmod")
    return Direction::kUnknown;
  constexpr int kMostSteps = 60;
  bool of_noun = false;
  for (int steps = 0; steps < kMostSteps; ++steps) {
    const Token& token = doc[at];
    if (token.tag.starts_with("VB")) {
      if (const auto told = of_verb(doc, at))  // "The drop on Friday is …": the noun is dated
        return of_noun && *told == Direction::kPresent ? Direction::kUnknown : *told;
    } else if (!tokens.contains(at) && among(token.lower, kPlanned)) {
      return Direction::kFuture;
    } else if (!tokens.contains(at) && token.tag.starts_with("NN") && among(token.lemma, kPlans)) {
      return Direction::kFuture;
    }
    if (token.head == at) break;
    of_noun |= !tokens.contains(at) && token.tag.starts_with("NN");
    at = token.head;
  }
  return Direction::kUnknown;
}

}  // namespace dateline::times
