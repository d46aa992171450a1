#pragma once
// ArticleAdder: articles as bytes into a store, the way `dateline add` takes files. Language model
// and learned parts are loaded once.
#include <memory>
#include <string>

#include "dateline/base/result.h"
#include "dateline/serve/api.h"
#include "dateline/store/store.h"

namespace dateline::app {

class ArticleAdder {
 public:
  // `model`: a spaCy pipeline folder. What Pipeline::load and Models::load say.
  static Result<ArticleAdder> load(const std::string& model);
  ~ArticleAdder();
  ArticleAdder(ArticleAdder&&) noexcept;
  ArticleAdder& operator=(ArticleAdder&&) noexcept;

  // What cannot be read is told in the report; an error is the store's, and what came before it is
  // kept.
  Result<serve::AddReport> add(store::Store& store, const serve::AddRequest& sent);

 private:
  struct Impl;
  explicit ArticleAdder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dateline::app
