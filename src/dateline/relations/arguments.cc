#include "dateline/relations/arguments.h"

#include <algorithm>

#include "dateline/relations/lexicon.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

ArgumentKind kind_of_label(std::string_view label) {
  if (label == "PERSON") return ArgumentKind::kPerson;
  if (label == "ORG") return ArgumentKind::kOrg;
  if (label == "GPE" || label == "LOC" || label == "FAC") return ArgumentKind::kPlace;
  if (label == "NORP") return ArgumentKind::kPeople;
  if (label == "DATE") return ArgumentKind::kDate;
  return ArgumentKind::kOther;
}

ArgumentKind kind_of_entity(EntityKind kind) {
  switch (kind) {
    case EntityKind::kPerson:
      return ArgumentKind::kPerson;
    case EntityKind::kOrg:
      return ArgumentKind::kOrg;
    case EntityKind::kPlace:
      return ArgumentKind::kPlace;
    case EntityKind::kGroup:
    case EntityKind::kProduct:
    case EntityKind::kWork:
    case EntityKind::kEvent:
    case EntityKind::kOther:
      return ArgumentKind::kOther;
  }
  return ArgumentKind::kOther;
}

bool is_personal(std::string_view lower) {
  static const WordSet words = {"he",  "she",  "his",  "her",     "him",     "hers",
                                "i",   "me",   "my",   "mine",    "who",     "whom",
                                "we",  "our",  "us",   "himself", "herself", "they",
                                "you", "your", "them", "their",   "whose"};
  return words.contains(lower);
}

// "rapper Offside", "Ann Lee, a deputy": a trade beside a name makes it a person's.
bool has_trade(const Doc& doc, std::uint32_t head) {
  for (const std::uint32_t child : children(doc, head, "compound|nmod|appos")) {
    if (doc[child].tag != "NN" || !doc[child].entity_type.empty()) continue;
    if (!lexicon().roles.contains(doc[child].lemma)) continue;
    if (!in("firms_too", doc[child])) return true;
  }
  return false;
}

// The words of a mention that name it: without appositions and clauses behind.
TokenSpan core_of(const Doc& doc, const Mention& mention) {
  const std::uint32_t head = mention.head;
  if (mention.form != MentionForm::kName) return {std::min(mention.tokens.begin, head), head + 1};
  for (const NamedEntity& name : doc.entities())
    if (name.tokens.contains(head))
      return {std::max(name.tokens.begin, mention.tokens.begin),
              std::max(head + 1, std::min(name.tokens.end, mention.tokens.end))};
  TokenSpan core{head, head + 1};
  while (core.begin > mention.tokens.begin && doc[core.begin - 1].pos == "PROPN") --core.begin;
  while (core.end < mention.tokens.end && doc[core.end].pos == "PROPN") ++core.end;
  return core;
}

ArgumentKind kind_of_mention(const Doc& doc, const Mention& mention, EntityKind entity) {
  const Token& head = doc[mention.head];
  const bool may_be_people =
      entity == EntityKind::kPerson || entity == EntityKind::kGroup || entity == EntityKind::kOther;
  if (mention.form == MentionForm::kPronoun && may_be_people && is_personal(head.lower))
    return ArgumentKind::kPerson;
  if (head.entity_type == "NORP") return ArgumentKind::kPeople;
  if (mention.form == MentionForm::kName && has_trade(doc, mention.head))
    return ArgumentKind::kPerson;
  const ArgumentKind kind = kind_of_entity(entity);
  if (kind != ArgumentKind::kOther) return kind;
  if (mention.form == MentionForm::kName) return kind_of_label(head.entity_type);
  const Lexicon& words = lexicon();
  if (words.kin.contains(head.lemma) || words.roles.contains(head.lemma) || in("couple", head))
    return ArgumentKind::kPerson;
  return kind;
}

ArgumentForm form_of(MentionForm form) {
  switch (form) {
    case MentionForm::kName:
      return ArgumentForm::kName;
    case MentionForm::kNominal:
      return ArgumentForm::kNominal;
    case MentionForm::kPronoun:
      return ArgumentForm::kPronoun;
  }
  return ArgumentForm::kName;
}

// What a relative pronoun or "where" can stand for.
bool can_refer(const Doc& doc, std::uint32_t token, ArgumentKind kind) {
  const std::string_view word = doc[token].lower;
  if (one_of(word, "who|whom|whose")) return kind == ArgumentKind::kPerson;
  if (word == "where") return kind == ArgumentKind::kPlace || kind == ArgumentKind::kOrg;
  return kind == ArgumentKind::kPlace || kind == ArgumentKind::kOrg || kind == ArgumentKind::kOther;
}

bool is_relative_word(const Doc& doc, std::uint32_t token) {
  if (is_relative(doc, token)) return true;
  const Token& it = doc[token];
  return one_of(it.lower, "who|whom|whose|which|where") || (it.lower == "that" && it.tag == "WDT");
}

}  // namespace

Arguments::Arguments(const events::EventInput& input) {
  const Doc& doc = input.doc;
  headed_by_.assign(doc.size(), -1);
  covered_by_.assign(doc.size(), -1);
  by_sentence_.resize(doc.sentences().size());
  add_mentions(input);
  index(doc);
  add_relatives(input);
  add_times(input);
  add_values(input);
  index(doc);
}

void Arguments::add_mentions(const events::EventInput& input) {
  const Entities& entities = input.entities;
  for (const Mention& mention : entities.mentions) {
    if (mention.head >= input.doc.size() || mention.entity >= entities.entities.size()) continue;
    Argument argument;
    argument.tokens = core_of(input.doc, mention);
    argument.span = input.doc.bytes(argument.tokens);
    argument.head = mention.head;
    argument.kind = kind_of_mention(input.doc, mention, entities.entities[mention.entity].kind);
    argument.form = form_of(mention.form);
    argument.entity = mention.entity;
    all_.push_back(argument);
  }
}

// "the firm, which …": the pronoun stands for the noun that its clause hangs on.
void Arguments::add_relatives(const events::EventInput& input) {
  const Doc& doc = input.doc;
  for (std::uint32_t i = 0; i < doc.size(); ++i) {
    if (headed_by_[i] >= 0 || !is_relative_word(doc, i)) continue;
    const auto antecedent = antecedent_of(doc, i);
    if (!antecedent) continue;
    Argument argument = all_[*antecedent];
    argument.span = doc[i].span;
    argument.tokens = {i, i + 1};
    argument.head = i;
    argument.form = ArgumentForm::kRelative;
    all_.push_back(argument);
  }
}

// The noun that the clause hangs on; where that is no argument, what it is said of ("Lee is a
// model who …"), else the nearest argument before that fits.
std::optional<std::uint32_t> Arguments::antecedent_of(const Doc& doc, std::uint32_t token) const {
  std::uint32_t noun = token;
  if (const auto clause = relative_clause(doc, token)) {
    noun = doc[*clause].head;
    if (const auto found = at(noun)) return found;
    if (doc[noun].dep == "appos") {
      if (const auto found = at(doc[noun].head)) return found;
    }
    if (doc[noun].dep == "attr")
      for (const std::uint32_t subject : subjects(doc, doc[noun].head))
        if (const auto found = at(subject)) return found;
  }
  constexpr int kSteps = 30;
  const auto numbers = of_sentence(doc[token].sentence);
  const auto begin_of = [this](std::uint32_t n) { return all_[n].span.begin; };
  auto place = std::ranges::lower_bound(numbers, doc[token].span.begin, {}, begin_of);
  for (int step = 0; step < kSteps && place != numbers.begin(); ++step) {
    const Argument& it = all_[*--place];
    if (it.head < token && it.form != ArgumentForm::kRelative && can_refer(doc, token, it.kind))
      return *place;
  }
  return std::nullopt;
}

void Arguments::add_times(const events::EventInput& input) {
  for (std::uint32_t i = 0; i < input.times.size(); ++i) {
    const TimeExpression& time = input.times[i];
    if (time.type != TimeType::kDate) continue;
    const TokenSpan tokens = input.doc.token_span(time.span);
    if (tokens.size() == 0) continue;
    Argument argument;
    argument.span = time.span;
    argument.tokens = tokens;
    argument.head = input.doc.head_of(tokens);
    argument.kind = ArgumentKind::kDate;
    argument.form = ArgumentForm::kValue;
    argument.time = i;
    all_.push_back(argument);
  }
}

// Names that no mention covers: among them peoples, and dates that are no time expressions.
void Arguments::add_values(const events::EventInput& input) {
  std::vector<bool> taken(input.doc.size());
  for (const Argument& argument : all_)
    if (argument.form != ArgumentForm::kNominal)
      for (std::uint32_t i = argument.tokens.begin; i < argument.tokens.end; ++i) taken[i] = true;
  for (const NamedEntity& name : input.doc.entities()) {
    const ArgumentKind kind = kind_of_label(name.type);
    if (kind == ArgumentKind::kOther) continue;
    const std::uint32_t head = input.doc.head_of(name.tokens);
    if (taken[head]) continue;
    auto described = kind == ArgumentKind::kPerson ? input.entities.entity_headed_by(head)
                                                   : std::nullopt;  // of a joined apposition
    if (!described) described = described_by(input.doc, head, kind);
    all_.push_back({.span = input.doc.bytes(name.tokens),
                    .tokens = name.tokens,
                    .head = head,
                    .kind = kind,
                    .form = described ? ArgumentForm::kName : ArgumentForm::kValue,
                    .entity = described,
                    .time = {}});
  }
}

// "his father, Jim": the entity of the description that the name stands in apposition to.
std::optional<std::uint32_t> Arguments::described_by(const Doc& doc, std::uint32_t name,
                                                     ArgumentKind kind) const {
  if (doc[name].dep != "appos" || headed_by_[doc[name].head] < 0) return std::nullopt;
  const Argument& it = all_[static_cast<std::size_t>(headed_by_[doc[name].head])];
  const bool same = it.kind == kind || it.kind == ArgumentKind::kOther;
  return same && it.form != ArgumentForm::kPronoun ? it.entity : std::nullopt;
}

void Arguments::index(const Doc& doc) {
  std::stable_sort(all_.begin(), all_.end(), [](const Argument& a, const Argument& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  for (auto& sentence : by_sentence_) sentence.clear();
  std::ranges::fill(headed_by_, -1);
  std::ranges::fill(covered_by_, -1);
  for (std::uint32_t n = 0; n < all_.size(); ++n) {
    const Argument& argument = all_[n];
    by_sentence_[doc[argument.head].sentence].push_back(n);
    if (headed_by_[argument.head] < 0) headed_by_[argument.head] = static_cast<std::int32_t>(n);
    if (argument.form == ArgumentForm::kNominal) continue;
    for (std::uint32_t i = argument.tokens.begin; i < std::min(argument.tokens.end, doc.size());
         ++i)
      covered_by_[i] = static_cast<std::int32_t>(n);
  }
}

std::optional<std::uint32_t> Arguments::at(std::uint32_t token) const {
  if (headed_by_[token] >= 0) return static_cast<std::uint32_t>(headed_by_[token]);
  if (covered_by_[token] >= 0) return static_cast<std::uint32_t>(covered_by_[token]);
  return std::nullopt;
}

}  // namespace dateline::relations
