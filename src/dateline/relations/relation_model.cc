#include "dateline/relations/relation_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dateline/relations/pair_features.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr std::string_view kFormat = "dateline-relations/2";

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

bool same_side(const Argument& one, const Argument& other, bool by_entity) {
  if (one.span.overlaps(other.span)) return true;
  return by_entity && one.entity && one.entity == other.entity;
}

// Whether a rule found it: of these mentions, or, `by_entity`, of any of the same entities.
bool is_found(const Reading& reading, const Findings& findings, const Finding& it, bool by_entity) {
  const Arguments& all = reading.arguments;
  const auto tied = [&](const Finding& other, std::uint32_t a, std::uint32_t b) {
    return same_side(all[other.subject], all[a], by_entity) &&
           same_side(all[*other.object], all[b], by_entity);
  };
  return std::ranges::any_of(findings, [&](const Finding& other) {
    if (other.relation != it.relation) return false;
    if (!other.object)
      return same_side(all[other.subject], all[it.subject], by_entity) &&
             other.value_span.overlaps(all[*it.object].span);
    return tied(other, it.subject, *it.object) ||
           (is_symmetric(it.relation) && tied(other, *it.object, it.subject));
  });
}

bool is_named(const Reading& reading, const Argument& argument) {
  if (argument.kind == ArgumentKind::kDate) return true;
  return argument.entity && reading.input.entities.entities[*argument.entity].named;
}

bool fits_kind(const Argument& argument, std::string_view kinds) {
  switch (argument.kind) {
    case ArgumentKind::kPerson:
      return one_of("person", kinds);
    case ArgumentKind::kOrg:
      return one_of("org", kinds);
    case ArgumentKind::kPlace:
      return one_of("place", kinds);
    case ArgumentKind::kPeople:
      return one_of("people", kinds);
    case ArgumentKind::kDate:
      return one_of("date", kinds);
    case ArgumentKind::kOther:
      return false;
  }
  return false;
}

// Strictly: the kinds that docs/record.md has for the sides.
bool are_right_kinds(std::string_view relation, const Argument& subject, const Argument& object) {
  const bool of_org =
      one_of(relation, "chief_executive|founder|headquarters|subsidiary_of|founded_date");
  if (!fits_kind(subject, of_org ? "org" : "person")) return false;
  if (one_of(relation, "spouse|child|chief_executive|founder")) return fits_kind(object, "person");
  if (one_of(relation, "birth_place|residence|headquarters")) return fits_kind(object, "place");
  if (relation == "nationality") return fits_kind(object, "place|people");
  return relation.ends_with("_date") ? fits_kind(object, "date") : fits_kind(object, "org");
}

// "wife", "married", "son" in the sentence.
bool has_word_of_kin(const Reading& reading, std::uint32_t token, std::string_view relation) {
  const TokenSpan sentence = reading.doc.sentences()[reading.doc[token].sentence];
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const auto* classes = find(reading.words.triggers, reading.doc[i].lemma);
    if (classes == nullptr) continue;
    for (const std::string_view name : *classes)
      if (relation == "spouse" ? name == "marry" : one_of(name, "child|parents|born")) return true;
  }
  return false;
}

bool is_safe_in_article(const Reading& reading, const Finding& finding) {
  const Argument& subject = reading.arguments[finding.subject];
  const Argument& object = reading.arguments[*finding.object];
  if (!is_named(reading, subject) || !is_named(reading, object)) return false;
  if (!are_right_kinds(finding.relation, subject, object)) return false;
  return !one_of(finding.relation, "spouse|child") ||
         has_word_of_kin(reading, subject.head, finding.relation);
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
  DATELINE_TRY(model.article_thresholds_, tensors.vector("article_thresholds", count));
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
  const bool article = !is_passage(reading.doc);
  const std::vector<float>& thresholds = article ? article_thresholds_ : thresholds_;
  PairFeatures features(reading, by_rule);
  const auto read_pair = [&](std::uint32_t a, std::uint32_t b) {
    if (!features.is_pair(a, b)) return;
    const std::vector<float> found = probabilities(features(a, b));
    const Argument &subject = reading.arguments[a], &object = reading.arguments[b];
    for (std::size_t r = 0; r < relations_.size(); ++r) {
      if (found[r] < thresholds[r] || !can_be(relations_[r], subject, object)) continue;
      Finding finding;
      finding.relation = relations_[r];
      finding.subject = a;
      finding.object = b;
      finding.trigger = object.head;
      finding.status = status_of_reading(reading, relations_[r], subject, object);
      finding.confidence = found[r];
      finding.learned = true;
      if (article && !is_safe_in_article(reading, finding)) continue;
      if (is_found(reading, by_rule, finding, article)) continue;
      findings.push_back(finding);
    }
  };
  // In text order, so the partners of an argument stand next to it.
  const auto arguments = reading.arguments.all();
  const auto count = static_cast<std::uint32_t>(arguments.size());
  for (std::uint32_t a = 0; a < count; ++a) {
    const std::uint32_t head = arguments[a].head;
    std::uint32_t first = a;
    while (first > 0 && arguments[first - 1].tokens.begin + 2 * PairFeatures::kReach >= head)
      --first;
    for (std::uint32_t b = first;
         b < count && arguments[b].tokens.begin <= head + PairFeatures::kReach; ++b)
      read_pair(a, b);
  }
}

}  // namespace dateline::relations
