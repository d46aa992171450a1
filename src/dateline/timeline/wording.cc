#include "dateline/timeline/wording.h"

#include <algorithm>
#include <vector>

#include "dateline/base/ascii.h"
#include "dateline/events/tree.h"

namespace dateline::timeline {
namespace {

constexpr std::size_t kLongLine = 150;  // bytes; a longer line loses what is not its core

constexpr std::uint32_t kShortName = 2;         // words that give way to the full name
constexpr std::uint32_t kShortDescription = 4;  // "the Port Ansel singer"

enum class Cut { kLight, kHard };

// Words one line at one depth of cutting.
class Wording {
 public:
  Wording(const events::EventInput& input, const Event& event, Cut cut)
      : input_(input),
        doc_(input.doc),
        event_(event),
        cut_(cut),
        kept_(input.doc.size(), false),
        telling_(input.doc.size(), false),
        replaced_(input.doc.size(), -1) {
    if (event.time.expression && *event.time.expression < input.times.size())
      date_ = date_to_drop(doc_.token_span(input.times[*event.time.expression].span));
    note_telling();
  }

  std::string words() {
    keep(event_.trigger);
    const TokenSpan trigger = doc_.token_span(event_.span);
    for (std::uint32_t t = trigger.begin; t < trigger.end; ++t) kept_[t] = true;
    keep_punctuation();
    name_mentions();
    std::string text = doer_before();
    set_object_after();
    for (std::uint32_t t = 0; t < doc_.size(); ++t) append(text, t);
    text = std::string(trim(text));
    while (!text.empty() && is_one_of(text.substr(text.size() - 1), ",", ":", ";", "-", " "))
      text.pop_back();
    if (!text.empty() && is_lower(text[0])) text[0] = static_cast<char>(text[0] - 32);
    return text;
  }

 private:
  // "spent most of 2021 apart": a date that is an argument of its verb stays.
  [[nodiscard]] TokenSpan date_to_drop(TokenSpan date) const {
    for (std::uint32_t t = date.begin; t < date.end && t < doc_.size(); ++t)
      if (!date.contains(doc_[t].head) &&
          is_one_of(doc_[t].dep, "dobj", "attr", "nsubj", "nsubjpass"))
        return {};
    return date;
  }

  // Who says so and the word for it have a place of their own.
  void note_telling() {
    if (!event_.attribution || *event_.attribution >= input_.attributions.size()) return;
    const Attribution& attribution = input_.attributions[*event_.attribution];
    for (const auto* spans : {&attribution.cue, &attribution.source})
      for (const ByteSpan span : *spans) {
        const TokenSpan tokens = doc_.token_span(span);
        for (std::uint32_t t = tokens.begin; t < tokens.end; ++t) telling_[t] = true;
      }
  }

  void keep(std::uint32_t token) {
    kept_[token] = true;
    for (const std::uint32_t c : doc_.children(token))
      if (wanted(token, c)) keep(c);
  }

  [[nodiscard]] bool wanted(std::uint32_t head, std::uint32_t c) const {
    const Token& token = doc_[c];
    if (holds_date(c) || telling_[c]) return false;
    if (is_one_of(token.dep, "punct", "advcl", "relcl", "parataxis", "intj", "meta", "preconj",
                  "dep"))
      return false;
    if (token.dep == "appos") return names_its_head(head, c);
    if (is_aside(head, c)) return false;
    if (token.dep == "mark")
      return head != event_.trigger && is_one_of(token.lower, "that", "whether", "if");
    if (head == event_.trigger) return wanted_of_trigger(c);
    if (token.dep == "conj" || token.dep == "cc") return cut_ == Cut::kLight || !verbal(head);
    return cut_ == Cut::kLight || !is_one_of(token.dep, "acl", "advmod") || token.dep == "neg";
  }

  // "of Bergen" in "Ann Bell, 58, of Bergen,".
  [[nodiscard]] bool is_aside(std::uint32_t head, std::uint32_t c) const {
    return doc_[c].dep == "prep" && doc_[head].pos == "PROPN" && c > head + 1 &&
           doc_[c - 1].text == ",";
  }

  // "the actor Tom Okafor": without a comma the name belongs to the phrase.
  [[nodiscard]] bool names_its_head(std::uint32_t head, std::uint32_t c) const {
    return doc_[c].pos == "PROPN" && doc_[c].subtree.begin == head + 1;
  }

  [[nodiscard]] bool wanted_of_trigger(std::uint32_t c) const {
    const Token& token = doc_[c];
    if (!verbal(event_.trigger)) return token.dep != "conj" && token.dep != "cc";
    if (token.dep == "conj" && events::is_verbal(token)) return false;
    if (token.dep == "cc" && !joins_nouns(c)) return false;
    if (token.dep == "advmod" && is_one_of(token.lower, "also", "then", "now", "even", "still"))
      return false;
    if (is_afterthought(c)) return false;
    const auto subject = subject_child();
    if (subject && c < *subject && !is_self(*subject)) return false;
    if (cut_ == Cut::kHard && is_one_of(token.dep, "ccomp", "advmod", "npadvmod")) return false;
    if (cut_ == Cut::kHard && token.dep == "prep" && has_object() && c > event_.trigger)
      return false;
    return token.dep != "ccomp" || token.subtree.begin > event_.trigger;
  }

  // The "and" before a noun that hangs on the trigger.
  [[nodiscard]] bool joins_nouns(std::uint32_t cc) const {
    for (const std::uint32_t c : doc_.children(event_.trigger))
      if (c > cc && doc_[c].dep == "conj") return !events::is_verbal(doc_[c]);
    return false;
  }

  // "Visited Oslo last year, the first minister to do so".
  [[nodiscard]] bool is_afterthought(std::uint32_t c) const {
    const std::uint32_t begin = doc_[c].subtree.begin;
    if (begin <= event_.trigger || doc_[begin - 1].text != ",") return false;
    const auto object = events::child(doc_, event_.trigger, "dobj");
    return doc_[c].dep == "npadvmod" || (doc_[c].dep == "dobj" && object && *object < c);
  }

  [[nodiscard]] bool verbal(std::uint32_t token) const { return events::is_verbal(doc_[token]); }
  [[nodiscard]] bool has_object() const {
    return events::child(doc_, event_.trigger, "dobj").has_value();
  }
  [[nodiscard]] std::optional<std::uint32_t> subject_child() const {
    const auto subject = events::child(doc_, event_.trigger, "nsubj");
    return subject ? subject : events::child(doc_, event_.trigger, "nsubjpass");
  }

  // The date itself, or the preposition before it.
  [[nodiscard]] bool holds_date(std::uint32_t token) const {
    if (date_.contains(token))
      return !date_.contains(doc_[token].head) && doc_[doc_[token].head].lower != "of";
    if (doc_[token].dep != "prep" || doc_[token].lower == "of") return false;
    for (const std::uint32_t c : doc_.children(token))
      if (date_.contains(c)) return true;
    return false;
  }

  // Marks stay between two words that stay, quotation marks around words that all stay.
  void keep_punctuation() {
    for (std::uint32_t t = 1; t + 1 < doc_.size(); ++t)
      if (doc_[t].dep == "punct" && !is_quote(t) && kept_[t + 1] && (kept_[t - 1] || parts_list(t)))
        kept_[t] = true;
    const TokenSpan sentence = doc_.sentences()[doc_[event_.trigger].sentence];
    for (std::uint32_t open = sentence.begin; open < sentence.end; ++open) {
      if (!is_quote(open)) continue;
      std::uint32_t close = open + 1;
      while (close < sentence.end && kept_[close]) ++close;
      const bool stop =
          close < sentence.end && close > open + 1 && is_one_of(doc_[close].text, ".", ",");
      const std::uint32_t end = stop ? close + 1 : close;
      if (close > open + 1 && end < sentence.end && is_quote(end)) {
        kept_[open] = kept_[end] = true;
        open = end;
      }
    }
  }

  // The comma before the next of a list: "Ann Bell, 23, Bob Cole", where the ages are left out.
  [[nodiscard]] bool parts_list(std::uint32_t comma) const {
    if (doc_[comma].text != ",") return false;
    std::uint32_t next = comma + 1;
    while (doc_[next].head != next && doc_[doc_[next].head].subtree.begin == comma + 1)
      next = doc_[next].head;
    return doc_[next].dep == "conj" && doc_[next].head < comma && kept_[doc_[next].head];
  }

  [[nodiscard]] bool is_quote(std::uint32_t token) const {
    return is_one_of(doc_[token].text, "\"", "“", "”", "''", "``");
  }

  // Which mentions give way to a name: the outermost of those within the kept words.
  void name_mentions() {
    const auto& mentions = input_.entities.mentions;
    for (std::uint32_t i = 0; i < mentions.size(); ++i) {
      const Mention& mention = mentions[i];
      if (!renamed(mention)) continue;
      const TokenSpan span = words_of_name(mention);
      bool whole = span.begin < span.end && span.end <= doc_.size();
      for (std::uint32_t t = span.begin; whole && t < span.end; ++t)
        whole = kept_[t] && replaced_[t] < 0;
      if (!whole) continue;
      for (std::uint32_t t = span.begin; t < span.end; ++t)
        replaced_[t] = static_cast<std::int32_t>(i);
    }
  }

  // Of "Mr. Brandt, who lives in Oslo" the name; else the whole mention.
  [[nodiscard]] TokenSpan words_of_name(const Mention& mention) const {
    const TokenSpan tokens = mention.tokens;
    if (mention.form == MentionForm::kNominal || named_behind(mention)) {
      std::uint32_t end = mention.head + 1;  // "the mother of two", of whom a clause tells more
      while (end < tokens.end && kept_[end]) ++end;
      return {tokens.begin, end};
    }
    if (mention.form != MentionForm::kName || tokens.size() <= kShortName) return tokens;
    for (std::uint32_t t = tokens.begin; t <= mention.head; ++t)
      if (doc_[t].pos != "PROPN") return tokens;
    return {tokens.begin, mention.head + 1};
  }

  // "The minister, Ann Bell,", "the mayor of Graz, Ann Bell,": a description whose name, in
  // apposition, is not in the line.
  [[nodiscard]] bool named_behind(const Mention& mention) const {
    if (mention.form != MentionForm::kName || mention.head >= doc_.size() ||
        doc_[mention.head].pos != "NOUN")
      return false;
    const std::uint32_t end = std::min(mention.tokens.end, doc_.size());
    for (std::uint32_t t = mention.head + 1; t < end; ++t)
      if (doc_[t].dep == "appos" && doc_[t].pos == "PROPN" && doc_[t].subtree.begin > 0 &&
          doc_[doc_[t].subtree.begin - 1].text != "(")
        return !kept_[t];
    return false;
  }

  [[nodiscard]] bool renamed(const Mention& mention) const {
    if (mention.entity >= input_.entities.entities.size()) return false;
    const Entity& entity = input_.entities.entities[mention.entity];
    if ((!entity.named && !input_.entities.is_known_pair(entity)) || mention.head >= doc_.size())
      return false;
    if (mention.form == MentionForm::kPronoun)
      return doc_[mention.head].tag.starts_with("PRP") && !is_reflexive(mention.head);
    if (named_behind(mention)) return entity.kind == EntityKind::kPerson;
    if (mention.form == MentionForm::kName)
      return entity.kind == EntityKind::kPerson && words_of_name(mention).size() <= kShortName &&
             !within_name(words_of_name(mention));
    const TokenSpan tokens = words_of_name(mention);
    return words_in(tokens) <= kShortDescription && !within_name(tokens) &&
           (doc_[mention.tokens.begin].lower == "the" || is_introduced_by(mention, entity));
  }

  // "24-year-old" is one.
  [[nodiscard]] std::size_t words_in(TokenSpan tokens) const {
    std::size_t words = 1;
    for (std::uint32_t t = tokens.begin; t + 1 < tokens.end; ++t) words += doc_[t].space_after;
    return words;
  }

  // "A former accountant" whom the next sentence names.
  [[nodiscard]] bool is_introduced_by(const Mention& mention, const Entity& entity) const {
    return (entity.kind == EntityKind::kPerson || input_.entities.is_known_pair(entity)) &&
           is_one_of(doc_[mention.tokens.begin].lower, "a", "an");
  }

  // "West" of "Kim West", "Delta" of "Delta spokesman".
  [[nodiscard]] bool within_name(TokenSpan span) const {
    const auto proper = [&](std::uint32_t t) {
      return t < doc_.size() && (doc_[t].pos == "PROPN" || doc_[t].dep == "compound");
    };
    return (span.begin > 0 && proper(span.begin - 1)) || proper(span.end) ||
           doc_[span.end - 1].dep == "compound";
  }

  // "herself", and "her" whose owner the line names already.
  [[nodiscard]] bool is_self(std::uint32_t token) const {
    const std::string_view word = doc_[token].lower;
    return word.size() > 4 && (word.ends_with("self") || word.ends_with("selves"));
  }
  [[nodiscard]] bool is_reflexive(std::uint32_t token) const {
    if (is_self(token)) return true;
    if (doc_[token].tag != "PRP$") return false;
    const auto mention = input_.entities.entity_headed_by(token);
    const auto subject = subject_child();
    return mention && subject && *subject < token &&
           input_.entities.entity_headed_by(*subject) == mention;
  }

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
  [[nodiscard]] std::string doer_before() const {
    if (!verbal(event_.trigger)) return owner_before();
    const auto own = subject_child();
    if (own && events::antecedent(doc_, *own) == *own && !is_self(*own)) return {};
    if (own) drop_subject_ = *own;
    std::string names = names_of(Role::kAgent);
    if (names.empty() && is_passive()) names = names_of(Role::kPatient);
    if (names.empty()) return names;
    return names + (is_bare_participle() ? " was " : " ");
  }

  // "Born in Hull, she …"
  [[nodiscard]] bool is_bare_participle() const {
    const auto aux = [&](std::uint32_t c) { return doc_[c].dep.starts_with("aux"); };
    return doc_[event_.trigger].tag == "VBN" &&
           is_one_of(doc_[event_.trigger].dep, "acl", "advcl") &&
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
      object_ =
          participant.entity && is_named(*participant.entity)
              ? name_of_participant(participant)
              : std::string(slice(doc_.text(), doc_.bytes(events::left_phrase(doc_, verb.head))));
      for (const std::uint32_t c : doc_.children(event_.trigger))
        if (is_one_of(doc_[c].tag, "WDT", "WP")) kept_[c] = false;
      return;
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
    return name + (name.ends_with('s') ? "’ " : "’s ");
  }

  void append(std::string& text, std::uint32_t t) const {
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
    if (mention < 0)
      text +=
          t == event_.trigger && !text.empty() ? std::string(token.lower) : std::string(token.text);
    else
      append_name(text, static_cast<std::uint32_t>(mention), t);
    if (t == event_.trigger && !object_.empty()) text += ' ' + object_;
    space_after(text, t);
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
    text += name;
    const bool alone = input_.entities.mentions[mention].tokens.size() == 1;
    if (doc_[t].tag == "PRP$" && alone) text += name.ends_with('s') ? "’" : "’s";
  }

  void space_after(std::string& text, std::uint32_t t) const {
    if (doc_[t].space_after) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else {
      glue_ = t + 1;
    }
  }

  const events::EventInput& input_;
  const Doc& doc_;
  const Event& event_;
  Cut cut_;
  TokenSpan date_;
  std::string object_;  // to be said after the trigger
  std::vector<bool> kept_, telling_;
  std::vector<std::int32_t> replaced_;
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  mutable std::uint32_t glue_ = kNone, drop_subject_ = kNone;
};

}  // namespace

std::string word_line(const events::EventInput& input, const Event& event) {
  std::string text = Wording(input, event, Cut::kLight).words();
  if (text.size() > kLongLine) text = Wording(input, event, Cut::kHard).words();
  return text;
}

}  // namespace dateline::timeline
