#pragma once
// What the names of an element (its class, its id) say of it, by data/article/class_words.tsv.
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dateline/article/html_tree.h"

namespace dateline::article {

// In the order of the kinds in class_hints.cc.
enum class Hint : std::uint8_t {
  kUnlikely,  // to be a part of an article
  kMaybe,     // one all the same
  kGood,      // a container of articles
  kBad,       // what stands in articles and is none
  kByline,
  kShare,
  kDated,      // its text may be a date
  kPublished,  // a date of publication
  kModified,
  kElsewhere,  // lists of other articles, comments, the frame of the page
  kOther,      // stands in articles and is none, whatever else the names say
  kBody,       // all of the article's text and no more
  kUnseen,     // for readers of the screen's text only
};

class Hints {
 public:
  [[nodiscard]] bool has(Hint hint) const {
    return (bits_ >> static_cast<unsigned>(hint) & 1U) != 0;
  }
  void add(Hint hint) { bits_ |= 1U << static_cast<unsigned>(hint); }
  friend Hints operator|(Hints a, Hints b) {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  std::uint32_t bits_ = 0;
};

// The hints of one page, each name looked at once, for pages use the same few again and again. Of
// one thread. The names must outlive it.
class ClassHints {
 public:
  [[nodiscard]] Hints of(std::string_view names);
  // Of class and id together. Of the page's tree or a copy of it: one node, one name.
  [[nodiscard]] Hints of(const HtmlTree& tree, NodeId node);

 private:
  struct Node {
    Hints hints;
    bool known = false;
  };
  std::vector<Node> of_node_;
  std::unordered_map<std::string_view, Hints> known_;
};

}  // namespace dateline::article
