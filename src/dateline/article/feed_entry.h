#pragma once
// What feeds and news items say of their articles, before it is read: shared by read_feed.cc and
// read_ninjs.cc.
#include <string>
#include <vector>

namespace dateline::article {

// All strings as they stand in the feed; "" where it says nothing.
struct FeedEntry {
  std::string id, uri, title, published, modified;
  std::string content, text, summary;  // HTML, plain text; what stands for them
  std::string publisher, language;     // "": the feed's
  std::vector<std::string> authors;
};

struct Feed {
  std::string title, language;
  std::vector<FeedEntry> entries;
};

}  // namespace dateline::article
