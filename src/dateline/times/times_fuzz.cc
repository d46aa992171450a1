// Any bytes as text, cut into tokens by the bytes themselves: no crash, and the promises of
// find_times.h.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "dateline/times/find_times.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr const char* kTags[] = {"NN", "NNP", "CD", "VBD", "IN", "MD", "JJ", "VB"};
  if (size < 3) return 0;
  dateline::Article article;
  article.text.assign(reinterpret_cast<const char*>(data + 2), size - 2);
  if (data[0] % 4 != 0)
    article.published = dateline::TimePoint{
        .day = *dateline::make_day(1 + data[0] * 39, 1 + data[1] % 12, 1 + data[1] % 28)};
  std::vector<dateline::Token> tokens;
  std::uint32_t begin = 0;
  const auto length = static_cast<std::uint32_t>(article.text.size());
  for (std::uint32_t end = 1; end <= length; ++end) {
    const bool cut = end == length || article.text[end] == ' ' || article.text[end - 1] == ' ';
    if (!cut) continue;
    if (article.text[begin] != ' ') {
      dateline::Token token;
      token.span = {begin, end};
      token.tag = kTags[(end * 7 + data[1]) % 8];
      token.entity_type = end % 3 == 0 ? "DATE" : "";
      token.head = tokens.empty() ? 0 : (end * 31) % static_cast<std::uint32_t>(tokens.size());
      token.sentence_start = tokens.empty();
      tokens.push_back(token);
    }
    begin = end;
  }
  const auto doc = dateline::Doc::assemble(article.text, std::move(tokens), {});
  std::uint32_t last = 0;
  for (const dateline::TimeExpression& time : dateline::times::find_times(article, doc)) {
    check(time.span.begin < time.span.end && time.span.end <= length && time.span.begin >= last);
    check(!time.value.empty() || !time.reason.empty());
    last = time.span.end;
    if (time.interval && time.interval->begin && time.interval->end)
      check(*time.interval->begin < *time.interval->end);
  }
  return 0;
}
