#include "dateline/language/tokenizer.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

#include "dateline/language/lookups.h"
#include "dateline/language/msgpack.h"
#include "dateline/language/regex.h"
#include "dateline/language/suffix_regex.h"
#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

// Tokens of pieces that a cache remembers from one text to the next: some 10 MB.
constexpr std::size_t kMaxCutTokens = std::size_t{1} << 18U;

struct RuleToken {
  std::string_view orth;
  std::optional<std::string_view> norm;
};

// An exception: the string and what it is cut into.
struct Rule {
  std::string_view text;
  std::uint32_t first = 0, count = 0;
};

// Part of a piece of text; `rule` when an exception made it.
struct Part {
  std::string_view text;
  const RuleToken* rule = nullptr;
};

// Calls piece(begin, end, space_after) for the runs of white space and of other characters; one
// U+0020 after another run belongs to neither.
template <class Piece>
void for_each_piece(std::string_view text, Piece piece) {
  if (text.empty()) return;
  bool in_space = unicode::is_space(unicode::decode(text, 0).code_point);
  std::size_t start = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const unicode::Decoded code =
        byte < 0x80 ? unicode::Decoded{byte, 1, true} : unicode::decode(text, at);
    if (unicode::is_space(code.code_point) != in_space) {
      const bool blank = code.code_point == ' ';
      if (start < at) piece(start, at, blank);
      start = blank ? at + 1 : at;
      in_space = !in_space;
    }
    at += code.size;
  }
  if (start < text.size()) piece(start, text.size(), false);
}

// Calls part(begin, end, valid) for the runs of valid and of invalid bytes.
template <class Run>
void for_each_validity(std::string_view text, Run run) {
  std::size_t start = 0;
  bool valid = true;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    if (code.valid != valid) {
      if (start < at) run(start, at, valid);
      start = at;
      valid = code.valid;
    }
    at += code.size;
  }
  if (start < text.size()) run(start, text.size(), valid);
}

// The pattern of addresses asks for a user and a password, `\S+(?::\S*)?@`, which tries every colon
// with every "@" after it; `\S+@` takes the same strings.
std::string without_doubled_repeat(std::string_view pattern) {
  constexpr std::string_view kSlow = R"(\S+(?::\S*)?@)", kFast = R"(\S+@)";
  std::string out(pattern);
  if (const std::size_t at = out.find(kSlow); at != std::string::npos)
    out.replace(at, kSlow.size(), kFast);
  return out;
}

// Sequences of token ids that together may be an exception; node 0 is the root.
class SpecialTrie {
 public:
  void insert(const std::vector<StringId>& ids) {
    std::uint32_t node = 0;
    for (const StringId id : ids) {
      const auto [at, added] = children_.try_emplace({id, node}, nodes());
      if (added) is_end_.push_back(false);
      node = at->second;
    }
    is_end_[node] = true;
  }
  // 0: none.
  [[nodiscard]] std::uint32_t child(std::uint32_t node, StringId id) const {
    const auto at = children_.find({id, node});
    return at == children_.end() ? 0 : at->second;
  }
  [[nodiscard]] bool is_end(std::uint32_t node) const { return is_end_[node]; }

 private:
  struct Key {
    StringId id;
    std::uint32_t node;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const { return key.id ^ (key.node * 0x9E3779B9ULL); }
  };
  [[nodiscard]] std::uint32_t nodes() const { return static_cast<std::uint32_t>(is_end_.size()); }

  std::unordered_map<Key, std::uint32_t, Hash> children_;
  std::vector<bool> is_end_{false};
};

}  // namespace

struct Tokenizer::Impl {
  std::string path;
  std::string bytes;  // of the file; the views below point into it
  std::optional<Regex> prefix, infix, token_match, url_match;
  std::optional<SuffixRegex> suffix;
  bool faster_heuristics = true;
  std::vector<Rule> rules;  // by string
  std::vector<RuleToken> rule_tokens;
  std::size_t longest_rule = 0;  // bytes
  TextTable<std::uint32_t> rule_by_text;
  SpecialTrie specials;

  Result<void> read();
  template <class Pattern>
  Result<void> read_pattern(msgpack::Reader& reader, std::string_view name,
                            std::optional<Pattern>& pattern) const;
  Result<void> read_exceptions(msgpack::Reader& reader);
  Result<void> sort_exceptions();
  void make_specials();

  [[nodiscard]] const Rule* find_rule(std::string_view text) const {
    if (text.size() > longest_rule) return nullptr;
    const std::uint32_t* found = rule_by_text.find(text);
    return found != nullptr ? &rules[*found] : nullptr;
  }
  [[nodiscard]] std::size_t prefix_length(std::string_view text) const {
    const auto match = prefix ? prefix->search(text) : std::nullopt;
    return match ? match->end - match->begin : 0;
  }
  [[nodiscard]] std::size_t suffix_length(std::string_view text) const {
    return suffix ? suffix->length(text) : 0;
  }
  void split(std::string_view text, bool with_rules, std::vector<Part>& parts) const;
  void split_infixes(std::string_view text, std::vector<Part>& parts) const;
  void apply_specials(std::string_view text, const std::vector<std::uint32_t>& starts,
                      LexemeCache& cache, std::vector<RawToken>& tokens) const;
};

// One loop as in _split_affixes; white space pieces go through it as any other.
void Tokenizer::Impl::split(std::string_view text, bool with_rules,
                            std::vector<Part>& parts) const {
  const auto rule_of = [&](std::string_view s) {
    return with_rules && !s.empty() ? find_rule(s) : nullptr;
  };
  std::vector<std::string_view> suffixes;
  const Rule* rule = nullptr;
  std::size_t last = 0;
  while (!text.empty() && text.size() != last) {
    if (token_match && token_match->matches_at_start(text)) break;
    if ((rule = rule_of(text)) != nullptr) break;
    last = text.size();
    const std::size_t p = prefix_length(text);
    if (p != 0) {
      if ((rule = rule_of(text.substr(p))) != nullptr) {
        parts.push_back({text.substr(0, p)});
        text.remove_prefix(p);
        break;
      }
    }
    const std::size_t q = suffix_length(text.substr(p));
    if (q != 0) {
      if ((rule = rule_of(text.substr(0, text.size() - q))) != nullptr) {
        suffixes.push_back(text.substr(text.size() - q));
        text.remove_suffix(q);
        break;
      }
    }
    if (p != 0) parts.push_back({text.substr(0, p)});
    if (q != 0) suffixes.push_back(text.substr(text.size() - q));
    text = text.substr(p, text.size() - p - q);
  }
  if (rule == nullptr) rule = rule_of(text);
  if (rule != nullptr) {
    for (std::uint32_t i = 0; i < rule->count; ++i) {
      const RuleToken& token = rule_tokens[rule->first + i];
      parts.push_back({token.orth, &token});
    }
  } else if (!text.empty()) {
    if ((token_match && token_match->matches_at_start(text)) ||
        (url_match && url_match->matches_at_start(text))) {
      parts.push_back({text});
    } else {
      split_infixes(text, parts);
    }
  }
  for (auto at = suffixes.rbegin(); at != suffixes.rend(); ++at) parts.push_back({*at});
}

void Tokenizer::Impl::split_infixes(std::string_view text, std::vector<Part>& parts) const {
  std::size_t start = 0;
  for (std::size_t from = 0; infix && from <= text.size();) {
    const auto match = infix->search(text, from);
    if (!match) break;
    from = match->end;
    if (match->end == match->begin)
      from += from < text.size() ? unicode::decode(text, from).size : 1;
    if (match->begin == 0) continue;
    if (match->begin != start) parts.push_back({text.substr(start, match->begin - start)});
    if (match->begin != match->end)
      parts.push_back({text.substr(match->begin, match->end - match->begin)});
    start = match->end;
  }
  if (start < text.size()) parts.push_back({text.substr(start)});
}

// The pass over the whole text (_apply_special_cases): runs of tokens that are an exception's
// tokens become what the exception says. Longest first; a run that loses still blocks others.
void Tokenizer::Impl::apply_specials(std::string_view text,
                                     const std::vector<std::uint32_t>& starts, LexemeCache& cache,
                                     std::vector<RawToken>& tokens) const {
  std::vector<TokenSpan> matches;
  for (const std::uint32_t start : starts) {
    std::uint32_t node = 0;
    for (std::uint32_t i = start; i < tokens.size(); ++i) {
      node = specials.child(node, tokens[i].lexeme->orth);
      if (node == 0) break;
      if (specials.is_end(node)) matches.push_back({start, i + 1});
    }
  }
  if (matches.empty()) return;
  std::stable_sort(matches.begin(), matches.end(),
                   [](TokenSpan a, TokenSpan b) { return a.size() > b.size(); });
  std::vector<bool> seen(tokens.size());
  std::vector<TokenSpan> accepted;
  for (const TokenSpan match : matches) {
    if (!seen[match.begin] && !seen[match.end - 1]) accepted.push_back(match);
    std::fill(seen.begin() + match.begin, seen.begin() + match.end, true);
  }
  std::sort(accepted.begin(), accepted.end());
  std::vector<RawToken> out;
  out.reserve(tokens.size() + accepted.size());
  std::uint32_t next = 0;
  for (const TokenSpan match : accepted) {
    const ByteSpan span{tokens[match.begin].span.begin, tokens[match.end - 1].span.end};
    const Rule* rule = find_rule(slice(text, span));
    if (rule == nullptr) continue;
    out.insert(out.end(), tokens.begin() + next, tokens.begin() + match.begin);
    std::uint32_t begin = span.begin;
    for (std::uint32_t i = 0; i < rule->count; ++i) {
      const RuleToken& part = rule_tokens[rule->first + i];
      const auto end = begin + static_cast<std::uint32_t>(part.orth.size());
      const Lexeme& lexeme = cache.get(part.orth);
      out.push_back({{begin, end},
                     &lexeme,
                     false,
                     part.norm ? string_id(*part.norm) : lexeme.norm_id,
                     part.norm.value_or(lexeme.norm)});
      begin = end;
    }
    out.back().space_after = tokens[match.end - 1].space_after;
    next = match.end;
  }
  out.insert(out.end(), tokens.begin() + next, tokens.end());
  tokens.swap(out);
}

void Tokenizer::tokenize(std::string_view text, LexemeCache& cache,
                         std::vector<RawToken>& out) const {
  out.clear();
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  if (cache.cutter_ != impl_.get() || cache.cut_tokens_.size() > kMaxCutTokens) {
    cache.forget_cuts();
    cache.cutter_ = impl_.get();
  }
  std::vector<std::uint32_t> starts;  // tokens that may begin a special run
  std::vector<Part> parts;

  const auto cut = [&](std::string_view piece, std::uint64_t hash) {
    parts.clear();
    for_each_validity(piece, [&](std::size_t begin, std::size_t end, bool valid) {
      if (valid) {
        impl_->split(piece.substr(begin, end - begin), true, parts);
      } else {
        parts.push_back({piece.substr(begin, end - begin)});
      }
    });
    const LexemeCache::Cut made{static_cast<std::uint32_t>(cache.cut_tokens_.size()),
                                static_cast<std::uint32_t>(parts.size())};
    for (const Part& part : parts) {
      const Lexeme& lexeme = cache.get(part.text);
      const bool has_norm = part.rule != nullptr && part.rule->norm;
      cache.cut_tokens_.push_back({&lexeme, has_norm ? string_id(*part.rule->norm) : lexeme.norm_id,
                                   has_norm ? *part.rule->norm : lexeme.norm,
                                   impl_->specials.child(0, lexeme.orth) != 0});
    }
    const std::string_view key =
        parts.size() == 1 ? cache.cut_tokens_.back().lexeme->text : cache.cut_strings_.add(piece);
    cache.cuts_.insert(key, hash, made);
    return made;
  };

  for_each_piece(text, [&](std::size_t begin, std::size_t end, bool space_after) {
    const std::string_view piece = text.substr(begin, end - begin);
    const std::uint64_t hash = murmur64a(piece);
    const LexemeCache::Cut* found = cache.cuts_.find(piece, hash);
    const LexemeCache::Cut tokens = found != nullptr ? *found : cut(piece, hash);
    auto at = static_cast<std::uint32_t>(begin);
    for (std::uint32_t i = 0; i < tokens.count; ++i) {
      const CutToken& token = cache.cut_tokens_[tokens.first + i];
      const auto next = at + static_cast<std::uint32_t>(token.lexeme->text.size());
      if (token.may_begin_special) starts.push_back(static_cast<std::uint32_t>(out.size()));
      out.push_back({{at, next}, token.lexeme, false, token.norm_id, token.norm});
      at = next;
    }
    out.back().space_after = space_after;
  });
  if (!starts.empty()) impl_->apply_specials(text, starts, cache, out);
}

template <class Pattern>
Result<void> Tokenizer::Impl::read_pattern(msgpack::Reader& reader, std::string_view name,
                                           std::optional<Pattern>& pattern) const {
  if (reader.nil()) return {};
  const std::string python = without_doubled_repeat(reader.string());
  DATELINE_DO(reader.status(path));
  if (python.empty()) return {};
  DATELINE_TRY(pattern, Pattern::compile(python, path + ", " + std::string(name)));
  return {};
}

Result<void> Tokenizer::Impl::read_exceptions(msgpack::Reader& reader) {
  for (std::size_t n = reader.map(); n > 0; --n) {
    Rule rule;
    rule.text = reader.string();
    rule.first = static_cast<std::uint32_t>(rule_tokens.size());
    rule.count = static_cast<std::uint32_t>(reader.array());
    for (std::uint32_t i = 0; i < rule.count && reader.ok(); ++i) {
      RuleToken& token = rule_tokens.emplace_back();
      for (std::size_t attributes = reader.map(); attributes > 0; --attributes) {
        constexpr std::uint64_t kOrth = 65, kNorm = 67;
        const bool by_number = reader.peek() == msgpack::Type::kInt;
        const StringId key = by_number ? reader.uint() : string_id(reader.string());
        const std::string_view value = reader.string();
        if (key == kOrth) token.orth = value;
        if (key == kNorm) token.norm = value;
      }
    }
    rules.push_back(rule);
  }
  return reader.status(path);
}

Result<void> Tokenizer::Impl::sort_exceptions() {
  std::sort(rules.begin(), rules.end(),
            [](const Rule& a, const Rule& b) { return a.text < b.text; });
  rule_by_text.reserve(rules.size());
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    std::string joined;
    bool is_bad = rule.count == 0;
    for (std::uint32_t t = 0; t < rule.count; ++t) {
      joined += rule_tokens[rule.first + t].orth;
      is_bad = is_bad || rule_tokens[rule.first + t].orth.empty();
    }
    for_each_validity(rule.text, [&](std::size_t, std::size_t, bool valid) { is_bad |= !valid; });
    if (joined != rule.text || is_bad)
      return fail(ErrorCode::kCorrupt,
                  path + ": exception '" + std::string(rule.text) + "' is not its tokens");
    longest_rule = std::max(longest_rule, rule.text.size());
    rule_by_text.insert(rule.text, i);
  }
  return {};
}

// What the tokens of an exception would be if there were no exceptions: such runs are looked for
// in the whole text, since affixes may have come off them.
void Tokenizer::Impl::make_specials() {
  std::vector<Part> parts;
  std::vector<StringId> ids;
  for (const Rule& rule : rules) {
    if (faster_heuristics && rule.text.find(' ') == std::string_view::npos &&
        prefix_length(rule.text) == 0 && !(infix && infix->search(rule.text)) &&
        suffix_length(rule.text) == 0)
      continue;
    parts.clear();
    ids.clear();
    for_each_piece(rule.text, [&](std::size_t begin, std::size_t end, bool) {
      split(rule.text.substr(begin, end - begin), false, parts);
    });
    for (const Part& part : parts) ids.push_back(string_id(part.text));
    specials.insert(ids);
  }
}

Result<void> Tokenizer::Impl::read() {
  msgpack::Reader reader(bytes);
  for (std::size_t n = reader.map(); n > 0; --n) {
    const std::string_view key = reader.string();
    if (key == "prefix_search") {
      DATELINE_DO(read_pattern(reader, key, prefix));
    } else if (key == "suffix_search") {
      DATELINE_DO(read_pattern(reader, key, suffix));
    } else if (key == "infix_finditer") {
      DATELINE_DO(read_pattern(reader, key, infix));
    } else if (key == "token_match") {
      DATELINE_DO(read_pattern(reader, key, token_match));
    } else if (key == "url_match") {
      DATELINE_DO(read_pattern(reader, key, url_match));
    } else if (key == "exceptions") {
      DATELINE_DO(read_exceptions(reader));
    } else if (key == "faster_heuristics") {
      faster_heuristics = reader.boolean();
    } else {
      reader.skip();
    }
  }
  DATELINE_DO(reader.status(path));
  DATELINE_DO(sort_exceptions());
  make_specials();
  return {};
}

Result<Tokenizer> Tokenizer::load(const std::string& folder, const Vocab& /*vocab*/) {
  auto impl = std::make_unique<Impl>();
  impl->path = folder + "/tokenizer";
  DATELINE_TRY(impl->bytes, read_file(impl->path));
  DATELINE_DO(impl->read());
  return Tokenizer(std::move(impl));
}

std::vector<std::string_view> Tokenizer::exceptions() const {
  std::vector<std::string_view> strings;
  strings.reserve(impl_->rules.size());
  for (const Rule& rule : impl_->rules) strings.push_back(rule.text);
  return strings;
}

Tokenizer::Tokenizer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

}  // namespace dateline::language
