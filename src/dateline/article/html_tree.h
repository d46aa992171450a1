#pragma once
// HtmlTree: a page as a tree of elements and text that can be cut and moved, with the place of each
// text in the page's bytes. The one file (html_tree.cc) that knows the HTML parser.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dateline/base/result.h"

namespace dateline::article {

// The elements that extraction tells apart; every other is kOther.
enum class Tag : std::uint8_t {
  kText,
  kOther,
  kA,
  kAbbr,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCaption,
  kCenter,
  kCite,
  kCode,
  kDd,
  kDel,
  kDetails,
  kDiv,
  kDl,
  kDt,
  kEm,
  kEmbed,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kIns,
  kLabel,
  kLi,
  kLink,
  kMain,
  kMark,
  kMath,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kP,
  kPicture,
  kPre,
  kQ,
  kRp,
  kRt,
  kRuby,
  kS,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSpan,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo
};

using NodeId = std::uint32_t;
constexpr NodeId kNoNode = 0xFFFFFFFF;

// Two of them share a cache line: walks over the tree and copies of it are most of the work.
struct HtmlNode {
  Tag tag = Tag::kOther;
  NodeId parent = kNoNode, first = kNoNode, last = kNoNode, previous = kNoNode, next = kNoNode;
  std::uint32_t begin = 0;  // attributes [begin, end) of the tree's list; of a text node, its place
  std::uint32_t end = 0;    // in the list of texts, and the same again
};

struct HtmlAttribute {
  std::string_view name, value;  // name in lower case
};

// What counting needs to know of a text, measured once when the tree is made.
struct TextMeasure {
  std::uint32_t characters = 0;  // code points that are no white space
  std::uint32_t gaps = 0;        // runs of white space between them
  std::uint32_t commas = 0;
  bool space_before = false, space_after = false;
};

struct HtmlTextPart {
  std::string_view text;  // entities resolved
  std::string_view raw;   // as it stands in the page; empty where unknown
  TextMeasure measure;    // nothing where a script or style stands
};

// Views point into the page (which must outlive the tree) and into memory that copies of the tree
// share; a copy may be cut up without harm to its original.
class HtmlTree {
 public:
  HtmlTree() = default;  // without any node
  // HTML5 tree construction (lexbor) of a page in UTF-8. kUnsupported: nested too deep. Total
  // otherwise: any bytes give a tree. O(bytes) but for pages that misnest formatting elements.
  [[nodiscard]] static Result<HtmlTree> parse(std::string_view page);

  [[nodiscard]] NodeId root() const { return 0; }  // the document, above <html>
  [[nodiscard]] const HtmlNode& operator[](NodeId node) const { return nodes_[node]; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  [[nodiscard]] bool is_text(NodeId node) const { return nodes_[node].tag == Tag::kText; }
  // Of a text node; an empty one for elements.
  [[nodiscard]] const HtmlTextPart& text(NodeId node) const {
    return is_text(node) ? texts_[nodes_[node].begin] : kNoText;
  }
  [[nodiscard]] bool has_attributes(NodeId node) const {
    return nodes_[node].begin != nodes_[node].end;
  }
  // "" when the element has no such attribute.
  [[nodiscard]] std::string_view attribute(NodeId node, std::string_view name) const;
  [[nodiscard]] bool has_attribute(NodeId node, std::string_view name) const;

  // The node after `node` in document order; its children are left out with `skip_children`.
  // kNoNode at the end of `within`.
  [[nodiscard]] NodeId following(NodeId node, NodeId within, bool skip_children = false) const {
    if (!skip_children && nodes_[node].first != kNoNode) return nodes_[node].first;
    while (node != within && node != kNoNode) {
      if (nodes_[node].next != kNoNode) return nodes_[node].next;
      node = nodes_[node].parent;
    }
    return kNoNode;
  }
  // The first element of that kind below `within`.
  [[nodiscard]] NodeId find(NodeId within, Tag tag) const;
  // All text below `node`, white space runs made one space, trimmed. Beyond `most` bytes it may
  // end.
  [[nodiscard]] std::string text_of(NodeId node, std::size_t most = std::string::npos) const;
  [[nodiscard]] bool is_below(NodeId node, NodeId above) const;

  // A new element that stands nowhere; `append` puts a node, wherever it stands, last in another.
  NodeId make(Tag tag);
  void append(NodeId parent, NodeId child);
  void remove(NodeId node);
  void rename(NodeId node, Tag tag) { nodes_[node].tag = tag; }
  // A new element, put where `at` stands, with `at` and its next siblings up to and with `to` in
  // it.
  NodeId wrap(NodeId at, NodeId to, Tag tag);
  // `node` takes the place of `old`, which goes.
  void replace(NodeId old, NodeId node);

 private:
  struct Memory;
  static constexpr HtmlTextPart kNoText{};
  void link_last(NodeId parent, NodeId child);

  std::vector<HtmlNode> nodes_;
  std::shared_ptr<const Memory> memory_;
  const HtmlTextPart* texts_ = nullptr;        // of the memory
  const HtmlAttribute* attributes_ = nullptr;  // of the memory
  friend struct HtmlTreeBuilder;
};

[[nodiscard]] Tag tag_of(std::string_view name);  // lower case

}  // namespace dateline::article
