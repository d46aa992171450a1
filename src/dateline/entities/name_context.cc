#include "dateline/entities/name_context.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

void set_kind(NameSpan& name, EntityKind kind) {
  name.kind = kind;
  name.sure = kind == EntityKind::kPerson;
  name.titled = false;
  name.female = 0.5F;
}

bool is_person(const NameSpan& name) { return name.kind == EntityKind::kPerson; }

// What the text tells of a name at one place holds wherever it stands: of those that `tells` finds,
// all of which `may_be` holds become `kind`.
template <class Tells, class MayBe>
void set_everywhere(const Doc& doc, std::vector<NameSpan>& names, EntityKind kind, Tells tells,
                    MayBe may_be) {
  std::set<std::string, std::less<>> told;
  for (const NameSpan& name : names)
    if (tells(doc, name)) told.insert(name_key(doc, name.tokens));
  for (NameSpan& name : names)
    if (may_be(name) && told.contains(name_key(doc, name.tokens))) set_kind(name, kind);
}

// "PORT LORNE — Police …": where an article was written, in capitals before a dash.
bool is_dateline_place(const Doc& doc, TokenSpan name) {
  if (name.size() > 4 || name.end >= doc.size() || doc[name.begin].text.size() < 3) return false;
  const bool opens = name.begin == 0 || is_break(doc[name.begin - 1]);
  for (std::uint32_t i = name.begin; i < name.end; ++i)
    if (std::ranges::any_of(doc[i].text, [](char ch) { return ch >= 'a' && ch <= 'z'; }))
      return false;
  std::uint32_t after = name.end;
  constexpr std::uint32_t kAgency = 8;  // tokens of "(Reuters)"
  if (doc[after].text == "(")
    while (after + 1 < doc.size() && after < name.end + kAgency && doc[after++].text != ")") {
    }
  const std::string_view mark = doc[after].text;
  return opens && (mark == "—" || mark == "–" || mark == "--" || mark == "-");
}

void apply_datelines(const Doc& doc, std::vector<NameSpan>& names) {
  for (NameSpan& name : names)
    while (name.tokens.begin > 0 && name.tokens.size() < 4 &&
           doc[name.tokens.begin - 1].pos != "PUNCT" &&
           is_dateline_place(doc, {name.tokens.begin - 1, name.tokens.end}))
      --name.tokens.begin;
  const auto tells = [](const Doc& text, const NameSpan& name) {
    return is_dateline_place(text, name.tokens);
  };
  set_everywhere(doc, names, EntityKind::kPlace, tells, [](const NameSpan&) { return true; });
}

// "The payments company Quillstack": a body by the noun right before its one word.
bool is_told_as_body(const Doc& doc, const NameSpan& name) {
  if (name.tokens.begin == 0 || name.tokens.size() != 1 || name.titled) return false;
  const Token& noun = doc[name.tokens.begin - 1];
  const auto sense = noun_sense(noun.lemma);
  const bool beside = noun.head == name.head || doc[name.head].head == name.tokens.begin - 1;
  return noun.tag == "NN" && beside && sense && sense->kind == EntityKind::kOrg;
}

bool is_quotation_mark(const Doc& doc, std::uint32_t at) {
  return at < doc.size() && (doc[at].text == "\"" || doc[at].text == "“" || doc[at].text == "”");
}

// The words between marks about `name`, where all but small ones begin with capitals: 'the sitcom
// "Dad,"', '"Mr. and Mrs. Jones"'.
std::optional<TokenSpan> title_around(const Doc& doc, TokenSpan name) {
  constexpr std::uint32_t kLongest = 8, kSmall = 3;
  std::uint32_t begin = name.begin, end = name.end;
  while (begin > 0 && !is_quotation_mark(doc, begin - 1) && name.end - begin < kLongest) --begin;
  while (end < doc.size() && !is_quotation_mark(doc, end) && end - begin < kLongest) ++end;
  if (begin == 0 || !is_quotation_mark(doc, begin - 1) || !is_quotation_mark(doc, end))
    return std::nullopt;
  if (doc[end - 1].text == "," || doc[end - 1].text == ".") --end;
  for (std::uint32_t i = begin; i < end; ++i)
    if (!is_capitalised(doc[i]) && doc[i].text.size() > kSmall) return std::nullopt;
  return TokenSpan{begin, end};
}

// "The comedy" before a title, or "in", "on": what is called so is a work. At least two words stand
// before it.
bool is_told_as_work(const Doc& doc, TokenSpan title) {
  const Token& before = doc[title.begin - 2];
  const auto sense = noun_sense(before.lemma);
  return (sense && sense->kind == EntityKind::kWork) || before.lower == "in" ||
         before.lower == "on";
}

// 'Won a prize for "The Ferryman"', 'stars in "Dad"': titles between marks, no persons.
void apply_titles_of_works(const Doc& doc, std::vector<NameSpan>& names) {
  for (NameSpan& name : names) {
    if (!is_person(name)) continue;
    const auto title = title_around(doc, name.tokens);
    if (!title || title->begin < 2) continue;
    const bool the = title->size() == name.tokens.size() + 1 && doc[title->begin].text == "The";
    const bool joined = std::ranges::any_of(
        doc.tokens().subspan(title->begin, title->size()),
        [](const Token& token) { return token.lower == "and" || token.text == "&"; });
    if (!(the && !name.titled) && !joined && !is_told_as_work(doc, *title)) continue;
    set_kind(name, EntityKind::kWork);
    name.tokens = *title;
  }
  std::uint32_t end = 0;  // of the names so far: two of one title are one
  std::erase_if(names, [&](const NameSpan& name) {
    if (name.tokens.begin < end) return true;
    end = name.tokens.end;
    return false;
  });
}

// "Ann Bell, 58, of Graz,": where she is from, though the tagger takes it for a person.
void apply_homes(const Doc& doc, std::vector<NameSpan>& names) {
  for (NameSpan& name : names) {
    const std::uint32_t at = name.tokens.begin;
    if (!is_person(name) || name.titled || at < 4 || doc[at - 1].lower != "of") continue;
    const bool aged = doc[at - 2].text == "," && doc[at - 3].tag == "CD" && doc[at - 4].text == ",";
    const bool noble = name.tokens.size() == 1 && doc[at - 2].pos == "PROPN" &&
                       (title_share(doc[at - 3].lower).has_value() ||  // "Princess Ann of Carlow"
                        title_share(doc[at - 2].lower).has_value());   // "the Duchess of Carlow"
    if (!aged && !noble) continue;
    set_kind(name, EntityKind::kPlace);
  }
}

// "Their ten-year-old daughter, Juno,": a name of one or two words behind a word for a child.
bool is_child_told(const Doc& doc, const NameSpan& name) {
  const std::uint32_t head = head_of_name(doc, name.tokens);
  if (name.tokens.size() > 2 || doc[head].dep != "appos" || doc[head].head >= name.tokens.begin)
    return false;
  const std::string_view noun = doc[doc[head].head].lemma;
  return noun == "daughter" || noun == "son";
}

// "Married in Joshua Tree", never otherwise: where somebody is, not who. Not "trust in Ann Bell".
bool stands_as_place(const Doc& doc, const NameSpan& name) {
  const Token& head = doc[name.head];
  if (head.dep != "pobj" || doc[head.head].lower != "in") return false;
  return !in("trust", doc[doc[head.head].head].lemma);
}

void apply_places(const Doc& doc, std::vector<NameSpan>& names) {
  std::set<std::string, std::less<>> others;
  for (const NameSpan& name : names)
    if (is_person(name) && (name.titled || !stands_as_place(doc, name)))
      others.insert(name_key(doc, name.tokens));
  for (NameSpan& name : names)
    if (is_person(name) && !others.contains(name_key(doc, name.tokens)))
      set_kind(name, EntityKind::kPlace);
}

// "The town of Vik", "the capital, Taranov": a place by the noun before.
bool is_told_as_place(const Doc& doc, const NameSpan& name) {
  const Token& head = doc[name.head];
  std::uint32_t noun = head.head;
  if (noun >= name.tokens.begin || name.titled || name.tokens.size() > 2) return false;
  if (head.dep == "pobj" && doc[noun].lower == "of")
    noun = doc[noun].head;
  else if (head.dep != "appos")
    return false;
  const auto sense = noun_sense(doc[noun].lemma);
  return doc[noun].pos == "NOUN" && sense && sense->kind == EntityKind::kPlace;
}

// "Plays for Banik": a club, though the tagger takes it for a person.
bool is_club(const Doc& doc, const NameSpan& name) {
  const Token& head = doc[name.head];
  return head.dep == "pobj" && doc[head.head].lower == "for" &&
         doc[doc[head.head].head].lemma == "play" && name.tokens.size() == 1 && !name.titled;
}

}  // namespace

void correct_kinds(const Doc& doc, std::vector<NameSpan>& names) {
  apply_datelines(doc, names);
  apply_homes(doc, names);
  set_everywhere(doc, names, EntityKind::kOrg, is_told_as_body, is_person);
  apply_titles_of_works(doc, names);
  apply_places(doc, names);
  set_everywhere(doc, names, EntityKind::kPlace, is_told_as_place, is_person);
  set_everywhere(doc, names, EntityKind::kOrg, is_club, is_person);
  set_everywhere(doc, names, EntityKind::kPerson, is_child_told, std::not_fn(is_person));
}

}  // namespace dateline::entities
