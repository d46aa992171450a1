#pragma once
// From the article's part of the tree to text with blocks, and back to the page's bytes.
#include <string>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/article/html_tree.h"

namespace dateline::article {

// What is known of a block beside its words.
struct BlockFacts {
  std::uint32_t linked = 0;  // bytes that stand in links
  bool cell = false;         // of a table
};

struct HtmlText {
  std::string text;  // blocks with an empty line between them
  std::vector<Block> blocks;
  std::vector<BlockFacts> facts;  // of each block
  std::vector<SourceRun> source;
};

// White space runs become one space, <br> a line end; soft hyphens and zero-width marks that no
// script needs are left out. `page` is what the tree was parsed from.
[[nodiscard]] HtmlText write_text(const HtmlTree& tree, NodeId root, std::string_view page);

}  // namespace dateline::article
