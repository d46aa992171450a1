#include "dateline/entities/person_evidence.h"

#include <algorithm>
#include <unordered_map>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

constexpr int kEnough = 2;
constexpr std::uint32_t kLongest = 3;  // words of such a name

bool is_acronym(const Token& token) {
  return token.text.size() > 1 && token.text.find('.') == std::string_view::npos &&
         std::ranges::none_of(token.text, [](char ch) { return ch >= 'a' && ch <= 'z'; });
}

// Whether it could be a person's at all: a few capitalised words, none that names things.
bool may_be_person(const Doc& doc, const NameSpan& name) {
  if (name.tokens.size() > kLongest) return false;
  for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) {
    const Token& token = doc[i];
    if (!is_alpha(token.text.front()) || !is_capitalised(token) || is_acronym(token) ||
        (token.tag == "NNPS" && token.lower.ends_with('s')) || token.tag == "CD" ||
        pronoun_sense(token.lower) || name_word_kind(token.lower) || noun_sense(token.lower) ||
        title_share(token.lower))
      return false;
  }
  return true;
}

// "Cole left with his son": a pronoun of persons within the clause, and no other noun before it.
bool owns_by_pronoun(const Doc& doc, std::uint32_t subject, std::uint32_t verb) {
  if (verb < subject) return false;
  const std::uint32_t end = std::min(doc[verb].subtree.end, verb + 8);
  for (std::uint32_t i = subject + 1; i < end; ++i) {
    const PronounSense* sense = pronoun_sense(doc[i].lower);
    if (sense && sense->person == 3 && sense->number == Number::kSingular && !sense->thing)
      return sense->possessive || sense->reflexive;
    if (doc[i].pos == "PROPN" || sense) return false;
  }
  return false;
}

bool has_article(const Doc& doc, std::uint32_t head) {
  return std::ranges::any_of(doc.children(head),
                             [&](std::uint32_t child) { return doc[child].dep == "det"; });
}

// "Isla Brandt, 40,"
bool has_age(const Doc& doc, std::uint32_t end) {
  constexpr std::size_t kDigits = 2;
  return end + 2 < doc.size() && doc[end].text == "," && doc[end + 1].text.size() <= kDigits &&
         std::ranges::all_of(doc[end + 1].text, is_digit) &&
         (doc[end + 2].text == "," || doc[end + 2].text == ".");
}

// "The rapper Kano Drift".
bool has_calling(const Doc& doc, const NameSpan& name) {
  if (name.tokens.begin == 0) return false;
  const std::uint32_t before = name.tokens.begin - 1;
  return doc[before].pos == "NOUN" && is_epithet(EntityKind::kPerson, doc[before].lemma) &&
         (doc[before].head == name.head || doc[name.head].head == before);
}

// "Belle, his wife,"
bool is_kin_of_somebody(const Doc& doc, const NameSpan& name) {
  return std::ranges::any_of(doc.children(name.head), [&](std::uint32_t child) {
    const auto sense = noun_sense(doc[child].lemma);
    const bool owned = std::ranges::any_of(
        doc.children(child), [&](std::uint32_t owner) { return doc[owner].dep == "poss"; });
    return doc[child].dep == "appos" && child >= name.tokens.end && owned && sense &&
           sense->kind == EntityKind::kPerson && sense->female != 0.5F;
  });
}

int weigh(const Doc& doc, const NameSpan& name) {
  constexpr int kTold = 3;
  const bool told =
      has_age(doc, name.tokens.end) || has_calling(doc, name) || is_kin_of_somebody(doc, name);
  if (told) return kTold;
  if (name.kind == EntityKind::kPerson) return 0;
  const Token& head = doc[name.head];
  const bool subject = head.dep == "nsubj" || head.dep == "nsubjpass";
  int score = 0;
  if (has_article(doc, name.head)) score -= 2;
  if (head.dep == "pobj" && (doc[head.head].lower == "in" || doc[head.head].lower == "at"))
    score -= 2;
  if (subject && is_person_sign(doc[head.head].lemma, "does")) score += 2;
  if (subject && owns_by_pronoun(doc, name.head, head.head)) score += 2;
  if (head.dep == "poss" && is_person_sign(doc[head.head].lemma, "has")) score += 2;
  return score;
}

// A given name where a person would stand; towns and songs are named for people, so it says less of
// them.
int weigh_words(const Doc& doc, const NameSpan& name) {
  const std::string_view dep = doc[name.head].dep;
  if (name.kind == EntityKind::kPerson || !is_given_name(doc[name.tokens.begin].lower) ||
      dep == "compound" || dep == "ROOT")
    return 0;
  const bool unsettled = name.kind == EntityKind::kOrg || name.kind == EntityKind::kOther ||
                         name.kind == EntityKind::kProduct;
  return unsettled ? 2 : 1;
}

using Scores = std::unordered_map<std::string, int>;

Scores score_names(const Doc& doc, const std::vector<NameSpan>& names) {
  Scores scores;
  for (const NameSpan& name : names) {
    if (!may_be_person(doc, name)) continue;
    const auto [at, fresh] = scores.emplace(name_key(doc, name.tokens), 0);
    if (fresh) at->second = weigh_words(doc, name);
    at->second += weigh(doc, name);
  }
  return scores;
}

// What "Isla Brandt" gains where the article calls a person Brandt.
void add_family_names(const Doc& doc, const std::vector<NameSpan>& names, Scores& scores) {
  Scores tagged;  // persons of one word: how often
  for (const NameSpan& name : names)
    if (name.tokens.size() == 1 && name.kind == EntityKind::kPerson)
      ++tagged[name_key(doc, name.tokens)];
  const auto is_person = [&](const Scores& by_key, const std::string& key) {
    const auto at = by_key.find(key);
    return at != by_key.end() && at->second >= kEnough;
  };
  for (const NameSpan& name : names) {
    if (name.tokens.size() == 1 || !may_be_person(doc, name)) continue;
    const std::string last = name_key(doc, {name.tokens.end - 1, name.tokens.end});
    if (!is_person(tagged, last) && !is_person(scores, last)) continue;
    int& score = scores.at(name_key(doc, name.tokens));
    score = std::max(score, kEnough);
  }
}

}  // namespace

void find_persons_by_evidence(const Doc& doc, std::vector<NameSpan>& names) {
  Scores scores = score_names(doc, names);
  add_family_names(doc, names, scores);
  for (NameSpan& name : names) {
    if (name.kind == EntityKind::kPerson || !may_be_person(doc, name)) continue;
    if (scores.at(name_key(doc, name.tokens)) < kEnough) continue;
    name.kind = EntityKind::kPerson;
    const std::string_view first = doc[name.tokens.begin].lower;
    name.female = name.tokens.size() > 1 || is_given_name(first) ? female_share(first) : 0.5F;
  }
}

}  // namespace dateline::entities
