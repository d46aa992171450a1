#pragma once
// AttributeRuler: rules on tags, dependency labels and word forms that give parts of speech,
// morphology and some lemmas (spaCy's attribute_ruler, with the patterns of a package).
#include <memory>
#include <span>
#include <string>

#include "dateline/base/arena.h"
#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/language/tokenizer.h"
#include "dateline/language/vocab.h"

namespace dateline::language {

// Immutable and thread-safe after load; move-only.
class AttributeRuler {
 public:
  // Reads attribute_ruler/patterns of the package `folder`. kNotFound, kIo, kCorrupt;
  // kUnsupported for attributes, predicates and operators that the English packages do not use.
  static Result<AttributeRuler> load(const std::string& folder, const Vocab& vocab);

  AttributeRuler(AttributeRuler&&) noexcept;
  AttributeRuler& operator=(AttributeRuler&&) noexcept;
  ~AttributeRuler();

  // Sets pos, morph and some lemmas; tag and dep of white space. Reads tag and dep of `tokens` and
  // the forms of `raw`, which are the same tokens. All rules look at the tokens as they were; of
  // two that set the same, the later one in the file wins. What is set lives as long as the ruler.
  // O(tokens).
  void apply(std::span<const RawToken> raw, std::span<Token> tokens, StringArena& arena) const;

 private:
  struct Impl;
  explicit AttributeRuler(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

// FEATS as spaCy prints them: values sorted inside a feature, features sorted; "" for "_".
[[nodiscard]] std::string normalize_morph(std::string_view feats);

}  // namespace dateline::language
