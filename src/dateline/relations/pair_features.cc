#include "dateline/relations/pair_features.h"

#include <algorithm>

#include "dateline/relations/feature_kinds.h"

namespace dateline::relations {
namespace {

// Of longer sentences (tables, lists without a stop) nothing is looked at: the cost of a pair grows
// with its sentence.
constexpr std::uint32_t kLongestSentence = 300;

}  // namespace

PairFeatures::PairFeatures(const Reading& reading, const Findings& findings,
                           const neural::Matrix& clusters)
    : reading_(reading),
      findings_(findings),
      findings_of_(reading.arguments.all().size()),
      tokens_(reading, clusters) {
  for (std::uint32_t i = 0; i < findings.size(); ++i) {
    if (!findings[i].object) continue;
    findings_of_[findings[i].subject].push_back(i);
    findings_of_[*findings[i].object].push_back(i);
  }
}

bool PairFeatures::is_pair(std::uint32_t subject, std::uint32_t object) const {
  const Argument& a = reading_.arguments[subject];
  const Argument& b = reading_.arguments[object];
  if (subject == object || !a.entity || a.head == b.head || a.span == b.span) return false;
  if (a.kind == ArgumentKind::kDate || a.kind == ArgumentKind::kPeople) return false;
  const auto is_long = [this](const Argument& it) {
    return reading_.doc.sentences()[reading_.doc[it.head].sentence].size() > kLongestSentence;
  };
  if (is_long(a) || is_long(b)) return false;
  const bool same = b.entity && *a.entity == *b.entity;
  const bool other_name = slice(reading_.doc.text(), a.span) != slice(reading_.doc.text(), b.span);
  const bool pronouns = a.form == ArgumentForm::kPronoun && b.form == a.form;
  if (same && (pronouns || !other_name)) return false;
  return std::max(a.head, b.head) - std::min(a.head, b.head) <= kReach;
}

void PairFeatures::add(std::uint32_t kind, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  features_.push_back(mix(mix(mix(kind * 0x01000193u, a), b), c));
}

// Alone, and together with the kinds of the two sides.
void PairFeatures::add_typed(std::uint32_t kind, std::uint32_t a, std::uint32_t b) {
  add(kind, a, b, order_ + 1);
  add(kind, a, b, types_ + 16);
}

std::span<const std::uint32_t> PairFeatures::operator()(std::uint32_t subject,
                                                        std::uint32_t object) {
  features_.clear();
  subject_ = subject;
  object_ = object;
  const Argument& a = reading_.arguments[subject];
  const Argument& b = reading_.arguments[object];
  order_ = a.span.begin <= b.span.begin ? 0 : 1;
  left_ = order_ == 0 ? a.tokens : b.tokens;
  right_ = order_ == 0 ? b.tokens : a.tokens;
  types_ = (number_of(a.kind) * 8 + number_of(b.kind)) * 2 + order_;
  add_kinds();
  add_order();
  add_between();
  add_around();
  add_side(subject, 0);
  add_side(object, 1);
  add_path(a.head, b.head, 0);
  add_path(first_conjunct(reading_.doc, a.head), first_conjunct(reading_.doc, b.head), kCollapsed);
  add_sentence();
  add_triggers();
  add_brackets();
  add_rules();
  add_coreference();
  add_likeness();
  add_clusters();
  return features_;
}

void PairFeatures::add_kinds() {
  const Argument& a = reading_.arguments[subject_];
  const Argument& b = reading_.arguments[object_];
  add(kBias, 0);
  add(kKinds, types_);
  add(kForms, number_of(a.form), number_of(b.form), types_);
  add(kLabels, hash_of(reading_.doc[a.head].entity_type), hash_of(reading_.doc[b.head].entity_type),
      order_);
  const std::uint32_t from = left_.end, to = right_.begin;
  add_typed(kDistance, bucket(to > from ? to - from : 0), from > to ? 1 : 0);
}

// Where each side stands among the arguments of its kind.
void PairFeatures::add_order() {
  const auto numbers =
      reading_.arguments.of_sentence(reading_.doc[reading_.arguments[subject_].head].sentence);
  const Argument& a = reading_.arguments[subject_];
  const Argument& b = reading_.arguments[object_];
  std::uint32_t between_a = 0, between_b = 0, rank_a = 0, rank_b = 0, count_a = 0, count_b = 0;
  for (const std::uint32_t n : numbers) {
    const Argument& it = reading_.arguments[n];
    const bool between = it.head >= left_.end && it.head < right_.begin;
    const bool like_a = it.kind == a.kind, like_b = it.kind == b.kind;
    between_a += between && like_a ? 1 : 0;
    between_b += between && like_b ? 1 : 0;
    rank_a += like_a && it.span.begin < a.span.begin ? 1 : 0;
    rank_b += like_b && it.span.begin < b.span.begin ? 1 : 0;
    count_a += like_a ? 1 : 0;
    count_b += like_b ? 1 : 0;
  }
  add_typed(kArgumentsBetween, bucket(between_a), bucket(between_b));
  add_typed(kNearest, between_b == 0 ? 1 : 0, between_a == 0 ? 3 : 2);
  add_typed(kRank, bucket(rank_a), 1);
  add_typed(kRank, bucket(rank_b), 2);
  add_typed(kRank, bucket(count_a), 3);
  add_typed(kRank, bucket(count_b), 4);
}

void PairFeatures::add_between() {
  const std::uint32_t from = left_.end, to = right_.begin;
  if (from >= to) {
    add_typed(kBetweenAll, 7);
    return;
  }
  std::uint32_t all = 17, previous = 1;
  for (std::uint32_t i = from; i < to; ++i) {
    const std::uint32_t here = tokens_.word[i];
    if (to - i <= 30) {
      add_typed(kBetweenWord, here);
      if (here == tokens_.lower[i]) add_typed(kBetweenLemma, tokens_.lemma[i]);
      add_typed(kBetweenPair, previous, here);
    }
    if (here != previous || here == tokens_.lower[i]) all = mix(all, here);
    previous = here;
  }
  add_typed(kBetweenPair, previous, 2);
  if (to - from <= 6) add_typed(kBetweenAll, all);
  add_typed(kBetweenEdge, tokens_.word[from], 1);
  add_typed(kBetweenEdge, tokens_.word[to - 1], 2);
  if (to - from >= 2) add_typed(kBetweenEdge, mix(tokens_.word[to - 2], tokens_.word[to - 1]), 3);
}

void PairFeatures::add_around() {
  const TokenSpan sentence = reading_.doc.sentences()[reading_.doc[left_.begin].sentence];
  std::uint32_t joined = 3;
  for (std::uint32_t k = 1; k <= 3; ++k) {
    const std::uint32_t here =
        left_.begin >= sentence.begin + k ? tokens_.word[left_.begin - k] : 5;
    joined = mix(joined, here);
    add_typed(kBefore, here, k);
    if (k == 2) add_typed(kBefore, joined, 9);
    if (here == 5) break;
  }
  joined = 3;
  for (std::uint32_t k = 0; k < 3; ++k) {
    const std::uint32_t here = right_.end + k < sentence.end ? tokens_.word[right_.end + k] : 5;
    joined = mix(joined, here);
    add_typed(kAfter, here, k);
    if (k == 1) add_typed(kAfter, joined, 9);
    if (here == 5) break;
  }
  if (left_.end < sentence.end) add_typed(kAfter, tokens_.word[left_.end], 20);
  if (right_.begin > sentence.begin) add_typed(kBefore, tokens_.word[right_.begin - 1], 20);
}

void PairFeatures::add_name(const Argument& argument, std::uint32_t side) {
  for (std::uint32_t i = argument.tokens.begin; i < argument.tokens.end; ++i)
    add(kNameWord, tokens_.lower[i], side, number_of(argument.kind));
  if (argument.tokens.size() == 0) return;
  add(kNameLast, tokens_.lower[argument.tokens.end - 1], side);
  add(kNameFirst, tokens_.lower[argument.tokens.begin], side);
}

void PairFeatures::add_side(std::uint32_t number, std::uint32_t side) {
  const Doc& doc = reading_.doc;
  const Argument& it = reading_.arguments[number];
  const bool person = it.kind == ArgumentKind::kPerson;
  const bool name = it.form == ArgumentForm::kName || it.form == ArgumentForm::kValue;
  if (!name) add_typed(kPronoun, tokens_.lemma[it.head], side);
  if (!name && !person) add_typed(kHeadWord, tokens_.lower[it.head], side);
  if (name && !person && it.kind != ArgumentKind::kDate) add_name(it, side);
  if (it.kind == ArgumentKind::kDate) add_typed(kNameWord, it.tokens.size(), 77);
  for (const std::uint32_t child : doc.children(it.head))
    if (!it.tokens.contains(child))
      add_typed(kChild, mix(tokens_.word[child], tokens_.dep[child]), side);
  add_governor(it.head, side);
  const std::uint32_t first = first_conjunct(doc, it.head);
  if (first != it.head) add_governor(first, side + 2);
}

// The rest of the sentence as a bag, by side; and where words of kin and office stand.
void PairFeatures::add_sentence() {
  const Doc& doc = reading_.doc;
  const TokenSpan sentence = doc.sentences()[doc[left_.begin].sentence];
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const std::uint32_t where = i < left_.begin ? 1 : i < right_.begin ? 2 : 3;
    if (tokens_.kin[i])
      add_typed(kKinWhere, where, i >= left_.begin && i < right_.end ? tokens_.lemma[i] : 0);
    if (tokens_.role[i]) add_typed(kRoleWhere, where);
    if (doc[i].pos != "NOUN" && doc[i].pos != "VERB" && doc[i].pos != "ADJ") continue;
    if (tokens_.word[i] != tokens_.lower[i]) continue;
    if (i < left_.begin) add(kLeftWord, tokens_.lemma[i], types_);
    if (i >= right_.end) add(kRightWord, tokens_.lemma[i], types_);
  }
}

// Whether the sentence names either side elsewhere, and which mention of it this one is.
void PairFeatures::add_coreference() {
  const std::uint32_t sentence = reading_.doc[reading_.arguments[subject_].head].sentence;
  for (const std::uint32_t side : {subject_, object_}) {
    const Argument& it = reading_.arguments[side];
    if (!it.entity) continue;
    bool named = false, earlier = false;
    for (const std::uint32_t n : reading_.arguments.of_sentence(sentence)) {
      const Argument& other = reading_.arguments[n];
      if (n == side || other.entity != it.entity) continue;
      named = named || other.form == ArgumentForm::kName;
      earlier = earlier || other.span.begin < it.span.begin;
    }
    const std::uint32_t which = side == subject_ ? 1 : 2;
    add_typed(kNamedToo, number_of(it.form) * 2 + (named ? 1 : 0), which);
    add_typed(kFirstOfEntity, earlier ? 1 : 0, which);
    bool beside = false;
    for (const std::uint32_t child : children(reading_.doc, it.head, "appos"))
      beside = beside || reading_.arguments.at(child).has_value();
    if (reading_.doc[it.head].dep == "appos") add_typed(kNamedToo, 50 + number_of(it.form), which);
    if (beside) add_typed(kNamedToo, 60 + number_of(it.form), which);
  }
  const Argument& b = reading_.arguments[object_];
  if (b.kind != ArgumentKind::kDate) return;
  std::uint32_t shape = 3;
  for (std::uint32_t i = b.tokens.begin; i < b.tokens.end; ++i) {
    const Token& token = reading_.doc[i];
    shape = mix(shape, token.pos == "NUM" ? 10 + token.span.size() : tokens_.lower[i] % 5 + 100);
    if (token.pos != "NUM") add_typed(kDateShape, tokens_.lower[i], 2);
  }
  add_typed(kDateShape, shape, 1);
  if (b.tokens.begin > 0) add_typed(kDateShape, tokens_.lower[b.tokens.begin - 1], 3);
}

void PairFeatures::add_brackets() {
  const Doc& doc = reading_.doc;
  std::uint32_t open = 0, dashes = 0, inside = 4;
  for (std::uint32_t i = left_.end; i < right_.begin; ++i) {
    if (doc[i].text == "(") {
      ++open;
      dashes = 0;
      inside = 4;
    } else if (doc[i].text == ")") {
      open = open > 0 ? open - 1 : 0;
    } else if (one_of(doc[i].text, "–|-|—|to|–")) {
      ++dashes;
    } else if (open > 0) {
      inside = mix(inside, tokens_.word[i]);
    }
  }
  add_typed(kBracket, open, dashes);
  if (open > 0) add_typed(kBracket, inside, 7 + dashes);
}

// What the rules found of this pair, and of either side with another.
void PairFeatures::add_rules() {
  for (const std::uint32_t side : {subject_, object_})
    for (const std::uint32_t number : findings_of_[side]) {
      const Finding& finding = findings_[number];
      const std::uint32_t relation = hash_of(finding.relation);
      const bool one = finding.subject == subject_, other = *finding.object == object_;
      if (one && other) add(kRule, relation, finding.negative ? 1 : 2);
      if (finding.subject == object_ && *finding.object == subject_) add(kRule, relation, 3);
      if (one != other) add(kRuleSide, relation, one ? 1 : 2, types_);
    }
}

// A surname in common, one name inside the other.
void PairFeatures::add_likeness() {
  const Argument& a = reading_.arguments[subject_];
  const Argument& b = reading_.arguments[object_];
  std::uint32_t shared = 0;
  for (std::uint32_t i = a.tokens.begin; i < a.tokens.end; ++i)
    for (std::uint32_t j = b.tokens.begin; j < b.tokens.end; ++j)
      if (tokens_.lower[i] == tokens_.lower[j] && reading_.doc[i].pos == "PROPN") ++shared;
  add_typed(kShared, bucket(shared));
  if (a.tokens.size() > 0 && b.tokens.size() > 0 &&
      tokens_.lower[a.tokens.end - 1] == tokens_.lower[b.tokens.end - 1])
    add_typed(kShared, 50);
  const bool nested = a.span.overlaps(b.span);
  if (nested) add_typed(kSame, 1);
}

}  // namespace dateline::relations
