#include "dateline/attributions/model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "dateline/attributions/features.h"
#include "dateline/neural/kernels.h"
#include "dateline/neural/layers.h"
#include "dateline/neural/tensors.h"

namespace dateline::attributions {

using neural::BiLstm;
using neural::Embedding;
using neural::Linear;
using neural::Matrix;

struct AttributionModel::Weights {
  Linear context, word, parent, cue, link_token, link_cue, role, valid;
  Embedding tag, dep, ent, state, lower, lemma, place, child;
  std::array<Embedding, 5> relation;  // up, down, level, distance, sentence
  Embedding link_state;
  BiLstm encoder, linker;
  Vocabulary vocabulary;
  Thresholds thresholds;
  Calibration model, quotation, bare, frame;
  double candidate = 0.15;  // cues less probable do not reach the linker

  [[nodiscard]] std::uint32_t buckets() const { return static_cast<std::uint32_t>(lower.size()); }
  [[nodiscard]] Matrix encode(const Doc& doc, const Passage& passage) const;
  [[nodiscard]] Matrix embed(const Doc& doc, const Passage& passage) const;
  [[nodiscard]] std::vector<std::pair<TokenSpan, double>> cues(const Matrix& states) const;
  [[nodiscard]] Candidate link(const Doc& doc, const Passage& passage, const Matrix& states,
                               const Matrix& tokens, std::pair<TokenSpan, double> cue) const;
};

namespace {

void add(std::span<const float> from, std::span<float> to) {
  for (std::size_t i = 0; i < to.size() && i < from.size(); ++i) to[i] += from[i];
}

void relu(Matrix& x) { neural::relu(std::span(x.data(), x.rows() * x.cols())); }

// Mean of some rows.
std::vector<float> mean(const Matrix& x, TokenSpan rows) {
  std::vector<float> sum(x.cols());
  for (std::uint32_t i = rows.begin; i < rows.end; ++i) add(x.row(i), sum);
  for (float& value : sum) value /= static_cast<float>(std::max(rows.size(), 1U));
  return sum;
}

// Sources stand in one piece: the run of most weight, runs a few tokens apart taken as one.
TokenSpan heaviest_run(const std::vector<std::pair<std::uint32_t, float>>& tokens) {
  TokenSpan best, run;
  float most = 0, weight = 0;
  for (const auto& [token, value] : tokens) {
    if (run.size() == 0 || token > run.end + 6) {
      run = {token, token};
      weight = 0;
    }
    run.end = token + 1;
    weight += value;
    if (weight > most) {
      most = weight;
      best = run;
    }
  }
  return best;
}

void collect(std::vector<TokenSpan>& spans, std::uint32_t token) {
  if (!spans.empty() && spans.back().end == token)
    spans.back().end = token + 1;
  else
    spans.push_back({token, token + 1});
}

std::uint32_t source_head_of(const Doc& doc, const std::vector<TokenSpan>& source) {
  for (const TokenSpan span : source) {
    const std::uint32_t head = head_of(doc, span);
    if (doc[head].pos != "PUNCT") return head;
  }
  return source.front().begin;
}

}  // namespace

// The sum of everything known of each token, then of its head.
Matrix AttributionModel::Weights::embed(const Doc& doc, const Passage& passage) const {
  const std::size_t width = context.outputs();
  Matrix x(passage.size(), width);
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    const std::span<float> row = x.row(i);
    context.add_to(doc.context(passage.tokens.begin + i), row);
    const std::span<const float> vector = doc.vector(passage.tokens.begin + i);
    if (vector.size() == word.inputs()) word.add_to(vector, row);
    add(tag(passage.tag[i]), row);
    add(dep(passage.dep[i]), row);
    add(ent(passage.ent[i]), row);
    add(state(passage.state[i]), row);
    add(lower(passage.lower[i]), row);
    add(lemma(passage.lemma[i]), row);
    add(place(passage.place), row);
  }
  for (std::uint32_t i = 0; i < passage.size(); ++i)
    if (passage.head[i] != i) add(child(passage.dep[i]), x.row(passage.head[i]));
  relu(x);
  return x;
}

Matrix AttributionModel::Weights::encode(const Doc& doc, const Passage& passage) const {
  Matrix x = embed(doc, passage);
  const Matrix up = parent(x);
  for (std::uint32_t i = 0; i < passage.size(); ++i) add(up.row(passage.head[i]), x.row(i));
  relu(x);
  return encoder(x);
}

std::vector<std::pair<TokenSpan, double>> AttributionModel::Weights::cues(
    const Matrix& states) const {
  Matrix scores = cue(states);
  for (std::size_t i = 0; i < scores.rows(); ++i) neural::softmax(scores.row(i));
  std::vector<std::pair<TokenSpan, double>> found;
  const auto rows = static_cast<std::uint32_t>(scores.rows());
  for (std::uint32_t i = 0; i < rows;) {
    const double begins = scores(i, 1);
    TokenSpan span{i, i + 1};
    ++i;
    if (begins < candidate) continue;
    while (i < rows && scores(i, 1) + scores(i, 2) > scores(i, 0)) ++i;
    span.end = i;
    found.emplace_back(span, begins);
  }
  return found;
}

Candidate AttributionModel::Weights::link(const Doc& doc, const Passage& passage,
                                          const Matrix& states, const Matrix& tokens,
                                          std::pair<TokenSpan, double> found) const {
  const auto [span, probability] = found;
  std::vector<float> of_cue(link_cue.outputs());
  link_cue.add_to(mean(states, span), of_cue);
  Matrix x = tokens;
  const std::vector<Relation> relations = relations_to(doc, passage, span);
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    const std::span<float> row = x.row(i);
    add(of_cue, row);
    for (std::size_t k = 0; k < relation.size(); ++k) add(relation[k](relations[i][k]), row);
    add(link_state(passage.state[i]), row);
  }
  relu(x);
  const Matrix linked = linker(x);
  std::vector<float> sure(1);
  valid.add_to(mean(linked, span), sure);
  Matrix roles = role(linked);

  Candidate candidate_found;
  candidate_found.origin = Origin::kModel;
  const std::uint32_t base = passage.tokens.begin;
  candidate_found.cue = {{base + span.begin, base + span.end}};
  candidate_found.score = (probability + 1.0 / (1.0 + std::exp(-double{sure[0]}))) / 2;
  std::vector<std::pair<std::uint32_t, float>> sources;
  double content_sum = 0;
  std::uint32_t contents = 0;
  for (std::uint32_t i = 0; i < passage.size(); ++i) {
    if (span.contains(i)) continue;
    const std::span<float> row = roles.row(i);
    neural::softmax(row);
    if (row[2] > row[0] && row[2] >= row[1]) {
      collect(candidate_found.content, base + i);
      content_sum += double{row[2]};
      ++contents;
    } else if (row[1] > row[0]) {
      sources.emplace_back(base + i, row[1]);
    }
  }
  if (contents > 0) candidate_found.score *= content_sum / contents;
  if (!sources.empty()) {
    candidate_found.source = without(doc, {heaviest_run(sources)}, candidate_found.cue.front());
    for (const TokenSpan part : candidate_found.content)
      candidate_found.source = without(doc, candidate_found.source, part);
  }
  if (!candidate_found.source.empty())
    candidate_found.source_head = source_head_of(doc, candidate_found.source);
  return candidate_found;
}

bool AttributionModel::can_read(const Doc& doc) const {
  return doc.size() > 0 && doc.context_width() == weights_->context.inputs() &&
         !doc.context(0).empty();
}

std::vector<Candidate> AttributionModel::find(const Doc& doc, TokenSpan span,
                                              std::span<const Quotation> marks,
                                              std::uint32_t place) const {
  const Passage passage =
      make_passage(doc, span, marks, place, weights_->vocabulary, weights_->buckets());
  const Matrix states = weights_->encode(doc, passage);
  const auto cues = weights_->cues(states);
  std::vector<Candidate> found;
  if (cues.empty()) return found;
  const Matrix tokens = weights_->link_token(states);
  for (const auto& cue : cues) {
    Candidate candidate = weights_->link(doc, passage, states, tokens, cue);
    if (!candidate.content.empty()) found.push_back(std::move(candidate));
  }
  return found;
}

const Thresholds& AttributionModel::thresholds() const { return weights_->thresholds; }

const Calibration& AttributionModel::calibration(Origin origin) const {
  switch (origin) {
    case Origin::kModel:
      return weights_->model;
    case Origin::kQuotation:
      return weights_->quotation;
    case Origin::kBare:
      return weights_->bare;
    case Origin::kFrame:
    case Origin::kAdverb:
      return weights_->frame;
  }
  return weights_->model;
}

double Calibration::operator()(double score) const {
  if (points.empty()) return std::clamp(score, 0.0, 1.0);
  if (score <= points.front().first) return points.front().second;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const auto [low, below] = points[i - 1];
    const auto [high, above] = points[i];
    if (score <= high) return below + (above - below) * (score - low) / (high - low);
  }
  return points.back().second;
}

AttributionModel::AttributionModel(std::unique_ptr<const Weights> weights)
    : weights_(std::move(weights)) {}
AttributionModel::AttributionModel(AttributionModel&&) noexcept = default;
AttributionModel& AttributionModel::operator=(AttributionModel&&) noexcept = default;
AttributionModel::~AttributionModel() = default;

namespace {

Result<nlohmann::json> read_json(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kNotFound, path + ": cannot be opened");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  auto json = nlohmann::json::parse(bytes.str(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return fail(ErrorCode::kCorrupt, path + ": is no JSON object");
  return json;
}

void read_labels(const nlohmann::json& json, const char* key,
                 std::map<std::string, std::uint32_t, std::less<>>& labels) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return;
  std::uint32_t number = 0;
  for (const auto& label : *found)
    if (++number; label.is_string()) labels.emplace(label.get<std::string>(), number);
}

double read_number(const nlohmann::json& json, const char* key, double fallback) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? found->get<double>() : fallback;
}

Calibration read_calibration(const nlohmann::json& json, const char* key) {
  Calibration calibration;
  const auto all = json.find("calibration");
  if (all == json.end() || !all->is_object()) return calibration;
  const auto found = all->find(key);
  if (found == all->end() || !found->is_array()) return calibration;
  for (const auto& point : *found)
    if (point.is_array() && point.size() == 2 && point[0].is_number() && point[1].is_number())
      calibration.points.emplace_back(point[0].get<double>(), point[1].get<double>());
  std::ranges::sort(calibration.points);
  auto& points = calibration.points;
  points.erase(std::unique(points.begin(), points.end(),
                           [](const auto& a, const auto& b) { return a.first == b.first; }),
               points.end());
  return calibration;
}

}  // namespace

Result<AttributionModel> AttributionModel::load(const std::string& folder) {
  DATELINE_TRY(const neural::Tensors t, neural::load(folder + "/weights.safetensors"));
  DATELINE_TRY(const nlohmann::json json, read_json(folder + "/model.json"));
  auto w = std::make_unique<Weights>();
  DATELINE_TRY(w->context, Linear::load(t, "context"));
  DATELINE_TRY(w->word, Linear::load(t, "word"));
  DATELINE_TRY(w->parent, Linear::load(t, "parent"));
  DATELINE_TRY(w->cue, Linear::load(t, "cue"));
  DATELINE_TRY(w->link_token, Linear::load(t, "link_token"));
  DATELINE_TRY(w->link_cue, Linear::load(t, "link_cue"));
  DATELINE_TRY(w->role, Linear::load(t, "role"));
  DATELINE_TRY(w->valid, Linear::load(t, "valid"));
  DATELINE_TRY(w->encoder, BiLstm::load(t, "encoder"));
  DATELINE_TRY(w->linker, BiLstm::load(t, "linker"));
  const std::pair<Embedding*, const char*> tables[] = {
      {&w->tag, "embed.tag"},        {&w->dep, "embed.dep"},     {&w->ent, "embed.ent"},
      {&w->state, "embed.state"},    {&w->lower, "embed.lower"}, {&w->lemma, "embed.lemma"},
      {&w->place, "embed.place"},    {&w->child, "child"},       {&w->relation[0], "up"},
      {&w->relation[1], "down"},     {&w->relation[2], "level"}, {&w->relation[3], "distance"},
      {&w->relation[4], "sentence"}, {&w->link_state, "state"}};
  for (const auto& [table, name] : tables) {
    DATELINE_TRY(*table, Embedding::load(t, name));
  }
  const bool fits =
      w->word.outputs() == w->context.outputs() && w->parent.inputs() == w->context.outputs() &&
      w->parent.outputs() == w->context.outputs() && w->cue.inputs() == w->encoder.width() &&
      w->cue.outputs() == 3 && w->link_token.inputs() == w->encoder.width() &&
      w->link_cue.inputs() == w->encoder.width() &&
      w->link_cue.outputs() == w->link_token.outputs() && w->role.inputs() == w->linker.width() &&
      w->role.outputs() == 3 && w->valid.inputs() == w->linker.width() && w->valid.outputs() == 1 &&
      w->lower.size() > 0 && w->lower.size() == w->lemma.size();
  if (!fits) return fail(ErrorCode::kCorrupt, folder + ": layers do not fit each other");
  read_labels(json, "tag", w->vocabulary.tag);
  read_labels(json, "dep", w->vocabulary.dep);
  read_labels(json, "ent", w->vocabulary.ent);
  w->candidate = read_number(json, "candidate", w->candidate);
  w->thresholds.keep = read_number(json, "keep", w->thresholds.keep);
  w->thresholds.quoted = read_number(json, "quoted", w->thresholds.quoted);
  w->thresholds.nested = read_number(json, "nested", w->thresholds.nested);
  w->thresholds.nested_rule = read_number(json, "nested_rule", w->thresholds.nested_rule);
  w->model = read_calibration(json, "model");
  w->quotation = read_calibration(json, "quotation");
  w->bare = read_calibration(json, "bare");
  w->frame = read_calibration(json, "frame");
  return AttributionModel(std::move(w));
}

}  // namespace dateline::attributions
