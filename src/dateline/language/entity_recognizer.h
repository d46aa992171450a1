#pragma once
// The entity recogniser: spaCy's EntityRecognizer over a document without entities. A token after
// the other begins, continues, ends or is an entity, or is outside.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/language/package.h"
#include "dateline/language/parser.h"
#include "dateline/language/transitions.h"

namespace dateline::language {

class EntityRecognizer {
 public:
  // The folder `name` of the package. `model` is its file `model`, `width` that of the context
  // vectors.
  [[nodiscard]] static Result<EntityRecognizer> load(const Package& package,
                                                     const std::string& name, const Model& model,
                                                     std::size_t width);

  // Sets entity_tag and entity_type of `tokens` (views into the recogniser). `rows` are the context
  // vectors of its own Tok2Vec; `is_space` and `starts` have one entry a token.
  void recognize(const float* rows, std::span<Token> tokens, std::span<const SentenceStart> starts,
                 std::span<const std::uint8_t> is_space, TransitionScratch& scratch) const;

 private:
  std::vector<TransitionClass> classes_;
  std::vector<std::size_t> label_of_;  // of each class, from 1; 0 is no label
  // By label of the open entity (0: none), then by whether the token may begin an entity, then by
  // whether the entity may go on.
  std::vector<float> masks_;
  TransitionNetwork network_;
};

}  // namespace dateline::language
