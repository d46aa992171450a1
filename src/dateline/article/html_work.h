#pragma once
// A page's tree while the article is being cut out of it, and what is asked of its nodes again and
// again. Internal to html_content and html_clean.
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "dateline/article/class_hints.h"
#include "dateline/article/html_tree.h"

namespace dateline::article {

// Character counts of the text below a node, white space runs as one.
struct TextCount {
  double length = 0, linked = 0, commas = 0;
  [[nodiscard]] double link_density() const { return length > 0 ? linked / length : 0; }
};
[[nodiscard]] TextCount count_text(const HtmlTree& tree, NodeId within);

[[nodiscard]] bool is_one_of(Tag tag, std::initializer_list<Tag> tags);
[[nodiscard]] bool is_heading(Tag tag);
[[nodiscard]] bool is_block_tag(Tag tag);

// What stands in a node.
struct Inside {
  TextCount text;
  double first_weight = 0;               // share of a link that the first character is
  std::uint32_t listed = 0, headed = 0;  // characters in lists and headings
  std::uint32_t paragraphs = 0, images = 0, items = 0, inputs = 0, embeds = 0;
  bool textual = false;  // some block or span below has text
  bool space_before = false, space_after = false;
};

struct NodeInfo {
  double score = 0;
  bool scored = false;
  bool data_table = false;
  Hints hints;          // of an element whose place it took
  bool looked = false;  // `inside` is true
  Inside inside;
};

class PageWork {
 public:
  // `hints` must outlive it. Without `weigh_classes` names weigh nothing.
  PageWork(HtmlTree page, ClassHints& hints, bool weigh_classes)
      : tree(std::move(page)), weighs_classes_(weigh_classes), hints_(hints) {}

  HtmlTree tree;

  [[nodiscard]] Tag tag(NodeId node) const { return tree[node].tag; }
  NodeInfo& info(NodeId node) {
    if (info_.size() < tree.size()) info_.resize(tree.size());
    return info_[node];
  }
  // Kept until something below goes. O(children) the first time, so that all nodes together cost
  // O(nodes).
  const Inside& look_inside(NodeId node);
  const TextCount& count(NodeId node) { return look_inside(node).text; }
  // Characters that are no link.
  double own_text(NodeId node) { return count(node).length - count(node).linked; }
  // To be called before a node leaves its place.
  void forget_above(NodeId node);
  // To be called when elements were renamed and moved.
  void forget_all();
  void remove(NodeId node);

  // Of class and id, and of those of an element whose place it took.
  Hints hints(NodeId node) { return info(node).hints | hints_.of(tree, node); }
  // Below zero for what stands in articles and is none.
  double class_weight(NodeId node);

  [[nodiscard]] bool is_space_text(NodeId node) const;
  [[nodiscard]] bool has_ancestor(NodeId node, Tag wanted, int most = 3) const;
  [[nodiscard]] std::vector<NodeId> below(NodeId within, std::initializer_list<Tag> tags) const;
  [[nodiscard]] std::vector<NodeId> elements_below(NodeId within) const;

 private:
  Inside summed(NodeId node);

  bool weighs_classes_;
  ClassHints& hints_;
  std::vector<NodeInfo> info_;
};

}  // namespace dateline::article
