#include "dateline/language/parser.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "dateline/language/config.h"

namespace dateline::language {

namespace {

enum Action : std::uint8_t { kShift, kReduce, kLeft, kRight, kBreak };
constexpr std::uint8_t kActions = 5;
constexpr std::string_view kRoot = "ROOT";

}  // namespace

// The state of the transition system: spaCy's StateC. Token numbers, -1 for none.
class ArcEager {
 public:
  ArcEager(std::span<const SentenceStart> starts, ParserScratch& scratch)
      : size_(static_cast<std::int32_t>(starts.size())), starts_(starts), s_(scratch) {
    s_.stack_.clear();
    s_.rebuffer_.clear();
    for (auto* links :
         {&s_.heads_, &s_.last_left_, &s_.last_right_, &s_.earlier_left_, &s_.earlier_right_}) {
      links->assign(starts.size(), -1);
    }
    s_.labels_.assign(starts.size(), -1);
    s_.unshiftable_.assign(starts.size(), 0);
    s_.sentence_start_.assign(starts.size(), 0);
  }

  [[nodiscard]] bool is_final() const { return s_.stack_.empty() && buffer_length() == 0; }

  // Bit a is set when action a is valid.
  [[nodiscard]] std::size_t valid_actions() const {
    const bool stack = !s_.stack_.empty();
    const std::int32_t length = buffer_length(), b0 = buffer(0), b1 = buffer(1);
    const bool starts = is_start(b0), arc = stack && length > 0 && !starts;
    const bool shift =
        (!stack && length > 0) || (length >= 2 && !starts && s_.unshiftable_[index(b0)] == 0);
    const bool reduce = stack && (length == 0 || !(s_.stack_.size() == 1 && is_no_start(b0)));
    const bool split = length >= 2 && b1 == b0 + 1 && !is_start(b1) && !is_no_start(b1);
    return std::size_t{shift} << kShift | std::size_t{reduce} << kReduce |
           std::size_t{arc} << kLeft | std::size_t{arc} << kRight | std::size_t{split} << kBreak;
  }

  // The feature tokens of the 8 of English models, or the 13 of extra_state_tokens.
  void features(std::span<std::int32_t> out) const {
    const std::int32_t s0 = stack(0), s1 = stack(1), b0 = buffer(0);
    out[0] = b0;
    out[1] = buffer(1);
    out[2] = s0;
    out[3] = s1;
    out[4] = stack(2);
    if (out.size() == 8) {
      out[5] = child(s_.last_left_, b0);
      out[6] = child(s_.last_left_, s0);
      out[7] = child(s_.last_right_, s0);
      return;
    }
    out[5] = child(s_.last_left_, s0);
    out[6] = child(s_.last_right_, s0);
    out[7] = child(s_.last_left_, b0);
    out[8] = child(s_.earlier_right_, out[6]);
    out[9] = child(s_.last_left_, s1);
    out[10] = child(s_.earlier_left_, out[9]);
    out[11] = child(s_.last_right_, s1);
    out[12] = child(s_.earlier_right_, out[11]);
  }

  void apply(std::uint8_t action, std::int16_t label) {
    switch (action) {
      case kShift:
        s_.stack_.push_back(advance());
        break;
      case kReduce: {
        const std::int32_t s0 = stack(0);
        const bool single = s_.stack_.size() == 1;
        s_.stack_.pop_back();
        if (s_.heads_[index(s0)] < 0 && !single) {
          s_.unshiftable_[index(s0)] = 1;
          s_.rebuffer_.push_back(s0);
        }
        break;
      }
      case kLeft:
        add_arc(buffer(0), stack(0), label);
        s_.unshiftable_[index(buffer(0))] = 0;
        s_.stack_.pop_back();
        break;
      case kRight:
        add_arc(stack(0), buffer(0), label);
        s_.stack_.push_back(advance());
        break;
      case kBreak:
        s_.sentence_start_[index(buffer(1))] = 1;
        break;
    }
  }

 private:
  static std::size_t index(std::int32_t token) { return static_cast<std::size_t>(token); }

  [[nodiscard]] std::int32_t stack(std::size_t i) const {
    return i < s_.stack_.size() ? s_.stack_[s_.stack_.size() - 1 - i] : -1;
  }
  [[nodiscard]] std::int32_t buffer(std::size_t i) const {
    const std::size_t back = s_.rebuffer_.size();
    if (i < back) return s_.rebuffer_[back - 1 - i];
    const std::int32_t token = next_ + static_cast<std::int32_t>(i - back);
    return token < size_ ? token : -1;
  }
  [[nodiscard]] std::int32_t buffer_length() const {
    return size_ - next_ + static_cast<std::int32_t>(s_.rebuffer_.size());
  }
  [[nodiscard]] static std::int32_t child(const std::vector<std::int32_t>& links,
                                          std::int32_t token) {
    return token < 0 ? -1 : links[index(token)];
  }
  [[nodiscard]] bool is_start(std::int32_t token) const {
    return token >= 0 &&
           (starts_[index(token)] == SentenceStart::kYes || s_.sentence_start_[index(token)] != 0);
  }
  [[nodiscard]] bool is_no_start(std::int32_t token) const {
    return token >= 0 && starts_[index(token)] == SentenceStart::kNo;
  }

  std::int32_t advance() {
    if (s_.rebuffer_.empty()) return next_++;
    const std::int32_t token = s_.rebuffer_.back();
    s_.rebuffer_.pop_back();
    return token;
  }

  // Children of a head form two chains, the latest first.
  void add_arc(std::int32_t head, std::int32_t token, std::int16_t label) {
    if (const std::int32_t old = s_.heads_[index(token)]; old >= 0) {
      const bool is_left = old > token;
      auto& earlier = is_left ? s_.earlier_left_ : s_.earlier_right_;
      std::int32_t* at = &(is_left ? s_.last_left_ : s_.last_right_)[index(old)];
      while (*at != token) at = &earlier[index(*at)];
      *at = earlier[index(token)];
    }
    auto& last = head > token ? s_.last_left_ : s_.last_right_;
    (head > token ? s_.earlier_left_ : s_.earlier_right_)[index(token)] = last[index(head)];
    last[index(head)] = token;
    s_.heads_[index(token)] = head;
    s_.labels_[index(token)] = label;
  }

  std::int32_t size_, next_ = 0;
  std::span<const SentenceStart> starts_;
  ParserScratch& s_;
};

// Heads after the parse: subtree edges, sentence starts, and the search below a head. Follows
// spaCy's set_children_from_heads and nonproj.pyx.
class HeadTree {
 public:
  HeadTree(std::span<Token> tokens, ParserScratch& scratch) : tokens_(tokens), s_(scratch) {}

  void set_starts(std::span<SentenceStart> starts) {
    const auto size = static_cast<std::int32_t>(tokens_.size());
    s_.left_edge_.resize(tokens_.size());
    s_.right_edge_.resize(tokens_.size());
    for (std::int32_t i = 0; i < size; ++i) s_.left_edge_[index(i)] = s_.right_edge_[index(i)] = i;
    for (int round = 0; round < 12 && !widen(size); ++round) {
    }
    std::fill(starts.begin(), starts.end(), SentenceStart::kNo);
    for (std::int32_t i = 0; i < size; ++i) {
      if (head(i) == i) starts[index(s_.left_edge_[index(i)])] = SentenceStart::kYes;
    }
  }

  // The nearest token labelled `label` below the head of `token`, breadth first; -1 for none.
  std::int32_t find_below(std::int32_t token, std::string_view label,
                          std::span<const std::uint8_t> is_space) {
    s_.queue_.assign(1, head(token));
    while (!s_.queue_.empty()) {
      s_.below_.clear();
      for (const std::int32_t q : s_.queue_) {
        for (std::int32_t j = s_.left_edge_[index(q)]; j <= s_.right_edge_[index(q)]; ++j) {
          if (j == q || head(j) != q || j == token || is_space[index(j)] != 0) continue;
          if (tokens_[index(j)].dep == label) return j;
          s_.below_.push_back(j);
        }
      }
      // A cycle would go round for ever; no level of a tree has more than its tokens.
      if (++levels_ > tokens_.size()) break;
      std::swap(s_.queue_, s_.below_);
    }
    levels_ = 0;
    return -1;
  }

 private:
  static std::size_t index(std::int32_t token) { return static_cast<std::size_t>(token); }
  [[nodiscard]] std::int32_t head(std::int32_t token) const {
    return static_cast<std::int32_t>(tokens_[index(token)].head);
  }

  // One pass over the edges; says whether every head now lies inside its sentence.
  bool widen(std::int32_t size) {
    const auto pass = [&](std::int32_t i) {
      const std::size_t h = index(head(i));
      s_.left_edge_[h] = std::min(s_.left_edge_[h], s_.left_edge_[index(i)]);
      s_.right_edge_[h] = std::max(s_.right_edge_[h], s_.right_edge_[index(i)]);
    };
    for (std::int32_t i = 0; i < size; ++i) pass(i);
    for (std::int32_t i = size; i-- > 0;) pass(i);
    s_.is_edge_.assign(tokens_.size(), 0);
    for (std::int32_t i = 0; i < size; ++i) {
      if (head(i) == i) s_.is_edge_[index(s_.left_edge_[index(i)])] = 1;
    }
    std::int32_t begin = 0;
    for (std::int32_t i = 0; i < size; ++i) {
      if ((i == 0 || s_.is_edge_[index(i)] == 0) && i != size - 1) continue;
      for (std::int32_t j = begin; j < i; ++j) {
        if (head(j) < begin || head(j) > i) return false;
      }
      begin = i;
    }
    return true;
  }

  std::span<Token> tokens_;
  ParserScratch& s_;
  std::size_t levels_ = 0;
};

Result<Parser> Parser::load(const Package& package, const std::string& name, const Model& model,
                            std::size_t width) {
  Parser parser;
  const std::string path = package.folder() + "/" + name;
  const auto& config = package.component(name);
  const auto* learn_tokens = find_path(config, "learn_tokens");
  if (learn_tokens != nullptr && *learn_tokens == true) {
    return fail(ErrorCode::kUnsupported, path + ": a parser that joins tokens (learn_tokens)");
  }
  DATELINE_TRY(const MappedFile moves, package.file(name + "/moves"));
  DATELINE_TRY(parser.classes_, read_classes(moves.bytes(), path + "/moves",
                                             [](std::uint8_t, std::string_view) { return false; }));
  DATELINE_TRY(parser.network_, TransitionNetwork::load(model, width, parser.classes_.size()));
  if (parser.network_.features() != 8 && parser.network_.features() != 13) {
    return fail(ErrorCode::kUnsupported, model.name() + ": state features that are not known");
  }
  if (parser.classes_.size() > std::numeric_limits<std::int16_t>::max()) {
    return fail(ErrorCode::kCorrupt, path + "/moves: too many moves");
  }
  const std::size_t padded = parser.network_.padded();
  parser.masks_.assign(padded << kActions, kNotAllowed);
  for (std::size_t c = 0; c < parser.classes_.size(); ++c) {
    const TransitionClass& move = parser.classes_[c];
    if (move.action >= kActions) {
      return fail(ErrorCode::kUnsupported, path + "/moves: a move that is not known");
    }
    const std::size_t bars = move.label.find("||");
    parser.labels_.push_back(
        {move.label.substr(0, bars), bars == std::string::npos ? "" : move.label.substr(bars + 2)});
    for (std::size_t valid = 0; valid < (std::size_t{1} << kActions); ++valid) {
      if ((valid >> move.action & 1) != 0) parser.masks_[valid * padded + c] = 0.0F;
    }
  }
  return parser;
}

void Parser::parse(const float* rows, std::span<Token> tokens, std::span<SentenceStart> starts,
                   std::span<const std::uint8_t> is_space, ParserScratch& scratch) const {
  if (tokens.empty()) return;
  network_.start(rows, tokens.size(), scratch.network_);
  ArcEager state(starts, scratch);
  std::array<std::int32_t, 13> storage{};
  const std::span<std::int32_t> features(storage.data(), network_.features());
  while (!state.is_final()) {
    state.features(features);
    const float* mask = masks_.data() + state.valid_actions() * network_.padded();
    const std::int32_t best = network_.best(features, mask, scratch.network_);
    if (best < 0) break;
    state.apply(classes_[static_cast<std::size_t>(best)].action, static_cast<std::int16_t>(best));
  }
  // The decorated label stands for itself until the token is lifted.
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::int32_t head = scratch.heads_[i];
    tokens[i].head = head < 0 ? i : static_cast<std::uint32_t>(head);
    tokens[i].dep =
        head < 0 ? kRoot
                 : std::string_view(classes_[static_cast<std::size_t>(scratch.labels_[i])].label);
  }
  HeadTree tree(tokens, scratch);
  tree.set_starts(starts);
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (scratch.heads_[i] < 0) continue;
    const Label& label = labels_[static_cast<std::size_t>(scratch.labels_[i])];
    if (label.lifted_from.empty()) continue;
    tokens[i].dep = label.text;
    const std::int32_t head =
        tree.find_below(static_cast<std::int32_t>(i), label.lifted_from, is_space);
    if (head >= 0) tokens[i].head = static_cast<std::uint32_t>(head);
  }
  tree.set_starts(starts);
}

}  // namespace dateline::language
