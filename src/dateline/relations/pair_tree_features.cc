#include <algorithm>

#include "dateline/relations/feature_kinds.h"
#include "dateline/relations/pair_features.h"

// The part of PairFeatures that follows the tree: governors, the path between the two, the words on
// it.
namespace dateline::relations {
namespace {

TokenList ancestors(const Doc& doc, std::uint32_t token) {
  TokenList out = {token};
  while (doc[token].head != token && out.size() < 40) {
    token = doc[token].head;
    out.push_back(token);
  }
  return out;
}

}  // namespace

void PairFeatures::add_governor(std::uint32_t token, std::uint32_t side) {
  const Doc& doc = reading_.doc;
  const std::uint32_t head = doc[token].head;
  add_typed(kGovernor, mix(tokens_.dep[token], head == token ? 0 : tokens_.lemma[head]), side);
  add_typed(kGovernor, tokens_.dep[token], side + 10);
  const std::uint32_t over = doc[head].head;
  add_typed(
      kGovernor2,
      mix(mix(tokens_.dep[token], tokens_.lemma[head]), over == head ? 0 : tokens_.lemma[over]),
      side);
  if (const auto verb = governing_verb(doc, token))
    add_typed(kGovernor2, mix(tokens_.lemma[*verb], tokens_.tag[*verb]), side + 10);
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
    const std::uint32_t here =
        tokens_.word[token] == tokens_.lower[token] ? tokens_.lemma[token] : tokens_.word[token];
    words = mix(words, here);
    full = mix(full, here);
    add_typed(kPathWord + kind, here);
  };
  for (std::size_t k = 0; k < i; ++k) {
    visit(up[k], k > 0);
    labels = mix(labels, tokens_.dep[up[k]]);
    full = mix(full, tokens_.dep[up[k]] + 1);
  }
  visit(up[i], i > 0 && j > 0);
  add_typed(kTop + kind, tokens_.lemma[up[i]], tokens_.tag[up[i]]);
  labels = mix(labels, 11);
  full = mix(full, 11);
  for (std::size_t k = j; k > 0; --k) {
    labels = mix(labels, tokens_.dep[down[k - 1]]);
    full = mix(full, tokens_.dep[down[k - 1]] + 2);
    visit(down[k - 1], k > 1);
  }
  add_typed(kPathLength + kind, bucket(static_cast<std::uint32_t>(i + j)));
  if (i + j > 10) return;
  add_typed(kPathLabels + kind, labels);
  add_typed(kPathWords + kind, words);
  add_typed(kPathFull + kind, full);
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
    for (const std::uint32_t name : tokens_.classes[i]) {
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
  add_trigger_path();
  add_trigger_governors();
}

void PairFeatures::add_trigger_path() {
  const Doc& doc = reading_.doc;
  std::uint32_t shape = 7;
  for (const std::uint32_t token : inner_) {
    const std::uint32_t here =
        tokens_.classes[token].empty() ? tokens_.tag[token] : tokens_.classes[token].front();
    shape = mix(mix(shape, here), tokens_.dep[token]);
    for (const std::uint32_t name : tokens_.classes[token])
      add_typed(kTriggerPath, name, tokens_.dep[token]);
    for (const std::uint32_t child : doc.children(token))
      for (const std::uint32_t name : tokens_.classes[child]) add_typed(kTriggerPath, name, 5);
  }
  if (inner_.size() <= 6) add_typed(kTriggerShape, shape);
}

void PairFeatures::add_trigger_governors() {
  const Doc& doc = reading_.doc;
  for (const std::uint32_t side : {subject_, object_}) {
    const std::uint32_t head = first_conjunct(doc, reading_.arguments[side].head);
    std::uint32_t over = over_prepositions(doc, head);
    for (std::uint32_t depth = 0; depth < 3; ++depth) {
      for (const std::uint32_t name : tokens_.classes[over])
        add_typed(kTriggerGovernor, mix(name, depth), side == subject_ ? 1 : 2);
      over = over_prepositions(doc, over);
    }
  }
}

void PairFeatures::add_cluster(std::uint32_t token, std::uint32_t where) {
  if (tokens_.clusters[token][0] == 0 || tokens_.word[token] != tokens_.lower[token]) return;
  for (const std::uint32_t number : tokens_.clusters[token]) add_typed(kCluster, number, where);
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
    if (reading_.arguments[side].form == ArgumentForm::kNominal && tokens_.clusters[head][0] != 0)
      for (const std::uint32_t number : tokens_.clusters[head])
        add_typed(kCluster, number, where + 10);
  }
  if (left_.begin > 0) add_cluster(left_.begin - 1, 7);
  if (right_.end < doc.size()) add_cluster(right_.end, 8);
}

}  // namespace dateline::relations
