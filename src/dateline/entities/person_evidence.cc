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
  return token.text.size() > 1 &&
         std::ranges::none_of(token.text, [](char ch) { return ch >= 'a' && ch <= 'z'; });
}

// Whether it could be a person's at all: a few capitalised words, none that names things.
bool may_be_person(const Doc& doc, const NameSpan& name) {
  if (name.kind == EntityKind::kPerson || name.tokens.size() > kLongest) return false;
  for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) {
    const Token& token = doc[i];
    if (!is_alpha(token.text.front()) || !is_capitalised(token) || is_acronym(token) ||
        token.tag == "NNPS" || token.tag == "CD" || pronoun_sense(token.lower) ||
        name_word_kind(token.lower) || noun_sense(token.lower) || title_share(token.lower))
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

int weigh(const Doc& doc, const NameSpan& name) {
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
  if (!is_given_name(doc[name.tokens.begin].lower) || dep == "compound" || dep == "ROOT") return 0;
  const bool unsettled = name.kind == EntityKind::kOrg || name.kind == EntityKind::kOther ||
                         name.kind == EntityKind::kProduct;
  return unsettled ? 2 : 1;
}

}  // namespace

void find_persons_by_evidence(const Doc& doc, std::vector<NameSpan>& names) {
  std::unordered_map<std::string, int> scores;
  for (const NameSpan& name : names) {
    if (!may_be_person(doc, name)) continue;
    const auto [at, fresh] = scores.emplace(name_key(doc, name.tokens), 0);
    if (fresh) at->second = weigh_words(doc, name);
    at->second += weigh(doc, name);
  }
  for (NameSpan& name : names) {
    if (!may_be_person(doc, name)) continue;
    if (scores.at(name_key(doc, name.tokens)) < kEnough) continue;
    name.kind = EntityKind::kPerson;
    const std::string_view first = doc[name.tokens.begin].lower;
    name.female = name.tokens.size() > 1 || is_given_name(first) ? female_share(first) : 0.5F;
  }
}

}  // namespace dateline::entities
