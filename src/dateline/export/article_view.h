#pragma once
// ArticleView: one article of a store with its record and identities, as `dateline show --format
// json` prints it (docs/store.md, "Rows"), read by spans and ids. Spans are code points.
#include <cstdint>
#include <string>

#include "dateline/export/row_words.h"
#include "dateline/unicode/utf8.h"

namespace dateline::exporting {

class ArticleView {
 public:
  // O(bytes of the text).
  explicit ArticleView(Json article);

  [[nodiscard]] const Json& row() const { return row_; }
  // A list of the record, "events"; an empty one where it is not there.
  [[nodiscard]] const Json& list(const char* name) const;
  [[nodiscard]] const std::string& text() const { return text_; }

  // The words of a span; what lies outside of the text is cut off.
  [[nodiscard]] std::string words(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] std::string words(const Json& span) const;
  // The words of a list of spans, " … " between them.
  [[nodiscard]] std::string all_words(const Json& spans) const;
  // The span from the first to the last of a list; [0, 0] for none.
  [[nodiscard]] static Json hull(const Json& spans);

  // {"id": "P3", "name", "kind"} of entity "e2"; an id of null without an identity; null for null.
  [[nodiscard]] Json reference(const Json& entity) const;
  // Who says so, of attribution "a4": {"speaker", "person", "kind"}; null for null.
  [[nodiscard]] Json attributed(const Json& attribution) const;
  // The article, the span and the sentences that it lies in. O(log sentences).
  [[nodiscard]] Json citation(const Json& span) const;

 private:
  [[nodiscard]] const Json& item(const char* list, const Json& id) const;
  [[nodiscard]] Json sentence_span(std::int64_t begin, std::int64_t end) const;

  Json row_;
  std::string text_;
  unicode::OffsetMap offsets_;
};

}  // namespace dateline::exporting
