#include "dateline/entities/aliases.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "dateline/base/tsv.h"
#include "dateline/entities/lexicon.h"

namespace dateline::data {
extern const std::string_view entities_alias_phrases;
}  // namespace dateline::data

namespace dateline::entities {
namespace {

constexpr std::uint32_t kLongestName = 5;  // words

struct Phrase {
  std::vector<std::string_view> words;
  bool birth = false, person = false;
};

// By first word, the longest first.
using Phrases = std::unordered_map<std::string_view, std::vector<Phrase>>;

const Phrases& phrases() {
  static const Phrases all = [] {
    Phrases table;
    for (const auto& row : parse_tsv(data::entities_alias_phrases)) {
      if (row.size() < 3) continue;
      auto words = words_of(row[0]);
      const std::string_view first = words.front();
      table[first].push_back({std::move(words), row[1] == "birth", row[2] == "person"});
    }
    for (auto& [first, list] : table)
      std::ranges::stable_sort(list, std::ranges::greater{},
                               [](const Phrase& phrase) { return phrase.words.size(); });
    return table;
  }();
  return all;
}

bool is_mark(std::string_view word) {
  return word == "," || word == "(" || word == "[" || word == "-" || word == "–" || word == "—" ||
         word == "--";
}

bool is_quote_mark(std::string_view word) {
  return word == "\"" || word == "“" || word == "”" || word == "'" || word == "‘" || word == "’" ||
         word == "``" || word == "''";
}

std::string_view plain(std::string_view word) { return word == "’s" ? "'s" : word; }

// A word of a name: with a capital, or a particle between two such.
bool is_name_word(const Doc& doc, std::uint32_t token) {
  if (is_capitalised(doc[token])) return doc[token].pos != "PUNCT";
  return in("particle", doc[token].text);
}

// The words with capitals from `begin` on; empty where the run is too long for a name.
TokenSpan run_from(const Doc& doc, std::uint32_t begin) {
  std::uint32_t end = begin;
  while (end < doc.size() && end - begin <= kLongestName && is_name_word(doc, end)) ++end;
  while (end > begin && !is_capitalised(doc[end - 1])) --end;
  return end - begin <= kLongestName ? TokenSpan{begin, end} : TokenSpan{begin, begin};
}

// The words with capitals up to `end`, within their sentence; "The singer Vex" gives "Vex".
TokenSpan run_to(const Doc& doc, std::uint32_t end) {
  std::uint32_t begin = end;
  while (begin > 0 && end - begin < kLongestName && is_name_word(doc, begin - 1) &&
         (begin == end || !doc[begin].sentence_start) && doc[begin - 1].pos != "DET" &&
         doc[begin - 1].pos != "PRON")
    --begin;
  while (begin < end && !is_capitalised(doc[begin])) ++begin;
  return {begin, end};
}

const Phrase* phrase_at(const Doc& doc, std::uint32_t token) {
  const auto found = phrases().find(plain(doc[token].lower));
  if (found == phrases().end()) return nullptr;
  for (const Phrase& phrase : found->second) {
    const std::size_t size = phrase.words.size();
    bool same = token + size < doc.size();
    for (std::size_t i = 0; same && i < size; ++i)
      same = plain(doc[token + static_cast<std::uint32_t>(i)].lower) == phrase.words[i];
    if (same) return &phrase;
  }
  return nullptr;
}

// A name is what the tagger has no other word for: "born Catholic", "born American", "born May 3".
bool may_be_name(const Doc& doc, TokenSpan run) {
  if (run.size() == 0) return false;
  return std::ranges::all_of(doc.tokens().subspan(run.begin, run.size()), [](const Token& token) {
    return token.entity_type != "NORP" && token.entity_type != "DATE" &&
           token.entity_type != "CARDINAL" && token.pos != "NUM";
  });
}

bool is_person(const NameSpan& name) { return name.kind == EntityKind::kPerson; }

bool sounds_like_person(const Doc& doc, TokenSpan run) {
  return run.size() > 1 && is_given_name(doc[run.begin].lower);
}

float female_of(const Doc& doc, TokenSpan name) {
  return name.size() > 1 || is_given_name(doc[name.begin].lower)
             ? female_share(doc[name.begin].lower)
             : 0.5F;
}

// The name over `token`, none where there is none. O(log names).
NameSpan* name_over(std::vector<NameSpan>& names, std::uint32_t token) {
  const auto after = std::ranges::upper_bound(
      names, token, {}, [](const NameSpan& name) { return name.tokens.begin; });
  if (after == names.begin()) return nullptr;
  NameSpan& name = *std::prev(after);
  return name.tokens.contains(token) ? &name : nullptr;
}

// Puts a name in for those that it covers.
void put(const Doc& doc, NameSpan name, std::vector<NameSpan>& names) {
  name.head = head_of_name(doc, name.tokens);
  const auto first = std::ranges::partition_point(
      names, [&](const NameSpan& other) { return other.tokens.end <= name.tokens.begin; });
  const auto last = std::partition_point(first, names.end(), [&](const NameSpan& other) {
    return other.tokens.begin < name.tokens.end;
  });
  names.insert(names.erase(first, last), name);
}

using Stated = std::map<std::string, NameSpan, std::less<>>;  // by key

// Other mentions of persons' stated names, and of bare ones those that the tagger passed over: "Vex
// said", where a sentence begins with it.
void find_again(const Doc& doc, const Stated& stated, std::vector<NameSpan>& names) {
  for (NameSpan& name : names) {
    const auto found = stated.find(name_key(doc, name.tokens));
    if (found == stated.end() || !is_person(found->second) || is_person(name)) continue;
    name.kind = EntityKind::kPerson;
    name.sure = true;
    name.female = found->second.female;
  }
  std::vector<NameSpan> more;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    const Token& token = doc[i];
    const bool argument = token.dep.starts_with("nsubj") || token.dep == "poss" ||
                          token.dep == "dobj" || token.dep == "pobj";
    if (!argument || !is_capitalised(token) || token.entity_tag != EntityTag::kOutside) continue;
    const auto found = stated.find(token.lower);
    if (found == stated.end() || name_over(names, i) != nullptr) continue;
    NameSpan& name = more.emplace_back(found->second);
    name.tokens = {i, i + 1};
    name.head = i;
  }
  names.insert(names.end(), more.begin(), more.end());
  std::ranges::sort(names, {}, [](const NameSpan& name) { return name.tokens; });
}

}  // namespace

std::vector<AliasPhrase> find_alias_phrases(const Doc& doc) {
  std::vector<AliasPhrase> found;
  for (std::uint32_t i = 1; i < doc.size(); ++i) {
    const Phrase* phrase = phrase_at(doc, i);
    if (phrase == nullptr) continue;
    TokenSpan between{i, i + static_cast<std::uint32_t>(phrase->words.size())};
    if (is_quote_mark(doc[between.end].text)) ++between.end;
    if (is_quote_mark(doc[between.begin - 1].text) && between.begin > 1) --between.begin;
    const bool apart = is_mark(doc[between.begin - 1].text) && between.begin > 1;
    if (apart) --between.begin;
    if (between.end >= doc.size() || !is_capitalised(doc[between.end]) ||
        !is_capitalised(doc[between.begin - 1]))
      continue;
    found.push_back({between, phrase->birth, phrase->person, apart});
  }
  return found;
}

void add_stated_aliases(const Doc& doc, std::vector<NameSpan>& names) {
  Stated stated;
  for (const AliasPhrase& phrase : find_alias_phrases(doc)) {
    const TokenSpan alias = run_from(doc, phrase.between.end);
    TokenSpan whole = run_to(doc, phrase.between.begin);
    const NameSpan* before = name_over(names, phrase.between.begin - 1);
    if (before != nullptr && before->tokens.end == phrase.between.begin) whole = before->tokens;
    if (!may_be_name(doc, alias) || !may_be_name(doc, whole)) continue;
    const NameSpan* within = name_over(names, alias.end - 1);
    const bool seen = (before != nullptr && is_person(*before)) ||
                      (within != nullptr && is_person(*within)) || sounds_like_person(doc, alias) ||
                      sounds_like_person(doc, whole);
    if (phrase.person && !seen && alias.size() < 2) continue;  // "the church, born Easter"
    const bool person = phrase.person || seen;
    if (!person && !phrase.apart) continue;
    NameSpan one, other;
    one.kind = person              ? EntityKind::kPerson
               : before != nullptr ? before->kind
               : within != nullptr ? within->kind
                                   : EntityKind::kOther;
    one.sure = person;
    other = one;
    one.tokens = whole;
    other.tokens = alias;
    if (person) {
      one.female = before != nullptr ? before->female : female_of(doc, whole);
      one.titled = before != nullptr && before->titled;
      other.female = female_of(doc, alias);
    }
    put(doc, one, names);
    put(doc, other, names);
    stated.insert_or_assign(name_key(doc, whole), one);
    stated.insert_or_assign(name_key(doc, alias), other);
  }
  if (!stated.empty()) find_again(doc, stated, names);
}

void join_around_nicknames(const Doc& doc, std::vector<NameSpan>& names) {
  for (std::uint32_t open = 1; open + 3 < doc.size(); ++open) {
    const bool bracket = doc[open].text == "(";
    if (!bracket && !is_quote_mark(doc[open].text)) continue;
    const TokenSpan inner = run_from(doc, open + 1);
    const std::uint32_t close = inner.end;
    if (inner.size() == 0 || inner.size() > 2 || close + 1 >= doc.size()) continue;
    if (bracket ? doc[close].text != ")" : !is_quote_mark(doc[close].text)) continue;
    // 'Tom "Tiny" Brandel': the family name right behind, a given name right before.
    if (!doc[close].space_after || doc[close + 1].tag != "NNP" || !is_capitalised(doc[close + 1]) ||
        !is_capitalised(doc[open - 1]) || !doc[open - 1].space_after)
      continue;
    const NameSpan* before = name_over(names, open - 1);
    const NameSpan* after = name_over(names, close + 1);
    if ((before == nullptr || !is_person(*before)) && !is_given_name(doc[open - 1].lower)) continue;
    if (after != nullptr && !is_person(*after) && after->tokens.begin != close + 1) continue;
    NameSpan name;
    name.kind = EntityKind::kPerson;
    name.sure = true;
    name.tokens = {before != nullptr && is_person(*before) ? before->tokens.begin : open - 1,
                   after != nullptr ? std::max(after->tokens.end, close + 2) : close + 2};
    if (name.tokens.size() > 2 * kLongestName) continue;
    name.titled = before != nullptr && before->titled;
    name.female = before != nullptr ? before->female : female_share(doc[open - 1].lower);
    put(doc, name, names);
    open = name.tokens.end - 1;
  }
}

}  // namespace dateline::entities
