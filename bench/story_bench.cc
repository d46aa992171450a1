// story_bench INPUT.jsonl PACKAGE MODELS [ROUNDS]
//
// What events, relations and timeline cost with their learned parts (MODELS) over the annotations
// of a spaCy package, after the passes before them have run once. Prints one line of JSON:
// articles, words, lines found, and milliseconds of one core for 600 words, each pass and together.
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/language/pipeline.h"
#include "dateline/reader/models.h"
#include "dateline/reader/reader.h"
#include "dateline/relations/find_relations.h"
#include "dateline/timeline/make_timeline.h"
#include "measure.h"

namespace {

using dateline::bench::count_words;
using dateline::bench::cpu_time;

struct Cost {
  double events = 0, relations = 0, timeline = 0;
  std::size_t lines = 0;
};

void measure(const dateline::Record& record, const dateline::Doc& doc,
             const dateline::Models& models, int rounds, Cost& cost) {
  const dateline::relations::RelationModel* model = models.relations ? &*models.relations : nullptr;
  const dateline::events::EventInput input{record.article, doc, record.times, record.entities,
                                           record.attributions};
  for (int round = 0; round < rounds; ++round) {
    const double start = cpu_time();
    const auto events = dateline::events::find_events(input);
    const double found = cpu_time();
    const auto relations = dateline::relations::find_relations(input, events, model);
    const double tied = cpu_time();
    cost.lines += dateline::timeline::make_timeline(input, events, relations).size();
    cost.events += found - start;
    cost.relations += tied - found;
    cost.timeline += cpu_time() - tied;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  std::ifstream input(argv[1]);
  const auto pipeline = dateline::language::Pipeline::load(argv[2]);
  const auto models = dateline::Models::load(argv[3]);
  if (!pipeline || !models) return 1;
  const int rounds = argc > 4 ? dateline::to_number(std::string_view(argv[4])).value_or(10) : 10;
  dateline::language::Workspace workspace;
  std::size_t articles = 0, words = 0;
  Cost cost;
  for (std::string line; std::getline(input, line);) {
    const auto json = nlohmann::json::parse(line);
    dateline::Article article;
    article.text = json.value("text", "");
    if (json.contains("published") && json["published"].is_string())
      if (auto day = dateline::parse_time_point(json["published"].get<std::string>()))
        article.published = *day;
    const dateline::Doc doc = pipeline->annotate(article.text, workspace);
    const dateline::Record record =
        dateline::read(article, pipeline->annotate(article.text, workspace), *models);
    ++articles;
    words += count_words(article.text);
    measure(record, doc, *models, rounds, cost);
  }
  const double scale = 1000.0 * 600 / static_cast<double>(words ? words : 1) / rounds;
  std::printf(
      "{\"articles\": %zu, \"words\": %zu, \"lines\": %zu, \"events_ms\": %.3f, "
      "\"relations_ms\": %.3f, \"timeline_ms\": %.3f, \"together_ms\": %.3f}\n",
      articles, words, cost.lines / static_cast<std::size_t>(rounds ? rounds : 1),
      cost.events * scale, cost.relations * scale, cost.timeline * scale,
      (cost.events + cost.relations + cost.timeline) * scale);
}
