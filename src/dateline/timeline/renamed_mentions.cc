#include "dateline/timeline/renamed_mentions.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/events/tree.h"
#include "dateline/timeline/kept_words.h"

namespace dateline::timeline {
namespace {

constexpr std::uint32_t kShortName = 2;         // words that give way to the full name
constexpr std::uint32_t kShortDescription = 4;  // "the Port Ansel singer"

class Renamer {
 public:
  Renamer(const events::EventInput& input, const Event& event, const std::vector<bool>& kept)
      : input_(input),
        doc_(input.doc),
        event_(event),
        kept_(kept),
        replaced_(input.doc.size(), -1) {}

  std::vector<std::int32_t> run() {
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
    return std::move(replaced_);
  }

 private:
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
    if (doc_[mention.head].lemma == "family") return false;  // more than the two
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
  [[nodiscard]] bool is_reflexive(std::uint32_t token) const {
    if (is_self(doc_[token])) return true;
    if (doc_[token].tag != "PRP$") return false;
    const auto mention = input_.entities.entity_headed_by(token);
    const auto subject = events::subject_token(doc_, event_.trigger);
    return mention && subject && *subject < token &&
           input_.entities.entity_headed_by(*subject) == mention;
  }

  const events::EventInput& input_;
  const Doc& doc_;
  const Event& event_;
  const std::vector<bool>& kept_;
  std::vector<std::int32_t> replaced_;
};

}  // namespace

std::vector<std::int32_t> renamed_mentions(const events::EventInput& input, const Event& event,
                                           const std::vector<bool>& kept) {
  return Renamer(input, event, kept).run();
}

}  // namespace dateline::timeline
