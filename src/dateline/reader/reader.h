#pragma once
// Reader: the list of passes, and nothing else.
#include <cstdint>

#include "dateline/article/article.h"
#include "dateline/language/doc.h"
#include "dateline/reader/models.h"
#include "dateline/record/record.h"

namespace dateline {

// Which passes run; a pass that is left out leaves its part of the record empty.
struct ReadOptions {
  bool times = true, entities = true, attributions = true, events = true, relations = true,
       timeline = true;
};

// The record of `article`, whose text `doc` was made from. Total, deterministic; const and safe to
// call from many threads at once. `doc` borrows article.text: the article is copied, not moved.
[[nodiscard]] Record read(const Article& article, Doc doc, const Models& models = {},
                          const ReadOptions& options = {});

}  // namespace dateline
