// pages_bench INPUT.jsonl [ROUNDS]
//
// Prints one line of JSON: CPU milliseconds on one thread for all pages (`html` of every line,
// UTF-8), the best of some rounds: the HTML step (parse, meta, container, text), our tree alone,
// and the parser (lexbor) alone; and the count and bytes of the pages.
#include <lexbor/html/html.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "dateline/article/html_tree.h"
#include "dateline/article/read_html.h"
#include "dateline/base/ascii.h"
#include "measure.h"

namespace {

using dateline::bench::cpu_milliseconds;

struct Page {
  std::string html, uri;
};

template <class Step>
double one_round(const std::vector<Page>& pages, Step step) {
  const double start = cpu_milliseconds();
  for (const Page& page : pages) step(page);
  return cpu_milliseconds() - start;
}

void read_page(const Page& page) {
  dateline::article::TextOptions options;
  options.uri = page.uri;
  dateline::article::Warnings warnings;
  static_cast<void>(dateline::article::read_html(page.html, options, "page", warnings));
}

void build_tree(const Page& page) {
  static_cast<void>(dateline::article::HtmlTree::parse(page.html));
}

// A parser kept over the pages, which is the parser at its best.
void parse_alone(lxb_html_parser_t* parser, const Page& page) {
  lxb_html_document_t* document = lxb_html_parse(
      parser, reinterpret_cast<const lxb_char_t*>(page.html.data()), page.html.size());
  if (document != nullptr) lxb_html_document_destroy(document);
}

std::vector<Page> load(const char* path) {
  std::vector<Page> pages;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (row.is_object() && row.contains("html"))
      pages.push_back({row["html"].get<std::string>(), row.value("uri", "")});
  }
  return pages;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::fputs("usage: pages_bench INPUT.jsonl [ROUNDS]\n", stderr);
    return 2;
  }
  const int rounds = argc == 3 ? dateline::to_number(argv[2]).value_or(3) : 3;
  const std::vector<Page> pages = load(argv[1]);
  lxb_html_parser_t* parser = lxb_html_parser_create();
  if (pages.empty() || lxb_html_parser_init(parser) != LXB_STATUS_OK) {
    std::fputs("pages_bench: no pages\n", stderr);
    return 1;
  }
  double step = 0, tree = 0, alone = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto best = [&](double& least, double now) {
      least = round == 0 ? now : std::min(least, now);
    };
    best(step, one_round(pages, read_page));
    best(tree, one_round(pages, build_tree));
    best(alone, one_round(pages, [&](const Page& page) { parse_alone(parser, page); }));
  }
  lxb_html_parser_destroy(parser);
  std::size_t bytes = 0;
  for (const Page& page : pages) bytes += page.html.size();
  std::printf(R"({"pages": %zu, "bytes": %zu, "step_ms": %.3f, "tree_ms": %.3f, "parser_ms": %.3f})"
              "\n",
              pages.size(), bytes, step, tree, alone);
}
