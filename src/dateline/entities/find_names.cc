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

namespace dateline::entities {
namespace {

bool is_break(const Token& token) { return token.text.find('\n') != std::string_view::npos; }

bool is_proper(const Token& token) { return token.pos == "PROPN" && is_capitalised(token); }

std::optional<EntityKind> kind_of(std::string_view type) {
  if (type == "PERSON") return EntityKind::kPerson;
  if (type == "ORG") return EntityKind::kOrg;
  if (type == "GPE" || type == "LOC" || type == "FAC") return EntityKind::kPlace;
  if (type == "NORP") return EntityKind::kGroup;
  if (type == "PRODUCT") return EntityKind::kProduct;
  if (type == "EVENT") return EntityKind::kEvent;
  if (type == "WORK_OF_ART" || type == "LAW") return EntityKind::kWork;
  return std::nullopt;
}

bool is_edge(const Token& token) {
  return token.pos == "PUNCT" || token.pos == "SPACE" || token.tag == "POS" || token.tag == "DT" ||
         token.tag == "CC" || token.tag == "IN";
}

TokenSpan without_edges(const Doc& doc, TokenSpan span) {
  while (span.size() > 0 && is_edge(doc[span.begin]) && doc[span.begin].text != "(") ++span.begin;
  while (span.size() > 0 && is_edge(doc[span.end - 1]) && doc[span.end - 1].text != ".") --span.end;
  return span;
}

// Cut at line breaks, the last piece kept that has a proper noun.
TokenSpan within_line(const Doc& doc, TokenSpan span) {
  TokenSpan best = span, piece{span.begin, span.begin};
  bool found = false;
  for (std::uint32_t i = span.begin; i <= span.end; ++i) {
    if (i < span.end && !is_break(doc[i])) continue;
    piece.end = i;
    bool proper = false;
    for (std::uint32_t k = piece.begin; k < piece.end; ++k) proper |= is_capitalised(doc[k]);
    if (proper && (!found || piece.size() > 0)) best = piece, found = true;
    piece.begin = i + 1;
  }
  return best;
}

// A word that may stand before a person's name without being part of it.
std::optional<float> title_at(const Doc& doc, std::uint32_t token) {
  if (const auto share = title_share(doc[token].lower)) return share;
  const auto sense = noun_sense(doc[token].lower);
  if (sense && sense->kind == EntityKind::kPerson && doc[token].lower.size() > 3 &&
      !is_given_name(doc[token].lower))
    return sense->female;
  return std::nullopt;
}

void note_title(NameSpan& name, float share) {
  if (share == 0.5F) return;
  name.female = share;
  name.titled = true;
}

// Titles go off the front: "President Ann Bell" -> "Ann Bell".
void strip_titles(const Doc& doc, NameSpan& name) {
  std::uint32_t last = name.tokens.begin;
  for (std::uint32_t i = name.tokens.begin; i + 1 < name.tokens.end; ++i) {
    const auto share = title_at(doc, i);
    if (share && is_capitalised(doc[i + 1])) {
      note_title(name, *share);
      last = i + 1;
    }
  }
  name.tokens.begin = last;
  for (std::uint32_t i = name.tokens.begin; i > 0 && i + 3 > name.tokens.begin; --i) {
    const auto share = title_share(doc[i - 1].lower);
    if (!share || !is_capitalised(doc[i - 1])) break;
    note_title(name, *share);
  }
}

// Proper nouns beside a person's name that the tagger left out.
void extend_person(const Doc& doc, NameSpan& name) {
  auto& [begin, end] = name.tokens;
  while (end < doc.size() && is_proper(doc[end]) && doc[end].entity_tag == EntityTag::kOutside &&
         doc[end - 1].head == end && doc[end - 1].dep == "compound")
    ++end;
  while (begin > 0 && is_proper(doc[begin - 1]) &&
         doc[begin - 1].entity_tag == EntityTag::kOutside && doc[begin - 1].dep == "compound" &&
         name.tokens.contains(doc[begin - 1].head) && !title_at(doc, begin - 1) &&
         is_given_name(doc[begin - 1].lower))
    --begin;
}

// "Ann Bell of Delta" is called Ann Bell; "Ann of Delta" and "Ann Earl of Delta" stay whole.
void cut_origin(const Doc& doc, NameSpan& name) {
  for (std::uint32_t i = name.tokens.begin + 2; i < name.tokens.end; ++i)
    if (doc[i].lower == "of" && !title_at(doc, i - 1)) name.tokens.end = i;
}

// "Andrew Weir 6-4 3-6" is called Andrew Weir.
void cut_numbers(const Doc& doc, NameSpan& name) {
  for (std::uint32_t i = name.tokens.begin + 1; i < name.tokens.end; ++i)
    if (is_digit(doc[i].text.front())) name.tokens.end = i;
}

// "Ann confronts Bell" as one name: whoever acts is called by what stands before the verb. Where
// the rest is a name too, it is found by itself.
bool is_verb_within(const Doc& doc, std::uint32_t token) {
  const std::string_view tag = doc[token].tag;
  const bool acts = doc[token].pos == "VERB" || tag == "VBZ" || tag == "VBD" || tag == "NNS";
  return acts && !is_capitalised(doc[token]) && doc[token].entity_tag == EntityTag::kInside &&
         doc[token].entity_type == "PERSON";
}

void cut_at_verb(const Doc& doc, NameSpan& name) {
  for (std::uint32_t i = name.tokens.begin + 1; i + 1 < name.tokens.end; ++i)
    if (is_verb_within(doc, i) && is_capitalised(doc[i + 1])) name.tokens.end = i;
}

// Whether `token` stands behind such a verb.
bool is_cut_off(const Doc& doc, std::uint32_t token) {
  constexpr int kLongestName = 8;
  for (int i = 0; i < kLongestName && token > 0; ++i, --token)
    if (doc[token].entity_tag != EntityTag::kInside || !is_capitalised(doc[token])) break;
  return is_verb_within(doc, token);
}

void finish(const Doc& doc, NameSpan& name) {
  name.head = head_of_name(doc, name.tokens);
  if (name.kind != EntityKind::kPerson) return;
  if (!name.titled) {
    const std::string_view first = doc[name.tokens.begin].lower;
    const bool known = name.tokens.size() > 1 || is_given_name(first);
    name.female = known ? female_share(first) : 0.5F;
  }
}

// "their daughter Austin Bell": whom a word for a woman or a man stands right before, whatever else
// bears such a name.
bool is_told_as_person(const Doc& doc, TokenSpan name) {
  if (name.begin == 0) return false;
  const Token& noun = doc[name.begin - 1];
  const auto sense = noun_sense(noun.lemma);
  if (noun.tag != "NN" || !sense || sense->kind != EntityKind::kPerson || sense->female == 0.5F)
    return false;
  const std::uint32_t head = head_of_name(doc, name);
  return (doc[head].dep == "appos" && doc[head].head == name.begin - 1) ||
         (noun.dep == "compound" && noun.head == head);
}

// "The chief inspector, Hugo Bell,": a name of two or three words in apposition to a word for a
// person, which the tagger took for a work, an event or a product.
bool is_apposed_to_person(const Doc& doc, const NameSpan& name) {
  if (name.kind == EntityKind::kPlace || name.kind == EntityKind::kOrg ||
      name.kind == EntityKind::kGroup || name.tokens.size() < 2 || name.tokens.size() > 3)
    return false;
  const Token& head = doc[head_of_name(doc, name.tokens)];
  if (head.dep != "appos" || head.head >= name.tokens.begin) return false;
  const Token& noun = doc[head.head];
  const auto sense = noun_sense(noun.lemma);
  return noun.tag == "NN" && sense && sense->kind == EntityKind::kPerson;
}

// "Call Off Their Divorce", in a title with capitals: no person's name has a "their".
bool holds_owner(const Doc& doc, TokenSpan tokens) {
  return std::ranges::any_of(doc.tokens().subspan(tokens.begin, tokens.size()),
                             [](const Token& token) { return token.tag == "PRP$"; });
}

// "The Chief Constable", taken for a name.
bool is_title_alone(const Doc& doc, TokenSpan tokens) {
  const auto is_title = [&](const Token& token) { return title_share(token.lower).has_value(); };
  const auto words = doc.tokens().subspan(tokens.begin, tokens.size());
  std::uint32_t before = tokens.begin;
  while (before > 0 && is_title(doc[before - 1])) --before;
  return std::ranges::all_of(words, is_title) && before > 0 && doc[before - 1].lower == "the";
}

// "Rapper Kano Drift …", which the tagger took whole for a work: a sentence that opens with a
// calling.
bool opens_with_calling(const Doc& doc, TokenSpan tokens) {
  constexpr std::uint32_t kLongest = 4;
  return tokens.size() > 1 && tokens.size() <= kLongest && doc[tokens.begin].sentence_start &&
         is_epithet(EntityKind::kPerson, doc[tokens.begin].lower) &&
         std::ranges::all_of(doc.tokens().subspan(tokens.begin, tokens.size()), is_capitalised);
}

std::optional<NameSpan> from_tagger(const Doc& doc, const NamedEntity& entity) {
  const auto kind = kind_of(entity.type);
  if (!kind) return std::nullopt;
  NameSpan name;
  name.kind = *kind;
  name.tokens = without_edges(doc, within_line(doc, without_edges(doc, entity.tokens)));
  if (name.tokens.size() == 0) return std::nullopt;
  if (pronoun_sense(doc[name.tokens.begin].lower) && name.tokens.size() == 1) return std::nullopt;
  if (name.kind == EntityKind::kPerson && holds_owner(doc, name.tokens)) return std::nullopt;
  if (name.kind == EntityKind::kPerson && is_title_alone(doc, name.tokens)) return std::nullopt;
  if (is_demonym_of_one(doc, name.tokens)) return std::nullopt;
  if (name.kind == EntityKind::kPerson && name.tokens.size() == 1 &&
      in("called_parent", doc[name.tokens.begin].lower))
    return std::nullopt;
  const auto by_word = name_word_kind(doc[name.tokens.end - 1].lower);
  if (by_word && name.tokens.size() > 1 && *kind != EntityKind::kPlace) name.kind = *by_word;
  if (name.tokens.size() == 1)
    if (const auto whole = whole_name_kind(doc[name.tokens.begin].lower)) name.kind = *whole;
  const bool odd = !is_capitalised(doc[name.tokens.begin]) ||
                   std::ranges::any_of(doc.tokens().subspan(name.tokens.begin, name.tokens.size()),
                                       [](const Token& token) { return token.text == "&"; });
  if (name.kind == EntityKind::kPerson && odd) name.kind = EntityKind::kOther;
  if ((name.kind == EntityKind::kWork || name.kind == EntityKind::kOther ||
       name.kind == EntityKind::kProduct) &&
      opens_with_calling(doc, name.tokens))
    name.kind = EntityKind::kPerson;
  if (name.kind == EntityKind::kPerson) {
    name.sure = true;
    strip_titles(doc, name);
    extend_person(doc, name);
    cut_origin(doc, name);
    cut_numbers(doc, name);
    cut_at_verb(doc, name);
  } else if (name.tokens.begin > 0 && name.kind != EntityKind::kWork) {
    const auto& before = doc[name.tokens.begin - 1];
    const auto share = title_share(before.lower);
    if (share && *share != 0.5F && is_capitalised(before) && name.tokens.size() < 4) {
      name.kind = EntityKind::kPerson;  // "Mr Apple"
      name.sure = true;
      note_title(name, *share);
    }
    if (is_told_as_person(doc, name.tokens) || is_apposed_to_person(doc, name)) {
      name.kind = EntityKind::kPerson;
      name.sure = true;
    }
  }
  finish(doc, name);
  return name;
}

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

using Words = std::set<std::string_view>;

// "A spokesman for Clifton, Angel Urena,": two names that the tagger took for one.
std::vector<NamedEntity> parted_at_comma(const Doc& doc, const NamedEntity& entity,
                                         const Words& known) {
  const TokenSpan all = entity.tokens;
  std::uint32_t comma = all.begin;
  while (comma < all.end && doc[comma].text != ",") ++comma;
  const TokenSpan rest{comma + 1, all.end};
  if (comma == all.begin || comma + 1 >= all.end || rest.size() > 3) return {entity};
  const bool names = (entity.type == "PERSON" || entity.type == "ORG") && rest.size() > 1;
  const bool both_known =
      known.contains(doc[comma - 1].lower) &&
      known.contains(doc[all.end - 1].lower);  // "she would marry Roe, Fay said"
  if ((!names && !both_known) ||
      !std::ranges::all_of(doc.tokens().subspan(rest.begin, rest.size()), is_proper))
    return {entity};
  return {{{all.begin, comma}, entity.type}, {rest, entity.type}};
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
