#pragma once
// Batch: articles that are annotated together, so that they share the matrix products.
#include <cstddef>
#include <vector>

#include "dateline/article/article.h"

namespace dateline {

struct Batch {
  std::vector<Article> articles;
  std::size_t bytes = 0;  // of their texts

  void add(Article article) {
    bytes += article.text.size();
    articles.push_back(std::move(article));
  }
  // Large enough: more would only take memory.
  [[nodiscard]] bool full() const { return bytes >= 64 * 1024 || articles.size() >= 64; }
};

}  // namespace dateline
