#pragma once
// Lemmatizer: dictionary forms by rules and tables (spaCy's lemmatizer, mode "rule", of English).
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dateline/base/arena.h"
#include "dateline/base/result.h"
#include "dateline/language/doc.h"
#include "dateline/language/tokenizer.h"

namespace dateline::language {

// Which of several forms that the index knows is taken. The release of spaCy decides, not the
// package: "hoped" is "hope" in rule order, "hop" with the last rule first.
enum class LemmaOrder : std::uint8_t {
  kRuleOrder,   // up to 3.8.7; the better English
  kIndexFirst,  // 3.8.8 and later
};

// Immutable and thread-safe after load; move-only.
class Lemmatizer {
 public:
  // Reads lemmatizer/lookups/lookups.bin of the package `folder`. kNotFound, kIo; kCorrupt, also
  // when lemma_rules is not in it.
  static Result<Lemmatizer> load(const std::string& folder,
                                 LemmaOrder order = LemmaOrder::kIndexFirst);

  Lemmatizer(Lemmatizer&&) noexcept;
  Lemmatizer& operator=(Lemmatizer&&) noexcept;
  ~Lemmatizer();

  // The lemma of `token`, of which pos and morph are read; token.lemma itself if that is set. The
  // view lives as long as token.text, `arena` and the Lemmatizer do, whatever becomes of the
  // LexemeCache.
  [[nodiscard]] std::string_view lemmatize(const RawToken& raw, const Token& token,
                                           StringArena& arena) const;

 private:
  struct Impl;
  explicit Lemmatizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace dateline::language
