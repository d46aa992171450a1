#include "dateline/timeline/wording.h"

#include <algorithm>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/events/tree.h"
#include "dateline/timeline/kept_words.h"
#include "dateline/timeline/past_tense.h"
#include "dateline/timeline/renamed_mentions.h"

namespace dateline::timeline {
namespace {

constexpr std::size_t kLongLine = 150;  // bytes; a longer line loses what is not its core

// Words one line at one depth of cutting.
class Wording {
 public:
  Wording(const events::EventInput& input, const Event& event, Cut cut)
      : input_(input),
        doc_(input.doc),
        event_(event),
        kept_(kept_words(input, event, cut)),
        replaced_(renamed_mentions(input, event, kept_)) {}

  std::string words() {
    std::string text = doer_before();
    set_object_after();
    set_perfect();
    for (std::uint32_t t = 0; t < doc_.size(); ++t) append(text, t);
    text = std::string(trim(text));
    while (!text.empty() && is_one_of(text.substr(text.size() - 1), ",", ":", ";", "-", " "))
      text.pop_back();
    if (!text.empty() && is_lower(text[0])) text[0] = static_cast<char>(text[0] - 32);
    return text;
  }

 private:
  // Of those in the role whom the line does not name.
  [[nodiscard]] std::string names_of(Role role) const {
    std::string names;
    for (const Participant& participant : event_.participants) {
      if (participant.role != role || within_line(participant)) continue;
      if (!names.empty()) names += " and ";
      names += name_of_participant(participant);
    }
    return names;
  }

  // The doer's name where the clause has none of its own.
  [[nodiscard]] std::string doer_before() {
    if (!events::is_verbal(doc_[event_.trigger])) return owner_before();
    const auto own = events::subject_token(doc_, event_.trigger);
    if (own && events::antecedent(doc_, *own) == *own && !is_self(doc_[*own])) return {};
    if (own) drop_subject_ = *own;
    std::string names = names_of(Role::kAgent);
    if (names.empty() && is_passive()) names = names_of(Role::kPatient);
    if (names.empty()) return names;
    if (is_told_as_done()) past_ = past_tense(doc_[event_.trigger].lemma);
    if (!is_bare_participle()) return names + " ";
    return names + (are_several() ? " were " : " was ");
  }

  // More than one does it, or else has it done: "the two".
  [[nodiscard]] bool are_several() const {
    const auto number_of = [&](Role role) {
      std::size_t count = 0;
      for (const Participant& participant : event_.participants)
        if (participant.role == role) count += is_plural(participant) ? 2 : 1;
      return count;
    };
    const std::size_t doers = number_of(Role::kAgent);
    return doers > 1 || (doers == 0 && number_of(Role::kPatient) > 1);
  }

  [[nodiscard]] bool is_plural(const Participant& participant) const {
    const TokenSpan tokens = doc_.token_span(participant.span);
    const std::uint32_t token = tokens.size() > 0 ? doc_.head_of(tokens) : doc_.size();
    const auto& entities = input_.entities.entities;
    return (token < doc_.size() && doc_[token].tag.ends_with('S')) ||
           (participant.entity && *participant.entity < entities.size() &&
            entities[*participant.entity].members.size() > 1);
  }

  // "After graduating in 1984, he moved": what is over, though no verb of the clause says so.
  [[nodiscard]] bool is_told_as_done() const {
    const Token& verb = doc_[event_.trigger];
    const auto& published = input_.article.published;
    const auto aux = [&](std::uint32_t c) { return doc_[c].dep.starts_with("aux"); };
    return verb.tag == "VBG" && is_one_of(verb.dep, "pcomp", "advcl", "acl") && published &&
           event_.time.interval && event_.time.interval->end &&
           !(*published < *event_.time.interval->end) && event_.polarity == Polarity::kPositive &&
           std::ranges::none_of(doc_.children(event_.trigger), aux);
  }

  // "Born in Hull, she …"
  [[nodiscard]] bool is_bare_participle() const {
    const auto aux = [&](std::uint32_t c) { return doc_[c].dep.starts_with("aux"); };
    return doc_[event_.trigger].tag == "VBN" &&
           (is_one_of(doc_[event_.trigger].dep, "acl", "advcl") ||
            (is_one_of(doc_[event_.trigger].dep, "oprd", "xcomp") &&
             events::is_passive(doc_, doc_[event_.trigger].head)) ||
            (doc_[event_.trigger].dep == "conj" && events::is_passive(doc_, event_.trigger))) &&
           std::ranges::none_of(doc_.children(event_.trigger), aux);
  }

  // "a letter that she wrote": the object is the noun before the clause; its pronoun goes.
  void set_object_after() {
    const Token& verb = doc_[event_.trigger];
    if (verb.dep != "relcl" || has_own_object()) return;
    for (const Participant& participant : event_.participants) {
      if (participant.role != Role::kPatient || is_passive()) continue;
      const TokenSpan tokens = doc_.token_span(participant.span);
      if (!tokens.contains(verb.head) || tokens.begin >= verb.head + 1) continue;
      const auto apposed = doc_[verb.head].dep == "appos"  // "Ben Cole, the man she replaced"
                               ? input_.entities.entity_headed_by(doc_[verb.head].head)
                               : std::nullopt;
      object_ =
          apposed && is_named(*apposed) ? input_.entities.entities[*apposed].name
          : participant.entity && is_named(*participant.entity)
              ? name_of_participant(participant)
              : std::string(slice(doc_.text(), doc_.bytes(events::left_phrase(doc_, verb.head))));
      for (const std::uint32_t c : doc_.children(event_.trigger))
        if (is_one_of(doc_[c].tag, "WDT", "WP")) kept_[c] = false;
      return;
    }
  }

  // "Is thought to have fled": has fled; how sure that is has a place of its own.
  void set_perfect() {
    const Token& verb = doc_[event_.trigger];
    if (verb.tag != "VBN" || verb.dep != "xcomp") return;
    std::uint32_t to = kNone;
    for (const std::uint32_t c : doc_.children(event_.trigger)) {
      if (doc_[c].dep != "aux") continue;
      if (doc_[c].lower == "to") to = c;
      if (doc_[c].lower != "have" || to == kNone) continue;
      kept_[to] = false;
      if (!are_several()) has_ = c;
    }
  }

  [[nodiscard]] bool has_own_object() const {
    const auto object = events::child(doc_, event_.trigger, "dobj");
    return object && !is_one_of(doc_[*object].tag, "WDT", "WP");
  }

  [[nodiscard]] bool is_named(std::uint32_t entity) const {
    return entity < input_.entities.entities.size() && input_.entities.entities[entity].named;
  }

  // "Ada Brandt: a romance with Tom Okafor".
  [[nodiscard]] std::string owner_before() const {
    for (const std::uint32_t c : doc_.children(event_.trigger))
      if (doc_[c].tag == "WP$" && !whose(c).empty()) return {};
    for (const Participant& participant : event_.participants)
      if (participant.role == Role::kAgent && participant.entity && !within_line(participant))
        return name_of_participant(participant) + ": ";
    return {};
  }

  [[nodiscard]] bool is_passive() const {
    return events::is_passive(doc_, event_.trigger) || doc_[event_.trigger].tag == "VBN";
  }

  [[nodiscard]] bool within_line(const Participant& participant) const {
    const std::uint32_t token = doc_.token_at(participant.span.begin);
    return token < doc_.size() && kept_[token] && token != drop_subject_;
  }

  [[nodiscard]] std::string name_of_participant(const Participant& participant) const {
    if (participant.entity && *participant.entity < input_.entities.entities.size() &&
        input_.entities.entities[*participant.entity].named)
      return input_.entities.entities[*participant.entity].name;
    // "A fire that killed three": without the clause that the line is of
    TokenSpan tokens = doc_.token_span(participant.span);
    const std::uint32_t head = doc_.head_of(tokens);
    if (tokens.contains(event_.trigger)) tokens = events::left_phrase(doc_, head);
    for (std::uint32_t t = head + 1; t < tokens.end; ++t)  // "the nurse, who was born in Turin"
      if (doc_[t].text == ",") tokens.end = t;
    std::string owner = owner_of(tokens);
    return owner.append(slice(doc_.text(), doc_.bytes(tokens)));
  }

  // Of "his marriage" the name for "his", which is taken off the tokens.
  [[nodiscard]] std::string owner_of(TokenSpan& tokens) const {
    if (tokens.size() < 2 || doc_[tokens.begin].tag != "PRP$") return {};
    const auto owner = input_.entities.entity_headed_by(tokens.begin);
    if (!owner || !is_named(*owner)) return {};
    ++tokens.begin;
    const std::string& name = input_.entities.entities[*owner].name;
    return possessive(name) + ' ';
  }

  void append(std::string& text, std::uint32_t t) {
    if (!kept_[t] || t == drop_subject_) return;
    const std::int32_t mention = replaced_[t];
    const bool first = mention >= 0 && (t == 0 || replaced_[t - 1] != mention);
    if (mention >= 0 && !first) {
      space_after(text, t);
      return;
    }
    const Token& token = doc_[t];
    const bool clitic = token.text.starts_with("'") || token.text.starts_with("’") ||
                        token.text == "n't" || token.text == "n’t" || token.dep == "punct" ||
                        token.text == "%";
    if (!text.empty() && text.back() != ' ' && !clitic && glue_ != t) text += ' ';
    if (clitic && !text.empty() && text.back() == ' ' && t > 0 && !doc_[t - 1].space_after)
      text.pop_back();
    if (t == has_)
      text += "has";
    else if (t == event_.trigger && !past_.empty())
      text += past_;
    else if (token.tag == "WP$" && !whose(t).empty())
      text += whose(t);
    else if (mention < 0)
      text += t == event_.trigger && !text.empty() ? prefix() + std::string(token.lower)
                                                   : std::string(token.text);
    else
      append_name(text, static_cast<std::uint32_t>(mention), t);
    if (t == event_.trigger && !object_.empty()) text += ' ' + object_;
    space_after(text, t);
  }

  // Of "Ann Bell, whose husband died," her name, as the owner.
  [[nodiscard]] std::string whose(std::uint32_t pronoun) const {
    std::uint32_t clause = pronoun;
    for (int steps = 0; steps < 4 && doc_[clause].dep != "relcl"; ++steps)
      clause = doc_[clause].head;
    if (doc_[clause].dep != "relcl") return {};
    const auto owner = input_.entities.entity_headed_by(doc_[clause].head);
    return owner && is_named(*owner) ? possessive(input_.entities.entities[*owner].name)
                                     : std::string();
  }

  // "re-" of "re-elected", which are three tokens.
  [[nodiscard]] std::string prefix() const {
    const std::uint32_t t = event_.trigger;
    if (t < 2 || doc_[t - 1].text != "-" || doc_[t - 1].space_after || doc_[t - 2].space_after ||
        kept_[t - 1])
      return {};
    return std::string(doc_[t - 2].lower) + '-';
  }

  [[nodiscard]] static std::string possessive(const std::string& name) {
    return name + (name.ends_with('s') ? "’" : "’s");
  }

  // The text names the one, or both of the two.
  [[nodiscard]] bool names(std::string_view text, const Entity& entity) const {
    const auto has = [&](const Entity& one) {
      return text.find(one.name) != std::string_view::npos;
    };
    if (entity.named || !input_.entities.is_known_pair(entity)) return has(entity);
    return std::ranges::all_of(entity.members, [&](std::uint32_t member) {
      return has(input_.entities.entities[member]);
    });
  }

  // "Their" after the name of one of the two.
  [[nodiscard]] bool names_one_of(std::string_view text, const Entity& pair) const {
    return !pair.named && std::ranges::any_of(pair.members, [&](std::uint32_t member) {
      return text.find(input_.entities.entities[member].name) != std::string_view::npos;
    });
  }

  void append_name(std::string& text, std::uint32_t mention, std::uint32_t t) const {
    const Entity& entity = input_.entities.entities[input_.entities.mentions[mention].entity];
    const std::string name = input_.entities.name_of(entity);
    if (input_.entities.mentions[mention].form == MentionForm::kPronoun &&
        (names(text, entity) || names_one_of(text, entity))) {
      text += doc_[t].text;  // the line has named it
      return;
    }
    if (names_one_of(text, entity)) {  // "Ann Bell left the couple's home"
      const TokenSpan tokens = input_.entities.mentions[mention].tokens;
      std::uint32_t end = t + 1;
      while (end < tokens.end && replaced_[end] == replaced_[t]) ++end;
      text += slice(doc_.text(), doc_.bytes({t, end}));
      return;
    }
    text += name;
    const bool alone = input_.entities.mentions[mention].tokens.size() == 1;
    if (doc_[t].tag == "PRP$" && alone) text += name.ends_with('s') ? "’" : "’s";
  }

  void space_after(std::string& text, std::uint32_t t) {
    if (doc_[t].space_after) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else {
      glue_ = t + 1;
    }
  }

  const events::EventInput& input_;
  const Doc& doc_;
  const Event& event_;
  std::string object_;  // to be said after the trigger
  std::string past_;    // the trigger's past tense, where it stands for it
  std::vector<bool> kept_;
  std::vector<std::int32_t> replaced_;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::uint32_t glue_ = kNone, drop_subject_ = kNone, has_ = kNone;
};

}  // namespace

std::string word_line(const events::EventInput& input, const Event& event) {
  std::string text = Wording(input, event, Cut::kLight).words();
  if (text.size() > kLongLine) text = Wording(input, event, Cut::kHard).words();
  return text;
}

}  // namespace dateline::timeline
