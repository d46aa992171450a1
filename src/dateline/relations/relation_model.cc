#include "dateline/relations/relation_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dateline/relations/pair_features.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr std::string_view kFormat = "dateline-relations/1";
// A rule's finding is believed where the model, too, finds it this likely (of the threshold).
constexpr float kBesideRule = 0.25f;

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

bool is_symmetric(std::string_view relation) {
  return relation == "spouse" || relation == "sibling";
}

// Whether an object of that kind can stand there at all; of the rest the model decides.
bool can_be(std::string_view relation, const Argument& subject, const Argument& object) {
  const bool dated = relation.ends_with("_date");
  if (dated != (object.kind == ArgumentKind::kDate)) return false;
  if (relation == "nationality") return true;
  if (object.kind == ArgumentKind::kPeople) return relation == "political_affiliation";
  if (!object.entity && !dated && object.form != ArgumentForm::kValue) return false;
  return !is_symmetric(relation) || subject.span.begin < object.span.begin;
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

bool same_sides(const Finding& finding, std::uint32_t a, std::uint32_t b, bool symmetric) {
  if (!finding.object) return false;
  if (finding.subject == a && *finding.object == b) return true;
  return symmetric && finding.subject == b && *finding.object == a;
}

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

}  // namespace

Result<RelationModel> RelationModel::load(const std::string& folder) {
  const std::string path = folder + "/weights.safetensors";
  DATELINE_TRY(const neural::Tensors tensors, neural::load(path));
  if (tensors.metadata("format") != kFormat)
    return fail(ErrorCode::kUnsupported, fmt::format("{}: not of format {}", path, kFormat));
  RelationModel model;
  model.relations_ = split(tensors.metadata("relations"));
  const std::size_t count = model.relations_.size();
  DATELINE_TRY(model.weights_, tensors.matrix("weights"));
  DATELINE_TRY(model.bias_, tensors.vector("bias", count));
  DATELINE_TRY(model.thresholds_, tensors.vector("thresholds", count));
  DATELINE_TRY(model.slope_, tensors.vector("slope", count));
  DATELINE_TRY(model.offset_, tensors.vector("offset", count));
  const bool fits = count > 0 && model.weights_.cols() == count && model.weights_.rows() > 0;
  if (!fits) return fail(ErrorCode::kCorrupt, fmt::format("{}: shapes do not agree", path));
  return model;
}

std::vector<float> RelationModel::probabilities(std::span<const std::uint32_t> features) const {
  // A feature counts once, as in training.
  std::vector<std::uint32_t> rows(features.begin(), features.end());
  for (std::uint32_t& row : rows) row %= static_cast<std::uint32_t>(weights_.rows());
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<float> logits = bias_;
  for (const std::uint32_t row : rows) {
    const auto weights = weights_.row(row);
    for (std::size_t i = 0; i < logits.size(); ++i) logits[i] += weights[i];
  }
  for (std::size_t i = 0; i < logits.size(); ++i)
    logits[i] = sigmoid(slope_[i] * logits[i] + offset_[i]);
  return logits;
}

void RelationModel::read(const Reading& reading, std::vector<Finding>& findings) const {
  const std::vector<Finding> by_rule = findings;
  PairFeatures features(reading, by_rule);
  const auto arguments = reading.arguments.all();
  std::vector<bool> doubted(by_rule.size());
  for (std::uint32_t a = 0; a < arguments.size(); ++a) {
    for (const std::uint32_t b :
         reading.arguments.of_sentence(reading.doc[arguments[a].head].sentence)) {
      if (!features.is_pair(a, b)) continue;
      const std::vector<float> found = probabilities(features(a, b));
      for (std::size_t r = 0; r < relations_.size(); ++r) {
        if (!can_be(relations_[r], arguments[a], arguments[b])) continue;
        bool ruled = false;
        for (std::size_t i = 0; i < by_rule.size(); ++i) {
          if (by_rule[i].relation != relations_[r] ||
              !same_sides(by_rule[i], a, b, is_symmetric(relations_[r])))
            continue;
          ruled = true;
          findings[i].confidence = found[r];
          if (found[r] < thresholds_[r] * kBesideRule) doubted[i] = true;
        }
        if (ruled || found[r] < thresholds_[r]) continue;
        Finding finding;
        finding.relation = relations_[r];
        finding.subject = a;
        finding.object = b;
        finding.trigger = arguments[b].head;
        finding.status = status_of_reading(reading, relations_[r], arguments[a], arguments[b]);
        finding.confidence = found[r];
        findings.push_back(finding);
      }
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (i >= doubted.size() || !doubted[i]) findings[kept++] = std::move(findings[i]);
  findings.resize(kept);
}

}  // namespace dateline::relations
