#include "dateline/language/attribute_ruler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/language/lookups.h"
#include "dateline/language/msgpack.h"
#include "dateline/language/regex.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

using msgpack::Type;
using msgpack::Value;

// Attributes by their numbers among the symbols. 1 to 8 are the bits of Lexeme::flags.
constexpr StringId kOrth = 65, kLower = 66, kNorm = 67, kShape = 68, kPrefix = 69, kSuffix = 70,
                   kLemma = 73, kPos = 74, kTag = 75, kDep = 76, kMorph = 453;
constexpr StringId kLastFlag = static_cast<StringId>(Flag::kIsUpper);

bool is_readable(StringId attribute) {
  return (attribute >= 1 && attribute <= kLastFlag) ||
         (attribute >= kOrth && attribute <= kSuffix) || attribute == kTag || attribute == kDep;
}

StringId value_of(StringId attribute, const RawToken& raw, const Token& token) {
  const Lexeme& lexeme = *raw.lexeme;
  switch (attribute) {
    case kOrth:
      return lexeme.orth;
    case kLower:
      return lexeme.lower_id;
    case kNorm:
      return raw.norm_id;
    case kShape:
      return lexeme.shape_id;
    case kPrefix:
      return lexeme.prefix_id;
    case kSuffix:
      return lexeme.suffix_id;
    case kTag:
      return string_id(token.tag);
    case kDep:
      return string_id(token.dep);
    default:
      return lexeme.flags >> attribute & 1U;
  }
}

// Of the attributes that a regular expression may be asked of.
std::string_view text_of(StringId attribute, const RawToken& raw, const Token& token) {
  switch (attribute) {
    case kOrth:
      return raw.lexeme->text;
    case kLower:
      return raw.lexeme->lower;
    case kNorm:
      return raw.norm;
    case kShape:
      return raw.lexeme->shape;
    case kTag:
      return token.tag;
    case kDep:
      return token.dep;
    default:
      return {};
  }
}

bool is_valid(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    if (!code.valid) return false;
    at += code.size;
  }
  return true;
}

bool matches(const Regex& regex, std::string_view text) {
  return is_valid(text) && regex.search(text).has_value();
}

// One constraint on one token of a pattern.
struct Test {
  std::uint32_t spec = 0;  // number of the token among those of all patterns
  bool wanted = true;      // false: the value must not be among `values`
  std::vector<StringId> values;
  std::optional<Regex> regex;  // instead of values

  [[nodiscard]] bool holds(StringId value, std::string_view text) const {
    if (regex) return matches(*regex, text);
    return (std::find(values.begin(), values.end(), value) != values.end()) == wanted;
  }
};

// All constraints on one attribute. For each value that some constraint names there is a row of
// bits, one a spec: whether the value satisfies it; row 0 is for every other value, where specs
// with regular expressions are set and must be asked.
struct Column {
  StringId attribute = 0;
  std::vector<Test> tests;
  std::unordered_map<StringId, std::string_view> mentioned;
  std::unordered_map<StringId, std::uint32_t> rows;
  std::vector<std::uint64_t> bits;  // rows x words
};

struct Pattern {
  std::uint32_t entry = 0, first_spec = 0, size = 0;
  std::uint32_t target = 0;  // which of its tokens the attributes are set on
};

enum Field : std::uint8_t { kFieldTag, kFieldPos, kFieldMorph, kFieldLemma, kFieldDep, kFields };

struct Entry {
  std::array<std::optional<std::string_view>, kFields> set;
};

StringId attribute_of(const Value& key) {
  if (key.type == Type::kInt) return key.integer;
  std::string name(key.string);
  for (char& c : name)
    if (is_lower(c)) c = static_cast<char>(c - 32);
  return name == "TEXT" ? kOrth : string_id(name);
}

}  // namespace

struct AttributeRuler::Impl {
  std::string path, bytes;
  StringArena strings;
  std::vector<Entry> entries;
  std::vector<Pattern> patterns;
  std::vector<Column> columns;
  std::uint32_t specs = 0, words = 0;
  std::vector<std::uint64_t> first_specs;      // bits: specs that begin a pattern
  std::vector<std::uint32_t> pattern_of_spec;  // of those

  Result<void> read();
  Result<void> read_attributes(const Value& attributes);
  Result<void> read_pattern(const Value& pattern, std::int64_t index);
  Result<void> read_spec(const Value& spec);
  Result<void> read_test(StringId attribute, std::string_view predicate, const Value& argument);
  void make_rows(Column& column) const;

  void match(const RawToken& raw, const Token& token, std::uint64_t* bits) const;

  [[nodiscard]] tl::unexpected<Error> unsupported(std::string_view what) const {
    return fail(ErrorCode::kUnsupported, fmt::format("{}: {}", path, what));
  }
  [[nodiscard]] tl::unexpected<Error> corrupt() const {
    return fail(ErrorCode::kCorrupt, path + ": not a list of patterns");
  }
};

Result<void> AttributeRuler::Impl::read() {
  DATELINE_TRY(const Value root, msgpack::parse(bytes, path));
  if (root.type != Type::kArray) return corrupt();
  for (const Value& item : root.items) {
    const Value* const attributes = item.find("attrs");
    const Value* const list = item.find("patterns");
    const Value* const index = item.find("index");
    if (attributes == nullptr || attributes->type != Type::kMap || list == nullptr ||
        list->type != Type::kArray)
      return corrupt();
    const std::int64_t target = index != nullptr && index->type == Type::kInt
                                    ? static_cast<std::int64_t>(index->integer)
                                    : 0;
    DATELINE_DO(read_attributes(*attributes));
    for (const Value& pattern : list->items) DATELINE_DO(read_pattern(pattern, target));
  }
  words = (specs + 63) / 64;
  for (Column& column : columns) make_rows(column);
  first_specs.assign(words, 0);
  pattern_of_spec.assign(specs, 0);
  for (std::uint32_t i = 0; i < patterns.size(); ++i) {
    const std::uint32_t spec = patterns[i].first_spec;
    first_specs[spec / 64] |= std::uint64_t{1} << spec % 64;
    pattern_of_spec[spec] = i;
  }
  return {};
}

Result<void> AttributeRuler::Impl::read_attributes(const Value& attributes) {
  Entry entry;
  for (std::size_t i = 0; i + 1 < attributes.items.size(); i += 2) {
    const StringId attribute = attribute_of(attributes.items[i]);
    const Value& value = attributes.items[i + 1];
    if (!value.is_text()) return unsupported("an attribute that is not text");
    switch (attribute) {
      case kTag:
        entry.set[kFieldTag] = value.string;
        break;
      case kPos:
        entry.set[kFieldPos] = value.string;
        break;
      case kMorph:
        entry.set[kFieldMorph] = strings.add(normalize_morph(value.string));
        break;
      case kLemma:
        entry.set[kFieldLemma] = value.string;
        break;
      case kDep:
        entry.set[kFieldDep] = value.string;
        break;
      default:
        return unsupported(fmt::format("sets attribute {}", attribute));
    }
  }
  entries.push_back(entry);
  return {};
}

Result<void> AttributeRuler::Impl::read_pattern(const Value& pattern, std::int64_t index) {
  if (pattern.type != Type::kArray || pattern.items.empty()) return corrupt();
  const auto size = static_cast<std::int64_t>(pattern.items.size());
  if (index >= size || index < -size) return corrupt();
  patterns.push_back({static_cast<std::uint32_t>(entries.size() - 1), specs,
                      static_cast<std::uint32_t>(size),
                      static_cast<std::uint32_t>(index < 0 ? index + size : index)});
  for (const Value& spec : pattern.items) {
    if (spec.type != Type::kMap) return corrupt();
    DATELINE_DO(read_spec(spec));
    ++specs;
  }
  return {};
}

Result<void> AttributeRuler::Impl::read_spec(const Value& spec) {
  for (std::size_t i = 0; i + 1 < spec.items.size(); i += 2) {
    const Value& key = spec.items[i];
    const Value& value = spec.items[i + 1];
    if (key.is_text() && to_lower(key.string) == "op") {
      if (value.string != "1") return unsupported(fmt::format("operator '{}'", value.string));
      continue;
    }
    const StringId attribute = attribute_of(key);
    if (!is_readable(attribute))
      return unsupported(fmt::format("looks at attribute '{}'", key.string));
    if (value.type != Type::kMap) {
      DATELINE_DO(read_test(attribute, "==", value));
      continue;
    }
    for (std::size_t p = 0; p + 1 < value.items.size(); p += 2)
      DATELINE_DO(read_test(attribute, value.items[p].string, value.items[p + 1]));
  }
  return {};
}

Result<void> AttributeRuler::Impl::read_test(StringId attribute, std::string_view predicate,
                                             const Value& argument) {
  auto column = std::find_if(columns.begin(), columns.end(),
                             [&](const Column& c) { return c.attribute == attribute; });
  if (column == columns.end()) {
    columns.emplace_back().attribute = attribute;
    column = columns.end() - 1;
  }
  Test test;
  test.spec = specs;
  const auto mention = [&](const Value& value) {
    const StringId id = value.is_text() ? string_id(value.string) : value.integer;
    test.values.push_back(id);
    column->mentioned.emplace(id, value.string);
  };
  if (predicate == "REGEX") {
    if (!argument.is_text() || attribute <= kLastFlag || attribute == kPrefix ||
        attribute == kSuffix)
      return unsupported(fmt::format("a regular expression on attribute {}", attribute));
    DATELINE_TRY(test.regex, Regex::compile(argument.string, path));
  } else if (predicate == "IN" || predicate == "NOT_IN") {
    if (argument.type != Type::kArray) return corrupt();
    test.wanted = predicate == "IN";
    for (const Value& value : argument.items) mention(value);
  } else if (predicate == "==" || predicate == "!=") {
    test.wanted = predicate == "==";
    mention(argument);
  } else {
    return unsupported(fmt::format("predicate '{}'", predicate));
  }
  column->tests.push_back(std::move(test));
  return {};
}

void AttributeRuler::Impl::make_rows(Column& column) const {
  column.bits.assign((column.mentioned.size() + 1) * words, ~std::uint64_t{0});
  const auto clear = [&](std::size_t row, std::uint32_t spec) {
    column.bits[row * words + spec / 64] &= ~(std::uint64_t{1} << spec % 64);
  };
  for (const Test& test : column.tests)
    if (!test.regex && test.wanted) clear(0, test.spec);
  for (const auto& [value, text] : column.mentioned) {
    const auto row = static_cast<std::uint32_t>(column.rows.size() + 1);
    column.rows.emplace(value, row);
    for (const Test& test : column.tests)
      if (!test.holds(value, text)) clear(row, test.spec);
  }
  std::erase_if(column.tests, [](const Test& test) { return !test.regex; });
}

// Which specs of all patterns the token satisfies.
void AttributeRuler::Impl::match(const RawToken& raw, const Token& token,
                                 std::uint64_t* bits) const {
  std::fill(bits, bits + words, ~std::uint64_t{0});
  if (specs % 64 != 0) bits[words - 1] = (std::uint64_t{1} << specs % 64) - 1;
  std::array<bool, 32> ask{};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column& column = columns[c];
    const auto at = column.rows.find(value_of(column.attribute, raw, token));
    const std::size_t row = at == column.rows.end() ? 0 : at->second;
    for (std::uint32_t w = 0; w < words; ++w) bits[w] &= column.bits[row * words + w];
    ask[c] = row == 0 && !column.tests.empty();
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!ask[c]) continue;
    for (const Test& test : columns[c].tests) {
      const std::uint64_t bit = std::uint64_t{1} << test.spec % 64;
      std::uint64_t& word = bits[test.spec / 64];
      if ((word & bit) != 0 && !matches(*test.regex, text_of(columns[c].attribute, raw, token)))
        word &= ~bit;
    }
  }
}

void AttributeRuler::apply(std::span<const RawToken> raw, std::span<Token> tokens,
                           StringArena& /*arena*/) const {
  const Impl& rules = *impl_;
  const std::size_t words = rules.words, count = std::min(raw.size(), tokens.size());
  if (words == 0) return;
  std::vector<std::uint64_t> bits(count * words);
  for (std::size_t i = 0; i < count; ++i) rules.match(raw[i], tokens[i], &bits[i * words]);
  // One more than the entry that set the field last.
  std::vector<std::array<std::uint32_t, kFields>> writers(count);
  const auto holds = [&](std::size_t token, std::uint32_t spec) {
    return (bits[token * words + spec / 64] >> spec % 64 & 1U) != 0;
  };
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t w = 0; w < words; ++w) {
      for (std::uint64_t left = bits[i * words + w] & rules.first_specs[w]; left != 0;
           left &= left - 1) {
        const auto spec =
            static_cast<std::uint32_t>(64 * w) + static_cast<std::uint32_t>(std::countr_zero(left));
        const Pattern& pattern = rules.patterns[rules.pattern_of_spec[spec]];
        if (i + pattern.size > count) continue;
        bool all = true;
        for (std::uint32_t t = 1; t < pattern.size && all; ++t) all = holds(i + t, spec + t);
        if (!all) continue;
        Token& token = tokens[i + pattern.target];
        auto& writer = writers[i + pattern.target];
        const Entry& entry = rules.entries[pattern.entry];
        std::string_view* const fields[] = {&token.tag, &token.pos, &token.morph, &token.lemma,
                                            &token.dep};
        for (std::size_t f = 0; f < kFields; ++f) {
          if (!entry.set[f] || pattern.entry + 1 < writer[f]) continue;
          *fields[f] = *entry.set[f];
          writer[f] = pattern.entry + 1;
        }
      }
    }
  }
}

Result<AttributeRuler> AttributeRuler::load(const std::string& folder, const Vocab& /*vocab*/) {
  auto impl = std::make_unique<Impl>();
  impl->path = folder + "/attribute_ruler/patterns";
  DATELINE_TRY(impl->bytes, read_file(impl->path));
  DATELINE_DO(impl->read());
  return AttributeRuler(std::move(impl));
}

AttributeRuler::AttributeRuler(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
AttributeRuler::AttributeRuler(AttributeRuler&&) noexcept = default;
AttributeRuler& AttributeRuler::operator=(AttributeRuler&&) noexcept = default;
AttributeRuler::~AttributeRuler() = default;

std::string normalize_morph(std::string_view feats) {
  const auto split = [](std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (std::size_t end = 0; end != std::string_view::npos; text.remove_prefix(end + 1)) {
      end = text.find(mark);
      parts.push_back(text.substr(0, end));
      if (end == std::string_view::npos) break;
    }
    return parts;
  };
  std::vector<std::string> features;
  for (const std::string_view feature : split(feats, '|')) {
    const std::size_t equals = feature.find('=');
    if (equals == std::string_view::npos) continue;
    auto values = split(feature.substr(equals + 1), ',');
    std::sort(values.begin(), values.end());
    features.push_back(fmt::format("{}={}", feature.substr(0, equals), fmt::join(values, ",")));
  }
  std::sort(features.begin(), features.end());
  return fmt::format("{}", fmt::join(features, "|"));
}

}  // namespace dateline::language
