#pragma once
// What the benchmarks share: time that other programs do not take part in, and the words it was
// for.
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/ascii.h"

namespace dateline::bench {

// CPU seconds of this thread.
inline double cpu_time() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
inline double cpu_milliseconds() { return 1e3 * cpu_time(); }

// Runs of bytes between white space.
inline std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    words += !is_space(text[i]) && (i == 0 || is_space(text[i - 1])) ? 1U : 0U;
  return words;
}

// `text` of every line of a JSON Lines file.
inline std::vector<std::string> read_texts(const char* path) {
  std::vector<std::string> texts;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    texts.push_back(nlohmann::json::parse(line).value("text", ""));
  return texts;
}

}  // namespace dateline::bench
