#include "dateline/relations/pair_features.h"

#include <algorithm>

namespace dateline::relations {
namespace {

// Kinds of feature; part of the model's format: add at the end, renumber never.
enum Kind : std::uint32_t {
  kBias = 1,
  kKinds,
  kForms,
  kLabels,
  kDistance,
  kArgumentsBetween,
  kRank,
  kNearest,
  kBetweenWord,
  kBetweenLemma,
  kBetweenPair,
  kBetweenAll,
  kBetweenEdge,
  kBefore,
  kAfter,
  kHeadWord,
  kNameWord,
  kNameLast,
  kNameFirst,
  kPathLabels,
  kPathWords,
  kPathFull,
  kPathWord,
  kPathLength,
  kTop,
  kGovernor,
  kGovernor2,
  kChild,
  kLeftWord,
  kRightWord,
  kRoleWhere,
  kKinWhere,
  kBracket,
  kRule,
  kRuleSide,
  kShared,
  kPronoun,
  kCollapsed = 50,  // the same kinds of path, between what the conjuncts hang on
  kSame = 80,
  kTrigger,
  kTriggerPath,
  kTriggerNear,
  kTriggerGovernor,
  kTriggerShape,
  kNamedToo,
  kFirstOfEntity,
  kDateShape,
  kCluster,
};

// Of longer sentences (tables, lists without a stop) nothing is looked at: the cost of a pair grows
// with its sentence.
constexpr std::uint32_t kLongestSentence = 300;

constexpr std::uint32_t hash_of(std::string_view text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

constexpr std::uint32_t mix(std::uint32_t hash, std::uint32_t value) {
  hash ^= value + 0x9e3779b9u + (hash << 6) + (hash >> 2);
  hash *= 0x85ebca6bu;
  return hash ^ (hash >> 13);
}

constexpr std::uint32_t bucket(std::uint32_t count) {
  if (count <= 3) return count;
  if (count <= 6) return 4;
  if (count <= 10) return 5;
  return count <= 20 ? 6 : 7;
}

std::uint32_t number_of(ArgumentKind kind) { return static_cast<std::uint32_t>(kind); }
std::uint32_t number_of(ArgumentForm form) { return static_cast<std::uint32_t>(form); }

// Up from `token` through coordination: to what all the conjuncts hang on.
std::uint32_t first_conjunct(const Doc& doc, std::uint32_t token) {
  for (int i = 0; i < 8 && doc[token].dep == "conj"; ++i) token = doc[token].head;
  return token;
}

TokenList ancestors(const Doc& doc, std::uint32_t token) {
  TokenList out = {token};
  while (doc[token].head != token && out.size() < 40) {
    token = doc[token].head;
    out.push_back(token);
  }
  return out;
}

}  // namespace

PairFeatures::PairFeatures(const Reading& reading, const Findings& findings,
                           const neural::Matrix& clusters)
    : reading_(reading), findings_(findings), findings_of_(reading.arguments.all().size()) {
  for (std::uint32_t i = 0; i < findings.size(); ++i) {
    if (!findings[i].object) continue;
    findings_of_[findings[i].subject].push_back(i);
    findings_of_[*findings[i].object].push_back(i);
  }
  for (const Token& token : reading.doc.tokens()) {
    lower_.push_back(hash_of(token.lower));
    lemma_.push_back(hash_of(token.lemma));
    dep_.push_back(hash_of(token.dep));
    tag_.push_back(hash_of(token.tag));
    role_.push_back(reading.words.roles.contains(token.lemma));
    kin_.push_back(reading.words.kin.contains(token.lemma));
    classes_.emplace_back();
    const auto* classes = find(reading.words.triggers, token.lemma);
    if (classes == nullptr) classes = find(reading.words.triggers, token.lower);
    if (classes != nullptr)
      for (const std::string_view name : *classes) classes_.back().push_back(hash_of(name));
  }
  find_clusters(clusters);
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

std::uint32_t PairFeatures::word(std::uint32_t token) const {
  const auto number = reading_.arguments.at(token);
  if (!number) return lower_[token];
  const Argument& it = reading_.arguments[*number];
  if (it.form == ArgumentForm::kNominal || it.form == ArgumentForm::kPronoun) return lower_[token];
  return 100 + number_of(it.kind);
}

void PairFeatures::add_between() {
  const std::uint32_t from = left_.end, to = right_.begin;
  if (from >= to) {
    add_typed(kBetweenAll, 7);
    return;
  }
  std::uint32_t all = 17, previous = 1;
  for (std::uint32_t i = from; i < to; ++i) {
    const std::uint32_t here = word(i);
    if (to - i <= 30) {
      add_typed(kBetweenWord, here);
      if (here == lower_[i]) add_typed(kBetweenLemma, lemma_[i]);
      add_typed(kBetweenPair, previous, here);
    }
    if (here != previous || here == lower_[i]) all = mix(all, here);
    previous = here;
  }
  add_typed(kBetweenPair, previous, 2);
  if (to - from <= 6) add_typed(kBetweenAll, all);
  add_typed(kBetweenEdge, word(from), 1);
  add_typed(kBetweenEdge, word(to - 1), 2);
  if (to - from >= 2) add_typed(kBetweenEdge, mix(word(to - 2), word(to - 1)), 3);
}

void PairFeatures::add_around() {
  const TokenSpan sentence = reading_.doc.sentences()[reading_.doc[left_.begin].sentence];
  std::uint32_t joined = 3;
  for (std::uint32_t k = 1; k <= 3; ++k) {
    const std::uint32_t here = left_.begin >= sentence.begin + k ? word(left_.begin - k) : 5;
    joined = mix(joined, here);
    add_typed(kBefore, here, k);
    if (k == 2) add_typed(kBefore, joined, 9);
    if (here == 5) break;
  }
  joined = 3;
  for (std::uint32_t k = 0; k < 3; ++k) {
    const std::uint32_t here = right_.end + k < sentence.end ? word(right_.end + k) : 5;
    joined = mix(joined, here);
    add_typed(kAfter, here, k);
    if (k == 1) add_typed(kAfter, joined, 9);
    if (here == 5) break;
  }
  if (left_.end < sentence.end) add_typed(kAfter, word(left_.end), 20);
  if (right_.begin > sentence.begin) add_typed(kBefore, word(right_.begin - 1), 20);
}

void PairFeatures::add_name(const Argument& argument, std::uint32_t side) {
  for (std::uint32_t i = argument.tokens.begin; i < argument.tokens.end; ++i)
    add(kNameWord, lower_[i], side, number_of(argument.kind));
  if (argument.tokens.size() == 0) return;
  add(kNameLast, lower_[argument.tokens.end - 1], side);
  add(kNameFirst, lower_[argument.tokens.begin], side);
}

void PairFeatures::add_side(std::uint32_t number, std::uint32_t side) {
  const Doc& doc = reading_.doc;
  const Argument& it = reading_.arguments[number];
  const bool person = it.kind == ArgumentKind::kPerson;
  const bool name = it.form == ArgumentForm::kName || it.form == ArgumentForm::kValue;
  if (!name) add_typed(kPronoun, lemma_[it.head], side);
  if (!name && !person) add_typed(kHeadWord, lower_[it.head], side);
  if (name && !person && it.kind != ArgumentKind::kDate) add_name(it, side);
  if (it.kind == ArgumentKind::kDate) add_typed(kNameWord, it.tokens.size(), 77);
  for (const std::uint32_t child : doc.children(it.head))
    if (!it.tokens.contains(child)) add_typed(kChild, mix(word(child), dep_[child]), side);
  add_governor(it.head, side);
  const std::uint32_t first = first_conjunct(doc, it.head);
  if (first != it.head) add_governor(first, side + 2);
}

void PairFeatures::add_governor(std::uint32_t token, std::uint32_t side) {
  const Doc& doc = reading_.doc;
  const std::uint32_t head = doc[token].head;
  add_typed(kGovernor, mix(dep_[token], head == token ? 0 : lemma_[head]), side);
  add_typed(kGovernor, dep_[token], side + 10);
  const std::uint32_t over = doc[head].head;
  add_typed(kGovernor2, mix(mix(dep_[token], lemma_[head]), over == head ? 0 : lemma_[over]), side);
  if (const auto verb = governing_verb(doc, token))
    add_typed(kGovernor2, mix(lemma_[*verb], tag_[*verb]), side + 10);
}

void PairFeatures::add_path(std::uint32_t from, std::uint32_t to, std::uint32_t kind) {
  const TokenList up = ancestors(reading_.doc, from), down = ancestors(reading_.doc, to);
  std::size_t i = 0, j = down.size();
  for (; i < up.size(); ++i) {
    const auto met = std::ranges::find(down, up[i]);
    if (met == down.end()) continue;
    j = static_cast<std::size_t>(met - down.begin());
    break;
  }
  if (i == up.size()) {
    add_typed(kPathLength + kind, 99);
    return;
  }
  std::uint32_t labels = 5, words = 5, full = 5;
  if (kind == kCollapsed) inner_.clear();
  const auto visit = [&](std::uint32_t token, bool inner) {
    if (!inner) return;
    if (kind == kCollapsed) inner_.push_back(token);
    const std::uint32_t here = word(token) == lower_[token] ? lemma_[token] : word(token);
    words = mix(words, here);
    full = mix(full, here);
    add_typed(kPathWord + kind, here);
  };
  for (std::size_t k = 0; k < i; ++k) {
    visit(up[k], k > 0);
    labels = mix(labels, dep_[up[k]]);
    full = mix(full, dep_[up[k]] + 1);
  }
  visit(up[i], i > 0 && j > 0);
  add_typed(kTop + kind, lemma_[up[i]], tag_[up[i]]);
  labels = mix(labels, 11);
  full = mix(full, 11);
  for (std::size_t k = j; k > 0; --k) {
    labels = mix(labels, dep_[down[k - 1]]);
    full = mix(full, dep_[down[k - 1]] + 2);
    visit(down[k - 1], k > 1);
  }
  add_typed(kPathLength + kind, bucket(static_cast<std::uint32_t>(i + j)));
  if (i + j > 10) return;
  add_typed(kPathLabels + kind, labels);
  add_typed(kPathWords + kind, words);
  add_typed(kPathFull + kind, full);
}

// The rest of the sentence as a bag, by side; and where words of kin and office stand.
void PairFeatures::add_sentence() {
  const Doc& doc = reading_.doc;
  const TokenSpan sentence = doc.sentences()[doc[left_.begin].sentence];
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const std::uint32_t where = i < left_.begin ? 1 : i < right_.begin ? 2 : 3;
    if (kin_[i]) add_typed(kKinWhere, where, i >= left_.begin && i < right_.end ? lemma_[i] : 0);
    if (role_[i]) add_typed(kRoleWhere, where);
    if (doc[i].pos != "NOUN" && doc[i].pos != "VERB" && doc[i].pos != "ADJ") continue;
    if (word(i) != lower_[i]) continue;
    if (i < left_.begin) add(kLeftWord, lemma_[i], types_);
    if (i >= right_.end) add(kRightWord, lemma_[i], types_);
  }
}

// Words that go with relations: where they stand, and how the path runs over them.
void PairFeatures::add_triggers() {
  const Doc& doc = reading_.doc;
  const TokenSpan sentence = doc.sentences()[doc[left_.begin].sentence];
  std::uint32_t nearest = 0, distance = 99;
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const bool between = i >= left_.end && i < right_.begin;
    const bool inside = left_.contains(i) || right_.contains(i);
    const std::uint32_t where = inside ? 4 : i < left_.begin ? 1 : between ? 2 : 3;
    const std::uint32_t away = i < right_.begin ? right_.begin - i : i - right_.end + 1;
    for (const std::uint32_t name : classes_[i]) {
      add_typed(kTrigger, name, where);
      if (where == 2) add_typed(kTriggerNear, name, bucket(away));
      if (where == 3 && away <= 3) add_typed(kTriggerNear, name, 20 + away);
      if (where == 1 && left_.begin - i <= 3) add_typed(kTriggerNear, name, 30 + left_.begin - i);
      if (inside || away >= distance) continue;
      nearest = name;
      distance = away;
    }
  }
  add_typed(kTriggerNear, nearest, 50);
  std::uint32_t shape = 7;
  for (const std::uint32_t token : inner_) {
    const std::uint32_t here = classes_[token].empty() ? tag_[token] : classes_[token].front();
    shape = mix(mix(shape, here), dep_[token]);
    for (const std::uint32_t name : classes_[token]) add_typed(kTriggerPath, name, dep_[token]);
    for (const std::uint32_t child : doc.children(token))
      for (const std::uint32_t name : classes_[child]) add_typed(kTriggerPath, name, 5);
  }
  if (inner_.size() <= 6) add_typed(kTriggerShape, shape);
  for (const std::uint32_t side : {subject_, object_}) {
    const std::uint32_t head = first_conjunct(doc, reading_.arguments[side].head);
    std::uint32_t over = over_prepositions(doc, head);
    for (std::uint32_t depth = 0; depth < 3; ++depth) {
      for (const std::uint32_t name : classes_[over])
        add_typed(kTriggerGovernor, mix(name, depth), side == subject_ ? 1 : 2);
      over = over_prepositions(doc, over);
    }
  }
}

void PairFeatures::find_clusters(const neural::Matrix& clusters) {
  clusters_.resize(reading_.doc.size());
  if (clusters.cols() < 2) return;
  for (std::uint32_t i = 0; i < reading_.doc.size(); ++i) {
    const std::int32_t row = reading_.doc.vector_row(i);
    if (row < 0 || static_cast<std::size_t>(row) >= clusters.rows()) continue;
    if (!one_of(reading_.doc[i].pos, "NOUN|VERB|ADJ|ADV|PROPN")) continue;
    const auto numbers = clusters.row(static_cast<std::size_t>(row));
    for (std::size_t k = 0; k < 2; ++k)
      clusters_[i][k] =
          1 + static_cast<std::uint32_t>(numbers[k]) * 2 + static_cast<std::uint32_t>(k);
  }
}

void PairFeatures::add_cluster(std::uint32_t token, std::uint32_t where) {
  if (clusters_[token][0] == 0 || word(token) != lower_[token]) return;
  for (const std::uint32_t number : clusters_[token]) add_typed(kCluster, number, where);
}

// Words in their clusters, where they tell the most: between, on the path, over the two sides,
// beside them.
void PairFeatures::add_clusters() {
  const Doc& doc = reading_.doc;
  for (std::uint32_t i = left_.end; i < right_.begin && i < left_.end + 30; ++i) add_cluster(i, 1);
  for (const std::uint32_t token : inner_) add_cluster(token, 2);
  for (const std::uint32_t side : {subject_, object_}) {
    const std::uint32_t where = side == subject_ ? 3 : 5;
    const std::uint32_t head = reading_.arguments[side].head;
    const std::uint32_t over = over_prepositions(doc, first_conjunct(doc, head));
    add_cluster(over, where);
    if (const auto verb = governing_verb(doc, over); verb && *verb != over)
      add_cluster(*verb, where + 1);
    if (reading_.arguments[side].form == ArgumentForm::kNominal && clusters_[head][0] != 0)
      for (const std::uint32_t number : clusters_[head]) add_typed(kCluster, number, where + 10);
  }
  if (left_.begin > 0) add_cluster(left_.begin - 1, 7);
  if (right_.end < doc.size()) add_cluster(right_.end, 8);
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
    shape = mix(shape, token.pos == "NUM" ? 10 + token.span.size() : lower_[i] % 5 + 100);
    if (token.pos != "NUM") add_typed(kDateShape, lower_[i], 2);
  }
  add_typed(kDateShape, shape, 1);
  if (b.tokens.begin > 0) add_typed(kDateShape, lower_[b.tokens.begin - 1], 3);
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
      inside = mix(inside, word(i));
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
      if (lower_[i] == lower_[j] && reading_.doc[i].pos == "PROPN") ++shared;
  add_typed(kShared, bucket(shared));
  if (a.tokens.size() > 0 && b.tokens.size() > 0 &&
      lower_[a.tokens.end - 1] == lower_[b.tokens.end - 1])
    add_typed(kShared, 50);
  const bool nested = a.span.overlaps(b.span);
  if (nested) add_typed(kSame, 1);
}

}  // namespace dateline::relations
