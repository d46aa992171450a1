#include "dateline/entities/find_names.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "dateline/base/ascii.h"
#include "dateline/entities/aliases.h"
#include "dateline/entities/lexicon.h"
#include "dateline/entities/name_context.h"
#include "dateline/entities/person_evidence.h"
#include "dateline/entities/tagged_names.h"

namespace dateline::entities {
namespace {

// A sentence in title case says little about what is a name.
bool is_headline(const Doc& doc, TokenSpan sentence) {
  int lower = 0, upper = 0;
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const Token& token = doc[i];
    if (token.text.size() < 4 || !is_alpha(token.text.front())) continue;
    (is_capitalised(token) ? upper : lower)++;
  }
  return upper > 2 && lower <= upper / 4;
}

// A run of proper nouns that the tagger left out: a guess at its kind.
NameSpan guess(const Doc& doc, TokenSpan run) {
  NameSpan name;
  name.tokens = run;
  const auto by_word = name_word_kind(doc[run.end - 1].lower);
  if (by_word) {
    name.kind = *by_word;
  } else if (run.size() > 1 && run.size() < 5 && is_given_name(doc[run.begin].lower)) {
    name.kind = EntityKind::kPerson;
  }
  const float unknown = name.female;
  NameSpan titled = name;
  strip_titles(doc, titled);
  if (titled.titled || (titled.tokens.begin != run.begin && !by_word)) {
    name = titled;
    name.kind = EntityKind::kPerson;
    name.sure = titled.titled;
  } else {
    name.female = unknown;
  }
  finish(doc, name);
  return name;
}

// "Austin said", "Austin's wife" with an Ann Austin in the article; not "in Austin", "the West".
bool acts_as_person(const Doc& doc, std::uint32_t head) {
  for (const std::uint32_t child : doc.children(head))
    if (doc[child].dep == "det") return false;
  const Token& token = doc[head];
  if (token.dep != "pobj") return token.dep != "compound" && token.dep != "ROOT";
  static constexpr std::string_view kOfPeople[] = {"by",    "with", "to", "from", "for",
                                                   "about", "of",   "on", "than", "against"};
  return std::ranges::find(kOfPeople, doc[token.head].lower) != std::end(kOfPeople);
}

// Last words of the persons that the tagger names in full.
Words family_names(const Doc& doc, const std::vector<NameSpan>& names) {
  Words families;
  for (const NameSpan& name : names)
    if (name.kind == EntityKind::kPerson && name.sure && name.tokens.size() > 1)
      families.insert(doc[name.tokens.end - 1].lower);
  return families;
}

// Words of the names of persons that the tagger saw.
Words words_of_persons(const Doc& doc, const std::vector<NameSpan>& names) {
  Words words;
  for (const NameSpan& name : names)
    if (name.kind == EntityKind::kPerson)
      for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i)
        if (is_capitalised(doc[i])) words.insert(doc[i].lower);
  return words;
}

// "Wiggins caught it" with a Wiggins elsewhere, which the tagger took for a common noun because a
// sentence begins with it.
bool begins_with_name(const Doc& doc, std::uint32_t token, const Words& known) {
  const std::string_view dep = doc[token].dep;
  if (dep != "nsubj" && dep != "nsubjpass" && dep != "poss") return false;
  return doc[token].pos == "NOUN" && is_capitalised(doc[token]) && doc[token].text.size() > 3 &&
         known.contains(doc[token].lower) && !noun_sense(doc[token].lemma);
}

void add_untagged(const Doc& doc, TokenSpan sentence, const std::vector<bool>& taken,
                  const Words& families, const Words& known, std::vector<NameSpan>& names) {
  if (is_headline(doc, sentence)) return;
  const auto free = [&](std::uint32_t i) {
    if (taken[i]) return false;
    if (doc[i].entity_tag != EntityTag::kOutside) return is_proper(doc[i]) && is_cut_off(doc, i);
    if (i == sentence.begin && begins_with_name(doc, i, known)) return true;
    return is_proper(doc[i]) ||
           (i > sentence.begin && doc[i].tag == "NN" && doc[i].text.size() > 3 &&
            is_capitalised(doc[i]) && !noun_sense(doc[i].lower));
  };
  for (std::uint32_t i = sentence.begin; i < sentence.end;) {
    if (!free(i)) {
      ++i;
      continue;
    }
    const std::uint32_t begin = i;
    while (i < sentence.end && free(i)) ++i;
    const TokenSpan run{begin, i};
    if (run.size() == 1 && title_noun(doc[begin].lower) != doc[begin].lower) continue;  // "Mr."
    const auto sense = noun_sense(doc[i - 1].lower);
    const bool family = families.contains(doc[i - 1].lower) && acts_as_person(doc, i - 1);
    if (sense && !family && (run.size() == 1 || sense->time)) continue;  // "the President"
    names.push_back(guess(doc, run));
  }
}

// Words of the article's own names of persons, to find them again where the tagger did not.
void apply_known_persons(const Doc& doc, std::vector<NameSpan>& names) {
  std::map<std::string, int, std::less<>> votes;  // last words of tagged persons' names
  std::set<std::string, std::less<>> full;
  for (const NameSpan& name : names)
    if (name.kind == EntityKind::kPerson && name.sure && name.tokens.size() > 1) {
      ++votes[std::string(doc[name.tokens.end - 1].lower)];
      full.insert(name_key(doc, name.tokens));
    }
  std::set<std::string, std::less<>> titled;  // "Mr Bell", without a given name
  for (const NameSpan& name : names)
    if (name.titled && name.tokens.size() == 1) titled.insert(name_key(doc, name.tokens));
  for (NameSpan& name : names) {
    const std::string key = name_key(doc, name.tokens);
    const std::uint32_t words = name.tokens.size();
    const bool whole = full.contains(key) ||
                       (words >= 2 && words <= 3 && is_given_name(doc[name.tokens.begin].lower) &&
                        titled.contains(name_key(doc, {name.tokens.end - 1, name.tokens.end})));
    const bool family = name.tokens.size() == 1 && votes.contains(key) &&
                        name.kind != EntityKind::kGroup &&
                        (name.kind != EntityKind::kPlace || acts_as_person(doc, name.head));
    if (name.kind != EntityKind::kPerson && (whole || family)) {
      name.kind = EntityKind::kPerson;
      name.sure = whole;
      finish(doc, name);
    }
    // "Estranged Wife Kim Bell" in a headline: the known name within it.
    for (std::uint32_t b = name.tokens.begin + 1; !whole && b + 2 <= name.tokens.end; ++b)
      if (name.kind == EntityKind::kPerson && full.contains(name_key(doc, {b, name.tokens.end}))) {
        bool lone = false;
        for (std::uint32_t i = name.tokens.begin; i < b; ++i)
          lone |= is_given_name(doc[i].lower) && !title_at(doc, i);
        if (lone) break;
        name.tokens.begin = b;
        finish(doc, name);
        break;
      }
    // "Kim Bell Sings" in a headline: the known name before its capitalised verb.
    if (name.kind != EntityKind::kPerson || words < 3) continue;
    if (!is_headline(doc, doc.sentences()[doc[name.tokens.begin].sentence])) continue;
    for (std::uint32_t end = name.tokens.end - 1; end >= name.tokens.begin + 2; --end)
      if (full.contains(name_key(doc, {name.tokens.begin, end}))) {
        name.tokens.end = end;
        finish(doc, name);
        break;
      }
  }
}

// Before a noun, or a fragment by itself such as the credit of a picture.
bool says_little(std::string_view dep) {
  return dep == "compound" || dep == "amod" || dep == "ROOT";
}

// A bare word tagged PERSON that only ever stands before nouns ("an Instagram page") is none.
void demote_modifiers(const Doc& doc, std::vector<NameSpan>& names) {
  std::set<std::string, std::less<>> persons;
  const auto is_bare = [](const NameSpan& name) {
    return name.kind == EntityKind::kPerson && name.tokens.size() == 1 && !name.titled;
  };
  for (const NameSpan& name : names)
    if (name.kind == EntityKind::kPerson && (!is_bare(name) || !says_little(doc[name.head].dep)))
      for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i)
        persons.insert(name_key(doc, {i, i + 1}));
  for (NameSpan& name : names)
    if (is_bare(name) && !persons.contains(name_key(doc, name.tokens))) {
      name.kind = EntityKind::kOther;
      name.sure = false;
    }
}

}  // namespace

bool is_demonym_of_one(const Doc& doc, TokenSpan tokens) {
  return tokens.size() == 1 && tokens.begin > 0 && doc[tokens.begin - 1].lower == "the" &&
         doc[tokens.begin].tag != "NNPS" && is_demonym_noun(doc[tokens.begin].lower);
}

bool is_capitalised(const Token& token) {
  return !token.text.empty() && token.text.front() != token.lower.front();
}

std::uint32_t head_of_name(const Doc& doc, TokenSpan name) {
  std::uint32_t head = name.end - 1;
  for (std::uint32_t i = name.begin; i < name.end; ++i)
    if (!name.contains(doc[i].head) || doc[i].head == i) head = i;
  return head;
}

std::string name_key(const Doc& doc, TokenSpan tokens) {
  std::string key;
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i) {
    std::string_view word = doc[i].lower;
    while (word.size() > 1 && word.ends_with('.')) word.remove_suffix(1);
    if (doc[i].pos == "SPACE") continue;
    if (!key.empty()) key += ' ';
    key += word;
  }
  return key;
}

std::vector<NameSpan> find_names(const Doc& doc) {
  std::vector<NameSpan> names;
  std::vector<bool> taken(doc.size());
  const auto take = [&](TokenSpan span) {
    for (std::uint32_t i = span.begin; i < span.end; ++i) taken[i] = true;
  };
  Words last_words;  // of the persons that the tagger saw
  for (const NamedEntity& entity : doc.entities())
    if (entity.type == "PERSON") last_words.insert(doc[entity.tokens.end - 1].lower);
  std::vector<NamedEntity> entities;
  for (const NamedEntity& entity : doc.entities())
    for (const NamedEntity& part : parted_at_comma(doc, entity, last_words))
      entities.push_back(part);
  for (const NamedEntity& entity : entities) {
    auto name = from_tagger(doc, entity);
    if (!name || (name->tokens.begin < doc.size() && taken[name->tokens.begin])) continue;
    if (!names.empty() && name->tokens.begin < names.back().tokens.end) continue;
    take(name->tokens);
    names.push_back(*name);
  }
  const Words families = family_names(doc, names);
  const Words known = words_of_persons(doc, names);
  for (const TokenSpan sentence : doc.sentences())
    add_untagged(doc, sentence, taken, families, known, names);
  std::ranges::sort(names, {}, [](const NameSpan& name) { return name.tokens; });
  join_around_nicknames(doc, names);
  find_persons_by_evidence(doc, names);
  apply_known_persons(doc, names);
  demote_modifiers(doc, names);
  add_stated_aliases(doc, names);
  correct_kinds(doc, names);
  return names;
}

}  // namespace dateline::entities
