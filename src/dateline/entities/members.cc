#include "dateline/entities/members.h"

#include <algorithm>

#include "dateline/entities/descriptions.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

bool is_group_noun(std::string_view key) {
  return in("two", key) || key == "three" || key == "trio";
}

std::size_t size_of_group(std::string_view key) { return key == "three" || key == "trio" ? 3 : 2; }

class Finder {
 public:
  Finder(const Scene& scene, const Recency& recency, const Story& story)
      : scene_(scene),
        doc_(scene.doc),
        all_(scene.candidates),
        clusters_(scene.clusters),
        cluster_of_(scene.cluster_of),
        recency_(recency),
        story_(story) {}

  // "Grant's wife found messages. The couple divorced": Grant and she, told of since the last two.
  [[nodiscard]] std::vector<std::uint32_t> spouses_before(std::uint32_t c) const {
    if (all_[c].key != "couple" || all_[c].determiner != Determiner::kDefinite) return {};
    if (auto two = Teller(scene_, story_).wedded_before(c); !two.empty()) return two;
    std::vector<std::uint32_t> unnamed;  // the last two of whom one has no name
    for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence + 2 >= all_[c].sentence; --n) {
      const Candidate& spouse = all_[n - 1];
      const std::uint32_t cluster = cluster_of_[n - 1];
      if (cluster == kNoCluster) continue;
      if (clusters_[cluster].members.size() == 2) break;
      const std::string_view noun = doc_[spouse.mention.head].lemma;
      if (noun != "wife" && noun != "husband") continue;
      const std::uint32_t owner = owner_of(scene_, spouse);
      if (owner == kNoCluster || owner == cluster) break;
      const std::vector<std::uint32_t> two{std::min(owner, cluster), std::max(owner, cluster)};
      if (clusters_[owner].named && clusters_[cluster].named) return two;
      if (unnamed.empty()) unnamed = two;
    }
    return unnamed;
  }

  // "The couple": the two last persons. "They": the two of the sentence before, where it has no
  // others.
  std::vector<std::uint32_t> members_of(std::uint32_t c) const {
    const Candidate& candidate = all_[c];
    if (is_group_noun(candidate.key) && candidate.determiner == Determiner::kDefinite)
      return recent_persons(c, size_of_group(candidate.key));
    if (is_group_noun(candidate.key) && candidate.determiner == Determiner::kIndefinite)
      return Teller(scene_, story_).two_named_after(c);
    const bool they = candidate.pronoun && candidate.pronoun->number == Number::kPlural;
    return they ? nearest_two(c) : std::vector<std::uint32_t>();
  }

  // "They" right behind two people are these, not two of an earlier sentence.
  [[nodiscard]] bool is_of_others(std::uint32_t c, const Cluster& chosen) const {
    if (!all_[c].pronoun || all_[c].pronoun->number != Number::kPlural || chosen.members.empty())
      return false;
    const std::vector<std::uint32_t> here = nearest_two(c);
    return !here.empty() && here != chosen.members;
  }

 private:
  // The two persons of its own sentence before it, else those of the sentence before too.
  std::vector<std::uint32_t> nearest_two(std::uint32_t c) const {
    const std::vector<std::uint32_t> here = only_two_before(c, 0);
    return here.empty() ? only_two_before(c, 1) : here;
  }

  // The persons told of from `reach` sentences before on, where they are two and nothing else is
  // told of.
  std::vector<std::uint32_t> only_two_before(std::uint32_t c, std::uint32_t reach) const {
    std::vector<std::uint32_t> persons;
    std::size_t seen = 0;
    for (std::uint32_t k = recency_.first(); k != kNil && seen < 24;
         k = recency_.after(k), ++seen) {
      const Cluster& cluster = clusters_[k];
      if (cluster.mentions.empty()) continue;
      if (all_[cluster.mentions.back()].sentence + reach < all_[c].sentence) break;
      if (cluster.number == Number::kPlural || cluster.kind == EntityKind::kGroup ||
          cluster.kind == EntityKind::kOrg)
        return {};
      if (cluster.kind == EntityKind::kPerson && (cluster.named || cluster.kind_sure))
        persons.push_back(k);
    }
    if (persons.size() > 2 && reach == 1 && !has_person_before(c)) persons = doers_before(c);
    if (persons.size() != 2 || acts_on(persons, c)) persons.clear();
    std::ranges::sort(persons);
    return persons;
  }

  // Its own sentence has told of a person by then.
  [[nodiscard]] bool has_person_before(std::uint32_t c) const {
    for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence == all_[c].sentence; --n)
      if (all_[n - 1].kind == EntityKind::kPerson) return true;
    return false;
  }

  // The persons of the main clause of the sentence before.
  [[nodiscard]] std::vector<std::uint32_t> doers_before(std::uint32_t c) const {
    std::vector<std::uint32_t> persons;
    for (std::uint32_t n = c; n > 0 && all_[n - 1].sentence + 1 >= all_[c].sentence; --n) {
      const Candidate& told = all_[n - 1];
      const std::uint32_t cluster = cluster_of_[n - 1];
      if (told.sentence == all_[c].sentence || cluster == kNoCluster ||
          told.facts.depth.clauses > 0 || !is_person(clusters_[cluster].kind))
        continue;
      if (std::ranges::find(persons, cluster) == persons.end()) persons.push_back(cluster);
    }
    return persons;
  }

  // "Ben congratulated them": Ben is none of these.
  [[nodiscard]] bool acts_on(const std::vector<std::uint32_t>& persons, std::uint32_t c) const {
    const std::uint32_t verb = doc_[all_[c].mention.head].head;
    if (all_[c].role == Role::kSubject) return false;
    return std::ranges::any_of(persons, [&](std::uint32_t person) {
      const Candidate& last = all_[clusters_[person].mentions.back()];
      return last.role == Role::kSubject && doc_[last.mention.head].head == verb;
    });
  }

  // The last ones told of; those with names first.
  std::vector<std::uint32_t> recent_persons(std::uint32_t c, std::size_t wanted) const {
    std::vector<std::uint32_t> named, persons;
    std::size_t seen = 0;
    for (std::uint32_t k = recency_.first(); k != kNil && named.size() < wanted && seen < 24;
         k = recency_.after(k), ++seen) {
      const Cluster& cluster = clusters_[k];
      if (cluster.mentions.empty()) continue;
      const Candidate& last = all_[cluster.mentions.back()];
      if (all_[c].sentence > last.sentence + 3) break;
      // whom somebody speaks of: 'she said yes to "my best friend"'
      const bool once = !cluster.named || cluster.mentions.size() == 1;
      if (once && last.quote != 0 && last.quote != all_[c].quote) continue;
      if (cluster.kind != EntityKind::kPerson || cluster.number == Number::kPlural ||
          (!cluster.named && !cluster.kind_sure))
        continue;
      if (cluster.named) named.push_back(k);
      if (persons.size() < wanted) persons.push_back(k);
    }
    if (named.size() == wanted) persons = std::move(named);
    if (persons.size() < wanted) persons.clear();
    std::ranges::sort(persons);
    return persons;
  }

  const Scene& scene_;
  const Doc& doc_;
  const std::vector<Candidate>& all_;
  const std::vector<Cluster>& clusters_;
  const std::vector<std::uint32_t>& cluster_of_;
  const Recency& recency_;
  const Story& story_;
};

}  // namespace

std::vector<std::uint32_t> Members::spouses_before(std::uint32_t candidate) const {
  return Finder(scene, recency, story).spouses_before(candidate);
}

std::vector<std::uint32_t> Members::of(std::uint32_t candidate) const {
  return Finder(scene, recency, story).members_of(candidate);
}

bool Members::are_others(std::uint32_t candidate, const Cluster& chosen) const {
  return Finder(scene, recency, story).is_of_others(candidate, chosen);
}

}  // namespace dateline::entities
