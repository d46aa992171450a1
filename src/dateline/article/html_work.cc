#include "dateline/article/html_work.h"

#include <algorithm>

#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

std::string_view trim_wide(std::string_view text) {
  for (;;) {
    text = trim(text);
    if (!text.starts_with("\u00A0")) return text;
    text.remove_prefix(2);
  }
}
void join(Inside& sum, const Inside& child, Tag kind) {
  if (child.text.length > 0) {
    const bool gap = sum.text.length > 0 && (sum.space_after || child.space_before);
    if (sum.text.length == 0) {
      sum.space_before = sum.space_after || child.space_before;
      sum.first_weight = child.first_weight;
    }
    sum.text.length += child.text.length + (gap ? 1 : 0);
    sum.text.linked += child.text.linked + (gap ? child.first_weight : 0);
    sum.text.commas += child.text.commas;
    sum.space_after = child.space_after;
  } else {
    sum.space_after = sum.space_after || child.space_before || child.space_after;
  }
  if (kind == Tag::kText) return;
  const auto one = [](bool is) { return is ? 1U : 0U; };
  const auto length = static_cast<std::uint32_t>(child.text.length);
  const bool list = is_one_of(kind, {Tag::kUl, Tag::kOl});
  sum.listed += child.listed + (list ? length : 0);
  sum.headed += child.headed + (is_heading(kind) ? length : 0);
  sum.paragraphs += child.paragraphs + one(kind == Tag::kP);
  sum.images += child.images + one(kind == Tag::kImg);
  sum.items += child.items + one(kind == Tag::kLi);
  sum.inputs += child.inputs + one(kind == Tag::kInput);
  sum.embeds += child.embeds + one(is_one_of(kind, {Tag::kObject, Tag::kEmbed, Tag::kIframe}));
  sum.textual = sum.textual || child.textual ||
                (child.text.length > 0 &&
                 (is_block_tag(kind) || is_one_of(kind, {Tag::kSpan, Tag::kLi, Tag::kTd})));
}

}  // namespace

bool is_one_of(Tag tag, std::initializer_list<Tag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_heading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

bool is_block_tag(Tag tag) {
  return is_one_of(tag, {Tag::kBlockquote, Tag::kDl, Tag::kDiv, Tag::kImg, Tag::kOl, Tag::kP,
                         Tag::kPre, Tag::kTable, Tag::kUl});
}

TextCount count_text(const HtmlTree& tree, NodeId within) {
  TextCount count;
  bool space = false;
  NodeId link = kNoNode;      // the link that the place is in
  NodeId link_end = kNoNode;  // the first node after it
  double weight = 0;
  NodeId node = within;
  while (node != kNoNode) {
    const HtmlNode& at = tree[node];
    if (node == link_end) link = kNoNode;
    if (at.tag == Tag::kA && link == kNoNode) {
      link = node;
      link_end = tree.following(node, within, true);
      const std::string_view href = tree.attribute(node, "href");
      weight = href.size() > 1 && href.front() == '#' ? 0.3 : 1;
    }
    const TextMeasure& text = tree.text(node).measure;
    space = space || text.space_before;
    if (text.characters > 0) {
      const double characters = text.characters + text.gaps + (space && count.length > 0 ? 1U : 0U);
      count.length += characters;
      if (link != kNoNode) count.linked += weight * characters;
      count.commas += text.commas;
      space = false;
    }
    space = space || text.space_after;
    node = tree.following(node, within);
  }
  return count;
}

const Inside& PageWork::look_inside(NodeId node) {
  if (!info(node).looked) {
    std::vector<NodeId> way = {node};
    while (!way.empty()) {
      const NodeId top = way.back();
      const std::size_t before = way.size();
      for (NodeId child = tree[top].first; child != kNoNode; child = tree[child].next)
        if (!info(child).looked) way.push_back(child);
      if (way.size() > before) continue;
      way.pop_back();
      if (info(top).looked) continue;
      info(top).inside = summed(top);
      info(top).looked = true;
    }
  }
  return info(node).inside;
}

Inside PageWork::summed(NodeId node) {
  Inside sum;
  if (tree.is_text(node)) {
    const TextMeasure& text = tree.text(node).measure;
    sum.text.length = text.characters + text.gaps;
    sum.text.commas = text.commas;
    sum.space_before = text.space_before;
    sum.space_after = text.space_after;
    return sum;
  }
  for (NodeId child = tree[node].first; child != kNoNode; child = tree[child].next)
    join(sum, info(child).inside, tag(child));
  if (tag(node) != Tag::kA) return sum;
  const std::string_view href = tree.attribute(node, "href");
  sum.first_weight = href.size() > 1 && href.front() == '#' ? 0.3 : 1;
  sum.text.linked = sum.first_weight * sum.text.length;
  return sum;
}

void PageWork::forget_above(NodeId node) {
  for (node = tree[node].parent; node != kNoNode; node = tree[node].parent)
    info(node).looked = false;
}

void PageWork::forget_all() {
  for (NodeInfo& at : info_) at.looked = false;
}

void PageWork::remove(NodeId node) {
  forget_above(node);
  tree.remove(node);
}

double PageWork::class_weight(NodeId node) {
  if (!weighs_classes_) return 0;
  double weight = 0;
  for (const std::string_view name : {"class", "id"}) {
    const Hints named = hints_.of(tree.attribute(node, name));
    if (named.has(Hint::kBad)) weight -= 25;
    if (named.has(Hint::kGood)) weight += 25;
  }
  return weight;
}

bool PageWork::is_space_text(NodeId node) const {
  return tree.is_text(node) && trim_wide(tree.text(node).text).empty();
}

bool PageWork::has_ancestor(NodeId node, Tag wanted, int most) const {
  node = tree[node].parent;
  for (int depth = 0; node != kNoNode && (most < 0 || depth <= most); ++depth) {
    if (tag(node) == wanted) return true;
    node = tree[node].parent;
  }
  return false;
}
std::vector<NodeId> PageWork::below(NodeId within, std::initializer_list<Tag> tags) const {
  std::vector<NodeId> list;
  for (NodeId node = tree.following(within, within); node != kNoNode;
       node = tree.following(node, within))
    if (is_one_of(tag(node), tags)) list.push_back(node);
  return list;
}

std::vector<NodeId> PageWork::elements_below(NodeId within) const {
  std::vector<NodeId> list;
  for (NodeId node = tree.following(within, within); node != kNoNode;
       node = tree.following(node, within))
    if (!tree.is_text(node)) list.push_back(node);
  return list;
}

}  // namespace dateline::article
