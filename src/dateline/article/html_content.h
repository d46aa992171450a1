#pragma once
// Which part of a page is the article: container scoring after Mozilla's Readability (paragraphs
// score their ancestors by commas and length, link density takes away, the best ancestor and like
// siblings are kept, what looks fishy inside is cleared), written anew for this tree.
#include <string>
#include <string_view>

#include "dateline/article/class_hints.h"
#include "dateline/article/html_tree.h"

namespace dateline::article {

// The tree cut down to the article: `root` holds what is left of it.
struct HtmlContent {
  HtmlTree tree;
  NodeId root = kNoNode;
  std::string byline;          // text of the element that looked like one; "" without
  std::size_t characters = 0;  // of the text kept
};

// `title` lets a heading that repeats it be left out. Total; O(nodes x depth).
[[nodiscard]] HtmlContent find_content(const HtmlTree& page, ClassHints& hints,
                                       std::string_view title);

// Display: none, hidden, aria-hidden.
[[nodiscard]] bool is_hidden(const HtmlTree& tree, NodeId node);

}  // namespace dateline::article
