#include "dateline/entities/join_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "dateline/base/tsv.h"
#include "dateline/entities/aliases.h"

namespace dateline::entities {
namespace {

using Words = std::vector<std::string_view>;

bool is_mark(std::string_view word) {
  return word == "\"" || word == "“" || word == "”" || word == "'" || word == "‘" || word == "’" ||
         word == "-" || word == "," || word == "(" || word == ")";
}

std::string_view suffix_of(std::string_view word) {
  if (word == "jr" || word == "junior") return "jr";
  if (word == "sr" || word == "senior") return "sr";
  return word == "ii" || word == "iii" || word == "iv" ? word : std::string_view();
}

// A person's name in parts: the words between, the generation.
struct PersonName {
  Words words;  // given names first; without suffix and marks
  std::string_view suffix;
};

PersonName parse_person(std::string_view key) {
  PersonName name;
  for (const std::string_view word : words_of(key)) {
    if (is_mark(word)) continue;
    if (const auto suffix = suffix_of(word); !suffix.empty() && !name.words.empty())
      name.suffix = suffix;
    else
      name.words.push_back(word);
  }
  return name;
}

bool is_initial(std::string_view word) {
  return word.size() == 1 || (word.size() == 3 && word[1] == '.');
}

bool same_given(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (is_initial(a) || is_initial(b)) return a.front() == b.front();
  return is_nickname(a, b) || is_nickname(b, a);
}

// Every word of `few` stands in `many`, in order.
bool is_within(const Words& few, const Words& many) {
  std::size_t at = 0;
  for (const std::string_view word : few) {
    while (at < many.size() && many[at] != word) ++at;
    if (at++ == many.size()) return false;
  }
  return true;
}

// Middle names that contradict each other: "George H. W. Bush" and "George W. Bush".
bool middles_conflict(const Words& a, const Words& b) {
  if (a.size() < 3 || b.size() < 3) return false;
  for (std::size_t i = 1; i + 1 < std::min(a.size(), b.size()); ++i)
    if (!same_given(a[i], b[i])) return true;
  return false;
}

bool same_family(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto part = [](std::string_view whole, std::string_view half) {
    return whole.size() > half.size() + 1 &&
           (whole.ends_with(half) ? whole[whole.size() - half.size() - 1] == '-'
                                  : whole.starts_with(half) && whole[half.size()] == '-');
  };
  return part(a, b) || part(b, a);
}

// --- persons -------------------------------------------------------------------------------------

struct Group {
  EntityKind kind = EntityKind::kOther;
  std::string key;          // the longest so far
  std::uint32_t first = 0;  // candidate
  std::uint32_t count = 0;
  float female = 0.5F;  // by titles and given names
  std::string suffix;
};

class Joiner {
 public:
  Joiner(const Doc& doc, std::vector<Candidate>& candidates)
      : doc_(doc), all_(candidates), group_of_(candidates.size(), kNoGroup) {}

  std::vector<std::uint32_t> run() {
    vote_on_kinds();
    give_bare_names_to_bodies();
    join_full_persons();
    const auto stated = find_alias_phrases(doc_);
    join_stated_aliases(stated, /*persons=*/true);
    join_bare_persons();
    join_things();
    join_stated_aliases(stated, /*persons=*/false);
    return numbered();
  }

 private:
  bool is_name(std::uint32_t c) const {
    return all_[c].mention.form == MentionForm::kName || all_[c].family;
  }

  std::uint32_t new_group(std::uint32_t c) {
    groups_.push_back({all_[c].kind, all_[c].key, c, 0, 0.5F, ""});
    return static_cast<std::uint32_t>(groups_.size() - 1);
  }

  void put(std::uint32_t c, std::uint32_t g) {
    group_of_[c] = g;
    Group& group = groups_[g];
    ++group.count;
    group.first = std::min(group.first, c);
    if (all_[c].key.size() > group.key.size()) group.key = all_[c].key;
    if (group.female == 0.5F) group.female = all_[c].female;
  }

  // The kind that most of a key's mentions have. A bare word that is both a place and a person's
  // family name may be either each time, and is left.
  void vote_on_kinds() {
    std::map<std::string_view, std::map<EntityKind, int>> votes;
    for (const Candidate& c : all_)
      if (c.mention.form == MentionForm::kName && !c.family) ++votes[c.key][c.kind];
    for (Candidate& c : all_) {
      if (c.mention.form != MentionForm::kName || c.family) continue;
      const auto& kinds = votes[c.key];
      if (kinds.size() < 2) continue;
      const bool bare = c.key.find(' ') == std::string::npos;
      if (bare && kinds.contains(EntityKind::kPerson) && kinds.contains(EntityKind::kPlace))
        continue;
      const auto best =
          std::ranges::max_element(kinds, {}, [](const auto& entry) { return entry.second; });
      if (best->second > kinds.at(c.kind)) {
        c.kind = best->first;
        if (c.kind == EntityKind::kPerson && c.female == 0.5F)
          c.female = female_share(doc_[c.name.begin].lower);
      }
    }
  }

  // "Bell Foods will grow. Bell was founded by Ann Bell": a bare name read as a person's is the
  // body's that was named first, as long as nobody of that name has been.
  void give_bare_names_to_bodies() {
    std::set<std::string_view> persons, bodies, given;
    for (Candidate& c : all_) {
      if (c.mention.form != MentionForm::kName || c.family) continue;
      const Words words = words_of(c.key);
      if (words.empty()) continue;
      if (words.size() > 1) {
        if (c.kind == EntityKind::kPerson) persons.insert(words.back());
        if (c.kind == EntityKind::kOrg) bodies.insert(words.front());
      } else if (c.kind == EntityKind::kPerson && c.female == 0.5F && bodies.contains(words[0]) &&
                 (given.contains(words[0]) || !persons.contains(words[0]))) {
        c.kind = EntityKind::kOrg;
        given.insert(words[0]);
      }
    }
  }

  bool is_person_name(std::uint32_t c) const {
    return is_name(c) && all_[c].kind == EntityKind::kPerson && !all_[c].family;
  }

  void join_full_persons() {
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_word;
    for (std::uint32_t c = 0; c < all_.size(); ++c) {
      if (!is_person_name(c)) continue;
      const PersonName name = parse_person(all_[c].key);
      if (name.words.size() < 2) continue;
      std::uint32_t group = kNoGroup;
      for (const std::string_view word : {name.words.front(), name.words.back()})
        for (const std::uint32_t g : by_word[std::string(word)])
          if (group == kNoGroup && may_be_one_person(groups_[g].key, all_[c].key)) group = g;
      if (group == kNoGroup) group = new_group(c);
      put(c, group);
      for (const std::string_view word : name.words) {
        auto& bearers = by_word[std::string(word)];
        if (std::ranges::find(bearers, group) == bearers.end()) bearers.push_back(group);
      }
    }
    bearers_ = std::move(by_word);
  }

  // "Vex, born Ann Bell", "Ann Bell (née Cole)": one person by the text's own word. A bare name,
  // which others may bear too, goes with the other here and is one of those that it may mean
  // elsewhere.
  void join_stated_aliases(const std::vector<AliasPhrase>& phrases, bool persons) {
    if (phrases.empty()) return;
    std::unordered_map<std::uint32_t, std::uint32_t> ending, beginning;  // candidates by token
    for (std::uint32_t c = 0; c < all_.size(); ++c)
      if (is_name(c) && is_person_name(c) == persons && all_[c].name.size() > 0) {
        ending[all_[c].name.end] = c;
        beginning[all_[c].name.begin] = c;
      }
    for (const AliasPhrase& phrase : phrases) {
      const auto name = ending.find(phrase.between.begin);
      const auto alias = beginning.find(phrase.between.end);
      if (name == ending.end() || alias == beginning.end() || !(persons || phrase.apart)) continue;
      all_[alias->second].name_at_birth = phrase.birth;
      if (persons && group_of_[name->second] == kNoGroup) give_to_bearer(name->second);
      unite(name->second, alias->second);
    }
  }

  // "Vex" of "Vex, born Ann Bell" is Vex Lorne, where the article names her so.
  void give_to_bearer(std::uint32_t c) {
    const PersonName name = parse_person(all_[c].key);
    if (name.words.empty()) return;
    const std::vector<std::uint32_t> unseen(groups_.size(), 0);
    const std::uint32_t group = best_bearer(c, std::string(name.words.back()), unseen);
    if (group != kNoGroup) put(c, group);
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    if (group_of_[a] == kNoGroup) std::swap(a, b);
    const std::uint32_t group = group_of_[a] == kNoGroup ? new_group(a) : group_of_[a];
    const std::uint32_t other = group_of_[b];
    for (const std::uint32_t c : {a, b})
      if (group_of_[c] == kNoGroup) {
        put(c, group);
        for (const std::string_view word : parse_person(all_[c].key).words)
          bearers_[std::string(word)].push_back(group);
      }
    if (other == kNoGroup || other == group) return;
    for (std::uint32_t c = 0; c < all_.size(); ++c)
      if (group_of_[c] == other) put(c, group);
    for (auto& [word, bearers] : bearers_) std::ranges::replace(bearers, other, group);
  }

  // Titles that tell a gender go against names that tell the other.
  bool genders_conflict(std::uint32_t c, const Group& group) const {
    const bool titled = all_[c].female == 0.0F || all_[c].female == 1.0F;
    return titled && ((all_[c].female > 0.5F && group.female < 0.1F) ||
                      (all_[c].female < 0.5F && group.female > 0.9F));
  }

  // A bare name goes to whom it went before; else to the bearer before it who was seen more often,
  // of those seen alike to the one told of first; else to the first bearer after it.
  void join_bare_persons() {
    std::unordered_map<std::string, std::uint32_t> bound;
    std::vector<std::uint32_t> seen(groups_.size(), 0);
    for (std::uint32_t c = 0; c < all_.size(); ++c) {
      if (group_of_[c] != kNoGroup) {
        if (group_of_[c] < seen.size()) ++seen[group_of_[c]];
        continue;
      }
      if (!is_person_name(c)) continue;
      const PersonName name = parse_person(all_[c].key);
      const std::string word(name.words.empty() ? std::string_view(all_[c].key)
                                                : name.words.back());
      const auto before = bound.find(word);
      std::uint32_t group = kNoGroup;
      if (before != bound.end() && !genders_conflict(c, groups_[before->second]) &&
          !(is_of_one_word(before->second) && has_bearer(c, word)))
        group = before->second;
      else
        group = best_bearer(c, word, seen);
      if (group == kNoGroup) {
        group = new_group(c);
        seen.push_back(0);
      }
      put(c, group);
      ++seen[group];
      bound[word] = group;
    }
  }

  // "Mrs Bell", of whom no fuller name is told.
  bool is_of_one_word(std::uint32_t group) const {
    return parse_person(groups_[group].key).words.size() < 2;
  }

  bool has_bearer(std::uint32_t c, const std::string& word) const {
    const auto found = bearers_.find(word);
    return found != bearers_.end() && std::ranges::any_of(found->second, [&](std::uint32_t g) {
             return !genders_conflict(c, groups_[g]);
           });
  }

  std::uint32_t best_bearer(std::uint32_t c, const std::string& word,
                            const std::vector<std::uint32_t>& seen) const {
    const auto found = bearers_.find(word);
    if (found == bearers_.end()) return kNoGroup;
    std::uint32_t best = kNoGroup;
    const auto rank = [&](std::uint32_t g) {
      const bool earlier = seen[g] > 0;
      return std::tuple(earlier, earlier ? seen[g] : 0, ~groups_[g].first);
    };
    // "her husband, Philip": not "Chancellor Philip Hamble", whom the article names only later
    const bool told_of_first = all_[c].determiner == Determiner::kPossessive;
    const auto has_title = [&](std::uint32_t g) {
      const Candidate& first = all_[groups_[g].first];
      return first.name.begin > first.mention.tokens.begin;
    };
    for (const std::uint32_t g : found->second) {
      if (genders_conflict(c, groups_[g]) || (told_of_first && seen[g] == 0 && has_title(g)))
        continue;
      if (best == kNoGroup || rank(g) > rank(best)) best = g;
    }
    return best;
  }

  // --- organisations, places and the rest --------------------------------------------------------

  static std::string canonical(std::string_view key) {
    if (key.starts_with("the ")) key.remove_prefix(4);
    return std::string(long_form(key));
  }

  void join_things() {
    std::unordered_map<std::string, std::uint32_t> by_key;
    const std::uint32_t persons = static_cast<std::uint32_t>(groups_.size());
    for (std::uint32_t c = 0; c < all_.size(); ++c) {
      if (!is_name(c) || group_of_[c] != kNoGroup) continue;
      const std::string key =
          all_[c].family ? fmt::format("family of {}", all_[c].key) : canonical(all_[c].key);
      const auto [at, fresh] = by_key.emplace(key, 0);
      if (fresh) at->second = new_group(c);
      put(c, at->second);
      groups_[at->second].key = key;
    }
    join_short_forms(persons);
  }

  // "ANA" for "All-Nippon Airways", "Delta" for "Delta Air Lines", "the Cubs" for "Chicago Cubs";
  // only where one name alone can be meant.
  void join_short_forms(std::uint32_t from) {
    std::unordered_map<std::string, std::vector<std::uint32_t>> longer;
    for (std::uint32_t g = from; g < groups_.size(); ++g) {
      const Words words = words_of(groups_[g].key);
      if (words.size() < 2 || groups_[g].kind == EntityKind::kGroup) continue;
      longer[fmt::format("={}", acronym_of(groups_[g].key))].push_back(g);
      if (groups_[g].kind == EntityKind::kPlace || groups_[g].kind == EntityKind::kWork) continue;
      std::string prefix;
      for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (i > 0) prefix += ' ';
        prefix += words[i];
        longer[prefix].push_back(g);
        const auto rest = groups_[g].key.substr(
            static_cast<std::size_t>(words[i + 1].data() - groups_[g].key.data()));
        longer[rest].push_back(g);
      }
    }
    std::vector<std::uint32_t> target(groups_.size());
    for (std::uint32_t g = 0; g < groups_.size(); ++g) target[g] = g;
    for (std::uint32_t g = from; g < groups_.size(); ++g)
      if (const auto whole = whole_of(g, longer); whole != kNoGroup) target[g] = whole;
    for (std::uint32_t& group : group_of_) {
      for (int steps = 0; group != kNoGroup && target[group] != group && steps < 4; ++steps)
        group = target[group];
    }
  }

  std::uint32_t whole_of(
      std::uint32_t g,
      const std::unordered_map<std::string, std::vector<std::uint32_t>>& longer) const {
    const Group& group = groups_[g];
    if (group.key.starts_with("family of ")) return kNoGroup;
    const auto single = [&](const std::string& key) {
      const auto found = longer.find(key);
      if (found == longer.end() || found->second.size() != 1 || found->second[0] == g)
        return kNoGroup;
      return found->second[0];
    };
    const Candidate& first = all_[group.first];
    const std::string_view shown = doc_[first.name.begin].text;
    const bool capitals =
        first.name.size() == 1 && shown.size() >= 2 && shown.size() <= 6 &&
        std::ranges::all_of(shown, [](char ch) { return ch >= 'A' && ch <= 'Z'; });
    if (capitals)
      if (const auto whole = single(fmt::format("={}", group.key)); whole != kNoGroup) return whole;
    if (group.kind != EntityKind::kOrg && group.kind != EntityKind::kOther &&
        group.kind != EntityKind::kEvent)
      return kNoGroup;
    const auto whole = single(group.key);
    if (whole == kNoGroup || name_word_kind(group.key) || noun_sense(group.key)) return kNoGroup;
    return groups_[whole].kind == group.kind || group.kind == EntityKind::kOther ? whole : kNoGroup;
  }

  std::vector<std::uint32_t> numbered() const {
    std::vector<std::uint32_t> numbers(groups_.size(), kNoGroup), result(all_.size(), kNoGroup);
    std::uint32_t next = 0;
    for (std::uint32_t c = 0; c < all_.size(); ++c) {
      if (group_of_[c] == kNoGroup) continue;
      if (numbers[group_of_[c]] == kNoGroup) numbers[group_of_[c]] = next++;
      result[c] = numbers[group_of_[c]];
    }
    return result;
  }

  const Doc& doc_;
  std::vector<Candidate>& all_;
  std::vector<std::uint32_t> group_of_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> bearers_;
};

}  // namespace

bool may_be_one_person(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const PersonName first = parse_person(a), second = parse_person(b);
  if (first.suffix != second.suffix || first.words.size() < 2 || second.words.size() < 2)
    return false;
  const Words& few = first.words.size() <= second.words.size() ? first.words : second.words;
  const Words& many = first.words.size() <= second.words.size() ? second.words : first.words;
  if (same_family(few.back(), many.back()))
    return (same_given(few.front(), many.front()) && !middles_conflict(few, many)) ||
           (few.size() >= 2 && many.size() > few.size() && is_within(few, many));
  if (few.size() == 2 && many.size() == 2)  // family name first
    return few.front() == many.back() && few.back() == many.front();
  return few.front() == many.front() && is_within(few, many);
}

std::string acronym_of(std::string_view key) {
  std::string letters;
  bool start = true;
  for (const std::string_view word : words_of(key)) {
    if (word == "of" || word == "the" || word == "and" || word == "for" || word == "&") continue;
    start = true;
    for (const char ch : word) {
      if (start && ch != '-') letters += ch;
      start = ch == '-';
    }
  }
  return letters;
}

std::vector<std::uint32_t> join_names(const Doc& doc, std::vector<Candidate>& candidates) {
  return Joiner(doc, candidates).run();
}

}  // namespace dateline::entities
