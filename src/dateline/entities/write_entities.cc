#include "dateline/entities/write_entities.h"

#include <algorithm>
#include <string>
#include <utility>

namespace dateline::entities {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

void add_once(std::vector<std::string>& list, std::string text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

class Writer {
 public:
  Writer(const Doc& doc, const std::vector<Candidate>& candidates, const Resolution& resolution)
      : doc_(doc),
        all_(candidates),
        clusters_(resolution.clusters),
        entity_of_(clusters_.size(), kNone),
        candidate_at_(doc.size(), kNone),
        cluster_of_(resolution.cluster_of) {
    for (std::uint32_t c = 0; c < all_.size(); ++c) candidate_at_[all_[c].mention.head] = c;
  }

  Entities run() {
    order_entities();
    for (std::uint32_t k = 0; k < clusters_.size(); ++k)
      if (entity_of_[k] != kNone) describe(clusters_[k], result_.entities[entity_of_[k]]);
    add_predicates();
    add_mentions();
    return std::move(result_);
  }

 private:
  std::string text_of(TokenSpan tokens) const {
    return std::string(slice(doc_.text(), doc_.bytes(tokens)));
  }

  bool is_kept(const Cluster& cluster) const {
    if (cluster.mentions.empty()) return false;
    const Candidate& first = all_[cluster.mentions.front()];
    if (first.coordination && cluster.mentions.size() < 2) return false;
    if (cluster.named || first.family || !cluster.members.empty()) return true;
    if (cluster.mentions.size() > 1) return true;
    if (first.pronoun)
      return first.pronoun->person < 3 ||
             (!first.pronoun->thing && first.pronoun->number == Number::kSingular);
    return first.kind_sure && (is_people(first.kind) || first.kind == EntityKind::kOrg);
  }

  void order_entities() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // first token, cluster
    for (std::uint32_t k = 0; k < clusters_.size(); ++k)
      if (is_kept(clusters_[k])) {
        std::uint32_t first = kNone;
        for (const std::uint32_t c : clusters_[k].mentions)
          first = std::min(first, all_[c].mention.tokens.begin);
        order.emplace_back(first, k);
      }
    std::ranges::sort(order);
    for (std::uint32_t e = 0; e < order.size(); ++e) entity_of_[order[e].second] = e;
    result_.entities.resize(order.size());
  }

  void describe(const Cluster& cluster, Entity& entity) {
    entity.kind = cluster.kind;
    entity.named = cluster.named;
    std::uint32_t fullest = kNone;
    const std::string_view at_birth = key_at_birth(cluster);
    const auto goes_before = [&](const Candidate& a, const Candidate& b) {
      if ((a.key == at_birth) != (b.key == at_birth)) return b.key == at_birth;
      return is_fuller(a, b);
    };
    for (const std::uint32_t c : cluster.mentions) {
      const Candidate& candidate = all_[c];
      if (candidate.mention.form == MentionForm::kName && candidate.name.size() > 0) {
        if (fullest == kNone || goes_before(candidate, all_[fullest])) fullest = c;
        add_once(entity.aliases, text_of(candidate.name));
        add_once(entity.descriptions, role_before(candidate));
      } else if (candidate.mention.form == MentionForm::kNominal && !candidate.coordination) {
        add_once(entity.descriptions, text_of(core_of(candidate.mention)));
      }
      for (const std::uint32_t head : candidate.apposed)
        if (!candidate.coordination && !candidate.name.contains(head))
          add_once(entity.descriptions, text_of(apposition(head)));
    }
    name_it(cluster, fullest, entity);
    add_members(cluster, entity);
  }

  // "Belinda Amaro" of "Vex, born Belinda Amaro"; "" where no such name is told.
  std::string_view key_at_birth(const Cluster& cluster) const {
    const auto found = std::ranges::find_if(cluster.mentions,
                                            [&](std::uint32_t c) { return all_[c].name_at_birth; });
    return found == cluster.mentions.end() ? std::string_view() : all_[*found].key;
  }

  static bool is_fuller(const Candidate& a, const Candidate& b) {
    if (a.name.size() != b.name.size()) return a.name.size() > b.name.size();
    return a.key.size() > b.key.size() + 3;  // "J. Bell" gives way to "Ann Bell"
  }

  void name_it(const Cluster& cluster, std::uint32_t fullest, Entity& entity) const {
    if (fullest != kNone) {
      entity.name = text_of(all_[fullest].name);
    } else if (!entity.descriptions.empty()) {
      entity.name = entity.descriptions.front();
    } else {
      entity.name = text_of(core_of(all_[cluster.mentions.front()].mention));
    }
    std::erase(entity.aliases, entity.name);
    std::erase(entity.descriptions, entity.name);
  }

  // "former President" in "former President Ann Bell", "supermodel" before a name; not "actors".
  std::string role_before(const Candidate& candidate) const {
    TokenSpan role{candidate.mention.tokens.begin, candidate.name.begin};
    if (candidate.mention.head < role.end)
      role.end = candidate.mention.head + 1;  // "his wife, Ann"
    while (role.end > role.begin && role.end + 1 < candidate.name.begin &&
           doc_[role.end].text == "-" && !doc_[role.end].space_after)
      role.end += 2;  // "brother-in-law"
    if (role.end <= role.begin) return {};
    const auto owned = [&] {  // "the charity's late founder"
      for (std::uint32_t i = role.begin; i < role.end; ++i)
        if (doc_[i].tag == "POS") return true;
      return false;
    };
    while (role.size() > 0 &&
           (doc_[role.begin].pos == "PUNCT" || (doc_[role.begin].lower == "the" && !owned())))
      ++role.begin;
    while (role.size() > 0 && doc_[role.end - 1].pos == "PUNCT") --role.end;
    if (role.size() == 0 || role.size() > 12 || doc_[role.end - 1].tag == "NNS" ||
        doc_[role.begin].tag == "WP$" || doc_[role.end - 1].tag == "POS")
      return {};
    bool noun = false;
    for (std::uint32_t i = role.begin; i < role.end; ++i)
      noun |=
          (doc_[i].pos == "NOUN" || doc_[i].pos == "PROPN") && !title_noun(doc_[i].lower).empty();
    return noun ? text_of(role) : std::string();
  }

  // "a former accountant", who did this or that; "two children", Ann and Ben.
  TokenSpan core_of(const Mention& mention) const {
    TokenSpan span = mention.tokens;
    for (const std::uint32_t child : doc_.children(mention.head))
      if (child > mention.head && (doc_[child].dep == "relcl" || doc_[child].dep == "appos"))
        span.end = std::min(span.end, std::max(mention.head + 1, doc_[child].subtree.begin));
    while (span.end > mention.head + 1 && doc_[span.end - 1].pos == "PUNCT") --span.end;
    return span;
  }

  // "The model" of "her sister, the model Ann Bell".
  TokenSpan apposition(std::uint32_t head) const {
    TokenSpan span = doc_[head].subtree;
    for (const std::uint32_t child : doc_.children(head))
      if (child > head &&
          (doc_[child].dep == "conj" || doc_[child].dep == "cc" || doc_[child].dep == "punct" ||
           doc_[child].dep == "appos" || doc_[child].dep == "relcl"))
        span.end = std::min(span.end, std::max(head + 1, doc_[child].subtree.begin));
    while (span.begin < head && doc_[span.begin].pos == "PUNCT") ++span.begin;
    return span;
  }

  void add_members(const Cluster& cluster, Entity& entity) const {
    for (const std::uint32_t member : cluster.members)
      if (entity_of_[member] != kNone) entity.members.push_back(entity_of_[member]);
    for (const std::uint32_t c : cluster.mentions) {
      if (!all_[c].coordination) continue;
      for (const std::uint32_t head : all_[c].apposed) {
        const std::uint32_t member = candidate_at_[head];
        if (member == kNone || cluster_of_[member] == kNoCluster) continue;
        const std::uint32_t e = entity_of_[cluster_of_[member]];
        if (e != kNone) entity.members.push_back(e);
      }
    }
    std::vector<std::uint32_t>& members = entity.members;
    std::ranges::sort(members);
    members.erase(std::unique(members.begin(), members.end()), members.end());
    if (!members.empty()) entity.kind = EntityKind::kGroup;
  }

  // "She is a doctor": the doctor describes her.
  void add_predicates() {
    for (const Candidate& candidate : all_) {
      if (!candidate.predicate || !candidate.kind_sure || !is_people(candidate.kind)) continue;
      const std::uint32_t verb = doc_[candidate.mention.head].head;
      if (doc_[verb].lemma != "be" && doc_[verb].lemma != "become") continue;
      for (const std::uint32_t child : doc_.children(verb)) {
        if (doc_[child].dep != "nsubj" || candidate_at_[child] == kNone) continue;
        const std::uint32_t cluster = cluster_of_[candidate_at_[child]];
        if (cluster == kNoCluster || entity_of_[cluster] == kNone) continue;
        if (candidate.number == Number::kPlural && is_person(clusters_[cluster].kind)) continue;
        add_once(result_.entities[entity_of_[cluster]].descriptions,
                 text_of(candidate.mention.tokens));
      }
    }
  }

  void add_mentions() {
    std::vector<std::uint32_t> order;
    for (std::uint32_t k = 0; k < clusters_.size(); ++k)
      if (entity_of_[k] != kNone)
        order.insert(order.end(), clusters_[k].mentions.begin(), clusters_[k].mentions.end());
    std::ranges::sort(order, {}, [&](std::uint32_t c) {
      const TokenSpan tokens = all_[c].mention.tokens;
      return std::tuple(tokens.begin, ~tokens.end, c);
    });
    result_.by_head.assign(doc_.size(), 0);
    for (const std::uint32_t c : order) {
      Mention mention = all_[c].mention;
      mention.entity = entity_of_[cluster_of_[c]];
      const auto number = static_cast<std::uint32_t>(result_.mentions.size());
      result_.entities[mention.entity].mentions.push_back(number);
      result_.by_head[mention.head] = number + 1;
      if (!all_[c].coordination)
        for (const std::uint32_t head : all_[c].apposed)
          if (result_.by_head[head] == 0) result_.by_head[head] = number + 1;
      result_.mentions.push_back(mention);
    }
  }

  const Doc& doc_;
  const std::vector<Candidate>& all_;
  const std::vector<Cluster>& clusters_;
  std::vector<std::uint32_t> entity_of_, candidate_at_;
  const std::vector<std::uint32_t>& cluster_of_;
  Entities result_;
};

}  // namespace

Entities write_entities(const Doc& doc, const std::vector<Candidate>& candidates,
                        const Resolution& resolution) {
  return Writer(doc, candidates, resolution).run();
}

}  // namespace dateline::entities
