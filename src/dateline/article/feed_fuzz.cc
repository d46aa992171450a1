// Any bytes give entries or an error that names the feed.
#include <cstdint>
#include <cstdlib>

#include "dateline/article/read_feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline::article;
  for (const LinkedPages linked : {LinkedPages::kNotRead, LinkedPages::kListed}) {
    Warnings warnings;
    const auto items =
        read_feed({reinterpret_cast<const char*>(data), size}, "a feed", linked, warnings);
    if (!items && !items.error().message.starts_with("a feed")) std::abort();
    for (const FeedItem& item : items.value_or(std::vector<FeedItem>()))
      if (!item.article && !item.linked) std::abort();
  }
  return 0;
}
