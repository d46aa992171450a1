#include "dateline/article/html_clean.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dateline::article {
namespace {

constexpr double kMostShared = 500;  // characters of what is called a share bar

class Cleaner {
 public:
  Cleaner(PageWork& work, const CleanRules& rules) : work_(work), rules_(rules) {}

  void clean(NodeId article) {
    work_.forget_all();
    mark_data_tables(article);
    clean_conditionally(article, {Tag::kForm, Tag::kFieldset});
    remove_all(article,
               {Tag::kObject, Tag::kEmbed, Tag::kFooter, Tag::kLink, Tag::kAside, Tag::kNav});
    for (const NodeId node : work_.elements_below(article))
      if (work_.hints(node).has(Hint::kShare) && work_.count(node).length < kMostShared)
        work_.remove(node);
    remove_all(article, {Tag::kIframe, Tag::kInput, Tag::kTextarea, Tag::kSelect, Tag::kButton});
    for (const NodeId node : work_.below(article, {Tag::kH1, Tag::kH2}))
      if (work_.class_weight(node) < 0) work_.remove(node);
    clean_conditionally(article, {Tag::kTable});
    clean_conditionally(article, {Tag::kUl, Tag::kOl});
    clean_conditionally(article, {Tag::kDiv, Tag::kSection});
    if (!rules_.by_names) return;
    remove_other(article);
    cut_after_body(article);
  }

 private:
  bool in_data_table(NodeId node) {
    for (node = work_.tree[node].parent; node != kNoNode; node = work_.tree[node].parent)
      if (work_.tag(node) == Tag::kTable && work_.info(node).data_table) return true;
    return false;
  }

  void remove_all(NodeId within, std::initializer_list<Tag> tags) {
    for (const NodeId node : work_.below(within, tags)) work_.remove(node);
  }

  // What the names call by another name than article, unless that would be much of the text: then
  // the names mean something else.
  void remove_other(NodeId article) {
    constexpr double kMuch = 0.35;
    const double all = std::max(work_.own_text(article), 1.0);
    std::vector<NodeId> others;
    double sum = 0;
    bool skip = false;
    for (NodeId node = work_.tree.following(article, article); node != kNoNode;
         node = work_.tree.following(node, article, skip)) {
      skip = false;
      if (work_.tree.is_text(node)) continue;
      const Hints hints = work_.hints(node);
      const bool inside_line = is_one_of(work_.tag(node), {Tag::kA, Tag::kSpan, Tag::kTime});
      skip = hints.has(Hint::kUnseen) || (hints.has(Hint::kOther) && !inside_line);
      skip = skip && work_.own_text(node) < kMuch * all;
      if (!skip) continue;
      others.push_back(node);
      sum += work_.own_text(node);
    }
    if (sum < kMuch * all)
      for (const NodeId node : others) work_.remove(node);
  }
  bool is_body(NodeId node) {
    return work_.tree.has_attributes(node) &&
           (work_.hints(node).has(Hint::kBody) ||
            work_.tree.attribute(node, "itemprop").find("articleBody") != std::string_view::npos);
  }

  // Behind an element that says it is the whole text stand writers' lives, tags and other articles.
  void cut_after_body(NodeId article) {
    constexpr double kMost = 0.6;  // share of the text that such an element has
    NodeId body = kNoNode;
    for (const NodeId node : work_.elements_below(article))
      if (is_body(node) && work_.own_text(node) >= kMost * work_.own_text(article) &&
          (body == kNoNode || work_.own_text(node) <= work_.own_text(body)))
        body = node;
    if (body == kNoNode) return;
    for (NodeId node = body; node != article; node = work_.tree[node].parent) {
      for (NodeId after = work_.tree[node].next; after != kNoNode;) {
        const NodeId next = work_.tree[after].next;
        if (!has_body(after)) work_.remove(after);
        after = next;
      }
    }
  }
  bool has_body(NodeId within) {
    for (NodeId node = within; node != kNoNode; node = work_.tree.following(node, within))
      if (!work_.tree.is_text(node) && is_body(node)) return true;
    return false;
  }

  void mark_data_tables(NodeId article) {
    for (const NodeId table : work_.below(article, {Tag::kTable})) {
      if (work_.tree.attribute(table, "role") == "presentation" ||
          work_.tree.attribute(table, "datatable") == "0")
        continue;
      bool data = !work_.tree.attribute(table, "summary").empty() ||
                  !work_.below(table, {Tag::kCaption, Tag::kTfoot, Tag::kThead, Tag::kTh}).empty();
      if (!data && work_.below(table, {Tag::kTable}).empty()) {
        const auto rows = work_.below(table, {Tag::kTr});
        std::size_t columns = 0;
        for (const NodeId row : rows)
          columns = std::max(columns, work_.below(row, {Tag::kTd}).size());
        data = rows.size() >= 10 || columns > 4 || rows.size() * columns > 10;
      }
      work_.info(table).data_table = data;
    }
  }

  void clean_conditionally(NodeId article, std::initializer_list<Tag> tags) {
    if (!rules_.by_conditions) return;
    auto nodes = work_.below(article, tags);
    std::reverse(nodes.begin(), nodes.end());
    for (const NodeId node : nodes)
      if (work_.tree[node].parent != kNoNode && is_fishy(node)) work_.remove(node);
  }

  bool is_fishy(NodeId node) {
    if ((work_.tag(node) == Tag::kTable && work_.info(node).data_table) || in_data_table(node) ||
        work_.has_ancestor(node, Tag::kCode))
      return false;
    const double weight = work_.class_weight(node);
    if (weight < 0) return true;
    const Inside& inside = work_.look_inside(node);
    const TextCount& text = inside.text;
    if (text.commas >= 10) return false;
    const double total = std::max(text.length, 1.0);
    const bool is_list =
        is_one_of(work_.tag(node), {Tag::kUl, Tag::kOl}) || inside.listed / total > 0.9;
    const bool in_figure = work_.has_ancestor(node, Tag::kFigure);
    const double p = inside.paragraphs, img = inside.images, li = inside.items - 100.0,
                 density = text.link_density();
    return (!in_figure && img > 1 && p / img < 0.5) || (!is_list && li > p) ||
           inside.inputs > std::floor(p / 3) ||
           (!is_list && !in_figure && inside.headed / total < 0.9 && text.length < 25 &&
            (img == 0 || img > 2) && density > 0) ||
           (!is_list && weight < 25 && density > 0.2) || (weight >= 25 && density > 0.5) ||
           (inside.embeds == 1 && text.length < 75) || inside.embeds > 1 ||
           (img == 0 && !inside.textual);
  }

  PageWork& work_;
  const CleanRules& rules_;
};

}  // namespace

void clean_content(PageWork& work, NodeId article, const CleanRules& rules) {
  Cleaner(work, rules).clean(article);
}

}  // namespace dateline::article
