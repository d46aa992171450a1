#include "dateline/entities/quotations.h"

namespace dateline::entities {
namespace {

enum class Mark { kNone, kOpen, kClose, kEither };

Mark mark_of(const Token& token) {
  if (token.text == "“") return Mark::kOpen;
  if (token.text == "”") return Mark::kClose;
  if (token.text == "\"" || token.text == "``" || token.text == "''") return Mark::kEither;
  return Mark::kNone;
}

}  // namespace

std::vector<std::uint32_t> number_quotations(const Doc& doc) {
  std::vector<std::uint32_t> numbers(doc.size());
  std::uint32_t count = 0;
  bool inside = false;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    const Mark mark = mark_of(doc[i]);
    if (is_break(doc[i])) inside = false;
    if (mark == Mark::kClose || (mark == Mark::kEither && inside)) {
      inside = false;
    } else if (mark != Mark::kNone) {
      inside = true;
      ++count;
    } else if (inside) {
      numbers[i] = count;
    }
  }
  return numbers;
}

}  // namespace dateline::entities
