#pragma once
// AttributionModel: the learned tagger and linker. A network over a line finds cues; for each cue
// it says of every token of the line whether it is source or content, and whether the cue is one at
// all (network.h). Trained by train/attributions.py; models/attributions/card.md has its figures.
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dateline/attributions/candidate.h"
#include "dateline/attributions/network.h"
#include "dateline/attributions/quotation.h"
#include "dateline/base/result.h"
#include "dateline/language/doc.h"

namespace dateline::attributions {

// Numbers of the model folder that the joining needs; see model.json there.
struct Thresholds {
  double keep = 0.4;          // of what the tagger and linker find by themselves
  double unsourced = 0.4;     // of these without a source
  double quoted = 0.3;        // where a rule found the same quotation
  double nested = 0.5;        // inside the content of another, where a rule reads the same cue
  double nested_alone = 0.5;  // where none does
};

// Scores and the share of right ones below each: (0.1, 0.07), (0.2, 0.16) … in order of scores.
struct Calibration {
  std::vector<std::pair<double, double>> points;
  // Linear between the points, flat outside; the score itself when there are no points.
  [[nodiscard]] double operator()(double score) const;
};

// A content, or what of it stands in one line, to find attributions within.
struct Part {
  std::size_t line = 0;  // of the reading
  TokenSpan tokens;
  std::vector<Quotation> marks;  // those of the content taken by itself
};

// Immutable once loaded; const calls are thread-safe.
class AttributionModel {
 public:
  // `folder` has weights.safetensors and model.json. kNotFound, kCorrupt.
  static Result<AttributionModel> load(const std::string& folder);
  AttributionModel(AttributionModel&&) noexcept;
  AttributionModel& operator=(AttributionModel&&) noexcept;
  ~AttributionModel();

  // Whether `doc` has what the model reads (context vectors of its width).
  [[nodiscard]] bool can_read(const Doc& doc) const;
  // Every line of the text, to find in. REQUIRES can_read(doc).
  [[nodiscard]] Reading read(const Doc& doc, std::span<const Quotation> marks) const;
  // What stands in the lines; `marks` are those of the text.
  [[nodiscard]] std::vector<Candidate> find(const Doc& doc, const Reading& reading,
                                            std::span<const Quotation> marks) const;
  // What is attributed within contents.
  [[nodiscard]] std::vector<Candidate> find_within(const Doc& doc, const Reading& reading,
                                                   const std::vector<Part>& parts) const;

  [[nodiscard]] const Thresholds& thresholds() const;
  // By origin of the candidate.
  [[nodiscard]] const Calibration& calibration(Origin origin) const;

 private:
  struct Weights;
  explicit AttributionModel(std::unique_ptr<const Weights> weights);
  [[nodiscard]] std::vector<Candidate> link(const Doc& doc, const Reading& reading,
                                            const std::vector<Cue>& cues, Depth depth) const;
  std::unique_ptr<const Weights> weights_;
};

}  // namespace dateline::attributions
