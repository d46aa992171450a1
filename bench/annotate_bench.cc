// annotate_bench MODEL INPUT.jsonl [--rounds N] [--batch N] [--dump FILE]
//
// Annotates the `text` of every line on one thread and prints one line of JSON: seconds of the
// model's load, of the first text, and of each round over all texts; words (between white space)
// and tokens; peak memory. --dump writes the token dump of the first round.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "dateline/base/ascii.h"
#include "dateline/language/kernels.h"
#include "dateline/language/pipeline.h"
#include "dateline/language/token_dump.h"
#include "measure.h"

namespace {

using Clock = std::chrono::steady_clock;
using dateline::bench::count_words;
using dateline::bench::cpu_time;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double memory_mb(const char* key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key))
      return std::strtod(line.c_str() + std::string(key).size(), nullptr) / 1024;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> places;
  int rounds = 3;
  std::size_t batch = 16;
  std::string dump;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--rounds" && i + 1 < argc) {
      rounds = dateline::to_number(argv[++i]).value_or(rounds);
    } else if (argument == "--batch" && i + 1 < argc) {
      batch = dateline::to_number<std::size_t>(argv[++i]).value_or(batch);
    } else if (argument == "--dump" && i + 1 < argc) {
      dump = argv[++i];
    } else {
      places.emplace_back(argument);
    }
  }
  if (places.size() != 2 || batch == 0) {
    std::fputs("usage: annotate_bench MODEL INPUT.jsonl [--rounds N] [--batch N] [--dump FILE]\n",
               stderr);
    return 2;
  }
  std::vector<std::string> ids, texts;
  std::ifstream input(places[1]);
  std::size_t words = 0;
  for (std::string line; std::getline(input, line);) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("text")) continue;
    ids.push_back(row.value("id", std::string()));
    texts.push_back(row["text"].get<std::string>());
    words += count_words(texts.back());
  }
  std::vector<std::string_view> views(texts.begin(), texts.end());
  const double memory_before = memory_mb("VmRSS:");

  auto start = Clock::now();
  double cpu_start = cpu_time();
  const auto pipeline = dateline::language::Pipeline::load(places[0]);
  if (!pipeline) {
    std::fprintf(stderr, "%s\n", pipeline.error().message.c_str());
    return 1;
  }
  nlohmann::ordered_json report;
  report["load_seconds"] = seconds_since(start);
  report["load_cpu_seconds"] = cpu_time() - cpu_start;
  report["memory_loaded_mb"] = memory_mb("VmRSS:") - memory_before;
  dateline::language::Workspace workspace;
  start = Clock::now();
  if (!views.empty()) (void)pipeline->annotate(views[0], workspace);
  report["first_text_seconds"] = seconds_since(start);

  std::size_t tokens = 0;
  std::ofstream dumped;
  if (!dump.empty()) dumped.open(dump);
  for (int round = 0; round < rounds; ++round) {
    tokens = 0;
    double seconds = 0, cpu_seconds = 0;
    for (std::size_t i = 0; i < views.size(); i += batch) {
      start = Clock::now();
      cpu_start = cpu_time();
      const auto docs = pipeline->annotate(
          std::span(views).subspan(i, std::min(batch, views.size() - i)), workspace);
      seconds += seconds_since(start);
      cpu_seconds += cpu_time() - cpu_start;
      for (std::size_t d = 0; d < docs.size(); ++d) {
        tokens += docs[d].size();
        if (round == 0 && dumped.is_open()) {
          dumped << dateline::language::write_token_dump(ids[i + d], docs[d]) << '\n';
        }
      }
    }
    report["seconds"].push_back(seconds);
    report["cpu_seconds"].push_back(cpu_seconds);
  }
  report["words"] = words;
  report["tokens"] = tokens;
  report["memory_before_mb"] = memory_before;
  report["memory_peak_mb"] = memory_mb("VmHWM:");
  report["kernels"] = dateline::language::kernel_target();
  std::puts(report.dump().c_str());
}
