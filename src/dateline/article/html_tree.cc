#include "dateline/article/html_tree.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <unordered_map>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

constexpr std::size_t kDeepest = 20000;  // of the page; the parser's time grows with its square
constexpr std::size_t kLeastMemory = std::size_t{64} << 20U;  // of one parse
constexpr std::size_t kMemoryPerByte = 100;
constexpr std::size_t kDepth = 400;  // of the tree: what is deeper hangs at this depth

// gumbo allocates from here and is never asked to free a tree, which it does by recursion. When a
// page makes it build far more than the page has (misnested formatting elements are copied again
// and again), `give_up` ends the parse: its memory is all in here, so nothing is lost.
class Pool {
 public:
  std::size_t limit = 0;
  std::jmp_buf give_up;

  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (void* block : blocks_) std::free(block);
  }
  void* allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) {
      const std::size_t block = std::max<std::size_t>(size, kBlock);
      taken_ += block;
      if (taken_ > limit) std::longjmp(give_up, 1);
      at_ = static_cast<char*>(std::malloc(block));
      if (at_ == nullptr) std::abort();  // as operator new would end it
      blocks_.push_back(at_);
      left_ = block;
    }
    char* given = at_;
    at_ += size;
    left_ -= size;
    return given;
  }

 private:
  static constexpr std::size_t kBlock = 1 << 18;
  std::vector<void*> blocks_;
  char* at_ = nullptr;
  std::size_t left_ = 0, taken_ = 0;
};

// Nothing when the pool's limit was reached. Holds nothing that a jump would leave behind.
const GumboOutput* parse_in(Pool& pool, const char* page, std::size_t size) {
  static const GumboAllocatorFunction allocate = [](void* from, std::size_t bytes) {
    return static_cast<Pool*>(from)->allocate(bytes);
  };
  if (setjmp(pool.give_up) != 0) return nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = [](void*, void*) {};
  options.userdata = &pool;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, page, size);
}

const std::unordered_map<std::string_view, Tag>& tag_names() {
  static const std::unordered_map<std::string_view, Tag> names = {
#define DATELINE_TAG(name, tag) {name, Tag::tag}
      DATELINE_TAG("a", kA),
      DATELINE_TAG("abbr", kAbbr),
      DATELINE_TAG("address", kAddress),
      DATELINE_TAG("article", kArticle),
      DATELINE_TAG("aside", kAside),
      DATELINE_TAG("audio", kAudio),
      DATELINE_TAG("b", kB),
      DATELINE_TAG("base", kBase),
      DATELINE_TAG("blockquote", kBlockquote),
      DATELINE_TAG("body", kBody),
      DATELINE_TAG("br", kBr),
      DATELINE_TAG("button", kButton),
      DATELINE_TAG("caption", kCaption),
      DATELINE_TAG("center", kCenter),
      DATELINE_TAG("cite", kCite),
      DATELINE_TAG("code", kCode),
      DATELINE_TAG("dd", kDd),
      DATELINE_TAG("del", kDel),
      DATELINE_TAG("details", kDetails),
      DATELINE_TAG("div", kDiv),
      DATELINE_TAG("dl", kDl),
      DATELINE_TAG("dt", kDt),
      DATELINE_TAG("em", kEm),
      DATELINE_TAG("embed", kEmbed),
      DATELINE_TAG("fieldset", kFieldset),
      DATELINE_TAG("figcaption", kFigcaption),
      DATELINE_TAG("figure", kFigure),
      DATELINE_TAG("font", kFont),
      DATELINE_TAG("footer", kFooter),
      DATELINE_TAG("form", kForm),
      DATELINE_TAG("h1", kH1),
      DATELINE_TAG("h2", kH2),
      DATELINE_TAG("h3", kH3),
      DATELINE_TAG("h4", kH4),
      DATELINE_TAG("h5", kH5),
      DATELINE_TAG("h6", kH6),
      DATELINE_TAG("head", kHead),
      DATELINE_TAG("header", kHeader),
      DATELINE_TAG("hr", kHr),
      DATELINE_TAG("html", kHtml),
      DATELINE_TAG("i", kI),
      DATELINE_TAG("iframe", kIframe),
      DATELINE_TAG("img", kImg),
      DATELINE_TAG("input", kInput),
      DATELINE_TAG("ins", kIns),
      DATELINE_TAG("label", kLabel),
      DATELINE_TAG("li", kLi),
      DATELINE_TAG("link", kLink),
      DATELINE_TAG("main", kMain),
      DATELINE_TAG("mark", kMark),
      DATELINE_TAG("math", kMath),
      DATELINE_TAG("meta", kMeta),
      DATELINE_TAG("nav", kNav),
      DATELINE_TAG("noscript", kNoscript),
      DATELINE_TAG("object", kObject),
      DATELINE_TAG("ol", kOl),
      DATELINE_TAG("p", kP),
      DATELINE_TAG("picture", kPicture),
      DATELINE_TAG("pre", kPre),
      DATELINE_TAG("q", kQ),
      DATELINE_TAG("rp", kRp),
      DATELINE_TAG("rt", kRt),
      DATELINE_TAG("ruby", kRuby),
      DATELINE_TAG("s", kS),
      DATELINE_TAG("script", kScript),
      DATELINE_TAG("section", kSection),
      DATELINE_TAG("select", kSelect),
      DATELINE_TAG("small", kSmall),
      DATELINE_TAG("span", kSpan),
      DATELINE_TAG("strong", kStrong),
      DATELINE_TAG("style", kStyle),
      DATELINE_TAG("sub", kSub),
      DATELINE_TAG("summary", kSummary),
      DATELINE_TAG("sup", kSup),
      DATELINE_TAG("svg", kSvg),
      DATELINE_TAG("table", kTable),
      DATELINE_TAG("tbody", kTbody),
      DATELINE_TAG("td", kTd),
      DATELINE_TAG("template", kTemplate),
      DATELINE_TAG("textarea", kTextarea),
      DATELINE_TAG("tfoot", kTfoot),
      DATELINE_TAG("th", kTh),
      DATELINE_TAG("thead", kThead),
      DATELINE_TAG("time", kTime),
      DATELINE_TAG("title", kTitle),
      DATELINE_TAG("tr", kTr),
      DATELINE_TAG("u", kU),
      DATELINE_TAG("ul", kUl),
      DATELINE_TAG("video", kVideo),
#undef DATELINE_TAG
  };
  return names;
}

// How deep the page can be nested at most: tags opened less tags closed. Elements that end where
// the next of their kind begins are not counted.
bool is_too_deep(std::string_view page) {
  constexpr std::string_view kFlat[] = {
      "meta", "link", "img",  "input", "br",  "hr",     "p",      "li",   "tr",    "td",   "th",
      "dt",   "dd",   "area", "col",   "wbr", "option", "source", "base", "param", "embed"};
  std::size_t depth = 0;
  for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
    std::size_t end = at + 1;
    while (end < page.size() && end < at + 9 && is_alpha(page[end])) ++end;
    if (end == at + 1) {
      if (end < page.size() && page[end] == '/' && depth > 0) --depth;
      continue;
    }
    const std::string name = to_lower(page.substr(at + 1, end - at - 1));
    if (std::find(std::begin(kFlat), std::end(kFlat), name) == std::end(kFlat) &&
        ++depth > kDeepest)
      return true;
  }
  return false;
}

}  // namespace

struct HtmlTree::Memory {
  Pool pool;
  std::vector<HtmlAttribute> attributes;
  std::vector<std::string> names;
};

Tag tag_of(std::string_view name) {
  const auto found = tag_names().find(name);
  return found == tag_names().end() ? Tag::kOther : found->second;
}

struct HtmlTreeBuilder {
  HtmlTree tree;
  std::shared_ptr<HtmlTree::Memory> memory = std::make_shared<HtmlTree::Memory>();
  std::string_view page;

  NodeId add(NodeId parent) {
    tree.nodes_.emplace_back();
    const auto node = static_cast<NodeId>(tree.nodes_.size() - 1);
    if (parent != kNoNode) tree.link_last(parent, node);
    return node;
  }

  void add_text(const GumboNode& from, NodeId parent) {
    const NodeId node = add(parent);
    HtmlNode& to = tree.nodes_[node];
    to.tag = Tag::kText;
    to.text = from.v.text.text;
    const std::size_t at = from.v.text.start_pos.offset;
    if (at >= page.size()) return;
    // What the parser calls the original is right only for text in one piece.
    const std::size_t end = std::min(page.find('<', at), page.size());
    to.raw = page.substr(at, end - at);
  }

  NodeId add_element(const GumboNode& from, NodeId parent) {
    const NodeId node = add(parent);
    const GumboElement& element = from.v.element;
    HtmlNode& to = tree.nodes_[node];
    if (element.tag != GUMBO_TAG_UNKNOWN) to.tag = tag_of(gumbo_normalized_tagname(element.tag));
    if (from.type == GUMBO_NODE_TEMPLATE) to.tag = Tag::kTemplate;
    to.begin = static_cast<std::uint32_t>(memory->attributes.size());
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      memory->attributes.push_back({attribute->name, attribute->value});
    }
    to.end = static_cast<std::uint32_t>(memory->attributes.size());
    return node;
  }

  void add_tree(const GumboNode& document) {
    struct Step {
      const GumboVector* children;
      unsigned next;
      NodeId node;
    };
    std::vector<Step> way = {{&document.v.document.children, 0, add(kNoNode)}};
    while (!way.empty()) {
      if (way.back().next == way.back().children->length) {
        way.pop_back();
        continue;
      }
      const auto* child =
          static_cast<const GumboNode*>(way.back().children->data[way.back().next++]);
      const NodeId parent = way.back().node;
      switch (child->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_WHITESPACE:
        case GUMBO_NODE_CDATA:
          add_text(*child, parent);
          break;
        case GUMBO_NODE_ELEMENT:
        case GUMBO_NODE_TEMPLATE:
          if (way.size() > kDepth)
            way.push_back({&child->v.element.children, 0, parent});
          else
            way.push_back({&child->v.element.children, 0, add_element(*child, parent)});
          break;
        case GUMBO_NODE_COMMENT:
        case GUMBO_NODE_DOCUMENT:
          break;
      }
    }
  }
};

Result<HtmlTree> HtmlTree::parse(std::string_view page) {
  if (is_too_deep(page))
    return fail(ErrorCode::kUnsupported,
                fmt::format("elements are nested more than {} deep", kDeepest));
  HtmlTreeBuilder builder;
  builder.page = page;
  builder.memory->pool.limit = kLeastMemory + page.size() * kMemoryPerByte;
  const GumboOutput* output = parse_in(builder.memory->pool, page.data(), page.size());
  if (output == nullptr)
    return fail(ErrorCode::kUnsupported, "elements are misnested beyond measure");
  builder.add_tree(*output->document);
  builder.tree.memory_ = builder.memory;
  return std::move(builder.tree);
}

void HtmlTree::link_last(NodeId parent, NodeId child) {
  HtmlNode& above = nodes_[parent];
  nodes_[child].parent = parent;
  nodes_[child].previous = above.last;
  nodes_[child].next = kNoNode;
  if (above.last != kNoNode)
    nodes_[above.last].next = child;
  else
    above.first = child;
  above.last = child;
}

std::string_view HtmlTree::attribute(NodeId node, std::string_view name) const {
  for (std::uint32_t i = nodes_[node].begin; i < nodes_[node].end; ++i)
    if (memory_->attributes[i].name == name) return memory_->attributes[i].value;
  return {};
}

bool HtmlTree::has_attribute(NodeId node, std::string_view name) const {
  for (std::uint32_t i = nodes_[node].begin; i < nodes_[node].end; ++i)
    if (memory_->attributes[i].name == name) return true;
  return false;
}

NodeId HtmlTree::following(NodeId node, NodeId within, bool skip_children) const {
  if (!skip_children && nodes_[node].first != kNoNode) return nodes_[node].first;
  while (node != within && node != kNoNode) {
    if (nodes_[node].next != kNoNode) return nodes_[node].next;
    node = nodes_[node].parent;
  }
  return kNoNode;
}

NodeId HtmlTree::find(NodeId within, Tag tag) const {
  for (NodeId node = following(within, within); node != kNoNode; node = following(node, within))
    if (nodes_[node].tag == tag) return node;
  return kNoNode;
}

std::string HtmlTree::text_of(NodeId within) const {
  std::string out;
  bool space = false;
  for (NodeId node = within; node != kNoNode;
       node = following(node, within,
                        nodes_[node].tag == Tag::kScript || nodes_[node].tag == Tag::kStyle)) {
    if (nodes_[node].tag == Tag::kBr) space = true;
    for (const char c : nodes_[node].text) {
      if (is_space(c)) {
        space = true;
        continue;
      }
      if (space && !out.empty()) out += ' ';
      space = false;
      out += c;
    }
  }
  return out;
}

bool HtmlTree::is_below(NodeId node, NodeId above) const {
  while (node != kNoNode && node != above) node = nodes_[node].parent;
  return node == above;
}

NodeId HtmlTree::make(Tag tag) {
  nodes_.emplace_back();
  nodes_.back().tag = tag;
  return static_cast<NodeId>(nodes_.size() - 1);
}

void HtmlTree::append(NodeId parent, NodeId child) {
  remove(child);
  link_last(parent, child);
}

void HtmlTree::remove(NodeId node) {
  HtmlNode& gone = nodes_[node];
  if (gone.parent == kNoNode) return;
  HtmlNode& above = nodes_[gone.parent];
  (gone.previous == kNoNode ? above.first : nodes_[gone.previous].next) = gone.next;
  (gone.next == kNoNode ? above.last : nodes_[gone.next].previous) = gone.previous;
  gone.parent = gone.previous = gone.next = kNoNode;
}

NodeId HtmlTree::wrap(NodeId at, NodeId to, Tag tag) {
  const auto wrapper = static_cast<NodeId>(nodes_.size());
  nodes_.emplace_back();
  HtmlNode& box = nodes_[wrapper];
  HtmlNode& first = nodes_[at];
  HtmlNode& last = nodes_[to];
  HtmlNode& above = nodes_[first.parent];
  box.tag = tag;
  box.parent = first.parent;
  box.previous = first.previous;
  box.next = last.next;
  (first.previous == kNoNode ? above.first : nodes_[first.previous].next) = wrapper;
  (last.next == kNoNode ? above.last : nodes_[last.next].previous) = wrapper;
  box.first = at;
  box.last = to;
  first.previous = kNoNode;
  last.next = kNoNode;
  for (NodeId child = at; child != kNoNode; child = nodes_[child].next)
    nodes_[child].parent = wrapper;
  return wrapper;
}

void HtmlTree::replace(NodeId old, NodeId node) {
  remove(node);
  HtmlNode& gone = nodes_[old];
  HtmlNode& here = nodes_[node];
  if (gone.parent == kNoNode) return;
  HtmlNode& above = nodes_[gone.parent];
  here.parent = gone.parent;
  here.previous = gone.previous;
  here.next = gone.next;
  (gone.previous == kNoNode ? above.first : nodes_[gone.previous].next) = node;
  (gone.next == kNoNode ? above.last : nodes_[gone.next].previous) = node;
  gone.parent = gone.previous = gone.next = kNoNode;
}

}  // namespace dateline::article
