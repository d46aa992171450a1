#include "dateline/attributions/speaker.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "dateline/attributions/frames.h"
#include "dateline/attributions/lexicon.h"
#include "dateline/attributions/own_words.h"
#include "dateline/attributions/source_entity.h"
#include "dateline/attributions/speaker_noun.h"
#include "dateline/attributions/speaker_pronoun.h"
#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::attributions {
namespace {

bool is_indefinite(const Token& token) {
  static constexpr std::string_view kWords[] = {"some",   "many",    "others", "most",
                                                "few",    "several", "anyone", "everyone",
                                                "nobody", "no",      "none",   "those"};
  return token.pos == "PRON" && std::ranges::find(kWords, token.lower) != std::end(kWords);
}

bool is_relative(const Token& token) { return token.tag == "WP" || token.tag == "WDT"; }

// "who said": the noun that the relative clause hangs on.
std::uint32_t antecedent(const Doc& doc, std::uint32_t head) {
  if (!is_relative(doc[head])) return head;
  const std::uint32_t verb = doc[head].head;
  return doc[verb].dep == "relcl" ? doc[verb].head : head;
}

// "GREY" in a transcript, whatever the tagger makes of it.
bool is_capitals(std::string_view text) {
  return text.size() > 2 && std::ranges::all_of(text, is_upper);
}

// "A senior party figure", "leading figures": people; the figures of a report are no such.
bool is_figure_of_note(const Doc& doc, std::uint32_t head) {
  static constexpr std::string_view kWords[] = {"senior", "leading", "prominent", "key", "top"};
  return doc[head].tag == "NN" || std::ranges::any_of(doc.children(head), [&](std::uint32_t child) {
           return std::ranges::find(kWords, doc[child].lower) != std::end(kWords);
         });
}

SourceKind kind_of(const Doc& doc, std::uint32_t head, const Entities& entities,
                   std::optional<std::uint32_t> speaker) {
  const Token& token = doc[head];
  const bool name =
      token.pos == "PROPN" && (is_upper(token.text.front()) || !source_noun(token.lemma));
  if (name || is_capitals(token.text)) return SourceKind::kNamed;
  if (token.pos == "PRON" && speaker && entities.entities[*speaker].named)
    return SourceKind::kNamed;
  auto listed = source_noun(token.lemma);
  if (token.lower == "other") listed = SourceKind::kUnnamed;  // "the other said"
  if (token.lemma == "figure" && is_figure_of_note(doc, head)) listed = SourceKind::kUnnamed;
  if (listed && *listed != SourceKind::kUnnamed) return *listed;
  if (token.tag == "NNS" || is_indefinite(token) || token.lower == "they")
    return SourceKind::kCollective;
  if (listed) return *listed;
  return speaker && entities.entities[*speaker].named ? SourceKind::kNamed : SourceKind::kUnnamed;
}

bool is_first_person(const Token& token, bool plural) {
  static constexpr std::string_view kSingular[] = {"i", "me", "my", "mine", "myself"};
  static constexpr std::string_view kPlural[] = {"we", "us", "our", "ours", "ourselves"};
  if (token.pos != "PRON" && !token.tag.starts_with("PRP")) return false;
  return std::ranges::find(kSingular, token.lower) != std::end(kSingular) ||
         (plural && std::ranges::find(kPlural, token.lower) != std::end(kPlural));
}

// Kin and the like, of whom one has one: "my wife" is the one of whom the article says "his wife".
bool is_single(std::string_view noun) {
  static constexpr std::string_view kNouns[] = {
      "wife",     "husband",   "spouse",      "father",      "mother", "dad",
      "mom",      "mum",       "fiancé",      "fiancée",     "boss",   "girlfriend",
      "daughter", "boyfriend", "grandfather", "grandmother", "son"};
  return std::ranges::find(kNouns, noun) != std::end(kNouns);
}

// Where "my" before a noun went to the speaker: joins it to the speaker's same noun elsewhere.
void join_possession(const Doc& doc, std::uint32_t my, std::uint32_t speaker, Entities& entities) {
  const std::uint32_t noun = doc[my].head;
  const auto own = entities.entity_headed_by(noun);
  if (doc[my].dep != "poss" || !own || entities.entities[*own].named || !is_single(doc[noun].lemma))
    return;
  for (std::uint32_t t = 0; t < doc.size(); ++t) {
    if (t == my || doc[t].dep != "poss" || entities.entity_headed_by(t) != speaker) continue;
    const auto other = entities.entity_headed_by(doc[t].head);
    if (!other || *other == *own ||
        !entities::are_same_noun(doc[doc[t].head].lemma, doc[noun].lemma))
      continue;
    const std::vector<std::uint32_t> mentions = entities.entities[*own].mentions;
    for (const std::uint32_t mention : mentions) move_mention(entities, mention, *other);
    return;
  }
}

// The token stands in the content of one of `some`.
bool stands_in(const std::vector<Candidate>& candidates, const std::vector<std::size_t>& some,
               std::uint32_t token) {
  return std::ranges::any_of(some, [&](std::size_t i) {
    return std::ranges::any_of(candidates[i].content,
                               [&](TokenSpan span) { return span.contains(token); });
  });
}

// Gives "I" and "my" (and "we" of a body) in the content to the speaker.
void claim_first_person(const Doc& doc, const Candidate& candidate, std::uint32_t speaker,
                        const std::vector<std::size_t>& inner,
                        const std::vector<Candidate>& candidates, Entities& entities) {
  const EntityKind kind = entities.entities[speaker].kind;
  const bool plural = kind == EntityKind::kOrg || kind == EntityKind::kGroup;
  for (const TokenSpan span : candidate.content)
    for (std::uint32_t i = span.begin; i < span.end; ++i) {
      if (!is_first_person(doc[i], plural) || stands_in(candidates, inner, i)) continue;
      if (const auto mention = entities.mention_headed_by(i))
        move_mention(entities, *mention, speaker);
      join_possession(doc, i, speaker, entities);
    }
}

std::size_t depth_of(const std::vector<Attribution>& attributions, std::size_t i) {
  std::size_t depth = 0;
  while (attributions[i].parent && depth < attributions.size()) {
    i = *attributions[i].parent;
    ++depth;
  }
  return depth;
}

bool is_direct(const Attribution& attribution) {
  return attribution.form == AttributionForm::kDirect;
}

bool is_mark(const Token& token) {
  static constexpr std::string_view kMarks[] = {"\"", "“", "”", "'", "‘", "’"};
  return std::ranges::find(kMarks, token.text) != std::end(kMarks);
}

bool is_third_person(const Token& token) {
  const auto* sense = entities::pronoun_sense(token.lower);
  return sense && sense->person == 3 && sense->number == entities::Number::kSingular &&
         !sense->possessive && !sense->reflexive;
}

// Whose "voice", "statement" or "email" speaks: its owner or sender; else the token.
std::uint32_t behind_words(const Doc& doc, std::uint32_t head) {
  const Token& token = doc[head];
  if (token.lower != "voice" && source_noun(token.lemma) != SourceKind::kDocument) return head;
  for (const std::uint32_t child : doc.children(head)) {
    if (doc[child].dep == "poss") return child;
    if (doc[child].lower != "from") continue;  // "a text from Bell"
    const auto sender = child_with(doc, child, "pobj");
    if (sender && doc[*sender].pos == "PROPN" && doc[*sender].entity_type != "DATE") return *sender;
  }
  return head;
}

std::optional<std::uint32_t> subject_at(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t child : doc.children(verb)) {
    if (doc[child].dep == "nsubj") return antecedent(doc, child);
    if (doc[child].dep == "auxpass" || doc[child].dep == "nsubjpass") return std::nullopt;
  }
  return std::nullopt;
}

// Who does what the verb says, also over "and", participles and infinitives: "sat down, having
// decided that …".
std::optional<std::uint32_t> doer_of(const Doc& doc, std::uint32_t verb) {
  for (int steps = 0; steps < 4; ++steps) {
    if (doc[verb].pos != "VERB" && doc[verb].pos != "AUX") return std::nullopt;
    if (const auto subject = subject_at(doc, verb)) return subject;
    const Token& token = doc[verb];
    if (token.head == verb || child_with(doc, verb, "nsubjpass")) return std::nullopt;
    if (token.dep == "acl" && token.tag != "VBN") return token.head;
    if (token.dep != "xcomp" && token.dep != "advcl" && token.dep != "conj") return std::nullopt;
    const bool past = token.tag == "VBN" || (token.tag == "VBD" && token.dep == "advcl");
    if (past && cue_class(token.lemma) == CueClass::kSay && !child_with(doc, verb, "aux"))
      return std::nullopt;  // "asked whether she would go, Ms Grey said"
    verb = token.head;
  }
  return std::nullopt;
}

// "He recalled the pilot telling them: “…”": a verb of saying between the cue and its quotation,
// with a subject of its own, is nearer.
std::optional<std::uint32_t> inner_speaker(const Doc& doc, const Candidate& candidate) {
  if (candidate.cue.empty() || candidate.cue.back().end > candidate.content.front().begin)
    return std::nullopt;
  for (std::uint32_t i = candidate.content.front().begin; i-- > candidate.cue.back().end;) {
    if (doc[i].pos != "VERB" || doc[i].head == i || cue_class(doc[i].lemma) != CueClass::kSay)
      continue;
    const std::string_view dep = doc[i].dep;
    if (dep == "advcl") {
      if (const auto object = object_before(doc, i)) return object;
      continue;
    }
    if (dep != "ccomp" && dep != "xcomp" && dep != "acl" && dep != "pcomp") continue;
    if (const auto subject = subject_at(doc, i)) return subject;
    if (dep == "acl" && doc[i].tag == "VBG") return doc[i].head;
  }
  return std::nullopt;
}

// “One reader sent a drawing with the words, ‘…’”: the subject of the sentence that leads in.
std::optional<std::uint32_t> subject_before(const Doc& doc, std::uint32_t quotation,
                                            const std::vector<std::uint32_t>& lines) {
  std::uint32_t at = quotation;
  while (at > 0 && lines[at - 1] == lines[quotation] && doc[at - 1].pos == "PUNCT") --at;
  if (at == 0 || lines[at - 1] != lines[quotation]) return std::nullopt;
  --at;
  for (int steps = 0; steps < 16 && doc[at].head != at; ++steps) at = doc[at].head;
  return at < quotation ? subject_at(doc, at) : std::nullopt;
}

// Sets the speakers, outer ones first.
class Resolver {
 public:
  Resolver(const Doc& doc, const std::vector<Candidate>& candidates,
           std::vector<Attribution>& attributions, Entities& entities)
      : doc_(doc),
        candidates_(candidates),
        all_(attributions),
        entities_(entities),
        lines_(lines_of(doc)),
        heads_(attributions.size()) {}

  void run() {
    std::vector<std::size_t> order(all_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return depth_of(all_, i); });
    for (const std::size_t i : order) {
      set_speaker(i);
      if (all_[i].speaker && is_verbatim(i)) settle_own_words(i, *all_[i].speaker);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) claim_it(i);
    join_repeated();
    order_mentions(entities_);
  }

 private:
  // Whether "I" in the content is its speaker: of one that stands in another's words only where it
  // has marks of its own.
  [[nodiscard]] bool is_verbatim(std::size_t i) const {
    if (all_[i].form == AttributionForm::kIndirect) return false;
    if (!quoted_by(i)) return true;
    const std::uint32_t begin = candidates_[i].content.front().begin;
    const std::uint32_t outer = candidates_[*all_[i].parent].content.front().begin;
    return is_mark(doc_[begin]) || (begin > 0 && begin - 1 != outer && is_mark(doc_[begin - 1]));
  }

  [[nodiscard]] std::vector<std::size_t> verbatim_inside(std::size_t outer) const {
    std::vector<std::size_t> inside;
    for (std::size_t j = 0; j < all_.size(); ++j)
      if (all_[j].parent == outer && is_direct(all_[j]) && is_verbatim(j)) inside.push_back(j);
    return inside;
  }

  // "I" is the speaker, "he" is not.
  void settle_own_words(std::size_t i, std::uint32_t speaker) {
    const std::vector<std::size_t> inside = verbatim_inside(i);
    claim_first_person(doc_, candidates_[i], speaker, inside, candidates_, entities_);
    if (!is_direct(all_[i])) return;
    const auto is_others = [&](std::uint32_t token) {
      return stands_in(candidates_, inside, token);
    };
    disown_third_person(doc_, candidates_[i], speaker, is_others, entities_);
  }

  void set_speaker(std::size_t i) {
    Attribution& attribution = all_[i];
    if (const auto head = candidates_[i].source_head) return from_source(i, *head);
    if (!candidates_[i].cue.empty())
      if (const auto head = doer_of(doc_, doc_.head_of(candidates_[i].cue.front()));
          head && !candidates_[i].cue.front().contains(*head))  // not "rumour has it"
        return from_head(i, *head, {});
    // "reportedly", "is said to": somebody says so, who is left open.
    if (!candidates_[i].cue.empty()) attribution.source_kind = SourceKind::kUnnamed;
    if (!is_direct(attribution) || attribution.parent) return;
    const auto head = subject_before(doc_, candidates_[i].content.front().begin, lines_);
    if (head) attribution.speaker = entities_.entity_headed_by(*head);
    heads_[i] = head;
    if (!attribution.speaker) attribution.speaker = speaker_before(scene(), i);
    if (attribution.speaker) attribution.source_kind = SourceKind::kNamed;
  }

  void from_source(std::size_t i, std::uint32_t head) {
    if (is_turn(i) && (doc_[head].text == "A" || doc_[head].text == "Q")) {
      heads_[i] = head;
      if (doc_[head].text == "A") all_[i].speaker = answerer();
      all_[i].source_kind = all_[i].speaker ? SourceKind::kNamed : SourceKind::kUnnamed;
      return;
    }
    if (const auto inner = inner_speaker(doc_, candidates_[i])) return from_head(i, *inner, {});
    from_head(i, antecedent(doc_, head), candidates_[i].source);
  }

  // "A: They are wrong."
  [[nodiscard]] bool is_turn(std::size_t i) const {
    const Candidate& it = candidates_[i];
    return it.verbatim && it.cue.size() == 1 && doc_[it.cue.front().begin].text == ":";
  }

  // Who answers in an interview: who has turns by name, else the person told of most.
  [[nodiscard]] std::optional<std::uint32_t> answerer() const {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!is_turn(i) || !candidates_[i].source_head) continue;
      const std::uint32_t head = *candidates_[i].source_head;
      if (doc_[head].text == "Q" || doc_[head].text == "A") continue;
      if (const auto entity = entities_.entity_headed_by(head)) return entity;
    }
    std::optional<std::uint32_t> most;
    for (std::uint32_t e = 0; e < entities_.entities.size(); ++e) {
      const Entity& entity = entities_.entities[e];
      if (entity.kind != EntityKind::kPerson || !entity.named) continue;
      if (!most || entity.mentions.size() > entities_.entities[*most].mentions.size()) most = e;
    }
    return most;
  }

  void from_head(std::size_t i, std::uint32_t head, const std::vector<TokenSpan>& source) {
    head = take_name_beside(head, source);
    heads_[i] = head;
    if (!is_indefinite(doc_[head])) all_[i].speaker = speaker_at(i, head, source);
    all_[i].source_kind = kind_of(doc_, head, entities_, all_[i].speaker);
  }

  // "The novelist Peter Oru said": he is the novelist, whoever else is one.
  std::uint32_t take_name_beside(std::uint32_t head, const std::vector<TokenSpan>& source) {
    const std::uint32_t name = name_beside(doc_, entities_, head, source);
    const auto described = name == head ? std::nullopt : entities_.mention_headed_by(head);
    if (described && entities_.mentions[*described].form == MentionForm::kNominal)
      move_mention(entities_, *described, *entities_.entity_headed_by(name));
    return name;
  }

  std::optional<std::uint32_t> speaker_at(std::size_t i, std::uint32_t head,
                                          const std::vector<TokenSpan>& source) {
    if (is_third_person(doc_[head])) {
      const auto chosen = speaker_of_pronoun(scene(), i, head);
      const auto mention = entities_.mention_headed_by(head);
      if (chosen && mention) move_mention(entities_, *mention, *chosen);
      return chosen;
    }
    if (is_first_person(doc_[head], /*plural=*/true))
      if (const auto outer = quoted_by(i)) return outer;
    const std::uint32_t owner = behind_words(doc_, head);
    if (owner != head) return entity_at(doc_, entities_, owner, {});
    auto entity = entity_at(doc_, entities_, head, source);
    const bool noun = doc_[head].pos == "NOUN" || is_upper(doc_[head].text.front());
    if (!entity && noun && source.size() == 1 && source.front().contains(head))
      entity = make_entity(doc_, entities_, head, source.front());
    return entity ? known_before(i, *entity, head) : entity;
  }

  // Joins a description that stands alone with somebody named before, where the words say who.
  std::uint32_t known_before(std::size_t i, std::uint32_t number, std::uint32_t head) {
    const auto meant = speaker_of_noun(scene(), i, head);
    if (meant) move_mention(entities_, *entities_.mention_headed_by(head), *meant);
    return meant.value_or(number);
  }

  [[nodiscard]] SpeechScene scene() const { return {doc_, candidates_, all_, entities_, lines_}; }

  // "The firm said that it had agreed to buy a chain": the firm, which agrees, not the chain named
  // later or a thing that cannot want.
  void claim_it(std::size_t i) {
    const auto speaker = all_[i].speaker;
    if (!speaker || entities_.entities[*speaker].kind != EntityKind::kOrg) return;
    for (const TokenSpan span : candidates_[i].content)
      for (std::uint32_t t = span.begin; t < span.end; ++t) {
        if (doc_[t].lower != "it" || doc_[t].dep != "nsubj") continue;
        const auto mention = entities_.mention_headed_by(t);
        if (!mention || innermost_at(t) != i) continue;
        const Entity& chosen = entities_.entities[entities_.mentions[*mention].entity];
        const bool later = entities_.mentions[chosen.mentions.front()].head >= t;
        const bool thing = chosen.kind != EntityKind::kOrg && chosen.kind != EntityKind::kPlace;
        if (later || (thing && is_of_will(t))) move_mention(entities_, *mention, *speaker);
      }
  }

  // The attribution with the shortest content around the token.
  [[nodiscard]] std::optional<std::size_t> innermost_at(std::uint32_t token) const {
    std::optional<std::size_t> best;
    std::uint32_t least = doc_.size() + 1;
    for (std::size_t i = 0; i < candidates_.size(); ++i)
      for (const TokenSpan span : candidates_[i].content)
        if (span.contains(token) && span.size() < least) best = i, least = span.size();
    return best;
  }

  // Subject of a verb that things do not do: it attributes, or asks an infinitive.
  [[nodiscard]] bool is_of_will(std::uint32_t subject) const {
    const std::uint32_t verb = doc_[subject].head;
    if (cue_class(doc_[verb].lemma) || doc_[verb].lemma == "like") return true;
    return std::ranges::any_of(doc_.children(verb), [&](std::uint32_t child) {
      return doc_[child].dep == "xcomp" && doc_[child].tag == "VB" && cue_class(doc_[child].lemma);
    });
  }

  // In whose words the attribution stands.
  [[nodiscard]] std::optional<std::uint32_t> quoted_by(std::size_t i) const {
    std::size_t steps = 0;
    for (auto outer = all_[i].parent; outer && steps < all_.size();
         outer = all_[*outer].parent, ++steps)
      if (all_[*outer].form != AttributionForm::kIndirect) return all_[*outer].speaker;
    return std::nullopt;
  }

  // The same words twice (a caption, a pull quote) are one speaker's.
  void join_repeated() {
    constexpr std::size_t kWords = 32;  // letters that must agree
    std::map<std::string, std::size_t, std::less<>> first;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      std::string words;
      for (const ByteSpan span : all_[i].content)
        for (const char c : slice(doc_.text(), span))
          if (words.size() < kWords && (is_alpha(c) || is_digit(c))) words += to_lower(c);
      if (words.size() < kWords) continue;
      const auto [at, fresh] = first.emplace(std::move(words), i);
      if (!fresh) take_speaker(all_[at->second], all_[i], i);
    }
  }

  // The mention, and all that go back to it.
  void move_with_followers(std::uint32_t mention, std::uint32_t to) {
    const auto followers = entities_.entities[entities_.mentions[mention].entity].mentions;
    if (followers.front() != mention) return move_mention(entities_, mention, to);
    for (const std::uint32_t follower : followers) move_mention(entities_, follower, to);
  }

  void take_speaker(const Attribution& first, Attribution& again, std::size_t i) {
    if (!first.speaker || first.speaker == again.speaker) return;
    if (again.speaker && entities_.entities[*again.speaker].named) return;
    if (again.speaker && heads_[i])
      if (const auto mention = entities_.mention_headed_by(*heads_[i]))
        move_with_followers(*mention, *first.speaker);
    again.speaker = first.speaker;
    again.source_kind = first.source_kind;
  }

  const Doc& doc_;
  const std::vector<Candidate>& candidates_;
  std::vector<Attribution>& all_;
  Entities& entities_;
  std::vector<std::uint32_t> lines_;
  std::vector<std::optional<std::uint32_t>> heads_;  // the token that each speaker was read from
};

}  // namespace

void resolve_speakers(const Doc& doc, const std::vector<Candidate>& candidates,
                      std::vector<Attribution>& attributions, Entities& entities) {
  Resolver(doc, candidates, attributions, entities).run();
}

}  // namespace dateline::attributions
