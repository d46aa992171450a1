#pragma once
// Quotations: what stands between quotation marks. Nothing here knows whether somebody said it.
#include <cstdint>
#include <string_view>
#include <vector>

#include "dateline/base/span.h"

namespace dateline::attributions {

enum class QuotationStyle { kDouble, kSingle };

struct Quotation {
  ByteSpan span;    // with its marks
  ByteSpan inside;  // without
  QuotationStyle style = QuotationStyle::kDouble;
  bool closed = false;  // an open one ends with its line, or before the mark that opens the next
  friend bool operator==(const Quotation&, const Quotation&) = default;
};

// The quotations of `text`, the outermost only, in order; none crosses a line end. Marks: “ ” „ " «
// » `` '' ‘ ’ '. A straight mark opens after white space or punctuation and before a word; ’ and '
// close only after something and before no letter, so that apostrophes do not; a single quotation
// that nothing closes is none. Total. O(bytes) but for lines with many single marks.
[[nodiscard]] std::vector<Quotation> pair_quotations(std::string_view text);

}  // namespace dateline::attributions
