#include "dateline/language/lemmatizer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/language/lookups.h"
#include "dateline/language/msgpack.h"
#include "dateline/language/text_table.h"
#include "dateline/unicode/category.h"
#include "dateline/unicode/utf8.h"

namespace dateline::language {
namespace {

constexpr std::string_view kPartsOfSpeech[] = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CONJ",  "CCONJ", "DET",  "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",   "VERB", "X",    "EOL",  "SPACE"};

struct Rule {
  std::string_view old_end, new_end;
};

struct Strings {
  std::uint32_t first = 0, count = 0;  // of Impl::exception_lemmas
};

// What the package has for one part of speech.
struct Table {
  std::string_view pos;
  std::vector<Rule> rules;
  TextTable<Strings> exceptions;
  TextTable<std::string_view> index;  // a word to its place in the file

  [[nodiscard]] bool empty() const {
    return rules.empty() && exceptions.size() == 0 && index.size() == 0;
  }
};

// The value of a feature in "A=x|B=y"; nothing when it is not there.
std::optional<std::string_view> feature(std::string_view morph, std::string_view name) {
  while (!morph.empty()) {
    const std::size_t end = std::min(morph.find('|'), morph.size());
    const std::string_view part = morph.substr(0, end);
    if (part.size() > name.size() && part[name.size()] == '=' && part.starts_with(name))
      return part.substr(name.size() + 1);
    morph.remove_prefix(std::min(end + 1, morph.size()));
  }
  return std::nullopt;
}

// English: forms that are their own lemma.
bool is_base_form(std::string_view pos, std::string_view morph) {
  if (morph.empty()) return false;
  if (pos == "NOUN" && feature(morph, "Number") == "Sing") return true;
  const auto verb_form = feature(morph, "VerbForm");
  if (pos == "VERB" && verb_form == "Fin" && feature(morph, "Tense") == "Pres" &&
      !feature(morph, "Number"))
    return true;
  return verb_form == "Inf" || verb_form == "None" || feature(morph, "Degree") == "Pos";
}

bool is_alphabetic(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded code = unicode::decode(text, at);
    if (!unicode::is_letter(code.code_point)) return false;
    at += code.size;
  }
  return !text.empty();
}

// Few strings, in order, each once.
class Forms {
 public:
  void push_back(std::string_view form) {
    if (!contains(form) && count_ < forms_.size()) forms_[count_++] = form;
  }
  // Goes to the front also when it is there: of equal ones the first counts.
  void push_front(std::string_view form) {
    if (count_ == forms_.size()) --count_;
    std::copy_backward(forms_.begin(), forms_.begin() + static_cast<std::ptrdiff_t>(count_),
                       forms_.begin() + static_cast<std::ptrdiff_t>(count_) + 1);
    forms_[0] = form;
    ++count_;
  }
  [[nodiscard]] bool contains(std::string_view form) const {
    const auto end = forms_.begin() + static_cast<std::ptrdiff_t>(count_);
    return std::find(forms_.begin(), end, form) != end;
  }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::string_view front() const { return forms_[0]; }

 private:
  std::array<std::string_view, 32> forms_;
  std::size_t count_ = 0;
};

}  // namespace

struct Lemmatizer::Impl {
  LemmaOrder order = LemmaOrder::kIndexFirst;
  Lookups lookups;
  std::vector<Table> tables;
  std::vector<std::string_view> exception_lemmas;

  Result<void> read();
  // False when a rule is not a pair.
  static bool read_rules(msgpack::Reader& reader, Table& table);
  void read_exceptions(msgpack::Reader& reader, Table& table);
  static void read_index(msgpack::Reader& reader, Table& table);

  // Null for a part of speech of which the package knows nothing.
  [[nodiscard]] const Table* find(std::string_view pos) const {
    for (const Table& table : tables)
      if (table.pos == pos) return &table;
    return nullptr;
  }
  [[nodiscard]] std::optional<std::string_view> form(const Table& table, std::string_view lower,
                                                     StringArena& arena) const;
};

bool Lemmatizer::Impl::read_rules(msgpack::Reader& reader, Table& table) {
  for (std::size_t n = reader.array(); n > 0; --n) {
    if (reader.array() != 2) return false;
    const std::string_view old_end = reader.string();
    table.rules.push_back({old_end, reader.string()});
  }
  return true;
}

void Lemmatizer::Impl::read_exceptions(msgpack::Reader& reader, Table& table) {
  const std::size_t count = reader.map();
  table.exceptions.reserve(count);
  for (std::size_t n = count; n > 0 && reader.ok(); --n) {
    const std::string_view word = reader.string();
    const auto first = static_cast<std::uint32_t>(exception_lemmas.size());
    const std::size_t lemmas = reader.array();
    for (std::size_t i = 0; i < lemmas; ++i) exception_lemmas.push_back(reader.string());
    table.exceptions.insert(word, {first, static_cast<std::uint32_t>(lemmas)});
  }
}

void Lemmatizer::Impl::read_index(msgpack::Reader& reader, Table& table) {
  const std::size_t count = reader.array();
  table.index.reserve(count);
  for (std::size_t n = count; n > 0 && reader.ok(); --n) {
    const std::string_view word = reader.string();
    table.index.insert(word, word);
  }
}

Result<void> Lemmatizer::Impl::read() {
  std::array<std::pair<StringId, Table>, std::size(kPartsOfSpeech)> by_id;
  for (std::size_t i = 0; i < by_id.size(); ++i) {
    by_id[i].first = string_id(to_lower(kPartsOfSpeech[i]));
    by_id[i].second.pos = kPartsOfSpeech[i];
  }
  if (lookups.table("lemma_rules").empty())
    return fail(ErrorCode::kCorrupt, lookups.path() + ": no table lemma_rules");
  for (const std::string_view name : {"lemma_rules", "lemma_exc", "lemma_index"}) {
    msgpack::Reader reader(lookups.table(name));
    if (reader.at_end()) continue;
    for (std::size_t n = reader.map(); n > 0; --n) {
      const StringId id = reader.uint();
      const auto at = std::find_if(by_id.begin(), by_id.end(),
                                   [&](const auto& entry) { return entry.first == id; });
      if (at == by_id.end()) {
        reader.skip();
      } else if (name == "lemma_rules") {
        if (!read_rules(reader, at->second))
          return fail(ErrorCode::kCorrupt, lookups.path() + ": a rule is not a pair");
      } else if (name == "lemma_exc") {
        read_exceptions(reader, at->second);
      } else {
        read_index(reader, at->second);
      }
    }
    DATELINE_DO(reader.status(lookups.path()));
  }
  for (auto& [id, table] : by_id)
    if (!table.empty()) tables.push_back(std::move(table));
  return {};
}

// Nothing: the text as printed is the lemma.
std::optional<std::string_view> Lemmatizer::Impl::form(const Table& table, std::string_view lower,
                                                       StringArena& arena) const {
  Forms forms;
  std::optional<std::string> unknown;  // the first that no table knows
  std::string form;
  for (const Rule& rule : table.rules) {
    if (!lower.ends_with(rule.old_end)) continue;
    form.assign(lower.substr(0, lower.size() - rule.old_end.size()));
    form += rule.new_end;
    if (form.empty()) continue;
    if (const std::string_view* known = table.index.find(form); known != nullptr) {
      if (order == LemmaOrder::kIndexFirst) {
        forms.push_front(*known);
      } else {
        forms.push_back(*known);
      }
    } else if (!is_alphabetic(form)) {
      if (!forms.contains(form)) forms.push_back(arena.add(form));
    } else if (!unknown) {
      unknown = form;
    }
  }
  if (const Strings* lemmas = table.exceptions.find(lower); lemmas != nullptr) {
    for (std::uint32_t i = 0; i < lemmas->count; ++i) {
      const std::string_view lemma = exception_lemmas[lemmas->first + i];
      if (!forms.contains(lemma)) forms.push_front(lemma);
    }
  }
  if (!forms.empty()) return forms.front();
  if (unknown) return arena.add(*unknown);
  return std::nullopt;
}

std::string_view Lemmatizer::lemmatize(const RawToken& raw, const Token& token,
                                       StringArena& arena) const {
  if (!token.lemma.empty()) return token.lemma;
  const std::string_view text = raw.lexeme->text, lower = raw.lexeme->lower;
  // Lexemes may go before the Doc does.
  const auto keep = [&](std::string_view lemma) {
    return token.text == lemma ? token.text : arena.add(lemma);
  };
  if (token.pos.empty() || token.pos == "SPACE" || token.pos == "EOL" ||
      is_base_form(token.pos, token.morph))
    return keep(lower);
  const Table* const table = impl_->find(token.pos);
  if (table == nullptr) return keep(token.pos == "PROPN" ? text : lower);
  if (const auto form = impl_->form(*table, lower, arena)) return *form;
  return keep(text);
}

Result<Lemmatizer> Lemmatizer::load(const std::string& folder, LemmaOrder order) {
  auto impl = std::make_unique<Impl>();
  impl->order = order;
  DATELINE_TRY(impl->lookups, Lookups::load(folder + "/lemmatizer/lookups/lookups.bin"));
  DATELINE_DO(impl->read());
  return Lemmatizer(std::move(impl));
}

Lemmatizer::Lemmatizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Lemmatizer::Lemmatizer(Lemmatizer&&) noexcept = default;
Lemmatizer& Lemmatizer::operator=(Lemmatizer&&) noexcept = default;
Lemmatizer::~Lemmatizer() = default;

}  // namespace dateline::language
