#pragma once
// Reader: the list of passes, and nothing else.
#include <cstdint>
#include <span>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/language/doc.h"
#include "dateline/language/pipeline.h"
#include "dateline/reader/models.h"
#include "dateline/record/record.h"

namespace dateline {

// Which passes run; a pass that is left out leaves its part of the record empty.
struct ReadOptions {
  bool times = true, entities = true, attributions = true, events = true, relations = true,
       timeline = true;
};

// What read() takes as `doc`, one for each article. The edges of an article's blocks are edges of
// sentences: a heading without a stop does not run on into what follows. The Docs borrow the
// articles' texts and `pipeline`.
[[nodiscard]] std::vector<Doc> annotate(const language::Pipeline& pipeline,
                                        std::span<const Article> articles,
                                        language::Workspace& workspace);

// The record of `article`, whose text `doc` was made from. Total, deterministic; const and safe to
// call from many threads at once. `doc` borrows article.text: the article is copied, not moved.
[[nodiscard]] Record read(const Article& article, Doc doc, const Models& models = {},
                          const ReadOptions& options = {});

}  // namespace dateline
