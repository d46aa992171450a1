#include "dateline/times/guards.h"

#include <algorithm>
#include <array>
#include <utility>

#include "dateline/base/ascii.h"
#include "dateline/times/direction.h"

namespace dateline::times {
namespace {

template <std::size_t N>
bool among(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// A reading in its place.
struct Place {
  const Reading& reading;
  const Doc& doc;
  const Scan& scan;

  [[nodiscard]] TokenSpan tokens() const {
    return {scan[reading.begin].token, scan[reading.end - 1].token + 1};
  }
  [[nodiscard]] const Token& first() const { return doc[tokens().begin]; }
  [[nodiscard]] const Token& last() const { return doc[tokens().end - 1]; }
  [[nodiscard]] std::string_view before(std::uint32_t back = 1) const {
    return reading.begin >= back && !scan[reading.begin].after_break
               ? scan.text(reading.begin - back)
               : std::string_view{};
  }
  [[nodiscard]] std::string_view after(std::uint32_t ahead = 0) const {
    return scan.text(reading.end + ahead);
  }
  [[nodiscard]] std::string_view tag_before() const {
    return reading.begin > 0 ? doc[scan[reading.begin - 1].token].tag : std::string_view{};
  }
  [[nodiscard]] std::string_view tag_after() const {
    return reading.end < scan.size() ? doc[scan[reading.end].token].tag : std::string_view{};
  }
  [[nodiscard]] bool has_word(std::string_view word) const {
    for (std::uint32_t at = reading.begin; at < reading.end; ++at)
      if (scan.text(at) == word) return true;
    return false;
  }
  [[nodiscard]] std::string_view unit() const {
    for (std::uint32_t at = reading.end; at-- > reading.begin;) {
      auto unit = scan.match(Symbol::kUnit, at);
      if (!unit) unit = scan.match(Symbol::kUnits, at);
      if (unit) return unit->value.code;
    }
    return {};
  }
};

bool is_verb(std::string_view tag) { return tag.starts_with("VB") || tag == "MD"; }

constexpr std::array<std::string_view, 28> kPrepositions{
    "in",  "on",    "since",  "until",  "till",   "by",         "from",
    "to",  "of",    "before", "after",  "during", "between",    "through",
    "for", "over",  "into",   "within", "around", "throughout", "and",
    "or",  "about", "back",   "at",     "circa",  "as",         "this"};

bool month(const Place& place) {
  const Token& token = place.first();
  if (!place.scan[place.reading.begin].capital && !is_upper(token.text.front())) return false;
  if (is_verb(token.tag)) return false;
  const bool marches = place.after() == "for" || place.after() == "of" || place.after() == "on";
  if (token.lower == "march" && marches && place.tag_after() == "IN" &&
      place.reading.end + 1 < place.scan.size() &&
      !place.scan.is(place.reading.end + 1, Symbol::kYear) &&
      is_upper(place.doc[place.scan[place.reading.end + 1].token].text.front()))
    return false;
  const std::uint32_t at = place.tokens().begin;
  if (at > 0 && place.doc[at - 1].entity_type == "PERSON" && place.tag_before() == "NNP")
    return false;
  const bool risky = token.lower == "may" || token.lower == "march" || token.lower == "april" ||
                     token.lower == "june" || token.lower == "august";
  if (!risky) return true;
  if (token.lower == "august" && token.tag == "JJ") return false;
  if (token.sentence_start && token.lower == "may" && token.entity_type != "DATE") return false;
  return token.entity_type == "DATE" || token.entity_type.empty() ||
         among(place.before(), kPrepositions);
}

bool month_rel(const Place& place) { return is_upper(place.last().text.front()); }

bool abbreviation(const Place& place) {
  const Token& token = place.first();
  return is_upper(token.text.front()) && token.entity_type == "DATE" && !is_verb(token.tag);
}

// "USA Today", "March for Life", "This Week" in quotes: programmes and marches, not times.
bool deictic(const Place& place) {
  const Token& token = place.first();
  const bool capital = is_upper(token.text.front());
  if (!capital || token.sentence_start) return true;
  return !(token.tag.starts_with("NNP") || place.tag_before().starts_with("NNP"));
}

bool weekday_ordinal(const Place& place) { return is_digit(place.last().text.front()); }

bool short_year(const Place& place) { return !place.scan.is(place.reading.end, Symbol::kUnits); }

bool noon(const Place& place) {
  return place.last().dep != "compound" && place.last().dep != "amod" &&
         place.tag_after() != "NN" && place.before() != "high";
}

bool weekday(const Place& place) { return is_upper(place.first().text.front()); }

bool year(const Place& place) {
  const Token& token = place.doc[place.scan[place.reading.begin].token];
  const Value* value = place.reading.get(Symbol::kYear);
  if (!value && place.reading.inner()) value = place.reading.inner()->get(Symbol::kYear);
  if (!value) return true;  // '98
  if (token.entity_type == "MONEY" || token.entity_type == "PERCENT" ||
      token.entity_type == "QUANTITY" || token.entity_type == "PHONE")
    return false;
  const bool dated = token.entity_type == "DATE";
  constexpr std::array<std::string_view, 16> kCounted{
      "year", "years", "people",  "persons", "men",    "women", "miles",  "feet",
      "jobs", "votes", "dollars", "euros",   "meters", "homes", "shares", "times"};
  if (among(place.after(), kCounted)) return false;
  // "Flight 1943", "Section 1990": the number of what stands before it.
  if (token.dep == "nummod" && token.head + 1 == place.tokens().begin &&
      !among(place.before(), kPrepositions) && token.entity_type != "EVENT")
    return false;
  const bool placed = among(place.before(), kPrepositions);
  if (value->a < 1500 || value->a > 2100) return dated && placed && place.before() != "at";
  if (place.before() == "-" && !place.scan[place.reading.begin - 1].after_break &&
      place.reading.begin >= 2 && place.scan[place.reading.begin].glued &&
      !place.scan.is(place.reading.begin - 2, Symbol::kYear) &&
      !among(place.before(2),
             std::array<std::string_view, 6>{"mid", "late", "early", "pre", "post", "since"}))
    return false;
  if (dated) return true;
  const std::string_view next = place.tag_after();
  if (!placed && place.tag_before() == "NNP" && token.entity_type != "EVENT") return false;
  if (token.dep == "nummod" && place.doc[token.head].tag == "NNS") return false;
  if (next == "NNS" && !placed) return false;
  return placed || token.entity_type.empty() || token.entity_type == "EVENT" ||
         token.entity_type == "WORK_OF_ART" || token.entity_type == "LAW";
}

bool decade(const Place& place) {
  constexpr std::array<std::string_view, 6> kWhose{"his", "her", "their", "my", "your", "our"};
  return !among(place.before(), kWhose) &&
         !(place.reading.begin > 0 &&
           among(place.before(), std::array<std::string_view, 4>{"early", "mid", "late", "-"}) &&
           among(place.before(2), kWhose));
}

bool season(const Place& place) {
  const Token& token = place.last();
  if (!token.tag.starts_with("NN")) return false;
  if (token.lower == "fall" || token.lower == "spring")
    if (place.after() == "in" || place.after() == "from" || place.after() == "to") return false;
  constexpr std::array<std::string_view, 14> kBefore{
      "in", "over", "by",  "since", "until", "during",  "through",
      "of", "from", "for", "early", "late",  "between", "before"};
  if (place.reading.end - place.reading.begin > 1) return true;
  if (!among(place.before(), kBefore)) return false;
  return token.dep == "pobj";
}

bool never(const Place&) { return false; }

bool rel(const Place& place) {
  const std::string_view unit = place.unit();
  const bool quoted = place.before() == "\"" || place.before() == "\xE2\x80\x9C";
  if (quoted && is_upper(place.last().text.front()) && is_upper(place.first().text.front()))
    return false;  // the name of a programme
  if (unit == "S" || unit == "MI" || unit == "H") return false;
  if (unit == "D" && place.reading.get(Symbol::kRel) && place.before() != "the") {
    return place.has_word("next");
  }
  return true;
}

bool that_unit(const Place& place) { return place.first().tag == "DT" && rel(place); }

bool the_unit(const Place& place) {
  constexpr std::array<std::string_view, 10> kTells{"of", "that", "when",  "ended",  "ending",
                                                    "-",  "in",   "after", "before", "to"};
  if (place.last().dep == "compound") return false;
  return !among(place.after(), kTells);
}

bool unit_ended(const Place& place) {
  return place.after() == "ended" || place.after() == "ending";
}

bool cardinal_date(const Place& place) {
  // "to get around Wednesday's ruling": around the ruling
  return place.reading.inner() != nullptr && place.after() != "'s";
}

bool later_in_day(const Place& place) { return place.unit() != "D" || place.has_word("that"); }

bool part_bare(const Place& place) {
  constexpr std::array<std::string_view, 9> kBefore{"in",      "during", "on",   "for", "of",
                                                    "through", "by",     "into", "over"};
  if (place.reading.get(Symbol::kEarly)) return true;
  return among(place.before(), kBefore) && place.last().tag.starts_with("NN");
}

bool day_of_month(const Place& place) {
  const Value* ordinal = place.reading.get(Symbol::kOrdinal);
  const Token& token = place.last();
  if (!ordinal || ordinal->a < 2 || !is_digit(token.text.front())) return false;
  return token.entity_type == "DATE" && place.before() == "on";
}

bool day_month(const Place& place) {  // "2 May", not "Section 2 May ..."
  const std::string_view before = place.tag_before();
  return !is_verb(place.last().tag) && before != "NNP" && before != "CD";
}

bool dur_number(const Place& place) {
  const std::string_view unit = place.unit();
  const Value* number = place.reading.get(Symbol::kNum);
  if (number && number->number > 1e7 && unit != "Y") return false;
  if (unit == "Q" && number && !number->vague && number->number != 2 && number->number != 3)
    return false;
  return place.last().tag != "VBZ" && place.after() != "old";
}

bool dur_one(const Place& place) {
  const std::string_view unit = place.unit();
  if (unit == "S" || unit == "Q" || unit == "WE") return false;
  const Value* number = place.reading.get(Symbol::kNum);
  return number && !number->vague && dur_number(place);
}

bool dur_article(const Place& place) {
  const std::string_view unit = place.unit();
  if (unit == "S" || unit == "Q" || unit == "WE" || unit == "FN") return unit == "FN";
  if (place.last().dep == "compound" || place.after() == "-") return false;
  return place.tag_after() != "NN" || place.last().dep != "amod";
}

bool vague_units(const Place& place) {
  constexpr std::array<std::string_view, 20> kBefore{
      "for", "in",    "over",  "within",  "after", "of",    "take",   "took",    "last", "lasted",
      "by",  "spend", "spent", "through", "the",   "takes", "taking", "lasting", "two",  "until"};
  const std::string_view unit = place.unit();
  if (unit == "Q" || unit == "S") return false;
  constexpr std::array<std::string_view, 9> kAfter{"of",      "ago",    "later", "before", "after",
                                                   "earlier", "longer", "ahead", "-"};
  if (place.before() == "the") return unit != "H" && unit != "MI" && unit != "D";
  return (among(place.before(), kBefore) || among(place.after(), kAfter)) &&
         place.before() != "hundreds";
}

bool rate(const Place& place) {
  if (place.unit() == "S" || place.unit() == "Q" || place.unit() == "WE") return false;
  if (place.has_word("per")) return true;
  const std::string_view before = place.tag_before();
  const Token& token = place.last();
  if (token.dep != "npadvmod" || !(before == "CD" || before.starts_with("NN"))) return false;
  const std::string_view head = place.doc[token.head].tag;
  return head == "CD" || head.starts_with("NN");
}

// A noun for a human being, as far as its ending and a few words tell.
bool is_person(const Token& token) {
  constexpr std::array<std::string_view, 30> kPersons{
      "boy",     "girl", "man",   "woman",  "son",     "daughter", "child",  "baby",
      "kid",     "teen", "youth", "infant", "brother", "sister",   "mother", "father",
      "husband", "wife", "uncle", "aunt",   "niece",   "nephew",   "cousin", "victim",
      "pilot",   "star", "coach", "nurse",  "friend",  "toddler"};
  constexpr std::array<std::string_view, 9> kEndings{"er",    "or",  "ist", "ian", "man",
                                                     "woman", "ant", "ee",  "ess"};
  if (token.entity_type == "PERSON" || token.entity_type == "NORP") return true;
  if (!token.tag.starts_with("NN") || token.tag == "NNP") return true;  // pronouns, names, none
  if (among(token.lemma, kPersons)) return true;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view end) { return token.lemma.ends_with(end); });
}

// Ages of things are durations; those of people are theirs, not the story's.
bool age(const Place& place) {
  const TokenSpan tokens = place.tokens();
  std::uint32_t head = place.doc[root_of(place.doc, tokens)].head;
  if (tokens.contains(head)) return false;
  if (!place.doc[head].tag.starts_with("NN"))
    for (const std::uint32_t child : place.doc.children(head))
      if (place.doc[child].dep.starts_with("nsubj")) head = child;
  return !is_person(place.doc[head]);
}

bool often(const Place& place) {
  const Token& token = place.first();
  if (token.lower == "annual") return false;  // a kind, not a time: "the annual meeting"
  return !(token.tag == "NNP" || token.tag == "NNPS");
}

bool clock(const Place& place) {
  const Reading* time = place.reading.inner("clock");
  return !time || time->rule->guard != "noon" || noon({*time, place.doc, place.scan});
}

bool now(const Place& place) {
  if (place.before() == "every" || (place.after() == "for" && place.first().sentence_start) ||
      (place.after() == "and" && place.after(1) == "then"))
    return false;
  return place.after() != "that" && place.after() != "-" && place.before() != "-";
}

bool adverb(const Place&) { return true; }

bool adjective(const Place& place) {
  return place.first().tag == "JJ" && place.first().dep == "amod" && place.before() != "then" &&
         place.before() != "-";
}

bool noun(const Place& place) { return place.last().tag == "NN" && place.last().dep != "compound"; }

bool soon(const Place& place) {
  constexpr std::array<std::string_view, 5> kBefore{"as", "too", "how", "so", "very"};
  constexpr std::array<std::string_view, 5> kAfter{"as", "after", "before", "enough", "-"};
  const Token& verb = place.doc[place.first().head];
  if (verb.tag == "VBD") return false;  // "it soon became": soon after, of the past
  if (verb.tag == "VBN")
    for (const std::uint32_t child : place.doc.children(place.first().head))
      if (place.doc[child].tag == "VBD" && place.doc[child].dep.starts_with("aux")) return false;
  return !among(place.before(), kBefore) && !among(place.after(), kAfter) && place.before() != "-";
}

bool passes(const Place& place, std::string_view guard) {
  using Guard = bool (*)(const Place&);
  using Row = std::pair<std::string_view, Guard>;
  static constexpr std::array kGuards{
      Row{"month", month},
      Row{"monthrel", month_rel},
      Row{"abbreviation", abbreviation},
      Row{"weekday", weekday},
      Row{"year", year},
      Row{"decade", decade},
      Row{"season", season},
      Row{"season_the", season},
      Row{"never", never},
      Row{"half", never},
      Row{"rel", rel},
      Row{"thatunit", that_unit},
      Row{"theunit", the_unit},
      Row{"unitended", unit_ended},
      Row{"cardinaldate", cardinal_date},
      Row{"laterinday", later_in_day},
      Row{"partbare", part_bare},
      Row{"dayofmonth", day_of_month},
      Row{"daymonth", day_month},
      Row{"dur", dur_number},
      Row{"thenum", dur_number},
      Row{"durone", dur_one},
      Row{"durart", dur_article},
      Row{"vagueunits", vague_units},
      Row{"rate", rate},
      Row{"deictic", deictic},
      Row{"weekdayordinal", weekday_ordinal},
      Row{"shortyear", short_year},
      Row{"noon", noon},
      Row{"clock", clock},
      Row{"age", age},
      Row{"often", often},
      Row{"now", now},
      Row{"adverb", adverb},
      Row{"adjective", adjective},
      Row{"noun", noun},
      Row{"soon", soon},
  };
  for (const auto& [name, check] : kGuards)
    if (name == guard) return check(place);
  return true;
}

// Inside a longer name: "Sunday Times", "April Jones", "Black Friday Inc.".
bool in_name(const Place& place) {
  const TokenSpan tokens = place.tokens();
  const Token& token = place.doc[root_of(place.doc, tokens)];
  constexpr std::array<std::string_view, 9> kNames{
      "PERSON", "ORG", "GPE", "FAC", "PRODUCT", "NORP", "LOC", "WORK_OF_ART", "LANGUAGE"};
  if (!among(token.entity_type, kNames)) return false;
  const auto joins = [&](std::uint32_t at) {
    return at < place.doc.size() && place.doc[at].entity_type == token.entity_type &&
           (place.doc[at].tag.starts_with("NNP") || place.doc[at].tag == "POS");
  };
  const bool after = joins(tokens.end) && place.doc[tokens.end].entity_tag == EntityTag::kInside;
  const bool before = tokens.begin > 0 && joins(tokens.begin - 1) &&
                      place.doc[tokens.begin].entity_tag == EntityTag::kInside;
  return after || before;
}

}  // namespace

bool is_time(const Reading& reading, const Doc& doc, const Scan& scan) {
  const Place place{reading, doc, scan};
  if (!passes(place, reading.rule->guard)) return false;
  if (reading.rule->action == "pass") {
    const Reading* inner = reading.inner();
    return !inner || is_time(*inner, doc, scan);
  }
  return !in_name(place);
}

}  // namespace dateline::times
