#include "dateline/attributions/model.h"

#include <algorithm>
#include <deque>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "dateline/attributions/features.h"
#include "dateline/neural/tensors.h"

namespace dateline::attributions {

struct AttributionModel::Weights {
  Network network;
  Vocabulary vocabulary;
  Thresholds thresholds;
  Calibration model, quotation, bare, frame;
  double candidate = 0.15;  // cues less probable do not reach the linker
};

namespace {

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
    const std::uint32_t head = doc.head_of(span);
    if (doc[head].pos != "PUNCT") return head;
  }
  return source.front().begin;
}

// Tokens before and after a cue where its source and content are looked for, which keeps the cost
// of a text without line ends linear.
constexpr std::uint32_t kReach = 256;

// What the linker gives to a cue.
Candidate candidate_of(const Doc& doc, const Cue& found, const Link& link) {
  const TokenSpan part = found.part->tokens;
  const TokenSpan cue{part.begin + found.span.begin, part.begin + found.span.end};
  Candidate candidate;
  candidate.origin = Origin::kModel;
  candidate.cue = {cue};
  candidate.score = (found.probability + link.valid) / 2;
  std::vector<std::pair<std::uint32_t, float>> sources;
  double content_sum = 0;
  std::uint32_t contents = 0;
  for (std::uint32_t i = 0; i < part.size(); ++i) {
    const std::uint32_t token = part.begin + i;
    if (cue.contains(token)) continue;
    const std::span<const float> row = link.roles.row(i);
    if (row[2] > row[0] && row[2] >= row[1]) {
      collect(candidate.content, token);
      content_sum += double{row[2]};
      ++contents;
    } else if (row[1] > row[0]) {
      sources.emplace_back(token, row[1]);
    }
  }
  if (contents > 0) candidate.score *= content_sum / contents;
  if (!sources.empty()) {
    candidate.source = without(doc, {heaviest_run(sources)}, candidate.cue.front());
    for (const TokenSpan span : candidate.content)
      candidate.source = without(doc, candidate.source, span);
  }
  if (!candidate.source.empty()) candidate.source_head = source_head_of(doc, candidate.source);
  return candidate;
}

}  // namespace

bool AttributionModel::can_read(const Doc& doc) const {
  return doc.size() > 0 && doc.context_width() == weights_->network.context_width() &&
         !doc.context(0).empty();
}

Reading AttributionModel::read(const Doc& doc, std::span<const Quotation> marks) const {
  const Network& network = weights_->network;
  std::vector<Passage> passages;
  std::uint32_t number = 0;
  for (const TokenSpan span : line_spans(doc))
    passages.push_back(make_passage(doc, span, marks, std::min(number++, 2U), weights_->vocabulary,
                                    network.buckets()));
  return network.read(doc, std::move(passages));
}

std::vector<Candidate> AttributionModel::link(const Doc& doc, const Reading& reading,
                                              const std::vector<Cue>& cues, Depth depth) const {
  std::vector<Candidate> found;
  const std::vector<Link> links = weights_->network.link(doc, reading, cues, depth);
  for (std::size_t i = 0; i < links.size(); ++i) {
    Candidate candidate = candidate_of(doc, cues[i], links[i]);
    if (!candidate.content.empty()) found.push_back(std::move(candidate));
  }
  return found;
}

std::vector<Candidate> AttributionModel::find(const Doc& doc, const Reading& reading,
                                              std::span<const Quotation> marks) const {
  std::vector<Cue> cues;
  std::deque<Passage> parts;  // of lines too long to be read as a whole
  for (const Line& line : reading.lines) {
    const std::uint32_t size = line.passage.size(), begin = line.passage.tokens.begin;
    for (const auto& [rows, probability] : weights_->network.cues(
             reading, {line.first, line.first + size}, Depth::kOuter, weights_->candidate)) {
      const TokenSpan cue{rows.begin - line.first, rows.end - line.first};
      const TokenSpan near{cue.begin - std::min(cue.begin, kReach),
                           std::min(size, cue.end + kReach)};
      const Passage* part = &line.passage;
      if (near.size() < size)
        part = &parts.emplace_back(
            part_of(doc, line.passage, {begin + near.begin, begin + near.end}, marks));
      cues.push_back({part,
                      line.first + near.begin,
                      {cue.begin - near.begin, cue.end - near.begin},
                      probability});
    }
  }
  return link(doc, reading, cues, Depth::kOuter);
}

std::vector<Candidate> AttributionModel::find_within(const Doc& doc, const Reading& reading,
                                                     const std::vector<Part>& parts) const {
  std::vector<Cue> cues;
  std::deque<Passage> passages;
  for (const Part& part : parts) {
    const Line& line = reading.lines[part.line];
    const std::uint32_t first = line.first + part.tokens.begin - line.passage.tokens.begin;
    const auto found = weights_->network.cues(reading, {first, first + part.tokens.size()},
                                              Depth::kInner, weights_->candidate);
    if (found.empty()) continue;
    const Passage* passage =
        &passages.emplace_back(part_of(doc, line.passage, part.tokens, part.marks));
    for (const auto& [rows, probability] : found)
      cues.push_back({passage, first, {rows.begin - first, rows.end - first}, probability});
  }
  return link(doc, reading, cues, Depth::kInner);
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

void read_labels(const nlohmann::json& json, const char* key, Labels& labels) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return;
  std::uint32_t number = 0;
  for (const auto& label : *found)
    if (++number; label.is_string()) labels.add(label.get<std::string>(), number);
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
  auto network = Network::load(t);
  if (!network) return fail(ErrorCode::kCorrupt, folder + ": " + network.error().message);
  w->network = *std::move(network);
  read_labels(json, "tag", w->vocabulary.tag);
  read_labels(json, "dep", w->vocabulary.dep);
  read_labels(json, "ent", w->vocabulary.ent);
  w->candidate = read_number(json, "candidate", w->candidate);
  w->thresholds.keep = read_number(json, "keep", w->thresholds.keep);
  w->thresholds.unsourced = read_number(json, "unsourced", w->thresholds.unsourced);
  w->thresholds.quoted = read_number(json, "quoted", w->thresholds.quoted);
  w->thresholds.nested = read_number(json, "nested", w->thresholds.nested);
  w->thresholds.nested_alone = read_number(json, "nested_alone", w->thresholds.nested);
  w->model = read_calibration(json, "model");
  w->quotation = read_calibration(json, "quotation");
  w->bare = read_calibration(json, "bare");
  w->frame = read_calibration(json, "frame");
  return AttributionModel(std::move(w));
}

}  // namespace dateline::attributions
