#pragma once
// The embedded words and rules, read once and never changed.
#include "dateline/times/grammar.h"
#include "dateline/times/lexicon.h"

namespace dateline::times {

struct Tables {
  Lexicon lexicon;
  Grammar grammar;
};

// Made at the first call (about a millisecond); safe to call from many threads.
[[nodiscard]] const Tables& tables();

}  // namespace dateline::times
