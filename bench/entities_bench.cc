// entities_bench PACKAGE MODEL_FOLDER INPUT.jsonl [ROUNDS]
//
// Prints one line of JSON: CPU milliseconds for 600 words that the step entities takes on one
// thread, the best of some rounds over the `text` of every line; and whether it is linear in an
// article's length: the same for articles of about 5,000 and 20,000 words, made of those texts one
// after the other, and the ratio of the two. Exit status 1 when a limit is passed.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/entities/find_entities.h"
#include "dateline/language/pipeline.h"
#include "dateline/times/find_times.h"
#include "measure.h"

namespace {

using dateline::bench::count_words;
using dateline::bench::cpu_milliseconds;
using dateline::entities::CorefModel;

constexpr double kMostMilliseconds = 2.0;  // for 600 words
constexpr double kMostGrowth = 1.5;        // a word of a long article against one of a shorter

class Bench {
 public:
  Bench(const dateline::language::Pipeline& pipeline, const CorefModel& model, int rounds)
      : pipeline_(pipeline), model_(model), rounds_(rounds) {}

  // CPU milliseconds for 600 words of these articles.
  double measure(const std::vector<std::string>& texts) {
    double sum = 0;
    std::size_t words = 0;
    for (const std::string& text : texts) {
      dateline::Article article;
      article.text = text;
      const dateline::Doc doc = pipeline_.annotate(text, workspace_);
      const auto times = dateline::times::find_times(article, doc);
      double best = 0;
      for (int round = 0; round < rounds_; ++round) {
        const double start = cpu_milliseconds();
        (void)dateline::entities::find_entities(article, doc, times, &model_);
        const double took = cpu_milliseconds() - start;
        best = round == 0 ? took : std::min(best, took);
      }
      sum += best;
      words += count_words(text);
    }
    return sum * 600.0 / static_cast<double>(std::max<std::size_t>(words, 1));
  }

 private:
  const dateline::language::Pipeline& pipeline_;
  const CorefModel& model_;
  dateline::language::Workspace workspace_;
  int rounds_;
};

// The first `articles` articles of `words` words or more, of whole texts; fewer if the texts end.
std::vector<std::string> make_long(const std::vector<std::string>& texts, std::size_t words,
                                   std::size_t articles) {
  std::vector<std::string> made;
  std::string article;
  std::size_t count = 0;
  for (const std::string& text : texts) {
    article += text;
    article += "\n\n";
    count += count_words(text);
    if (count < words) continue;
    made.push_back(std::move(article));
    article.clear();
    count = 0;
    if (made.size() == articles) break;
  }
  if (made.empty()) made.push_back(std::move(article));
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) {
    std::fputs("usage: entities_bench PACKAGE MODEL_FOLDER INPUT.jsonl [ROUNDS]\n", stderr);
    return 2;
  }
  const auto pipeline = dateline::language::Pipeline::load(argv[1]);
  const auto model = CorefModel::load(argv[2]);
  if (!pipeline || !model) {
    std::fprintf(stderr, "%s\n",
                 (pipeline ? model.error().message : pipeline.error().message).c_str());
    return 1;
  }
  const std::vector<std::string> texts = dateline::bench::read_texts(argv[3]);
  Bench bench(*pipeline, *model, argc == 5 ? dateline::to_number(argv[4]).value_or(3) : 3);
  const double plain = bench.measure(texts);
  const double middle = bench.measure(make_long(texts, 5000, 4));  // the same words as the long one
  const double longest = bench.measure(make_long(texts, 20000, 1));
  const double growth = longest / std::max(middle, 1e-9);
  const bool pass = plain <= kMostMilliseconds && growth <= kMostGrowth;
  const nlohmann::ordered_json report = {{"ms_per_600_words", plain},
                                         {"limit_ms", kMostMilliseconds},
                                         {"ms_per_600_words_of_5000", middle},
                                         {"ms_per_600_words_of_20000", longest},
                                         {"growth", growth},
                                         {"limit_growth", kMostGrowth},
                                         {"pass", pass}};
  std::puts(report.dump().c_str());
  return pass ? 0 : 1;
}
