// Stand-in until the verbs are wired: JSON Lines + a token dump in, records out.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "dateline/language/token_dump.h"
#include "dateline/reader/reader.h"
#include "dateline/record/write_json.h"

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::ifstream input(argv[1]), dump(argv[2]);
  std::string line, tokens;
  while (std::getline(input, line) && std::getline(dump, tokens)) {
    const auto json = nlohmann::json::parse(line);
    dateline::Article article;
    article.id = json.value("id", "");
    article.text = json.value("text", "");
    if (json.contains("title") && json["title"].is_string()) article.title = json["title"];
    if (json.contains("published") && json["published"].is_string()) {
      auto when = dateline::parse_time_point(json["published"].get<std::string>());
      if (when) article.published = *when, article.published_basis = dateline::DateBasis::kGiven;
    }
    auto read = dateline::language::read_token_dump(tokens, article.text);
    if (!read) {
      std::cerr << read.error().message << "\n";
      return 1;
    }
    std::cout << dateline::record::write_json(dateline::read(article, std::move(read->doc))) << "\n";
  }
}
