#include "dateline/entities/tagged_names.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

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

void note_title(NameSpan& name, float share) {
  if (share == 0.5F) return;
  name.female = share;
  name.titled = true;
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

}  // namespace

bool is_proper(const Token& token) { return token.pos == "PROPN" && is_capitalised(token); }

// A word that may stand before a person's name without being part of it.
std::optional<float> title_at(const Doc& doc, std::uint32_t token) {
  if (const auto share = title_share(doc[token].lower)) return share;
  const auto sense = noun_sense(doc[token].lower);
  if (sense && sense->kind == EntityKind::kPerson && doc[token].lower.size() > 3 &&
      !is_given_name(doc[token].lower))
    return sense->female;
  return std::nullopt;
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

}  // namespace dateline::entities
