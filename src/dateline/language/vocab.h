#pragma once
// Vocab: what a package and its language say of word forms beyond their letters: their norms.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/lookups.h"
#include "dateline/language/strings.h"

namespace dateline::language {

// Immutable after load; move-only, and must outlive what is made from it.
class Vocab {
 public:
  // Reads vocab/lookups.bin of the package `folder`, when it is there. kCorrupt, kIo.
  static Result<Vocab> load(const std::string& folder);

  // The norm of the exact text `text`, whose id is `id`: from the package's table lexeme_norm, else
  // from data/language/base_norms.tsv; empty when neither has it and the lower-cased text is the
  // norm. The view lives as long as the Vocab.
  [[nodiscard]] std::string_view norm(std::string_view text, StringId id) const;

 private:
  Lookups lookups_;
  std::vector<std::pair<StringId, std::string_view>> norms_;  // by id
};

}  // namespace dateline::language
