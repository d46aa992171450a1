#include "dateline/relations/relation_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "dateline/neural/kernels.h"
#include "dateline/neural/tensors.h"
#include "dateline/relations/pair_features.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr std::string_view kFormat = "dateline-relations/3";

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    out.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return out;
}

bool is_symmetric(std::string_view relation) { return relation == "spouse"; }

// Whether an object of that kind can stand there at all; of the rest the model decides.
bool can_be(std::string_view relation, const Argument& subject, const Argument& object) {
  const bool dated = relation.ends_with("_date");
  if (dated != (object.kind == ArgumentKind::kDate)) return false;
  if (relation == "nationality") return true;
  if (object.kind == ArgumentKind::kPeople) return relation == "political_affiliation";
  if (!object.entity && !dated && object.form != ArgumentForm::kValue) return false;
  return !is_symmetric(relation) || subject.span.begin < object.span.begin || !object.entity;
}

Status status_of_reading(const Reading& reading, std::string_view relation, const Argument& subject,
                         const Argument& object) {
  if (!one_of(relation,
              "spouse|employer_or_member|chief_executive|political_affiliation|"
              "residence|nationality|headquarters|subsidiary_of"))
    return Status::kUnknown;
  if (one_of(relation, "nationality|spouse|headquarters|subsidiary_of")) return Status::kCurrent;
  const std::uint32_t later = std::max(subject.head, object.head);
  return is_past(reading.doc, later) ? Status::kFormer : Status::kCurrent;
}

// Whether one of `findings` is of the same mentions.
bool is_found(const Reading& reading, const Findings& findings, const Finding& it) {
  const Arguments& all = reading.arguments;
  const auto tied = [&](const Finding& other, std::uint32_t a, std::uint32_t b) {
    return all[other.subject].span.overlaps(all[a].span) &&
           all[*other.object].span.overlaps(all[b].span);
  };
  return std::ranges::any_of(findings, [&](const Finding& other) {
    if (other.relation != it.relation) return false;
    if (!other.object)
      return all[other.subject].span.overlaps(all[it.subject].span) &&
             other.value_span.overlaps(all[*it.object].span);
    return tied(other, it.subject, *it.object) ||
           (is_symmetric(it.relation) && tied(other, *it.object, it.subject));
  });
}

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

Finding finding_of(const Reading& reading, const Pair& pair, std::string_view relation, float p) {
  const Argument& object = reading.arguments[pair.object];
  Finding finding;
  finding.relation = relation;
  finding.subject = pair.subject;
  finding.object = pair.object;
  finding.trigger = object.head;
  finding.status = status_of_reading(reading, relation, reading.arguments[pair.subject], object);
  finding.confidence = p;
  finding.learned = true;
  return finding;
}

// In text order, so the partners of an argument stand next to it.
std::vector<Pair> pairs_of(const Reading& reading, const PairFeatures& features) {
  std::vector<Pair> out;
  const auto arguments = reading.arguments.all();
  const auto count = static_cast<std::uint32_t>(arguments.size());
  for (std::uint32_t a = 0; a < count; ++a) {
    const std::uint32_t head = arguments[a].head;
    std::uint32_t first = a;
    while (first > 0 && arguments[first - 1].tokens.begin + 2 * PairFeatures::kReach >= head)
      --first;
    for (std::uint32_t b = first;
         b < count && arguments[b].tokens.begin <= head + PairFeatures::kReach; ++b)
      if (features.is_pair(a, b)) out.push_back({a, b});
  }
  return out;
}

// The numbers that the second look has of one pair and relation; as train/relations.py has them.
class Evidence {
 public:
  Evidence(std::span<const float> own, const neural::Matrix& rivals, std::size_t relation)
      : own_(own), rivals_(rivals), relation_(relation) {}

  std::vector<float> operator()(const Argument& subject, const Argument& object) {
    add_scores();
    add_forms(subject, object);
    for (const auto row : {own_, rivals_.row(3), rivals_.row(2), rivals_.row(6)})
      for (const float logit : row) out_.push_back(logit / 8);
    for (const auto row : {rivals_.row(3), rivals_.row(2), own_})
      for (const float logit : row) out_.push_back(sigmoid(logit));
    return std::move(out_);
  }

 private:
  void add_scores() {
    const float own = own_[relation_];
    out_.push_back(own / 4);
    for (std::size_t k = 0; k < Rivals::kKinds; ++k) out_.push_back(rival(k) / 4);
    out_.push_back(std::max(own, -4.0f) / 4);
    for (std::size_t k = 0; k < Rivals::kKinds; ++k) out_.push_back(own > rival(k) ? 0.25f : 0.0f);
    out_.push_back(sigmoid(own) / 4);
    for (std::size_t k = 0; k < Rivals::kKinds; ++k) out_.push_back(sigmoid(rival(k)) / 4);
  }

  void add_forms(const Argument& subject, const Argument& object) {
    const auto of = [](auto value) { return static_cast<std::size_t>(value); };
    const float same = sigmoid(rival(2)), own = sigmoid(own_[relation_]);
    for (const float value : {same, own})
      for (const std::size_t form : {of(subject.form), of(object.form)}) add_one(5, form, value);
    add_one(5, of(subject.form), 1);
    add_one(5, of(object.form), 1);
    add_one(6, of(subject.kind), 1);
    add_one(6, of(object.kind), 1);
  }

  void add_one(std::size_t size, std::size_t at, float value) {
    for (std::size_t i = 0; i < size; ++i) out_.push_back(i == at ? value : 0);
  }

  [[nodiscard]] float rival(std::size_t kind) const { return rivals_(kind, relation_); }

  std::span<const float> own_;
  const neural::Matrix& rivals_;
  std::size_t relation_;
  std::vector<float> out_;
};

// 3 * (1 + kinds of rivals) scores, forms and kinds, seven rows of relations.
std::size_t size_of_evidence(std::size_t relations) {
  return 3 * (1 + Rivals::kKinds) + 42 + 7 * relations;
}

// Whether the passage has one of the words without which the relation is not believed.
bool is_worded(const Reading& reading, std::string_view relation, std::uint32_t object) {
  const WordSet* needed = find(reading.words.needed, relation);
  if (needed == nullptr) return true;
  const std::uint32_t begin = reading.arguments[object].tokens.begin;
  if (begin > 0 && one_of(reading.doc[begin - 1].text, "–|-|—")) return true;
  return std::ranges::any_of(reading.doc.tokens(), [&](const Token& token) {
    return needed->contains(token.lemma) || needed->contains(token.lower);
  });
}

}  // namespace

// The pairs of a text with their probabilities, a column a relation; 0 where it cannot be.
struct RelationModel::Scores {
  std::vector<Pair> pairs;
  neural::Matrix probabilities;
};

Result<RelationModel> RelationModel::load(const std::string& folder) {
  const std::string path = folder + "/weights.safetensors";
  DATELINE_TRY(const neural::Tensors tensors, neural::load(path));
  if (tensors.metadata("format") != kFormat)
    return fail(ErrorCode::kUnsupported, fmt::format("{}: not of format {}", path, kFormat));
  DATELINE_TRY(const neural::Tensors clusters, neural::load(folder + "/clusters.safetensors"));
  RelationModel model;
  model.relations_ = split(tensors.metadata("relations"));
  const std::size_t count = model.relations_.size();
  DATELINE_TRY(model.weights_, tensors.matrix("weights"));
  DATELINE_TRY(model.bias_, tensors.vector("bias", count));
  DATELINE_TRY(model.second_, tensors.matrix("second", count, size_of_evidence(count)));
  DATELINE_TRY(model.second_bias_, tensors.vector("second_bias", count));
  DATELINE_TRY(model.thresholds_, tensors.vector("thresholds", count));
  DATELINE_TRY(model.clusters_, clusters.matrix("clusters"));
  const bool fits = count > 0 && model.weights_.cols() == count && model.weights_.rows() > 0;
  if (!fits) return fail(ErrorCode::kCorrupt, fmt::format("{}: shapes do not agree", path));
  return model;
}

void RelationModel::look_first(std::span<const std::uint32_t> features,
                               std::span<float> logits) const {
  // A feature counts once, as in training.
  std::vector<std::uint32_t> rows(features.begin(), features.end());
  for (std::uint32_t& row : rows) row %= static_cast<std::uint32_t>(weights_.rows());
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::ranges::copy(bias_, logits.begin());
  for (const std::uint32_t row : rows) {
    const auto weights = weights_.row(row);
    for (std::size_t i = 0; i < logits.size(); ++i) logits[i] += weights[i];
  }
}

float RelationModel::look_again(const Reading& reading, const Pair& pair, std::size_t relation,
                                std::span<const float> own, const neural::Matrix& rivals) const {
  constexpr float kHopeless = 0.004f;
  if (sigmoid(own[relation]) + sigmoid(rivals(2, relation)) <= kHopeless) return 0;
  Evidence evidence(own, rivals, relation);
  const auto numbers = evidence(reading.arguments[pair.subject], reading.arguments[pair.object]);
  return sigmoid(second_bias_[relation] + neural::dot(second_.row(relation), numbers));
}

RelationModel::Scores RelationModel::look(const Reading& reading, const Findings& findings) const {
  Scores out;
  PairFeatures features(reading, findings, clusters_);
  out.pairs = pairs_of(reading, features);
  const std::size_t count = relations_.size();
  neural::Matrix logits(out.pairs.size(), count);
  std::vector<std::uint8_t> possible(out.pairs.size() * count);
  for (std::size_t i = 0; i < out.pairs.size(); ++i) {
    const Pair& pair = out.pairs[i];
    look_first(features(pair.subject, pair.object), logits.row(i));
    for (std::size_t r = 0; r < count; ++r) {
      const bool can =
          can_be(relations_[r], reading.arguments[pair.subject], reading.arguments[pair.object]);
      logits(i, r) = can ? std::clamp(logits(i, r), Rivals::kNone, Rivals::kMost) : Rivals::kNone;
      possible[i * count + r] = can;
    }
  }
  const Rivals rivals(reading.arguments, out.pairs, logits);
  out.probabilities = neural::Matrix(out.pairs.size(), count);
  neural::Matrix around(Rivals::kKinds, count);
  for (std::size_t i = 0; i < out.pairs.size(); ++i) {
    const auto here = std::span(possible).subspan(i * count, count);
    if (std::ranges::find(here, 1) == here.end()) continue;
    rivals.look(i, around);
    for (std::size_t r = 0; r < count; ++r)
      if (possible[i * count + r] != 0)
        out.probabilities(i, r) = look_again(reading, out.pairs[i], r, logits.row(i), around);
  }
  return out;
}

// What a rule found keeps its state and its words; whether it is so at all, the model says.
void RelationModel::read_passage(const Reading& reading, Findings& findings) const {
  if (!is_passage(reading.doc) || reading.doc.context_width() == 0) return;
  const Findings by_rule = std::exchange(findings, {});
  const Scores scores = look(reading, by_rule);
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string_view>, float> of_pair;
  const auto decided = [&](std::uint32_t a, std::uint32_t b, std::string_view relation) {
    const auto at = of_pair.find({a, b, relation});
    return at == of_pair.end() ? -1.0f : at->second;
  };
  for (std::size_t i = 0; i < scores.pairs.size(); ++i)
    for (std::size_t r = 0; r < relations_.size(); ++r) {
      const Pair& pair = scores.pairs[i];
      if (!can_be(relations_[r], reading.arguments[pair.subject], reading.arguments[pair.object]))
        continue;
      const float p = scores.probabilities(i, r);
      of_pair[{pair.subject, pair.object, relations_[r]}] = p >= thresholds_[r] ? p : 0;
    }
  for (Finding finding : by_rule) {
    if (!finding.object || std::ranges::find(relations_, finding.relation) == relations_.end()) {
      findings.push_back(finding);
      continue;
    }
    float p = decided(finding.subject, *finding.object, finding.relation);
    if (p < 0 && is_symmetric(finding.relation))
      p = decided(*finding.object, finding.subject, finding.relation);
    // What a verb or "marriage" tells is said, however likely the pair seemed; of kin, only that.
    const bool told = one_of(finding.relation, "spouse|partner") &&
                      !reading.words.kin.contains(reading.doc[finding.trigger].lemma);
    if (p == 0 && !told) continue;
    if (p > 0) {
      finding.confidence = p;
      finding.decided = true;
    }
    findings.push_back(finding);
  }
  for (const auto& [key, p] : of_pair) {
    const auto& [a, b, relation] = key;
    if (p == 0 || !is_worded(reading, relation, b)) continue;
    Finding finding = finding_of(reading, {a, b}, relation, p);
    finding.decided = true;
    if (!is_found(reading, findings, finding)) findings.push_back(finding);
  }
}

}  // namespace dateline::relations
