#include "dateline/attributions/speaker_pronoun.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::attributions {
namespace {

using entities::pronoun_sense;
using entities::PronounSense;

constexpr std::uint32_t kLinesBack = 2;      // to the speech that goes on
constexpr std::uint32_t kSentencesBack = 2;  // to somebody who may be meant

bool is_subject(const Token& token) { return token.dep == "nsubj" || token.dep == "nsubjpass"; }

class PronounSpeaker {
 public:
  PronounSpeaker(const SpeechScene& scene, std::size_t number, std::uint32_t head)
      : scene_(scene),
        doc_(scene.doc),
        number_(number),
        head_(head),
        sense_(*pronoun_sense(scene.doc[head].lower)) {}

  std::optional<std::uint32_t> choose() const {
    const auto chosen = scene_.entities.entity_headed_by(head_);
    const auto before = speaker_before();
    if (!chosen || !may_speak(*chosen)) {
      if (before) return before;
      if (const auto near = nearest()) return near;
      const bool kept =
          chosen &&
          (sense_.thing || (entity(*chosen).kind == EntityKind::kPerson && is_other(*chosen)));
      return kept ? chosen : std::nullopt;
    }
    if (before && *before != *chosen &&
        (!is_named_since(*chosen, *before) || is_addressee(*chosen) || is_agent_before(*chosen)))
      return before;
    if (const auto topic = topic_before(*chosen)) return topic;
    if (const auto kin = kin_before(*chosen)) return kin;
    return chosen;
  }

 private:
  [[nodiscard]] const Entity& entity(std::uint32_t number) const {
    return scene_.entities.entities[number];
  }
  [[nodiscard]] const Mention& mention(std::uint32_t number) const {
    return scene_.entities.mentions[number];
  }

  [[nodiscard]] bool may_be(std::uint32_t number) const {
    const EntityKind kind = entity(number).kind;
    if (sense_.thing)
      return kind == EntityKind::kOrg || kind == EntityKind::kGroup || kind == EntityKind::kPlace ||
             kind == EntityKind::kWork || has_spoken(number);
    return kind == EntityKind::kPerson && is_other(number) && agrees(number);
  }

  // "The suit says": whatever it is, it says something.
  [[nodiscard]] bool has_spoken(std::uint32_t number) const {
    const auto earlier = std::span(scene_.attributions).first(number_);
    return entity(number).kind == EntityKind::kOther &&
           std::ranges::any_of(earlier, [&](const auto& told) { return told.speaker == number; });
  }

  // As may_be, for what coreference chose: also somebody whom the tagger took for a firm.
  [[nodiscard]] bool may_speak(std::uint32_t number) const {
    const Entity& chosen = entity(number);
    if (sense_.thing || chosen.kind == EntityKind::kPerson) return may_be(number);
    const std::string_view name = chosen.name;
    return chosen.named && is_other(number) && agrees(number) &&
           entities::is_given_name(to_lower(name.substr(0, name.find(' '))));
  }

  // Not in his own speech, and not named in what he says.
  [[nodiscard]] bool is_other(std::uint32_t number) const {
    return !is_speaker_around(number) && !is_spoken_of(number);
  }

  // "“I love Larry,” he said": nobody calls himself by his name.
  [[nodiscard]] bool is_spoken_of(std::uint32_t number) const {
    if (scene_.attributions[number_].form != AttributionForm::kDirect) return false;
    for (const std::uint32_t m : entity(number).mentions) {
      if (mention(m).form == MentionForm::kPronoun) continue;
      if (entity(number).named && doc_[mention(m).tokens.begin].lower == "my")
        continue;  // whose it is, is being asked
      for (const TokenSpan span : scene_.candidates[number_].content)
        if (span.contains(mention(m).head)) return true;
    }
    return false;
  }

  // In whose own speech the pronoun stands.
  [[nodiscard]] bool is_speaker_around(std::uint32_t number) const {
    const auto& all = scene_.attributions;
    std::size_t steps = 0;
    for (auto outer = all[number_].parent; outer && steps < all.size();
         outer = all[*outer].parent, ++steps)
      if (all[*outer].form == AttributionForm::kDirect && all[*outer].speaker == number)
        return true;
    return false;
  }

  [[nodiscard]] bool contradicts(float female) const {
    return sense_.female > 0.5F ? female < 0.05F : female > 0.95F;
  }

  // More of the pronouns and nouns of the entity, with its given name, tell the pronoun's gender
  // than the other: some are always wrong.
  [[nodiscard]] bool agrees(std::uint32_t number) const {
    int votes = 0;
    for (const std::uint32_t m : entity(number).mentions) {
      const Token& token = doc_[mention(m).head];
      if (mention(m).head == head_) continue;
      if (mention(m).form == MentionForm::kPronoun) {
        const PronounSense* other = pronoun_sense(token.lower);
        if (other && other->person == 3 && other->number == sense_.number && !other->thing)
          votes += contradicts(other->female) ? -1 : 1;
      } else if (mention(m).form == MentionForm::kNominal) {
        const auto noun = entities::noun_sense(token.lemma);
        if (noun && noun->kind == EntityKind::kPerson && contradicts(noun->female)) votes -= 3;
      }
    }
    const std::string_view name = entity(number).name;
    const std::string given = to_lower(name.substr(0, name.find(' ')));
    if (entity(number).named && entities::is_given_name(given)) {
      const float female = entities::female_share(given);
      if (contradicts(female)) votes -= 3;
      if (contradicts(1.0F - female)) votes += 3;
    }
    return votes >= 0;
  }

  // Who spoke last, in this line or those before, in the same speech as the pronoun stands in.
  [[nodiscard]] std::optional<std::uint32_t> speaker_before() const {
    const auto& all = scene_.attributions;
    for (std::size_t j = number_; j-- > 0;) {
      if (all[j].parent != all[number_].parent) continue;
      const std::uint32_t last = scene_.candidates[j].content.back().end - 1;
      if (scene_.lines[head_] > scene_.lines[last] + kLinesBack) return std::nullopt;
      if (!all[j].speaker || all[j].source.empty()) continue;
      // "a text from Bell that read …": who wrote it does not speak here
      if (!sense_.thing && all[j].source_kind == SourceKind::kDocument) return std::nullopt;
      return may_be(*all[j].speaker) ? all[j].speaker : std::nullopt;
    }
    return std::nullopt;
  }

  // Whether the article speaks of `one` after the last word of `other`, before the pronoun; what
  // `other` says of things that are one's does not count ("called the minister's words a lie").
  [[nodiscard]] bool is_named_since(std::uint32_t one, std::uint32_t other) const {
    const std::int64_t since = last_before(other);
    return std::ranges::any_of(entity(one).mentions, [&](std::uint32_t m) {
      const std::uint32_t at = mention(m).head;
      const bool ones = mention(m).form != MentionForm::kPronoun && doc_[at].dep == "poss";
      return at > since && at < head_ && !(ones && is_in_words_of(other, at));
    });
  }

  [[nodiscard]] bool is_in_words_of(std::uint32_t speaker, std::uint32_t token) const {
    for (std::size_t j = 0; j < number_; ++j)
      if (scene_.attributions[j].speaker == speaker)
        for (const TokenSpan span : scene_.candidates[j].content)
          if (span.contains(token)) return true;
    return false;
  }

  // "Questioned by Ms Grey, she said": the agent of what was done to her is another.
  [[nodiscard]] bool is_agent_before(std::uint32_t number) const {
    const std::int64_t last = last_before(number);
    if (last < 0 || doc_[head_].dep != "nsubj") return false;
    auto name = static_cast<std::uint32_t>(last);
    for (int steps = 0; steps < 8 && doc_[name].dep == "compound"; ++steps) name = doc_[name].head;
    const Token& by = doc_[doc_[name].head];
    if (by.sentence != doc_[head_].sentence || by.dep != "agent") return false;
    std::uint32_t verb = by.head;
    if (child_with(doc_, verb, "auxpass")) return false;
    for (int steps = 0; steps < 4 && verb != doc_[head_].head; ++steps) verb = doc_[verb].head;
    return verb == doc_[head_].head && name < head_;
  }

  // "Ann Bell told the Herald. “…,” she said": who was told last did not speak.
  [[nodiscard]] bool is_addressee(std::uint32_t number) const {
    const std::int64_t last = last_before(number);
    if (last < 0) return false;
    const Token& token = doc_[static_cast<std::uint32_t>(last)];
    if (token.dep != "dobj" && token.dep != "dative" && token.dep != "pobj") return false;
    std::uint32_t verb = token.head;
    if (token.dep == "pobj") {
      if (doc_[verb].lower != "to") return false;
      verb = doc_[verb].head;
    }
    return std::ranges::any_of(scene_.candidates, [&](const Candidate& candidate) {
      return std::ranges::any_of(candidate.cue, [&](TokenSpan cue) { return cue.contains(verb); });
    });
  }

  [[nodiscard]] std::int64_t last_before(std::uint32_t number) const {
    std::int64_t last = -1;
    for (const std::uint32_t m : entity(number).mentions)
      if (mention(m).head < head_) last = std::max<std::int64_t>(last, mention(m).head);
    return last;
  }

  // The subject of the sentence before, in the same paragraph, where the pronoun is that of its own
  // and what was chosen stands within a clause of this sentence: "Citing a deal that Bell signed,
  // he said".
  [[nodiscard]] std::optional<std::uint32_t> topic_before(std::uint32_t chosen) const {
    const std::uint32_t sentence = doc_[head_].sentence;
    if (sense_.thing || sentence == 0 || doc_[head_].dep != "nsubj") return std::nullopt;
    const std::int64_t last = last_before(chosen);
    if (last < 0 || doc_[static_cast<std::uint32_t>(last)].sentence != sentence ||
        !is_within_clause(static_cast<std::uint32_t>(last)))
      return std::nullopt;
    const TokenSpan before = doc_.sentences()[sentence - 1];
    for (std::uint32_t t = before.begin; t < before.end; ++t) {
      if (!is_subject(doc_[t]) || doc_[doc_[t].head].dep != "ROOT") continue;
      const auto topic = scene_.entities.entity_headed_by(t);
      if (topic && *topic != chosen && may_be(*topic) && scene_.lines[t] == scene_.lines[head_])
        return topic;
    }
    return std::nullopt;
  }

  // "Marlow's sister Ada left. “…,” she said": the sister, of whom the sentence before tells.
  [[nodiscard]] std::optional<std::uint32_t> kin_before(std::uint32_t chosen) const {
    const std::int64_t last = last_before(chosen);
    if (sense_.thing || last < 0 || doc_[head_].dep != "nsubj") return std::nullopt;
    const auto owner = static_cast<std::uint32_t>(last);
    const std::uint32_t kin = doc_[owner].head;
    const auto owning = scene_.entities.mention_headed_by(owner);
    if (!owning || mention(*owning).form == MentionForm::kPronoun) return std::nullopt;
    if (doc_[owner].dep != "poss" || doc_[owner].sentence >= doc_[head_].sentence ||
        doc_[owner].sentence + kSentencesBack < doc_[head_].sentence ||
        scene_.lines[owner] != scene_.lines[head_])
      return std::nullopt;
    for (std::uint32_t t = kin; t < doc_.size() && doc_[t].sentence == doc_[owner].sentence; ++t) {
      if (!is_subject(doc_[t]) && doc_[t].dep != "appos") continue;
      const std::uint32_t subject = doc_[t].dep == "appos" ? doc_[t].head : t;
      if (!is_subject(doc_[subject]) || !doc_[subject].subtree.contains(owner)) continue;
      const auto who = scene_.entities.entity_headed_by(t);
      if (who && *who != chosen && may_be(*who)) return who;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_within_clause(std::uint32_t token) const {
    for (int steps = 0; steps < 8 && doc_[token].head != token; ++steps) {
      if (doc_[token].dep == "relcl" || doc_[token].dep == "acl") return true;
      token = doc_[token].head;
    }
    return false;
  }

  // The last subject that may be meant, else the last at all.
  [[nodiscard]] std::optional<std::uint32_t> nearest() const {
    std::optional<std::uint32_t> best;
    bool subject = false;
    for (const Mention& at : scene_.entities.mentions) {
      if (at.head >= head_) continue;
      if (doc_[at.head].sentence + kSentencesBack < doc_[head_].sentence) continue;
      const bool better = is_subject(doc_[at.head]);
      if (at.form == MentionForm::kPronoun || (subject && !better) || !may_be(at.entity)) continue;
      best = at.entity;
      subject = better;
    }
    return best;
  }

  const SpeechScene& scene_;
  const Doc& doc_;
  std::size_t number_;
  std::uint32_t head_;
  const PronounSense& sense_;
};

}  // namespace

std::optional<std::uint32_t> speaker_of_pronoun(const SpeechScene& scene, std::size_t number,
                                                std::uint32_t head) {
  return PronounSpeaker(scene, number, head).choose();
}

}  // namespace dateline::attributions
