#pragma once
// Pipeline: a spaCy v3 package as a function from text to an annotated Doc, the same annotations
// as spaCy's own. English sm, md and lg packages, and others whose components are known:
// tok2vec, tagger, parser, senter, attribute_ruler, lemmatizer (mode rule), ner.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/doc.h"

namespace dateline::language {

// Memory that annotating needs and keeps: caches of word forms and of their vectors (bounded; up to
// about 100 MB with the English models) and scratch arrays that grow to the longest text met. One
// per thread. It serves one Pipeline at a time: with another it starts anew.
class Workspace {
 public:
  Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

 private:
  friend class Pipeline;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A text, and where it is known to begin a sentence: byte offsets, ascending. The first word at or
// after each is taken for one, as where spaCy's is_sent_start is set before the parser runs.
struct Passage {
  std::string_view text;
  std::span<const std::uint32_t> sentence_starts = {};
};

// Immutable after load, safe to use from many threads, each with its Workspace. Move-only.
class Pipeline {
 public:
  // The package directory (the one that holds config.cfg), its components and their order as
  // nlp.pipeline and nlp.disabled say. An error is one line that names the file or the component.
  [[nodiscard]] static Result<Pipeline> load(const std::string& folder);

  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // Total: any bytes give a Doc. The Doc borrows `text` and this Pipeline, not the Workspace.
  [[nodiscard]] Doc annotate(std::string_view text, Workspace& workspace) const;
  // One Doc a text, in order; the same Docs as one by one, and a little faster for short texts.
  [[nodiscard]] std::vector<Doc> annotate(std::span<const Passage> passages,
                                          Workspace& workspace) const;
  [[nodiscard]] std::vector<Doc> annotate(std::span<const std::string_view> texts,
                                          Workspace& workspace) const;

 private:
  struct Impl;
  explicit Pipeline(std::unique_ptr<const Impl> impl);

  std::unique_ptr<const Impl> impl_;
};

}  // namespace dateline::language
