#include "dateline/entities/story.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "dateline/base/ascii.h"
#include "dateline/entities/join_names.h"

namespace dateline::entities {
namespace {

std::string_view title_of(const Article& article) {
  if (!article.title.empty()) return article.title;
  for (const Block& block : article.blocks)
    if (block.kind == BlockKind::kTitle) return slice(article.text, block.span);
  return {};
}

bool has_word(std::string_view text, std::string_view word) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (is_alpha(text[at]) || text[at] == '-');
  };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  return false;
}

// "Vane-Cole" of "Harriet Vane-Cole".
std::string_view family_name(const Doc& doc, TokenSpan name) {
  std::uint32_t begin = name.end - 1;
  while (begin > name.begin && !doc[begin - 1].space_after) --begin;
  return slice(doc.text(), doc.bytes({begin, name.end}));
}

}  // namespace

namespace {

// The groups of the persons whom the first sentence of the text names.
std::vector<std::uint32_t> persons_of_lead(const Story& story,
                                           const std::vector<Candidate>& candidates,
                                           const std::vector<std::uint32_t>& groups) {
  std::vector<std::uint32_t> persons;
  for (std::uint32_t c = story.begin; c < candidates.size(); ++c) {
    if (candidates[c].sentence != candidates[story.begin].sentence) break;
    if (groups[c] != kNoGroup && is_person(candidates[c].kind) &&
        std::ranges::find(persons, groups[c]) == persons.end())
      persons.push_back(groups[c]);
  }
  return persons;
}

}  // namespace

Story story_of(const Article& article, const Doc& doc, const std::vector<Candidate>& candidates,
               const std::vector<std::uint32_t>& groups) {
  Story story;
  for (const Block& block : article.blocks)
    if (block.kind == BlockKind::kParagraph) {
      while (story.begin < candidates.size() &&
             candidates[story.begin].mention.span.begin < block.span.begin)
        ++story.begin;
      break;
    }
  std::uint32_t next = 0;
  for (const Block& block : article.blocks) {
    if (block.kind != BlockKind::kByline) continue;
    while (next < candidates.size() && candidates[next].mention.span.begin < block.span.begin)
      ++next;
    while (next < candidates.size() && candidates[next].mention.span.begin < block.span.end)
      story.bylines.push_back(next++);
  }
  const std::string_view title = title_of(article);
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    const Candidate& name = candidates[c];
    if (groups[c] == kNoGroup || !is_person(name.kind) || name.name.size() == 0) continue;
    if (has_word(title, family_name(doc, name.name)) &&
        std::ranges::find(story.topics, groups[c]) == story.topics.end())
      story.topics.push_back(groups[c]);
  }
  story.pair = story.topics;
  if (story.pair.size() < 2) story.pair = persons_of_lead(story, candidates, groups);
  if (story.pair.size() != 2) story.pair.clear();
  std::ranges::sort(story.pair);
  return story;
}

std::optional<std::uint32_t> Teller::named_after(std::uint32_t c) const {
  const Candidate& lead = all_[c];
  if (lead.mention.form != MentionForm::kNominal || !is_subject(lead) ||
      lead.determiner != Determiner::kIndefinite || !is_person(lead.kind) || !lead.kind_sure ||
      lead.number == Number::kPlural)
    return std::nullopt;
  if (!opens_story(c)) return std::nullopt;
  for (std::uint32_t n = c + 1; n < all_.size() && all_[n].sentence <= lead.sentence + 1; ++n) {
    if (named_[n] == kNoGroup || !is_subject(all_[n]) || !is_person(all_[n].kind)) continue;
    if (all_[n].sentence == lead.sentence) return std::nullopt;
    const float odds = clusters_[named_[n]].female_odds;
    const bool differ = std::abs(odds) > 1.0F && odds * odds_of(lead.female) < 0;
    if (are_of_two_ages(c, n) || (in("accused", verb_of(c)) && in("suffered", verb_of(n))))
      return std::nullopt;  // "a man was held. Leo Hart, 38, was found dead"
    return (tells_age_of(n) || tells_home_of(n) || tells_more_of(n)) && !differ
               ? std::optional(named_[n])
               : std::nullopt;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> Teller::two_named_after(std::uint32_t c) const {
  std::vector<std::uint32_t> persons;
  if (!is_subject(all_[c]) || !opens_story(c)) return persons;
  std::optional<std::uint32_t> verb;  // of the first whom it names
  for (std::uint32_t n = c + 1; n < all_.size() && all_[n].sentence <= all_[c].sentence + 1; ++n) {
    if (named_[n] == kNoGroup || !is_subject(all_[n]) || !is_person(all_[n].kind)) continue;
    if (all_[n].sentence == all_[c].sentence) return {};
    if (!verb) verb = all_[n].facts.governor;
    if (all_[n].facts.governor == *verb) persons.push_back(named_[n]);
  }
  std::ranges::sort(persons);
  if (persons.size() != 2 || persons[0] == persons[1]) persons.clear();
  return persons;
}

std::vector<std::uint32_t> Teller::wedded_before(std::uint32_t c) const {
  constexpr std::size_t kBinding = 9;  // of verb_class
  std::vector<std::uint32_t> two;
  std::optional<std::uint32_t> verb;
  for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence + 2 >= all_[c].sentence; --n) {
    const Candidate& told = all_[n - 1];
    const std::uint32_t cluster = cluster_of_[n - 1];
    if (told.coordination || cluster == kNoCluster || told.sentence == all_[c].sentence ||
        verb_class(doc_[told.facts.governor].lemma) != kBinding ||
        !is_person(clusters_[cluster].kind) || (!is_subject(told) && told.role != Role::kObject))
      continue;
    if (verb && *verb != told.facts.governor) break;
    verb = told.facts.governor;
    if (std::ranges::find(two, cluster) == two.end()) two.push_back(cluster);
  }
  std::ranges::sort(two);
  if (two.size() != 2) two.clear();
  return two;
}

std::optional<std::uint32_t> Teller::one_of_pair(std::uint32_t c) const {
  if (story_.pair.empty() || all_[c].quote != 0 || !faces_its_opposite(c)) return std::nullopt;
  std::optional<std::uint32_t> fitting;
  for (const std::uint32_t one : story_.pair) {
    const float odds = clusters_[one].female_odds;
    const bool woman = all_[c].pronoun->female > 0.5F;
    if (std::abs(odds) < 1.0F || !is_told_of_nearby(c, one)) return std::nullopt;
    if ((odds > 0) == woman) {
      if (fitting) return std::nullopt;
      fitting = one;
    }
  }
  return fitting;
}

std::optional<std::uint32_t> Teller::who_died(std::uint32_t c) const {
  const Candidate& whose = all_[c];
  if (!whose.pronoun || whose.pronoun->person < 3 || whose.pronoun->thing ||
      whose.role != Role::kPossessor || whose.number == Number::kPlural ||
      doc_[doc_[whose.mention.head].head].lemma != "death")
    return std::nullopt;
  for (std::uint32_t n = c; n > 0; --n) {
    const std::uint32_t cluster = cluster_of_[n - 1];
    if (cluster == kNoCluster || !is_subject(all_[n - 1]) ||
        doc_[all_[n - 1].facts.governor].lemma != "die" || !clusters_[cluster].named)
      continue;
    if (fits(*whose.pronoun, clusters_[cluster])) return cluster;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> Teller::two_of_title(std::uint32_t c) const {
  const std::vector<std::uint32_t>& two = story_.pair;
  if (two.empty() || all_[c].quote != 0) return {};
  for (std::uint32_t n = c; n > 0 && all_[n - 1].facts.line == all_[c].facts.line; --n) {
    const std::uint32_t cluster = cluster_of_[n - 1];
    if (cluster != kNoCluster && is_person(all_[n - 1].kind) && !all_[n - 1].coordination &&
        std::ranges::find(two, cluster) == two.end())
      return {};
  }
  if (std::ranges::any_of(two, [&](std::uint32_t k) { return clusters_[k].mentions.empty(); }))
    return {};
  return two;
}

std::optional<std::uint32_t> Teller::topic_of_paragraph(std::uint32_t c) const {
  const Candidate& anaphor = all_[c];
  if (story_.topics.empty() || !anaphor.pronoun || anaphor.pronoun->thing || anaphor.quote != 0 ||
      anaphor.number == Number::kPlural || !opens_paragraph(c))
    return std::nullopt;
  std::optional<std::uint32_t> fitting;
  for (const std::uint32_t topic : story_.topics) {
    if (clusters_[topic].mentions.empty() || !fits(*anaphor.pronoun, clusters_[topic])) continue;
    if (fitting) return std::nullopt;
    fitting = topic;
  }
  if (!fitting || (!is_survived(c) && is_about_another(c, *fitting))) return std::nullopt;
  return fitting;
}

bool Teller::is_survived(std::uint32_t c) const {
  return all_[c].role == Role::kPassiveSubject &&
         doc_[doc_[all_[c].mention.head].head].lemma == "survive";
}

bool Teller::opens_paragraph(std::uint32_t c) const {
  const std::uint32_t begin = doc_.sentences()[all_[c].sentence].begin;
  if (all_[c].facts.depth.clauses > 0 || (!is_subject(all_[c]) && all_[c].mention.head != begin))
    return false;
  if (begin == 0 || doc_[begin - 1].text.find('\n') == std::string_view::npos) return false;
  for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence == all_[c].sentence; --n)
    if (all_[n - 1].pronoun || named_[n - 1] != kNoGroup)
      if (is_person(all_[n - 1].kind)) return false;
  return true;
}

bool Teller::fits(const PronounSense& pronoun, const Cluster& cluster) {
  const float odds = pronoun.female > 0.5F ? cluster.female_odds : -cluster.female_odds;
  return is_person(cluster.kind) && odds > -1.0F;
}

bool Teller::is_about_another(std::uint32_t c, std::uint32_t topic) const {
  const std::uint32_t line = all_[c].facts.line;
  std::optional<std::uint32_t> before;
  for (std::uint32_t n = c; n > 0; --n) {
    const Candidate& told = all_[n - 1];
    if (told.facts.line == line) continue;
    if (!before) before = told.facts.line;
    if (told.facts.line != *before) return false;
    const std::uint32_t cluster = cluster_of_[n - 1];
    if (cluster != kNoCluster && cluster != topic && is_subject(told) &&
        told.facts.depth.clauses == 0 && fits(*all_[c].pronoun, clusters_[cluster]))
      return true;
  }
  return false;
}

bool Teller::faces_its_opposite(std::uint32_t c) const {
  const auto is_single = [&](const Candidate& it) {
    return it.pronoun && it.pronoun->person == 3 && !it.pronoun->thing &&
           it.number != Number::kPlural && (is_subject(it) || it.role == Role::kObject);
  };
  if (!is_single(all_[c])) return false;
  const std::uint32_t verb = doc_[all_[c].mention.head].head;
  const auto faces = [&](std::uint32_t n) {
    return n < all_.size() && n != c && is_single(all_[n]) &&
           doc_[all_[n].mention.head].head == verb &&
           all_[n].pronoun->female != all_[c].pronoun->female;
  };
  return faces(c + 1) || (c > 0 && faces(c - 1));
}

bool Teller::is_told_of_nearby(std::uint32_t c, std::uint32_t one) const {
  for (std::uint32_t n = c; n > 0 && all_[n - 1].facts.line == all_[c].facts.line; --n)
    if (cluster_of_[n - 1] == one) return true;
  return false;
}

bool Teller::opens_story(std::uint32_t c) const {
  for (std::uint32_t n = story_.begin; n < c; ++n)
    if (is_subject(all_[n])) return false;
  return story_.begin <= c;
}

bool Teller::tells_home_of(std::uint32_t c) const {
  const std::uint32_t end = all_[c].name.end;
  return all_[c].name.size() > 1 && end + 3 < doc_.size() && doc_[end].text == "," &&
         doc_[end + 1].lower == "of" && doc_[end + 2].pos == "PROPN";
}

bool Teller::tells_age_of(std::uint32_t c) const {
  const std::uint32_t end = all_[c].name.end;
  return all_[c].name.size() > 1 && end + 2 < doc_.size() && doc_[end].text == "," &&
         doc_[end + 1].text.size() < 4 && std::ranges::all_of(doc_[end + 1].text, is_digit) &&
         doc_[end + 2].pos == "PUNCT";
}

std::string_view Teller::verb_of(std::uint32_t c) const {
  return doc_[all_[c].facts.governor].lemma;
}

bool Teller::are_of_two_ages(std::uint32_t lead, std::uint32_t named) const {
  if (!tells_age_of(named)) return false;
  const TokenSpan words = all_[lead].mention.tokens;
  for (std::uint32_t t = words.begin + 2; t < words.end; ++t)
    if (doc_[t].lower == "year" && doc_[t - 1].text == "-")
      return doc_[t - 2].text != doc_[all_[named].name.end + 1].text;
  return false;
}

bool Teller::tells_more_of(std::uint32_t c) const {
  const std::uint32_t end = all_[c].name.end;
  return all_[c].name.size() > 1 && end + 1 < doc_.size() && doc_[end].text == "," &&
         (doc_[end + 1].lower == "who" || doc_[end + 1].lower == "whose") &&
         clusters_[named_[c]].mentions.empty();
}

}  // namespace dateline::entities
