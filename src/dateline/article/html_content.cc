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

#include "dateline/article/html_clean.h"
#include "dateline/article/html_work.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

constexpr std::size_t kEnough = 500;  // characters of an article; below it looser rules are tried
constexpr std::size_t kCandidates = 5;
constexpr std::size_t kManyNodes = 300000;  // of a page that is tried twice and not four times

bool is_phrasing_tag(Tag tag) {
  return is_one_of(
      tag, {Tag::kText,   Tag::kAbbr,   Tag::kAudio,   Tag::kB,      Tag::kBr,       Tag::kButton,
            Tag::kCite,   Tag::kCode,   Tag::kEm,      Tag::kEmbed,  Tag::kFont,     Tag::kI,
            Tag::kImg,    Tag::kInput,  Tag::kLabel,   Tag::kMark,   Tag::kMath,     Tag::kMeta,
            Tag::kObject, Tag::kQ,      Tag::kRuby,    Tag::kScript, Tag::kSelect,   Tag::kSmall,
            Tag::kSpan,   Tag::kStrong, Tag::kSub,     Tag::kSup,    Tag::kTextarea, Tag::kTime,
            Tag::kU,      Tag::kS,      Tag::kNoscript});
}

struct Rules {
  bool strip_unlikely = true, weigh_classes = true, clean = true;
};

// One attempt on a copy of the page.
class Finder {
 public:
  Finder(HtmlTree tree, ClassHints& hints, std::string_view title, Rules rules)
      : work_(std::move(tree), hints, rules.weigh_classes), title_(title), rules_(rules) {}

  HtmlContent find() {
    body_ = work_.tree.find(work_.tree.root(), Tag::kBody);
    if (body_ == kNoNode) body_ = work_.tree.root();
    prepare();
    walk();
    score();
    const NodeId article = gather(choose());
    clean_content(work_, article,
                  {.by_conditions = rules_.clean, .by_names = rules_.weigh_classes});
    HtmlContent content;
    content.characters = static_cast<std::size_t>(work_.count(article).length);
    content.root = article;
    content.byline = std::move(byline_);
    content.tree = std::move(work_.tree);
    return content;
  }

 private:
  // Scripts go, and two line breaks in a row make a paragraph of what follows them.
  void prepare() {
    std::vector<NodeId> gone, breaks;
    bool skip = false;
    for (NodeId node = work_.tree.root(); node != kNoNode;
         node = work_.tree.following(node, work_.tree.root(), skip)) {
      skip = is_one_of(work_.tag(node),
                       {Tag::kScript, Tag::kStyle, Tag::kNoscript, Tag::kTemplate, Tag::kSvg});
      if (skip) gone.push_back(node);
      if (work_.tag(node) == Tag::kFont) work_.tree.rename(node, Tag::kSpan);
      if (work_.tag(node) == Tag::kBr) breaks.push_back(node);
    }
    for (const NodeId node : gone) work_.remove(node);
    for (const NodeId br : breaks)
      if (work_.tree[br].parent != kNoNode) break_paragraph(br);
  }

  NodeId skip_space(NodeId node) const {
    while (node != kNoNode && work_.is_space_text(node)) node = work_.tree[node].next;
    return node;
  }

  void break_paragraph(NodeId br) {
    bool doubled = false;
    NodeId next = skip_space(work_.tree[br].next);
    while (next != kNoNode && work_.tag(next) == Tag::kBr) {
      doubled = true;
      const NodeId gone = next;
      next = skip_space(work_.tree[next].next);
      work_.remove(gone);
    }
    if (!doubled) return;
    const NodeId first = work_.tree[br].next;
    NodeId last = kNoNode;
    for (NodeId node = first; node != kNoNode; node = work_.tree[node].next) {
      if (work_.tag(node) == Tag::kBr) {
        const NodeId after = skip_space(work_.tree[node].next);
        if (after != kNoNode && work_.tag(after) == Tag::kBr) break;
      }
      if (!is_phrasing(node)) break;
      last = node;
    }
    if (last == kNoNode) {
      work_.tree.rename(br, Tag::kP);
      return;
    }
    const NodeId parent = work_.tree[br].parent;
    work_.tree.wrap(first, last, Tag::kP);
    work_.remove(br);
    if (work_.tag(parent) == Tag::kP) work_.tree.rename(parent, Tag::kDiv);
  }

  bool is_phrasing(NodeId node) const {
    if (is_phrasing_tag(work_.tag(node))) return true;
    if (!is_one_of(work_.tag(node), {Tag::kA, Tag::kDel, Tag::kIns})) return false;
    for (NodeId child = work_.tree[node].first; child != kNoNode; child = work_.tree[child].next)
      if (!is_phrasing(child)) return false;
    return true;
  }

  NodeId remove_and_next(NodeId node) {
    const NodeId next = work_.tree.following(node, work_.tree.root(), /*skip_children=*/true);
    work_.remove(node);
    return next;
  }

  bool is_unlikely(NodeId node, Hints hints) const {
    if (is_one_of(work_.tag(node), {Tag::kHtml, Tag::kBody, Tag::kA, Tag::kArticle, Tag::kMain}))
      return false;
    if (hints.has(Hint::kUnlikely) && !hints.has(Hint::kMaybe) &&
        !work_.has_ancestor(node, Tag::kTable) && !work_.has_ancestor(node, Tag::kCode))
      return true;
    const std::string_view role = work_.tree.attribute(node, "role");
    for (const std::string_view word :
         {"menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"})
      if (role == word) return true;
    return false;
  }

  bool is_byline(NodeId node, Hints hints) {
    if (!byline_.empty()) return false;
    const bool named =
        work_.tree.attribute(node, "rel") == "author" ||
        work_.tree.attribute(node, "itemprop").find("author") != std::string_view::npos ||
        hints.has(Hint::kByline);
    if (!named) return false;
    std::string text = work_.tree.text_of(node, 100);
    if (text.empty() || text.size() >= 100) return false;
    byline_ = std::move(text);
    return true;
  }

  bool repeats_title(NodeId node) {
    if (title_seen_ || !is_one_of(work_.tag(node), {Tag::kH1, Tag::kH2})) return false;
    if (title_.empty() || similarity(title_, work_.tree.text_of(node)) <= 0.75) return false;
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
    for (NodeId child = work_.tree[node].first; child != kNoNode; child = work_.tree[child].next) {
      if (work_.tree.is_text(child)) {
        if (!work_.is_space_text(child)) return false;
        continue;
      }
      ++elements;
      breaks += is_one_of(work_.tag(child), {Tag::kBr, Tag::kHr}) ? 1U : 0U;
    }
    return elements == breaks;
  }

  // Clears the way down the page and collects what will be scored.
  void walk() {
    NodeId node = work_.tree.following(work_.tree.root(), work_.tree.root());
    while (node != kNoNode) {
      if (work_.tree.is_text(node)) {
        node = work_.tree.following(node, work_.tree.root());
        continue;
      }
      const Hints hints = work_.hints(node);
      const bool gone = is_hidden(work_.tree, node) || is_byline(node, hints) ||
                        repeats_title(node) ||
                        (work_.tree.attribute(node, "aria-modal") == "true" &&
                         work_.tree.attribute(node, "role") == "dialog") ||
                        (rules_.strip_unlikely && is_unlikely(node, hints)) ||
                        ((is_heading(work_.tag(node)) ||
                          is_one_of(work_.tag(node), {Tag::kDiv, Tag::kSection, Tag::kHeader})) &&
                         is_empty(node));
      if (gone) {
        node = remove_and_next(node);
        continue;
      }
      if (is_one_of(work_.tag(node), {Tag::kSection, Tag::kH2, Tag::kH3, Tag::kH4, Tag::kH5,
                                      Tag::kH6, Tag::kP, Tag::kTd, Tag::kPre}))
        to_score_.push_back(node);
      if (work_.tag(node) == Tag::kDiv) node = settle_div(node);
      node = work_.tree.following(node, work_.tree.root());
    }
  }

  // Runs of phrasing inside a div become paragraphs; a div that is one becomes it.
  NodeId settle_div(NodeId div) {
    NodeId run = kNoNode, last = kNoNode;
    const auto close = [&] {
      if (run != kNoNode) work_.tree.wrap(run, last, Tag::kP);
      run = last = kNoNode;
    };
    for (NodeId child = work_.tree[div].first; child != kNoNode;) {
      const NodeId next = work_.tree[child].next;
      if (is_phrasing(child)) {
        const bool blank = work_.is_space_text(child) || work_.tag(child) == Tag::kBr;
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
    for (NodeId child = work_.tree[div].first; child != kNoNode; child = work_.tree[child].next) {
      if (work_.is_space_text(child)) continue;
      several = several || only != kNoNode || work_.tree.is_text(child);
      only = child;
    }
    if (only != kNoNode && !several && work_.tag(only) == Tag::kP &&
        work_.count(div).link_density() < 0.25) {
      work_.forget_above(div);
      work_.info(only).hints = work_.info(only).hints | work_.hints(div);
      work_.tree.replace(div, only);
      to_score_.push_back(only);
      return only;
    }
    for (NodeId node = work_.tree.following(div, div); node != kNoNode && !block;
         node = work_.tree.following(node, div))
      block = is_block_tag(work_.tag(node));
    if (!block) {
      work_.tree.rename(div, Tag::kP);
      to_score_.push_back(div);
    }
    return div;
  }

  void start_score(NodeId node) {
    NodeInfo& at = work_.info(node);
    at.scored = true;
    const Tag kind = work_.tag(node);
    if (kind == Tag::kDiv) at.score += 5;
    if (is_one_of(kind, {Tag::kPre, Tag::kTd, Tag::kBlockquote})) at.score += 3;
    if (is_one_of(kind, {Tag::kAddress, Tag::kOl, Tag::kUl, Tag::kDl, Tag::kDd, Tag::kDt, Tag::kLi,
                         Tag::kForm}))
      at.score -= 3;
    if (is_heading(kind) || kind == Tag::kTh) at.score -= 5;
    at.score += work_.class_weight(node);
  }

  void score() {
    std::unordered_set<NodeId> done;
    for (const NodeId node : to_score_) {
      if (work_.tree[node].parent == kNoNode || !done.insert(node).second) continue;
      const TextCount& text = work_.count(node);
      if (text.length < 25) continue;
      const double points = 2 + text.commas + std::min(std::floor(text.length / 100), 3.0);
      NodeId above = work_.tree[node].parent;
      for (int level = 0; level < 5 && above != kNoNode && above != work_.tree.root(); ++level) {
        if (!work_.info(above).scored) {
          start_score(above);
          scored_.push_back(above);
        }
        work_.info(above).score += points / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
        above = work_.tree[above].parent;
      }
    }
    for (const NodeId node : scored_)
      work_.info(node).score *= 1 - work_.count(node).link_density();
  }

  // The best container; the body when there is none.
  NodeId choose() {
    std::vector<NodeId> best = scored_;
    std::erase_if(best, [&](NodeId node) { return work_.tag(node) == Tag::kHtml; });
    std::stable_sort(best.begin(), best.end(),
                     [&](NodeId a, NodeId b) { return work_.info(a).score > work_.info(b).score; });
    if (best.size() > kCandidates) best.resize(kCandidates);
    if (best.empty() || best[0] == body_) return body_;
    NodeId top = promote_shared(best);
    if (!work_.info(top).scored) start_score(top);
    double last = work_.info(top).score;
    const double least = last / 3;
    for (NodeId above = work_.tree[top].parent; is_inside(above);
         above = work_.tree[above].parent) {
      if (!work_.info(above).scored) continue;
      if (work_.info(above).score < least) break;
      if (work_.info(above).score > last) {
        top = above;
        break;
      }
      last = work_.info(above).score;
    }
    for (NodeId above = work_.tree[top].parent; is_inside(above) && element_children(above) == 1;
         above = work_.tree[above].parent)
      top = above;
    if (!work_.info(top).scored) start_score(top);
    return top;
  }
  bool is_inside(NodeId node) const {
    return node != kNoNode && node != body_ && node != work_.tree.root() &&
           work_.tag(node) != Tag::kHtml;
  }
  std::size_t element_children(NodeId node) const {
    std::size_t count = 0;
    for (NodeId child = work_.tree[node].first; child != kNoNode; child = work_.tree[child].next)
      count += work_.tree.is_text(child) ? 0U : 1U;
    return count;
  }
  NodeId promote_shared(const std::vector<NodeId>& best) {
    std::vector<NodeId> close;
    for (std::size_t i = 1; i < best.size(); ++i)
      if (work_.info(best[i]).score >= 0.75 * work_.info(best[0]).score) close.push_back(best[i]);
    if (close.size() < 3) return best[0];
    for (NodeId above = work_.tree[best[0]].parent; is_inside(above);
         above = work_.tree[above].parent) {
      const auto shared = std::count_if(close.begin(), close.end(), [&](NodeId node) {
        return node != above && work_.tree.is_below(node, above);
      });
      if (shared >= 3) return above;
    }
    return best[0];
  }

  // Moves the container and those of its siblings that belong to it into one new element.
  NodeId gather(NodeId top) {
    const NodeId article = work_.tree.make(Tag::kDiv);
    if (top == body_ || work_.tree[top].parent == kNoNode) {
      while (work_.tree[top].first != kNoNode) work_.tree.append(article, work_.tree[top].first);
      work_.tree.append(top, article);
      return article;
    }
    const NodeId parent = work_.tree[top].parent;
    const double threshold = std::max(10.0, work_.info(top).score * 0.2);
    const std::string_view top_class = work_.tree.attribute(top, "class");
    for (NodeId node = work_.tree[parent].first; node != kNoNode;) {
      const NodeId next = work_.tree[node].next;
      if (node == top || belongs(node, top, top_class, threshold)) {
        if (!is_one_of(work_.tag(node),
                       {Tag::kDiv, Tag::kArticle, Tag::kSection, Tag::kP, Tag::kOl, Tag::kUl,
                        Tag::kH2, Tag::kH3, Tag::kBlockquote, Tag::kPre, Tag::kTable}) &&
            !work_.tree.is_text(node))
          work_.tree.rename(node, Tag::kDiv);
        work_.tree.append(article, node);
      }
      node = next;
    }
    work_.tree.append(parent, article);
    return article;
  }
  bool belongs(NodeId node, NodeId top, std::string_view top_class, double threshold) {
    if (work_.tree.is_text(node)) return false;
    const bool alike = !top_class.empty() && work_.tree.attribute(node, "class") == top_class;
    const double bonus = alike ? work_.info(top).score * 0.2 : 0;
    if (work_.info(node).scored && work_.info(node).score + bonus >= threshold) return true;
    if (work_.tag(node) != Tag::kP) return false;
    const TextCount& text = work_.count(node);
    if (text.length > 80) return text.link_density() < 0.25;
    const std::string words = work_.tree.text_of(node);
    return text.length > 0 && text.linked == 0 &&
           (words.ends_with('.') || words.find(". ") != std::string::npos);
  }

  PageWork work_;
  std::string_view title_;
  Rules rules_;
  NodeId body_ = kNoNode;
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
