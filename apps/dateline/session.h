#pragma once
// What `read` and `annotate` share: the options of input, model and output, and the loop over
// articles.
#include <CLI/CLI.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/language/pipeline.h"

namespace dateline::app {

struct SessionOptions {
  std::vector<std::string> inputs;
  std::string input_format = "auto";
  std::string published;                            // as typed
  std::size_t max_bytes = std::size_t{100} << 20U;  // of one document
  std::string language = "any";                     // what is read; another is passed over
  std::string model;                                // a spaCy pipeline folder; "": DATELINE_MODEL
  std::string tokens;                               // a token dump to use in place of the model
  std::string output;                               // "": standard output
  bool fetch = false;                               // pages that feeds and sitemaps link to
  double timeout = 30;                              // seconds for one request
  std::optional<std::string> cache;                 // folder of pages fetched before; "": none
  unsigned threads = 1;
  bool quiet = false;
  bool plain = false;  // the language runtime alone: no edges of blocks, the same as spaCy's
};

// Adds the options to `command`. `options` must outlive the parse.
void add_session_options(CLI::App& command, SessionOptions& options);

// --language, for verbs that read more than tokens.
void add_language_option(CLI::App& command, SessionOptions& options);

// What is left to do for an article once it was read: called in the order of the input, on the
// caller's thread; gives the bytes to print.
using Finish = std::function<Result<std::string>()>;
// Nothing is left to do but to print `bytes`.
Finish already(std::string bytes);
// Called for one article and its annotations on any thread.
using Work = std::function<Finish(const Article&, Doc)>;
// Asked before an article is annotated, in the order of the input; an article that is not wanted is
// passed over.
using Wanted = std::function<Result<bool>(const Article&)>;

// Reads every input, annotates, works, prints in the order of the input. What fails is named on
// standard error and the rest is still done. Exit status: 0, or 1 when something failed.
int run_session(const SessionOptions& options, const Work& work, const Wanted& wanted = {});

// The spaCy pipeline folder that `options` or DATELINE_MODEL names; "" for none.
[[nodiscard]] std::string model_folder(const SessionOptions& options);

// "dateline: MESSAGE" on standard error.
void complain(const std::string& message);

}  // namespace dateline::app
