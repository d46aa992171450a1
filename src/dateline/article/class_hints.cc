#include "dateline/article/class_hints.h"

#include <algorithm>
#include <array>
#include <queue>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view article_class_words;
}  // namespace dateline::data

namespace dateline::article {
namespace {

constexpr std::array<std::string_view, 13> kKinds = {
    "unlikely",  "maybe",    "good",      "bad",   "byline", "share", "dated",
    "published", "modified", "elsewhere", "other", "body",   "unseen"};

// Finds all words of the list in one pass over the names (Aho and Corasick 1975): alternations of
// RE2, one a kind, took an eighth of the time of a page.
class WordFinder {
 public:
  WordFinder() {
    states_.emplace_back();
    for (const auto& row : parse_tsv(data::article_class_words)) {
      if (row.size() < 2) continue;
      const auto kind = std::find(kKinds.begin(), kKinds.end(), row[1]);
      if (kind == kKinds.end()) continue;
      const bool whole = row.size() > 2 && row[2] == "whole";
      add(row[0], static_cast<Hint>(kind - kKinds.begin()), whole);
    }
    link();
  }

  [[nodiscard]] Hints find(std::string_view names) const {
    Hints hints;
    std::uint16_t state = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
      state = states_[state].next[letter(names[i])];
      hints = hints | states_[state].hints;
      if (states_[state].ends_whole) check_whole(names, i + 1, hints);
    }
    return hints;
  }

 private:
  static constexpr std::size_t kLetters = 39;  // letters, digits, hyphen, underscore, any other
  struct State {
    std::array<std::uint16_t, kLetters> next{};
    Hints hints;              // of the words that end here
    bool ends_whole = false;  // one that must stand by itself may end here
  };
  struct Whole {
    std::string_view word;
    Hint hint;
  };

  static std::size_t letter(char c) {
    c = to_lower(c);
    if (is_alpha(c)) return static_cast<std::size_t>(c - 'a');
    if (is_digit(c)) return static_cast<std::size_t>(26 + c - '0');
    return c == '-' ? 36 : c == '_' ? 37 : 38;
  }

  void add(std::string_view word, Hint hint, bool whole) {
    std::uint16_t state = 0;
    for (const char c : word) {
      std::uint16_t& next = states_[state].next[letter(c)];
      if (next == 0) {
        next = static_cast<std::uint16_t>(states_.size());
        state = next;  // before the list grows and moves
        states_.emplace_back();
      } else {
        state = next;
      }
    }
    if (whole) {
      states_[state].ends_whole = true;
      wholes_.push_back({word, hint});
    } else {
      states_[state].hints.add(hint);
    }
  }

  // Where no word goes on, the longest end of what was read that begins one does.
  void link() {
    std::vector<std::uint16_t> fall(states_.size());
    std::queue<std::uint16_t> way;
    way.push(0);
    while (!way.empty()) {
      const std::uint16_t state = way.front();
      way.pop();
      for (std::size_t i = 0; i < kLetters; ++i) {
        const std::uint16_t child = states_[state].next[i];
        const std::uint16_t back = state == 0 ? 0 : states_[fall[state]].next[i];
        if (child == 0) {
          states_[state].next[i] = back;
          continue;
        }
        fall[child] = back;
        states_[child].hints = states_[child].hints | states_[back].hints;
        states_[child].ends_whole = states_[child].ends_whole || states_[back].ends_whole;
        way.push(child);
      }
    }
  }

  void check_whole(std::string_view names, std::size_t end, Hints& hints) const {
    const auto is_edge = [&](std::size_t at) {
      return at >= names.size() || (!is_alpha(names[at]) && !is_digit(names[at]));
    };
    if (!is_edge(end)) return;
    for (const Whole& whole : wholes_) {
      if (whole.word.size() > end) continue;
      const std::size_t begin = end - whole.word.size();
      if (begin > 0 && !is_edge(begin - 1)) continue;
      if (to_lower(names.substr(begin, whole.word.size())) == whole.word) hints.add(whole.hint);
    }
  }

  std::vector<State> states_;
  std::vector<Whole> wholes_;
};

}  // namespace

Hints ClassHints::of(std::string_view names) {
  if (names.size() < 2) return {};
  const auto [known, is_new] = known_.try_emplace(names);
  if (!is_new) return known->second;
  static const WordFinder finder;
  known->second = finder.find(names);
  return known->second;
}

Hints ClassHints::of(const HtmlTree& tree, NodeId node) {
  if (!tree.has_attributes(node)) return {};
  if (node >= of_node_.size()) of_node_.resize(tree.size());
  Node& at = of_node_[node];
  if (!at.known) at = {of(tree.attribute(node, "class")) | of(tree.attribute(node, "id")), true};
  return at.hints;
}

}  // namespace dateline::article
