// attributions_bench PACKAGE MODEL_FOLDER INPUT.jsonl [ROUNDS]
//
// Prints one line of JSON: CPU milliseconds for 600 words that the step attributions takes on one
// thread, rules and learned parts together, the best of some rounds over the `text` of every line;
// and the same without the learned parts.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/attributions/find_attributions.h"
#include "dateline/base/ascii.h"
#include "dateline/entities/find_entities.h"
#include "dateline/language/pipeline.h"
#include "dateline/times/find_times.h"
#include "measure.h"

namespace {

using dateline::attributions::AttributionModel;
using dateline::bench::count_words;
using dateline::bench::cpu_milliseconds;

struct Input {
  dateline::Article article;
  dateline::Doc doc;
  dateline::Entities entities;
};

double best_round(const std::vector<Input>& inputs, const AttributionModel* model, int rounds) {
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    double sum = 0;
    for (const Input& input : inputs) {
      dateline::Entities entities = input.entities;
      const double start = cpu_milliseconds();
      (void)dateline::attributions::find_attributions(input.article, input.doc, entities, model);
      sum += cpu_milliseconds() - start;
    }
    best = round == 0 ? sum : std::min(best, sum);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fputs("usage: attributions_bench PACKAGE MODEL_FOLDER INPUT.jsonl [ROUNDS]\n", stderr);
    return 2;
  }
  const int rounds = argc == 5 ? dateline::to_number(argv[4]).value_or(3) : 3;
  const auto pipeline = dateline::language::Pipeline::load(argv[1]);
  const auto model = AttributionModel::load(argv[2]);
  if (!pipeline || !model) {
    std::fprintf(stderr, "%s\n",
                 (pipeline ? model.error().message : pipeline.error().message).c_str());
    return 1;
  }
  dateline::language::Workspace workspace;
  const std::vector<std::string> texts =
      dateline::bench::read_texts(argv[3]);  // outlive the Docs that view them
  std::vector<Input> inputs;
  std::size_t words = 0;
  for (const std::string& text : texts) {
    Input input;
    input.article.text = text;
    input.doc = pipeline->annotate(text, workspace);
    const auto times = dateline::times::find_times(input.article, input.doc);
    input.entities = dateline::entities::find_entities(input.article, input.doc, times, nullptr);
    words += count_words(text);
    inputs.push_back(std::move(input));
  }
  const double share = 600.0 / static_cast<double>(std::max<std::size_t>(words, 1));
  const nlohmann::ordered_json report = {
      {"words", words},
      {"ms_per_600_words", best_round(inputs, &*model, rounds) * share},
      {"ms_per_600_words_by_rule", best_round(inputs, nullptr, rounds) * share}};
  std::puts(report.dump().c_str());
}
