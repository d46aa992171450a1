#include "dateline/attributions/source_entity.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "dateline/attributions/lexicon.h"
#include "dateline/base/ascii.h"

namespace dateline::attributions {
namespace {

constexpr std::size_t kShortestHandle = 4;

// Letters and digits alone, lower case: "Ann B. Bell" and "annb_bell" are one.
std::string compact(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if (is_alpha(c) || is_digit(c)) letters += to_lower(c);
  return letters;
}

// "annabell" of "Ann A. Bell (@annabell)".
std::string handle_in(const Doc& doc, const std::vector<TokenSpan>& source) {
  for (const TokenSpan span : source) {
    const std::string_view text = slice(doc.text(), doc.bytes(span));
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) continue;
    std::size_t end = at + 1;
    while (end < text.size() && (is_alpha(text[end]) || is_digit(text[end]) || text[end] == '_'))
      ++end;
    return compact(text.substr(at + 1, end - at - 1));
  }
  return {};
}

std::optional<std::uint32_t> bearer_of(const Entities& entities, const std::string& handle) {
  if (handle.size() < kShortestHandle) return std::nullopt;
  for (std::uint32_t e = 0; e < entities.entities.size(); ++e)
    if (entities.entities[e].named && compact(entities.entities[e].name) == handle) return e;
  return std::nullopt;
}

std::optional<std::uint32_t> by_mention(const Entities& entities, std::uint32_t head,
                                        const std::vector<TokenSpan>& source) {
  if (const auto entity = entities.entity_headed_by(head)) return entity;
  const Mention* best = nullptr;
  for (const Mention& mention : entities.mentions) {
    if (!mention.tokens.contains(head)) continue;
    if (best == nullptr || mention.span.size() < best->span.size()) best = &mention;
  }
  if (best != nullptr && best->form == MentionForm::kName) return best->entity;
  for (const TokenSpan span : source)
    for (const Mention& mention : entities.mentions)
      if (span.begin == mention.tokens.begin && span.end == mention.tokens.end)
        return mention.entity;
  return std::nullopt;
}

bool introduces(std::string_view lower) {
  return lower == "a" || lower == "an" || lower == "another" || lower == "one" || lower == "some";
}

std::string plain(std::string_view text) {
  std::string words = to_lower(text);
  return words.starts_with("the ") ? words.substr(4) : words;
}

std::optional<std::uint32_t> called_so(const Entities& entities, const std::string& words) {
  for (std::uint32_t e = 0; e < entities.entities.size(); ++e) {
    const Entity& entity = entities.entities[e];
    if (plain(entity.name) == words) return e;
    for (const std::string& alias : entity.aliases)
      if (plain(alias) == words) return e;
  }
  return std::nullopt;
}

EntityKind kind_of(const Token& head) {
  if (source_noun(head.lemma) == SourceKind::kDocument) return EntityKind::kWork;
  if (head.pos == "PROPN") return EntityKind::kOther;
  return head.tag == "NNS" ? EntityKind::kGroup : EntityKind::kPerson;
}

bool are_alike(const Token& a, const Token& b) { return a.head == b.head && a.dep == b.dep; }

// The noun of one that the name stands beside: "its negotiator, Helen Strand"; also where the tree
// gives both to the verb.
std::optional<std::uint32_t> described_by(const Doc& doc, std::uint32_t name) {
  const Token& token = doc[name];
  if (token.pos != "PROPN") return std::nullopt;
  if (token.subtree.begin == 0) return std::nullopt;
  const std::uint32_t before = token.subtree.begin - 1;
  std::uint32_t noun = token.head;
  if (token.dep != "appos") {
    if (!are_alike(doc[before], token)) return std::nullopt;
    noun = before;
  }
  if (before != noun && doc[before].text != ",") return std::nullopt;
  return doc[noun].tag == "NN" ? std::optional(noun) : std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> entity_at(const Doc& doc, Entities& entities, std::uint32_t head,
                                       const std::vector<TokenSpan>& source) {
  const auto own = by_mention(entities, head, source);
  const auto bearer = bearer_of(entities, handle_in(doc, source));
  if (!bearer || own == bearer) return own;
  if (const auto mention = entities.mention_headed_by(head)) {
    entities.entities[*bearer].aliases.emplace_back(slice(doc.text(), doc[head].span));
    move_mention(entities, *mention, *bearer);
  }
  return bearer;
}

std::uint32_t name_beside(const Doc& doc, const Entities& entities, std::uint32_t head,
                          const std::vector<TokenSpan>& source) {
  for (const TokenSpan span : source)
    for (std::uint32_t t = span.begin; t < span.end; ++t) {
      const auto noun = described_by(doc, t);
      // "her co-author, Ann Bell": each part of the first word hangs on the verb
      if (!noun || (*noun != head && !are_alike(doc[*noun], doc[head]))) continue;
      const auto mention = entities.mention_headed_by(t);
      if (mention && entities.mentions[*mention].form == MentionForm::kName) return t;
    }
  return head;
}

std::uint32_t make_entity(const Doc& doc, Entities& entities, std::uint32_t head,
                          TokenSpan source) {
  const ByteSpan bytes = doc.bytes(source);
  const std::string_view text = slice(doc.text(), bytes);
  std::optional<std::uint32_t> entity;
  if (!introduces(doc[source.begin].lower)) entity = called_so(entities, plain(text));
  if (!entity) {
    entity = static_cast<std::uint32_t>(entities.entities.size());
    Entity& fresh = entities.entities.emplace_back();
    fresh.kind = kind_of(doc[head]);
    fresh.name = std::string(text);
  }
  const auto mention = static_cast<std::uint32_t>(entities.mentions.size());
  const bool name = doc[head].pos == "PROPN" && entities.entities[*entity].named;
  entities.mentions.push_back(
      {bytes, source, head, name ? MentionForm::kName : MentionForm::kNominal, *entity});
  entities.entities[*entity].mentions.push_back(mention);
  if (head < entities.by_head.size()) entities.by_head[head] = mention + 1;
  return *entity;
}

void move_mention(Entities& entities, std::uint32_t mention, std::uint32_t to) {
  const std::uint32_t from = entities.mentions[mention].entity;
  if (from == to) return;
  std::erase(entities.entities[from].mentions, mention);
  auto& mine = entities.entities[to].mentions;
  mine.insert(std::ranges::upper_bound(mine, mention), mention);
  entities.mentions[mention].entity = to;
}

void order_mentions(Entities& entities) {
  auto& mentions = entities.mentions;
  std::vector<std::uint32_t> order(mentions.size()), number(mentions.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t m) {
    return std::tuple(mentions[m].tokens.begin, ~mentions[m].tokens.end);
  });
  std::vector<Mention> sorted;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    number[order[i]] = i;
    sorted.push_back(mentions[order[i]]);
  }
  mentions = std::move(sorted);
  for (Entity& entity : entities.entities) {
    for (std::uint32_t& mention : entity.mentions) mention = number[mention];
    std::ranges::sort(entity.mentions);
  }
  for (std::uint32_t& place : entities.by_head)
    if (place != 0) place = number[place - 1] + 1;
}

}  // namespace dateline::attributions
