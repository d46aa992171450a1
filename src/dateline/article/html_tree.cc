#include "dateline/article/html_tree.h"

#include <fmt/format.h>
#include <lexbor/dom/interfaces/attr.h>
#include <lexbor/dom/interfaces/element.h>
#include <lexbor/dom/interfaces/text.h>
#include <lexbor/html/html.h>
#include <lexbor/html/tree/active_formatting.h>
#include <lexbor/tag/tag.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "dateline/base/ascii.h"

namespace dateline::article {
namespace {

constexpr std::size_t kDeepest = 3000;  // of tables in tables and the like; others are kept flat
constexpr std::size_t kLeastMemory = std::size_t{64} << 20U;  // of one parse
constexpr std::size_t kMemoryPerByte = 100;
constexpr std::size_t kLargePage = std::size_t{8} << 20U;  // whose parser holds too much to keep
constexpr std::size_t kDepth = 250;     // of the tree: what is deeper hangs at this depth
constexpr std::size_t kMostOpen = 200;  // elements within elements: one beyond it is a sibling
constexpr std::size_t kMostAttributes = 500;  // of one element: those beyond it are left out
constexpr std::size_t kBytesPerNode = 32;     // of a page, for the first guess
constexpr std::size_t kNames = 128;           // slots of the parser's tables of names, and
constexpr std::size_t kBytesPerName = 128;    // bytes of a page for which there is a slot more

struct FreeParser {
  void operator()(lxb_html_parser_t* parser) const { lxb_html_parser_destroy(parser); }
};
struct FreeDocument {
  void operator()(lxb_html_document_t* document) const { lxb_html_document_destroy(document); }
};
using Document = std::unique_ptr<lxb_html_document_t, FreeDocument>;

std::string_view view(const lxb_char_t* bytes, std::size_t size) {
  return bytes == nullptr ? std::string_view()
                          : std::string_view(reinterpret_cast<const char*>(bytes), size);
}

// Stands between lexbor's tokenizer and its tree. The tree forgets where its texts stood in the
// page, so each text node is given its place (in `user`) as its token goes by; elements nested too
// deep become siblings, for each new one makes the parser look through all that are open; and a
// page that makes the tree far larger than itself (misnested formatting elements are copied again
// and again) ends here. The parser compares each attribute of an element with all before it, so
// there is a limit to them too. To be gone before the parser is.
class Watch {
 public:
  Watch(lxb_html_parser_t* parser, std::size_t most_memory)
      : tokenizer_(lxb_html_parser_tokenizer(parser)),
        tree_(parser->tree),
        most_memory_(most_memory),
        build_(tokenizer_->callback_token_done),
        build_context_(tokenizer_->callback_token_ctx) {
    lxb_html_tokenizer_callback_token_done_set(tokenizer_, &Watch::take, this);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() { lxb_html_tokenizer_callback_token_done_set(tokenizer_, build_, build_context_); }

 private:
  static lxb_html_token_t* take(lxb_html_tokenizer_t* tokenizer, lxb_html_token_t* token,
                                void* context) {
    auto& self = *static_cast<Watch*>(context);
    if (opens_element(*token)) self.close_deep_element();
    if (token->attr_first != nullptr) self.leave_out_attributes(*token);
    if (self.tree_->open_elements->length > kDeepest) {
      tokenizer->status = LXB_STATUS_ERROR_OVERFLOW;
      return nullptr;
    }
    const bool is_text = token->tag_id == LXB_TAG__TEXT;
    const lxb_char_t* place = token->begin;
    const lxb_dom_node_t* before = is_text ? self.last_text() : nullptr;
    lxb_html_token_t* done = self.build_(tokenizer, token, self.build_context_);
    if (done == nullptr) return nullptr;
    if (is_text) {
      lxb_dom_node_t* after = self.last_text();
      if (after != before && after != nullptr && after->user == nullptr)
        after->user = const_cast<lxb_char_t*>(place);
    }
    const lxb_dom_document_t& document = self.tree_->document->dom_document;
    if (held(document.mraw) + held(document.text) > self.most_memory_) {
      tokenizer->status = LXB_STATUS_ERROR_OVERFLOW;
      return nullptr;
    }
    return done;
  }

  static bool opens_element(const lxb_html_token_t& token) {
    return token.tag_id > LXB_TAG__EM_DOCTYPE && (token.type & LXB_HTML_TOKEN_TYPE_CLOSE) == 0 &&
           !lxb_html_tag_is_void(token.tag_id);
  }

  void leave_out_attributes(lxb_html_token_t& token) {
    // All tags of these two give their attributes to one element.
    const bool shared = token.tag_id == LXB_TAG_HTML || token.tag_id == LXB_TAG_BODY;
    std::size_t count = shared ? shared_attributes_ : 0;
    lxb_html_token_attr_t* last = nullptr;
    for (auto* at = token.attr_first; at != nullptr && count < kMostAttributes; at = at->next) {
      last = at;
      ++count;
    }
    if (shared) shared_attributes_ = count;
    (last == nullptr ? token.attr_first : last->next) = nullptr;
    token.attr_last = last;
  }

  // Elements that change how what stands in them is read; every other one's end tag takes it from
  // the open ones and does no more.
  static bool is_frame(lxb_tag_id_t tag) {
    constexpr lxb_tag_id_t kFrames[] = {
        LXB_TAG_HTML,  LXB_TAG_HEAD,    LXB_TAG_BODY,     LXB_TAG_FRAMESET, LXB_TAG_TEMPLATE,
        LXB_TAG_TABLE, LXB_TAG_CAPTION, LXB_TAG_COLGROUP, LXB_TAG_TBODY,    LXB_TAG_THEAD,
        LXB_TAG_TFOOT, LXB_TAG_TR,      LXB_TAG_TD,       LXB_TAG_TH,       LXB_TAG_SELECT,
        LXB_TAG_FORM,  LXB_TAG_APPLET,  LXB_TAG_MARQUEE,  LXB_TAG_OBJECT};
    return std::find(std::begin(kFrames), std::end(kFrames), tag) != std::end(kFrames);
  }

  void close_deep_element() {
    lexbor_array_t& open = *tree_->open_elements;
    if (open.length < kMostOpen) return;
    auto* last = static_cast<lxb_dom_node_t*>(open.list[open.length - 1]);
    if (last->ns != LXB_NS_HTML || is_frame(last->local_name)) return;
    --open.length;
    if (lxb_html_tag_is_category(last->local_name, LXB_NS_HTML, LXB_HTML_TAG_CATEGORY_FORMATTING))
      lxb_html_tree_active_formatting_remove_by_node(tree_, last);
  }

  // The text node that the next text would be joined to, if there is one.
  [[nodiscard]] lxb_dom_node_t* last_text() const {
    if (tree_->open_elements->length == 0) return nullptr;
    lxb_html_tree_insertion_position_t position;
    lxb_dom_node_t* at = lxb_html_tree_appropriate_place_inserting_node(tree_, nullptr, &position);
    if (at == nullptr) return nullptr;
    lxb_dom_node_t* node =
        position == LXB_HTML_TREE_INSERTION_POSITION_BEFORE ? at->prev : at->last_child;
    return node != nullptr && node->type == LXB_DOM_NODE_TYPE_TEXT ? node : nullptr;
  }

  static std::size_t held(const lexbor_mraw_t* memory) {
    return memory->mem->chunk_length * memory->mem->chunk_min_size;
  }

  lxb_html_tokenizer_t* tokenizer_;
  lxb_html_tree_t* tree_;
  std::size_t most_memory_;
  std::size_t shared_attributes_ = 0;
  lxb_html_tokenizer_token_f build_;
  void* build_context_;
};

// The parser's tables of names do not grow: a page of many names would go through long chains.
bool make_room(lexbor_hash_t& names, std::size_t page_size) {
  const std::size_t slots = page_size / kBytesPerName;
  if (slots <= kNames * 16) return true;
  const std::size_t struct_size = names.struct_size;
  lexbor_hash_destroy(&names, false);
  return lexbor_hash_init(&names, slots, struct_size) == LXB_STATUS_OK;
}

// Kept over the pages of a thread; what went wrong once is not used again.
using Parser = std::unique_ptr<lxb_html_parser_t, FreeParser>;
Parser& thread_parser() {
  thread_local Parser parser;
  if (parser != nullptr) return parser;
  parser.reset(lxb_html_parser_create());
  if (lxb_html_parser_init(parser.get()) != LXB_STATUS_OK) parser.reset();
  return parser;
}

Document parse_with(lxb_html_parser_t* parser, std::string_view page) {
  Document document(lxb_html_parse_chunk_begin(parser));
  if (document == nullptr) return nullptr;
  lxb_dom_document_t& dom = document->dom_document;
  if (!make_room(*dom.tags, page.size()) || !make_room(*dom.attrs, page.size())) return nullptr;
  const Watch watch(parser, kLeastMemory + page.size() * kMemoryPerByte);
  const auto* bytes = reinterpret_cast<const lxb_char_t*>(page.data());
  if (lxb_html_parse_chunk_process(parser, bytes, page.size()) != LXB_STATUS_OK) return nullptr;
  if (lxb_html_parse_chunk_end(parser) != LXB_STATUS_OK) return nullptr;
  return document;
}

// Nothing when the tree would grow beyond the limit.
Document parse_document(std::string_view page) {
  Parser& parser = thread_parser();
  if (parser == nullptr) return nullptr;
  Document document = parse_with(parser.get(), page);
  if (document == nullptr || page.size() > kLargePage) parser.reset();
  return document;
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

// Sums without a branch, for this looks at every byte of the page's text.
TextMeasure measured(std::string_view text) {
  TextMeasure measure;
  std::uint32_t runs = 0;  // of characters that are no white space
  const auto is_character = [](char c) {
    return !is_space(c) && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  };
  const std::size_t size = text.size();
  for (std::size_t i = 0; i < size; ++i) {
    measure.characters += is_character(text[i]) ? 1U : 0U;
    measure.commas += text[i] == ',' ? 1U : 0U;
  }
  if (measure.characters > 0) {
    runs = is_character(text[0]) ? 1U : 0U;
    for (std::size_t i = 1; i < size; ++i)
      runs += is_character(text[i]) && is_space(text[i - 1]) ? 1U : 0U;
  }
  measure.gaps = runs > 0 ? runs - 1 : 0;
  measure.space_before = runs > 0 && is_space(text.front());
  measure.space_after = !text.empty() && is_space(text.back());
  return measure;
}

Tag known_tag(lxb_tag_id_t id) {
  static const auto tags = [] {
    std::array<Tag, LXB_TAG__LAST_ENTRY> all{};
    for (lxb_tag_id_t i = 0; i < all.size(); ++i) {
      std::size_t size = 0;
      const lxb_char_t* name = lxb_tag_name_by_id(i, &size);
      const auto found = tag_names().find(view(name, size));
      all[i] = found == tag_names().end() ? Tag::kOther : found->second;
    }
    return all;
  }();
  return id < tags.size() ? tags[id] : Tag::kOther;
}

}  // namespace

struct HtmlTree::Memory {
  Document document;
  std::vector<HtmlAttribute> attributes;
  std::vector<HtmlTextPart> texts;
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

  void add_text(const lxb_dom_node_t& from, NodeId parent) {
    const NodeId node = add(parent);
    HtmlNode& to = tree.nodes_[node];
    const auto& data = reinterpret_cast<const lxb_dom_character_data_t&>(from).data;
    to.tag = Tag::kText;
    to.begin = to.end = static_cast<std::uint32_t>(memory->texts.size());
    HtmlTextPart& part = memory->texts.emplace_back();
    part.text = view(data.data, data.length);
    const Tag around = tree.nodes_[parent].tag;
    if (around != Tag::kScript && around != Tag::kStyle) part.measure = measured(part.text);
    if (from.user == nullptr) return;
    const auto at = static_cast<std::size_t>(static_cast<const char*>(from.user) - page.data());
    if (at >= page.size()) return;
    // Sure only for text in one piece.
    part.raw = page.substr(at, std::min(page.find('<', at), page.size()) - at);
  }

  NodeId add_element(lxb_dom_node_t& from, NodeId parent) {
    const NodeId node = add(parent);
    HtmlNode& to = tree.nodes_[node];
    to.tag = known_tag(from.local_name);
    to.begin = static_cast<std::uint32_t>(memory->attributes.size());
    for (lxb_dom_attr_t* at = lxb_dom_element_first_attribute(lxb_dom_interface_element(&from));
         at != nullptr; at = lxb_dom_element_next_attribute(at)) {
      std::size_t name_size = 0, value_size = 0;
      const lxb_char_t* name = lxb_dom_attr_qualified_name(at, &name_size);
      const lxb_char_t* value = lxb_dom_attr_value(at, &value_size);
      memory->attributes.push_back({view(name, name_size), view(value, value_size)});
    }
    to.end = static_cast<std::uint32_t>(memory->attributes.size());
    return node;
  }

  void add_tree(lxb_dom_node_t& document) {
    // About as many as pages have: growing would copy them again and again.
    tree.nodes_.reserve(page.size() / kBytesPerNode);
    memory->texts.reserve(page.size() / kBytesPerNode / 2);
    memory->attributes.reserve(page.size() / kBytesPerNode);
    struct Step {
      lxb_dom_node_t* child;
      NodeId node;
    };
    std::vector<Step> way = {{document.first_child, add(kNoNode)}};
    while (!way.empty()) {
      lxb_dom_node_t* child = way.back().child;
      if (child == nullptr) {
        way.pop_back();
        continue;
      }
      way.back().child = child->next;
      const NodeId parent = way.back().node;
      if (child->type == LXB_DOM_NODE_TYPE_TEXT) {
        add_text(*child, parent);
      } else if (child->type == LXB_DOM_NODE_TYPE_ELEMENT) {
        const bool deep = way.size() > kDepth;
        way.push_back({child->first_child, deep ? parent : add_element(*child, parent)});
      }
    }
  }
};

Result<HtmlTree> HtmlTree::parse(std::string_view page) {
  HtmlTreeBuilder builder;
  builder.page = page;
  builder.memory->document = parse_document(page);
  if (builder.memory->document == nullptr)
    return fail(ErrorCode::kUnsupported, "elements are nested or misnested beyond measure");
  builder.add_tree(*lxb_dom_interface_node(builder.memory->document.get()));
  builder.tree.memory_ = builder.memory;
  builder.tree.texts_ = builder.memory->texts.data();
  builder.tree.attributes_ = builder.memory->attributes.data();
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
    if (attributes_[i].name == name) return attributes_[i].value;
  return {};
}

bool HtmlTree::has_attribute(NodeId node, std::string_view name) const {
  for (std::uint32_t i = nodes_[node].begin; i < nodes_[node].end; ++i)
    if (attributes_[i].name == name) return true;
  return false;
}

NodeId HtmlTree::find(NodeId within, Tag tag) const {
  for (NodeId node = following(within, within); node != kNoNode; node = following(node, within))
    if (nodes_[node].tag == tag) return node;
  return kNoNode;
}

std::string HtmlTree::text_of(NodeId within, std::size_t most) const {
  std::string out;
  bool space = false;
  for (NodeId node = within; node != kNoNode && out.size() <= most;
       node = following(node, within,
                        nodes_[node].tag == Tag::kScript || nodes_[node].tag == Tag::kStyle)) {
    if (nodes_[node].tag == Tag::kBr) space = true;
    for (const char c : text(node).text) {
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
