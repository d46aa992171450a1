#include "dateline/article/html_text.h"

#include <algorithm>
#include <utility>

#include "dateline/article/text_lines.h"
#include "dateline/base/ascii.h"
#include "dateline/unicode/utf8.h"

namespace dateline::article {
namespace {

bool is_left_out(Tag tag) {
  switch (tag) {
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kNoscript:
    case Tag::kTemplate:
    case Tag::kSvg:
    case Tag::kButton:
    case Tag::kInput:
    case Tag::kTextarea:
    case Tag::kSelect:
    case Tag::kIframe:
    case Tag::kObject:
    case Tag::kAudio:
    case Tag::kVideo:
    case Tag::kRt:  // readings above the text
    case Tag::kRp:
    case Tag::kHead:
      return true;
    default:
      return false;
  }
}

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::kAddress:
    case Tag::kArticle:
    case Tag::kAside:
    case Tag::kBlockquote:
    case Tag::kBody:
    case Tag::kCaption:
    case Tag::kCenter:
    case Tag::kDd:
    case Tag::kDetails:
    case Tag::kDiv:
    case Tag::kDl:
    case Tag::kDt:
    case Tag::kFieldset:
    case Tag::kFigcaption:
    case Tag::kFigure:
    case Tag::kFooter:
    case Tag::kForm:
    case Tag::kH1:
    case Tag::kH2:
    case Tag::kH3:
    case Tag::kH4:
    case Tag::kH5:
    case Tag::kH6:
    case Tag::kHeader:
    case Tag::kHr:
    case Tag::kLi:
    case Tag::kMain:
    case Tag::kNav:
    case Tag::kOl:
    case Tag::kP:
    case Tag::kPre:
    case Tag::kSection:
    case Tag::kSummary:
    case Tag::kTable:
    case Tag::kTbody:
    case Tag::kTd:
    case Tag::kTfoot:
    case Tag::kTh:
    case Tag::kThead:
    case Tag::kTr:
    case Tag::kUl:
      return true;
    default:
      return false;
  }
}

// Soft hyphen, zero-width space, word joiner, byte-order mark: marks for the eye alone. Joiners and
// direction marks stay: emoji and some scripts are spelt with them.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c < 0x20 && c != '\n');
}

bool is_blank(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x2028 || c == 0x2029 || c == 0x85;
}

class Writer {
 public:
  Writer(const HtmlTree& tree, std::string_view page) : tree_(tree), page_(page) {}

  HtmlText write(NodeId root) {
    NodeId node = root;
    while (node != kNoNode) {
      const HtmlNode& at = tree_[node];
      if (at.tag == Tag::kText) {
        add(tree_.text(node));
      } else if (at.tag == Tag::kBr) {
        line_ = true;
      } else if (is_block(at.tag)) {
        close();
      }
      if (at.tag == Tag::kA && link_ == kNoNode) link_ = node;
      if (open_kind_ == BlockKind::kParagraph || begin_ == out_.text.size()) note_kind(node, root);
      const bool skip = is_left_out(at.tag);
      if (!skip && at.first != kNoNode) {
        node = at.first;
        continue;
      }
      node = climb(node, root);
    }
    close();
    return std::move(out_);
  }

 private:
  // The next node that is not below this one; elements that end on the way end their block.
  NodeId climb(NodeId node, NodeId root) {
    while (node != root && node != kNoNode) {
      if (node == link_) link_ = kNoNode;
      if (tree_[node].next != kNoNode) {
        if (is_block(tree_[node].tag)) close();
        return tree_[node].next;
      }
      if (is_block(tree_[node].tag)) close();
      node = tree_[node].parent;
    }
    return kNoNode;
  }

  void note_kind(NodeId node, NodeId root) {
    if (tree_[node].tag != Tag::kText) return;
    open_kind_ = BlockKind::kParagraph;
    facts_.cell = false;
    for (; node != kNoNode; node = node == root ? kNoNode : tree_[node].parent) {
      const Tag tag = tree_[node].tag;
      if (tag >= Tag::kH1 && tag <= Tag::kH6) open_kind_ = BlockKind::kHeading;
      if (tag == Tag::kFigcaption || tag == Tag::kCaption) open_kind_ = BlockKind::kCaption;
      if (tag == Tag::kTd || tag == Tag::kTh) facts_.cell = true;
      if (tag == Tag::kLi) open_kind_ = BlockKind::kListItem;
      if (tag == Tag::kBlockquote) open_kind_ = BlockKind::kBlockquote;
      if (open_kind_ != BlockKind::kParagraph) return;
    }
  }

  void add(const HtmlTextPart& node) {
    // While the page's bytes and the text go side by side, the place is known.
    const char* raw = node.raw.data();
    const char* raw_end = raw == nullptr ? nullptr : raw + node.raw.size();
    for (std::size_t at = 0; at < node.text.size();) {
      if (raw == raw_end) raw = nullptr;  // behind it, nothing is known
      if (const std::size_t size = plain_run(node.text, at, raw, raw_end); size > 0) {
        put_run(node.text.substr(at, size), raw);
        at += size;
        if (raw != nullptr) raw += size;
        continue;
      }
      if (node.text[at] == ' ' && (raw == nullptr || *raw == ' ')) {
        space_ = true;
        ++at;
        if (raw != nullptr) ++raw;
        continue;
      }
      const unicode::Decoded code = unicode::decode(node.text, at);
      const std::string_view bytes = node.text.substr(at, code.size);
      at += code.size;
      const char* place = nullptr;
      if (raw != nullptr && raw < raw_end) {
        const std::string_view rest(raw, static_cast<std::size_t>(raw_end - raw));
        if (rest.front() == '&') {
          const std::size_t end = rest.substr(0, 34).find(';');
          const bool entity = end != std::string_view::npos && !bytes.starts_with('&');
          raw = entity ? raw + end + 1 : rest.starts_with("&amp;") ? raw + 5 : raw + 1;
        } else if (rest.starts_with(bytes)) {
          place = raw;
          raw += bytes.size();
        } else if (rest.starts_with("\r\n")) {
          raw += 2;
        } else {
          raw = nullptr;  // they have parted; no guess
        }
      }
      put(code.valid ? code.code_point : 0xFFFD, bytes, place);
    }
  }

  // Bytes from `at` on that are visible ASCII and stand in the page just so: the common case.
  static std::size_t plain_run(std::string_view text, std::size_t at, const char* raw,
                               const char* raw_end) {
    std::size_t size = 0;
    while (at + size < text.size() && text[at + size] > ' ' && text[at + size] != '\x7F' &&
           (raw == nullptr ||
            (raw + size < raw_end && raw[size] == text[at + size] && raw[size] != '&')))
      ++size;
    return size;
  }

  void put(char32_t c, std::string_view bytes, const char* place) {
    if (is_blank(c)) {
      space_ = true;
      return;
    }
    if (is_invisible(c)) return;
    put_run(bytes, place);
  }

  // `bytes` are no white space; `place` is where they stand in the page, if known.
  void put_run(std::string_view bytes, const char* place) {
    if (out_.text.size() > begin_) {
      if (line_)
        out_.text += '\n';
      else if (space_)
        out_.text += ' ';
    } else if (begin_ > 0) {
      out_.text += "\n\n";
      begin_ += 2;
    }
    line_ = space_ = false;
    const auto at = static_cast<std::uint32_t>(out_.text.size());
    out_.text += bytes;
    if (link_ != kNoNode) facts_.linked += static_cast<std::uint32_t>(bytes.size());
    if (place == nullptr) return;
    const auto source = static_cast<std::uint32_t>(place - page_.data());
    const auto size = static_cast<std::uint32_t>(bytes.size());
    if (!out_.source.empty()) {
      SourceRun& last = out_.source.back();
      if (last.text + last.size == at && last.source + last.size == source) {
        last.size += size;
        return;
      }
    }
    out_.source.push_back({at, source, size});
  }

  void close() {
    const std::size_t end = out_.text.size();
    line_ = space_ = false;
    if (end == begin_) return;
    const ByteSpan span{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end)};
    out_.blocks.push_back({span, open_kind_});
    out_.facts.push_back(std::exchange(facts_, {}));
    begin_ = end;
    open_kind_ = BlockKind::kParagraph;
  }

  const HtmlTree& tree_;
  std::string_view page_;
  HtmlText out_;
  BlockKind open_kind_ = BlockKind::kParagraph;
  BlockFacts facts_;       // of the open block
  NodeId link_ = kNoNode;  // that the place is in
  std::size_t begin_ = 0;  // of the open block
  bool space_ = false, line_ = false;
};

}  // namespace

HtmlText write_text(const HtmlTree& tree, NodeId root, std::string_view page) {
  return Writer(tree, page).write(root);
}

}  // namespace dateline::article
