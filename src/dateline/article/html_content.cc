#include "dateline/article/html_content.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

constexpr std::size_t kEnough = 500;  // characters of an article; below it looser rules are tried
constexpr std::size_t kCandidates = 5;
constexpr std::size_t kManyNodes = 300000;  // of a page that is tried twice and not four times

bool is_one_of(Tag tag, std::initializer_list<Tag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_heading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

bool is_phrasing_tag(Tag tag) {
  return is_one_of(
      tag, {Tag::kText,   Tag::kAbbr,   Tag::kAudio,   Tag::kB,      Tag::kBr,       Tag::kButton,
            Tag::kCite,   Tag::kCode,   Tag::kEm,      Tag::kEmbed,  Tag::kFont,     Tag::kI,
            Tag::kImg,    Tag::kInput,  Tag::kLabel,   Tag::kMark,   Tag::kMath,     Tag::kMeta,
            Tag::kObject, Tag::kQ,      Tag::kRuby,    Tag::kScript, Tag::kSelect,   Tag::kSmall,
            Tag::kSpan,   Tag::kStrong, Tag::kSub,     Tag::kSup,    Tag::kTextarea, Tag::kTime,
            Tag::kU,      Tag::kS,      Tag::kNoscript});
}

bool is_block_tag(Tag tag) {
  return is_one_of(tag, {Tag::kBlockquote, Tag::kDl, Tag::kDiv, Tag::kImg, Tag::kOl, Tag::kP,
                         Tag::kPre, Tag::kTable, Tag::kUl});
}

struct Rules {
  bool strip_unlikely = true, weigh_classes = true, clean = true;
};

// One attempt on a copy of the page.
class Finder {
 public:
  Finder(HtmlTree tree, ClassHints& hints, std::string_view title, Rules rules)
      : tree_(std::move(tree)), hints_(hints), title_(title), rules_(rules) {}

  HtmlContent find() {
    body_ = tree_.find(tree_.root(), Tag::kBody);
    if (body_ == kNoNode) body_ = tree_.root();
    prepare();
    walk();
    score();
    const NodeId article = gather(choose());
    clean(article);
    HtmlContent content;
    content.characters = static_cast<std::size_t>(count(article).length);
    content.root = article;
    content.byline = std::move(byline_);
    content.tree = std::move(tree_);
    return content;
  }

 private:
  // What stands in a node, as it is asked again and again. Kept until something below goes.
  struct Inside {
    TextCount text;
    double first_weight = 0;               // share of a link that the first character is
    std::uint32_t listed = 0, headed = 0;  // characters in lists and headings
    std::uint32_t paragraphs = 0, images = 0, items = 0, inputs = 0, embeds = 0;
    bool textual = false;  // some block or span below has text
    bool space_before = false, space_after = false;
  };
  struct Info {
    double score = 0;
    bool scored = false;
    bool data_table = false;
    Hints hints;          // of an element whose place it took
    bool looked = false;  // `inside` is true
    Inside inside;
  };
  Info& info(NodeId node) {
    if (info_.size() < tree_.size()) info_.resize(tree_.size());
    return info_[node];
  }
  Tag tag(NodeId node) const { return tree_[node].tag; }
  const TextCount& count(NodeId node) { return look_inside(node).text; }

  // O(children) the first time, so that all nodes together cost O(nodes).
  const Inside& look_inside(NodeId node) {
    if (!info(node).looked) {
      std::vector<NodeId> way = {node};
      while (!way.empty()) {
        const NodeId top = way.back();
        const std::size_t before = way.size();
        for (NodeId child = tree_[top].first; child != kNoNode; child = tree_[child].next)
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

  Inside summed(NodeId node) {
    Inside sum;
    if (tree_.is_text(node)) {
      const TextMeasure& text = tree_.text(node).measure;
      sum.text.length = text.characters + text.gaps;
      sum.text.commas = text.commas;
      sum.space_before = text.space_before;
      sum.space_after = text.space_after;
      return sum;
    }
    for (NodeId child = tree_[node].first; child != kNoNode; child = tree_[child].next)
      join(sum, info(child).inside, tag(child));
    if (tag(node) != Tag::kA) return sum;
    const std::string_view href = tree_.attribute(node, "href");
    sum.first_weight = href.size() > 1 && href.front() == '#' ? 0.3 : 1;
    sum.text.linked = sum.first_weight * sum.text.length;
    return sum;
  }

  static void join(Inside& sum, const Inside& child, Tag kind) {
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

  // To be called before a node leaves its place.
  void forget_above(NodeId node) {
    for (node = tree_[node].parent; node != kNoNode; node = tree_[node].parent)
      info(node).looked = false;
  }
  void remove(NodeId node) {
    forget_above(node);
    tree_.remove(node);
  }
  bool is_space_text(NodeId node) const {
    return tree_.is_text(node) && trim_wide(tree_.text(node).text).empty();
  }
  static std::string_view trim_wide(std::string_view text) {
    for (;;) {
      text = trim(text);
      if (!text.starts_with("\u00A0")) return text;
      text.remove_prefix(2);
    }
  }
  std::vector<NodeId> below(NodeId within, std::initializer_list<Tag> tags) const {
    std::vector<NodeId> list;
    for (NodeId node = tree_.following(within, within); node != kNoNode;
         node = tree_.following(node, within))
      if (is_one_of(tag(node), tags)) list.push_back(node);
    return list;
  }
  std::size_t count_below(NodeId within, std::initializer_list<Tag> tags) const {
    return below(within, tags).size();
  }
  bool has_ancestor(NodeId node, Tag wanted, int most = 3) const {
    node = tree_[node].parent;
    for (int depth = 0; node != kNoNode && (most < 0 || depth <= most); ++depth) {
      if (tag(node) == wanted) return true;
      node = tree_[node].parent;
    }
    return false;
  }
  bool in_data_table(NodeId node) {
    for (node = tree_[node].parent; node != kNoNode; node = tree_[node].parent)
      if (tag(node) == Tag::kTable && info(node).data_table) return true;
    return false;
  }

  // Scripts go, and two line breaks in a row make a paragraph of what follows them.
  void prepare() {
    std::vector<NodeId> gone, breaks;
    bool skip = false;
    for (NodeId node = tree_.root(); node != kNoNode;
         node = tree_.following(node, tree_.root(), skip)) {
      skip = is_one_of(tag(node),
                       {Tag::kScript, Tag::kStyle, Tag::kNoscript, Tag::kTemplate, Tag::kSvg});
      if (skip) gone.push_back(node);
      if (tag(node) == Tag::kFont) tree_.rename(node, Tag::kSpan);
      if (tag(node) == Tag::kBr) breaks.push_back(node);
    }
    for (const NodeId node : gone) remove(node);
    for (const NodeId br : breaks)
      if (tree_[br].parent != kNoNode) break_paragraph(br);
  }

  NodeId skip_space(NodeId node) const {
    while (node != kNoNode && is_space_text(node)) node = tree_[node].next;
    return node;
  }

  void break_paragraph(NodeId br) {
    bool doubled = false;
    NodeId next = skip_space(tree_[br].next);
    while (next != kNoNode && tag(next) == Tag::kBr) {
      doubled = true;
      const NodeId gone = next;
      next = skip_space(tree_[next].next);
      remove(gone);
    }
    if (!doubled) return;
    const NodeId first = tree_[br].next;
    NodeId last = kNoNode;
    for (NodeId node = first; node != kNoNode; node = tree_[node].next) {
      if (tag(node) == Tag::kBr) {
        const NodeId after = skip_space(tree_[node].next);
        if (after != kNoNode && tag(after) == Tag::kBr) break;
      }
      if (!is_phrasing(node)) break;
      last = node;
    }
    if (last == kNoNode) {
      tree_.rename(br, Tag::kP);
      return;
    }
    const NodeId parent = tree_[br].parent;
    tree_.wrap(first, last, Tag::kP);
    remove(br);
    if (tag(parent) == Tag::kP) tree_.rename(parent, Tag::kDiv);
  }

  bool is_phrasing(NodeId node) const {
    if (is_phrasing_tag(tag(node))) return true;
    if (!is_one_of(tag(node), {Tag::kA, Tag::kDel, Tag::kIns})) return false;
    for (NodeId child = tree_[node].first; child != kNoNode; child = tree_[child].next)
      if (!is_phrasing(child)) return false;
    return true;
  }

  NodeId remove_and_next(NodeId node) {
    const NodeId next = tree_.following(node, tree_.root(), /*skip_children=*/true);
    remove(node);
    return next;
  }

  bool is_unlikely(NodeId node, Hints hints) const {
    if (is_one_of(tag(node), {Tag::kHtml, Tag::kBody, Tag::kA, Tag::kArticle, Tag::kMain}))
      return false;
    if (hints.has(Hint::kUnlikely) && !hints.has(Hint::kMaybe) &&
        !has_ancestor(node, Tag::kTable) && !has_ancestor(node, Tag::kCode))
      return true;
    const std::string_view role = tree_.attribute(node, "role");
    for (const std::string_view word :
         {"menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"})
      if (role == word) return true;
    return false;
  }

  bool is_byline(NodeId node, Hints hints) {
    if (!byline_.empty()) return false;
    const bool named = tree_.attribute(node, "rel") == "author" ||
                       tree_.attribute(node, "itemprop").find("author") != std::string_view::npos ||
                       hints.has(Hint::kByline);
    if (!named) return false;
    std::string text = tree_.text_of(node, 100);
    if (text.empty() || text.size() >= 100) return false;
    byline_ = std::move(text);
    return true;
  }

  bool repeats_title(NodeId node) {
    if (title_seen_ || !is_one_of(tag(node), {Tag::kH1, Tag::kH2})) return false;
    if (title_.empty() || similarity(title_, tree_.text_of(node)) <= 0.75) return false;
    return title_seen_ = true;
  }

  // Share of the second text's words that the first has, by length.
  static double similarity(std::string_view first, std::string_view second) {
    const auto split = [](std::string_view text) {
      std::vector<std::string> words;
      std::string word;
      for (const char c : unicode::to_lower(text) + " ") {
        if (is_alpha(c) || is_digit(c) || c == '_') {
          word += c;
        } else if (!word.empty()) {
          words.push_back(std::exchange(word, {}));
        }
      }
      return words;
    };
    const auto a = split(first), b = split(second);
    if (a.empty() || b.empty()) return 0;
    std::size_t all = b.size() - 1, extra = 0;
    for (const auto& word : b) {
      all += word.size();
      if (std::find(a.begin(), a.end(), word) == a.end()) extra += word.size() + 1;
    }
    return 1 - static_cast<double>(extra) / static_cast<double>(all);
  }

  bool is_empty(NodeId node) const {
    std::size_t elements = 0, breaks = 0;
    for (NodeId child = tree_[node].first; child != kNoNode; child = tree_[child].next) {
      if (tree_.is_text(child)) {
        if (!is_space_text(child)) return false;
        continue;
      }
      ++elements;
      breaks += is_one_of(tag(child), {Tag::kBr, Tag::kHr}) ? 1U : 0U;
    }
    return elements == breaks;
  }

  // Clears the way down the page and collects what will be scored.
  void walk() {
    NodeId node = tree_.following(tree_.root(), tree_.root());
    while (node != kNoNode) {
      if (tree_.is_text(node)) {
        node = tree_.following(node, tree_.root());
        continue;
      }
      const Hints hints = hints_.of(tree_, node);
      const bool gone = is_hidden(tree_, node) || is_byline(node, hints) || repeats_title(node) ||
                        (tree_.attribute(node, "aria-modal") == "true" &&
                         tree_.attribute(node, "role") == "dialog") ||
                        (rules_.strip_unlikely && is_unlikely(node, hints)) ||
                        ((is_heading(tag(node)) ||
                          is_one_of(tag(node), {Tag::kDiv, Tag::kSection, Tag::kHeader})) &&
                         is_empty(node));
      if (gone) {
        node = remove_and_next(node);
        continue;
      }
      if (is_one_of(tag(node), {Tag::kSection, Tag::kH2, Tag::kH3, Tag::kH4, Tag::kH5, Tag::kH6,
                                Tag::kP, Tag::kTd, Tag::kPre}))
        to_score_.push_back(node);
      if (tag(node) == Tag::kDiv) node = settle_div(node);
      node = tree_.following(node, tree_.root());
    }
  }

  // Runs of phrasing inside a div become paragraphs; a div that is one becomes it.
  NodeId settle_div(NodeId div) {
    NodeId run = kNoNode, last = kNoNode;
    const auto close = [&] {
      if (run != kNoNode) tree_.wrap(run, last, Tag::kP);
      run = last = kNoNode;
    };
    for (NodeId child = tree_[div].first; child != kNoNode;) {
      const NodeId next = tree_[child].next;
      if (is_phrasing(child)) {
        const bool blank = is_space_text(child) || tag(child) == Tag::kBr;
        if (run != kNoNode || !blank) {
          if (run == kNoNode) run = child;
          if (!blank) last = child;
        }
      } else {
        close();
      }
      child = next;
    }
    close();
    NodeId only = kNoNode;
    bool several = false, block = false;
    for (NodeId child = tree_[div].first; child != kNoNode; child = tree_[child].next) {
      if (is_space_text(child)) continue;
      several = several || only != kNoNode || tree_.is_text(child);
      only = child;
    }
    if (only != kNoNode && !several && tag(only) == Tag::kP && count(div).link_density() < 0.25) {
      forget_above(div);
      info(only).hints = info(only).hints | info(div).hints | hints_.of(tree_, div);
      tree_.replace(div, only);
      to_score_.push_back(only);
      return only;
    }
    for (NodeId node = tree_.following(div, div); node != kNoNode && !block;
         node = tree_.following(node, div))
      block = is_block_tag(tag(node));
    if (!block) {
      tree_.rename(div, Tag::kP);
      to_score_.push_back(div);
    }
    return div;
  }

  double class_weight(NodeId node) {
    if (!rules_.weigh_classes) return 0;
    double weight = 0;
    for (const std::string_view name : {"class", "id"}) {
      const Hints hints = hints_.of(tree_.attribute(node, name));
      if (hints.has(Hint::kBad)) weight -= 25;
      if (hints.has(Hint::kGood)) weight += 25;
    }
    return weight;
  }

  void start_score(NodeId node) {
    Info& at = info(node);
    at.scored = true;
    const Tag kind = tag(node);
    if (kind == Tag::kDiv) at.score += 5;
    if (is_one_of(kind, {Tag::kPre, Tag::kTd, Tag::kBlockquote})) at.score += 3;
    if (is_one_of(kind, {Tag::kAddress, Tag::kOl, Tag::kUl, Tag::kDl, Tag::kDd, Tag::kDt, Tag::kLi,
                         Tag::kForm}))
      at.score -= 3;
    if (is_heading(kind) || kind == Tag::kTh) at.score -= 5;
    at.score += class_weight(node);
  }

  void score() {
    std::unordered_set<NodeId> done;
    for (const NodeId node : to_score_) {
      if (tree_[node].parent == kNoNode || !done.insert(node).second) continue;
      const TextCount& text = count(node);
      if (text.length < 25) continue;
      const double points = 2 + text.commas + std::min(std::floor(text.length / 100), 3.0);
      NodeId above = tree_[node].parent;
      for (int level = 0; level < 5 && above != kNoNode && above != tree_.root(); ++level) {
        if (!info(above).scored) {
          start_score(above);
          scored_.push_back(above);
        }
        info(above).score += points / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
        above = tree_[above].parent;
      }
    }
    for (const NodeId node : scored_) info(node).score *= 1 - count(node).link_density();
  }

  // The best container; the body when there is none.
  NodeId choose() {
    std::vector<NodeId> best = scored_;
    std::erase_if(best, [&](NodeId node) { return tag(node) == Tag::kHtml; });
    std::stable_sort(best.begin(), best.end(),
                     [&](NodeId a, NodeId b) { return info(a).score > info(b).score; });
    if (best.size() > kCandidates) best.resize(kCandidates);
    if (best.empty() || best[0] == body_) return body_;
    NodeId top = promote_shared(best);
    if (!info(top).scored) start_score(top);
    double last = info(top).score;
    const double least = last / 3;
    for (NodeId above = tree_[top].parent; is_inside(above); above = tree_[above].parent) {
      if (!info(above).scored) continue;
      if (info(above).score < least) break;
      if (info(above).score > last) {
        top = above;
        break;
      }
      last = info(above).score;
    }
    for (NodeId above = tree_[top].parent; is_inside(above) && element_children(above) == 1;
         above = tree_[above].parent)
      top = above;
    if (!info(top).scored) start_score(top);
    return top;
  }
  bool is_inside(NodeId node) const {
    return node != kNoNode && node != body_ && node != tree_.root() && tag(node) != Tag::kHtml;
  }
  std::size_t element_children(NodeId node) const {
    std::size_t count = 0;
    for (NodeId child = tree_[node].first; child != kNoNode; child = tree_[child].next)
      count += tree_.is_text(child) ? 0U : 1U;
    return count;
  }
  NodeId promote_shared(const std::vector<NodeId>& best) {
    std::vector<NodeId> close;
    for (std::size_t i = 1; i < best.size(); ++i)
      if (info(best[i]).score >= 0.75 * info(best[0]).score) close.push_back(best[i]);
    if (close.size() < 3) return best[0];
    for (NodeId above = tree_[best[0]].parent; is_inside(above); above = tree_[above].parent) {
      const auto shared = std::count_if(close.begin(), close.end(), [&](NodeId node) {
        return node != above && tree_.is_below(node, above);
      });
      if (shared >= 3) return above;
    }
    return best[0];
  }

  // Moves the container and those of its siblings that belong to it into one new element.
  NodeId gather(NodeId top) {
    const NodeId article = tree_.make(Tag::kDiv);
    if (top == body_ || tree_[top].parent == kNoNode) {
      while (tree_[top].first != kNoNode) tree_.append(article, tree_[top].first);
      tree_.append(top, article);
      return article;
    }
    const NodeId parent = tree_[top].parent;
    const double threshold = std::max(10.0, info(top).score * 0.2);
    const std::string_view top_class = tree_.attribute(top, "class");
    for (NodeId node = tree_[parent].first; node != kNoNode;) {
      const NodeId next = tree_[node].next;
      if (node == top || belongs(node, top, top_class, threshold)) {
        if (!is_one_of(tag(node),
                       {Tag::kDiv, Tag::kArticle, Tag::kSection, Tag::kP, Tag::kOl, Tag::kUl,
                        Tag::kH2, Tag::kH3, Tag::kBlockquote, Tag::kPre, Tag::kTable}) &&
            !tree_.is_text(node))
          tree_.rename(node, Tag::kDiv);
        tree_.append(article, node);
      }
      node = next;
    }
    tree_.append(parent, article);
    return article;
  }
  bool belongs(NodeId node, NodeId top, std::string_view top_class, double threshold) {
    if (tree_.is_text(node)) return false;
    const bool alike = !top_class.empty() && tree_.attribute(node, "class") == top_class;
    const double bonus = alike ? info(top).score * 0.2 : 0;
    if (info(node).scored && info(node).score + bonus >= threshold) return true;
    if (tag(node) != Tag::kP) return false;
    const TextCount& text = count(node);
    if (text.length > 80) return text.link_density() < 0.25;
    const std::string words = tree_.text_of(node);
    return text.length > 0 && text.linked == 0 &&
           (words.ends_with('.') || words.find(". ") != std::string::npos);
  }

  void remove_all(NodeId within, std::initializer_list<Tag> tags) {
    for (const NodeId node : below(within, tags)) remove(node);
  }

  void clean(NodeId article) {
    for (Info& at : info_) at.looked = false;  // elements were renamed and moved
    mark_data_tables(article);
    clean_conditionally(article, {Tag::kForm, Tag::kFieldset});
    remove_all(article,
               {Tag::kObject, Tag::kEmbed, Tag::kFooter, Tag::kLink, Tag::kAside, Tag::kNav});
    for (const NodeId node : below_any(article))
      if (hints_.of(tree_, node).has(Hint::kShare) &&
          count(node).length < static_cast<double>(kEnough))
        remove(node);
    remove_all(article, {Tag::kIframe, Tag::kInput, Tag::kTextarea, Tag::kSelect, Tag::kButton});
    for (const NodeId node : below(article, {Tag::kH1, Tag::kH2}))
      if (class_weight(node) < 0) remove(node);
    clean_conditionally(article, {Tag::kTable});
    clean_conditionally(article, {Tag::kUl, Tag::kOl});
    clean_conditionally(article, {Tag::kDiv, Tag::kSection});
    if (!rules_.weigh_classes) return;
    remove_other(article);
    cut_after_body(article);
  }

  // What the names call by another name than article, unless that would be much of the text: then
  // the names mean something else.
  void remove_other(NodeId article) {
    constexpr double kMuch = 0.35;
    const double all = std::max(own_text(article), 1.0);
    std::vector<NodeId> others;
    double sum = 0;
    bool skip = false;
    for (NodeId node = tree_.following(article, article); node != kNoNode;
         node = tree_.following(node, article, skip)) {
      skip = false;
      if (tree_.is_text(node)) continue;
      const Hints hints = info(node).hints | hints_.of(tree_, node);
      const bool inside_line = is_one_of(tag(node), {Tag::kA, Tag::kSpan, Tag::kTime});
      skip = hints.has(Hint::kUnseen) || (hints.has(Hint::kOther) && !inside_line);
      skip = skip && own_text(node) < kMuch * all;
      if (!skip) continue;
      others.push_back(node);
      sum += own_text(node);
    }
    if (sum < kMuch * all)
      for (const NodeId node : others) remove(node);
  }
  double own_text(NodeId node) { return count(node).length - count(node).linked; }

  bool is_body(NodeId node) {
    return tree_.has_attributes(node) &&
           (hints_.of(tree_, node).has(Hint::kBody) ||
            tree_.attribute(node, "itemprop").find("articleBody") != std::string_view::npos);
  }

  // Behind an element that says it is the whole text stand writers' lives, tags and other articles.
  void cut_after_body(NodeId article) {
    constexpr double kMost = 0.6;  // share of the text that such an element has
    NodeId body = kNoNode;
    for (const NodeId node : below_any(article))
      if (is_body(node) && own_text(node) >= kMost * own_text(article) &&
          (body == kNoNode || own_text(node) <= own_text(body)))
        body = node;
    if (body == kNoNode) return;
    for (NodeId node = body; node != article; node = tree_[node].parent) {
      for (NodeId after = tree_[node].next; after != kNoNode;) {
        const NodeId next = tree_[after].next;
        if (!has_body(after)) remove(after);
        after = next;
      }
    }
  }
  bool has_body(NodeId within) {
    for (NodeId node = within; node != kNoNode; node = tree_.following(node, within))
      if (!tree_.is_text(node) && is_body(node)) return true;
    return false;
  }

  std::vector<NodeId> below_any(NodeId within) const {
    std::vector<NodeId> list;
    for (NodeId node = tree_.following(within, within); node != kNoNode;
         node = tree_.following(node, within))
      if (!tree_.is_text(node)) list.push_back(node);
    return list;
  }

  void mark_data_tables(NodeId article) {
    for (const NodeId table : below(article, {Tag::kTable})) {
      if (tree_.attribute(table, "role") == "presentation" ||
          tree_.attribute(table, "datatable") == "0")
        continue;
      bool data = !tree_.attribute(table, "summary").empty() ||
                  count_below(table, {Tag::kCaption, Tag::kTfoot, Tag::kThead, Tag::kTh}) > 0;
      if (!data && count_below(table, {Tag::kTable}) == 0) {
        const auto rows = below(table, {Tag::kTr});
        std::size_t columns = 0;
        for (const NodeId row : rows) columns = std::max(columns, count_below(row, {Tag::kTd}));
        data = rows.size() >= 10 || columns > 4 || rows.size() * columns > 10;
      }
      info(table).data_table = data;
    }
  }

  void clean_conditionally(NodeId article, std::initializer_list<Tag> tags) {
    if (!rules_.clean) return;
    auto nodes = below(article, tags);
    std::reverse(nodes.begin(), nodes.end());
    for (const NodeId node : nodes)
      if (tree_[node].parent != kNoNode && is_fishy(node)) remove(node);
  }

  bool is_fishy(NodeId node) {
    if ((tag(node) == Tag::kTable && info(node).data_table) || in_data_table(node) ||
        has_ancestor(node, Tag::kCode))
      return false;
    const double weight = class_weight(node);
    if (weight < 0) return true;
    const Inside& inside = look_inside(node);
    const TextCount& text = inside.text;
    if (text.commas >= 10) return false;
    const double total = std::max(text.length, 1.0);
    const bool is_list = is_one_of(tag(node), {Tag::kUl, Tag::kOl}) || inside.listed / total > 0.9;
    const bool in_figure = has_ancestor(node, Tag::kFigure);
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

  HtmlTree tree_;
  ClassHints& hints_;
  std::string_view title_;
  Rules rules_;
  NodeId body_ = kNoNode;
  std::vector<Info> info_;
  std::vector<NodeId> to_score_, scored_;
  std::string byline_;
  bool title_seen_ = false;
};

}  // namespace

bool is_hidden(const HtmlTree& tree, NodeId node) {
  if (!tree.has_attributes(node)) return false;
  if (tree.has_attribute(node, "hidden")) return true;
  if (tree.attribute(node, "aria-hidden") == "true" &&
      tree.attribute(node, "class").find("fallback-image") == std::string_view::npos)
    return true;
  const std::string_view style = tree.attribute(node, "style");
  if (style.empty()) return false;
  std::string tight = to_lower(style);
  std::erase_if(tight, [](char c) { return is_space(c); });
  return tight.find("display:none") != std::string::npos ||
         tight.find("visibility:hidden") != std::string::npos;
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

HtmlContent find_content(const HtmlTree& page, ClassHints& hints, std::string_view title) {
  constexpr std::array<Rules, 4> kAttempts = {
      {{true, true, true}, {false, true, true}, {false, false, true}, {false, false, false}}};
  std::optional<HtmlContent> best;
  double most = 0;  // characters that an attempt can give
  for (std::size_t i = 0; i < kAttempts.size(); ++i) {
    if (i == 1 && page.size() > kManyNodes) i = kAttempts.size() - 1;
    HtmlContent content = Finder(page, hints, title, kAttempts[i]).find();
    const bool enough = content.characters >= kEnough;
    if (enough || !best || content.characters > best->characters) best = std::move(content);
    if (enough) break;
    if (i == 0) {
      const NodeId body = page.find(page.root(), Tag::kBody);
      most = count_text(page, body == kNoNode ? page.root() : body).length;
    }
    if (static_cast<double>(best->characters) >= most) break;
  }
  return *std::move(best);
}

}  // namespace dateline::article
