#include "dateline/entities/find_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "dateline/base/ascii.h"
#include "dateline/entities/facts.h"
#include "dateline/entities/find_names.h"
#include "dateline/entities/pleonastic.h"
#include "dateline/entities/quotations.h"

namespace dateline::entities {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr int kNearSiblings = 4;

bool is_break(const Token& token) { return token.text.find('\n') != std::string_view::npos; }

bool is_noun_phrase_role(std::string_view dep) {
  return is_one_of(dep, "nsubj", "nsubjpass", "dobj", "pobj", "iobj", "dative", "attr", "appos",
                   "conj", "poss", "ROOT", "oprd", "agent", "dep", "npadvmod", "pcomp", "ccomp");
}

// The head of the noun phrase in whose coordination `token` stands: of "Bob" in "Ann and Bob", Ann.
std::uint32_t first_conjunct(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < 16 && doc[token].dep == "conj" && doc[token].head < token; ++steps)
    token = doc[token].head;
  return token;
}

Role role_of(const Doc& doc, std::uint32_t token) {
  const std::string_view dep = doc[first_conjunct(doc, token)].dep;
  if (dep == "nsubj") return Role::kSubject;
  if (dep == "nsubjpass") return Role::kPassiveSubject;
  if (is_one_of(dep, "dobj", "iobj", "dative")) return Role::kObject;
  if (is_one_of(dep, "pobj", "agent")) return Role::kOblique;
  if (dep == "poss") return Role::kPossessor;
  if (is_one_of(dep, "compound", "nmod", "amod", "appos")) return Role::kModifier;
  return Role::kOther;
}

bool is_edge(const Token& token) {
  return token.pos == "PUNCT" || token.pos == "SPACE" || token.tag == "POS" || token.tag == "CC" ||
         token.dep == "case";
}

// A dependent on the right with which the noun phrase ends before it.
bool ends_phrase(const Doc& doc, std::uint32_t child) {
  const std::string_view dep = doc[child].dep;
  return is_one_of(dep, "cc", "conj", "parataxis", "ccomp", "advcl", "nsubj", "aux", "cop",
                   "preconj", "advmod") ||
         (dep == "acl" && doc[child].tag == "VBD") ||  // "one fan asked": no participle
         (dep == "punct" && is_one_of(doc[child].text, ":", ";", "—", "–", "--", "-"));
}

// "wed", which the tokenizer cuts as if it were "we'd": neither part is a word.
bool is_part_of_wed(const Doc& doc, std::uint32_t token) {
  const auto starts = [&](std::uint32_t at) {
    return at + 1 < doc.size() && doc[at].lower == "we" && !doc[at].space_after &&
           doc[at + 1].lower == "d";
  };
  return starts(token) || (token > 0 && starts(token - 1));
}

// A dependent on the left with which the noun phrase begins after it.
bool precedes_phrase(const Doc& doc, std::uint32_t child) {
  if (is_part_of_wed(doc, child)) return true;
  const std::string_view dep = doc[child].dep;
  return is_one_of(dep, "cc", "preconj", "mark", "prep", "aux", "cop", "nsubj", "expl", "advcl",
                   "neg", "intj", "dep") ||
         (dep == "advmod" && child == doc[doc[child].head].subtree.begin);
}

TokenSpan trimmed(const Doc& doc, TokenSpan span, std::uint32_t head) {
  while (span.begin < head && is_edge(doc[span.begin]) && doc[span.begin].text != "$") ++span.begin;
  while (span.end > head + 1 && is_edge(doc[span.end - 1])) --span.end;
  return span;
}

// "According to Bell, the mayor resigned": the subject, read as an apposition to the source. The
// verb has no other.
bool is_lost_subject(const Doc& doc, std::uint32_t apposition) {
  const std::uint32_t source = doc[apposition].head, to = doc[source].head;
  const std::uint32_t according = doc[to].head, verb = doc[according].head;
  if (doc[apposition].dep != "appos" || doc[source].dep != "pobj" || doc[to].lower != "to" ||
      doc[according].lower != "according" || verb < apposition)
    return false;
  return std::ranges::none_of(doc.children(verb), [&](std::uint32_t child) {
    return doc[child].dep == "nsubj" || doc[child].dep == "nsubjpass";
  });
}

// With determiner and dependents, up to what ends the phrase; within its line and sentence.
TokenSpan extent_of(const Doc& doc, std::uint32_t head) {
  TokenSpan span = doc[head].subtree;
  for (const std::uint32_t child : doc.children(head)) {
    if (child < head && precedes_phrase(doc, child))
      span.begin = std::max(span.begin, doc[child].subtree.end);
    if (child > head && (ends_phrase(doc, child) || is_lost_subject(doc, child)))
      span.end = std::min(span.end, std::max(head + 1, doc[child].subtree.begin));
  }
  span.begin = std::min(span.begin, head);
  for (std::uint32_t i = head; i > span.begin; --i)
    if (is_break(doc[i - 1])) span.begin = i;
  for (std::uint32_t i = head + 1; i < span.end; ++i)
    if (is_break(doc[i])) span.end = i;
  return trimmed(doc, span, head);
}

Determiner determiner_of(const Doc& doc, std::uint32_t head) {
  for (const std::uint32_t child : doc.children(head)) {
    if (child > head) break;
    if (doc[child].dep == "poss") return Determiner::kPossessive;
    if (doc[child].dep != "det" && doc[child].tag != "DT") continue;
    const std::string_view word = doc[child].lower;
    if (word == "the") return Determiner::kDefinite;
    if (is_one_of(word, "a", "an", "another")) return Determiner::kIndefinite;
    if (is_one_of(word, "this", "that", "these", "those")) return Determiner::kDemonstrative;
    return Determiner::kQuantifier;
  }
  return Determiner::kNone;
}

Number number_of(const Doc& doc, std::uint32_t head) {
  const Token& token = doc[head];
  if (is_one_of(token.tag, "NNS", "NNPS")) return Number::kPlural;
  if (in("plural", token.lower)) return Number::kPlural;
  return is_one_of(token.tag, "NN", "NNP") ? Number::kSingular : Number::kUnknown;
}

// "mother-in-law" is five tokens to the tagger.
std::string noun_at(const Doc& doc, std::uint32_t head) {
  if (doc[head].lower == "law" && head >= 4 && doc[head - 2].lower == "in" &&
      doc[head - 1].text == "-" && doc[head - 3].text == "-")
    return fmt::format("{}-in-law", doc[head - 4].lower);
  if (head >= 2 && doc[head - 1].text == "-" && doc[head - 2].head == head &&
      !doc[head - 1].space_after)
    return fmt::format("{}-{}", doc[head - 2].lower, doc[head].lemma);
  return to_lower(doc[head].lemma);
}

// Menus and lists of other articles speak of others, and header lines of the article.
bool stands_in_boilerplate(const Article& article, ByteSpan span) {
  const auto after = std::ranges::upper_bound(article.blocks, span.begin, {},
                                              [](const Block& block) { return block.span.begin; });
  if (after == article.blocks.begin()) return false;
  const Block& block = *std::prev(after);
  return (block.kind == BlockKind::kBoilerplate || block.kind == BlockKind::kHeader) &&
         block.span.overlaps(span);
}

// Lines that list other articles, in texts whose source did not mark them.
std::vector<ByteSpan> lists_of_articles(std::string_view text) {
  std::vector<ByteSpan> lists;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (is_list_of_articles(text.substr(at, end - at)))
      lists.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end + 1;
  }
  return lists;
}

// "The couple separated two months later", taken whole for a date.
bool holds_clause(const Doc& doc, TokenSpan tokens) {
  for (std::uint32_t i = tokens.begin; i < tokens.end; ++i)
    if (doc[i].dep == "nsubj" && tokens.contains(doc[i].head) && doc[doc[i].head].pos == "VERB")
      return true;
  return false;
}

class Finder {
 public:
  Finder(const Doc& doc, std::span<const TimeExpression> times)
      : doc_(doc),
        names_(find_names(doc)),
        quotes_(number_quotations(doc)),
        name_at_(doc.size(), kNone),
        candidate_at_(doc.size(), kNone),
        in_time_(doc.size()) {
    for (std::uint32_t n = 0; n < names_.size(); ++n)
      for (std::uint32_t i = names_[n].tokens.begin; i < names_[n].tokens.end; ++i) name_at_[i] = n;
    for (const TimeExpression& time : times) {
      const TokenSpan span = doc.token_span(time.span);
      for (std::uint32_t i = span.begin; i < span.end; ++i) in_time_[i] = true;
    }
    for (const NamedEntity& entity : doc.entities())
      if (is_one_of(entity.type, "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY") &&
          !holds_clause(doc, entity.tokens))
        for (std::uint32_t i = entity.tokens.begin; i < entity.tokens.end; ++i) in_time_[i] = true;
  }

  std::vector<Candidate> run() {
    for (const NameSpan& name : names_) add_name(name);
    for (std::uint32_t i = 0; i < doc_.size(); ++i) {
      if (pronoun_sense(doc_[i].lower) && name_at_[i] == kNone)
        add_pronoun(i);
      else if (is_nominal_head(i))
        add_nominal(i);
    }
    join_appositions();
    const std::size_t plain = found_.size();
    for (std::size_t c = 0; c < plain; ++c) add_coordination(c);
    std::erase_if(found_, [](const Candidate& c) { return c.mention.tokens.size() == 0; });
    std::ranges::sort(found_, {}, [](const Candidate& c) { return c.mention.head; });
    return std::move(found_);
  }

 private:
  // "The 29-year-old said": a person by the age alone.
  bool is_age(std::uint32_t i) const {
    return i >= 2 && doc_[i].lower == "old" && doc_[i - 1].text == "-" &&
           doc_[i - 2].lower == "year" &&
           is_one_of(doc_[i].dep, "nsubj", "nsubjpass", "dobj", "pobj", "poss") &&
           determiner_of(doc_, i) == Determiner::kDefinite;
  }

  // The "law" of "brother-in-law", where the brother is the head.
  bool is_suffix(std::uint32_t i) const {
    return doc_[i].lower == "law" && i >= 4 && doc_[i - 1].text == "-" &&
           doc_[i - 2].lower == "in" && doc_[i - 4].head != i;
  }

  // The "ex" of "ex-husband", which is three tokens.
  bool is_prefix(std::uint32_t i) const {
    return doc_[i].lower == "ex" && i + 2 < doc_.size() && doc_[i + 1].text == "-" &&
           !doc_[i].space_after && !doc_[i + 1].space_after;
  }

  bool is_nominal_head(std::uint32_t i) const {
    const Token& token = doc_[i];
    if (is_age(i)) return true;
    if (is_part_of_wed(doc_, i) || is_prefix(i) || is_suffix(i)) return false;
    if (name_at_[i] != kNone || in_time_[i] || !is_noun_phrase_role(token.dep)) return false;
    if (token.pos == "NOUN" || (token.pos == "PROPN" && token.entity_type.empty())) return true;
    if (is_demonym_of_one(doc_, {i, i + 1})) return true;
    return token.tag == "CD" && token.dep != "nummod" && token.entity_type == "CARDINAL" &&
           determiner_of(doc_, i) == Determiner::kDefinite;  // "the two"
  }

  Candidate start(std::uint32_t head, MentionForm form) const {
    Candidate c;
    c.mention.head = head;
    c.mention.form = form;
    c.sentence = doc_[head].sentence;
    c.quote = quotes_[head];
    c.role = role_of(doc_, head);
    c.number = number_of(doc_, head);
    return c;
  }

  void add(Candidate c, TokenSpan tokens) {
    c.mention.tokens = tokens;
    c.mention.span = doc_.bytes(tokens);
    candidate_at_[c.mention.head] = static_cast<std::uint32_t>(found_.size());
    found_.push_back(std::move(c));
  }

  void add_name(const NameSpan& name) {
    Candidate c = start(name.head, MentionForm::kName);
    c.kind = name.kind;
    c.kind_sure = name.sure;
    c.female = name.female;
    c.name = name.tokens;
    while (c.name.size() > 2 && is_post_nominal(doc_[c.name.end - 1].text)) --c.name.end;
    c.key = name_key(doc_, c.name);
    c.determiner = determiner_of(doc_, name.head);
    const bool phrase = is_noun_phrase_role(doc_[name.head].dep);
    if (c.kind == EntityKind::kGroup && !phrase) return;  // "Afghan" in "an Afghan team"
    if (c.kind == EntityKind::kPerson && doc_[name.head].tag == "NNPS" &&
        c.determiner == Determiner::kDefinite)
      as_family(c);
    else if (c.kind == EntityKind::kPerson)
      c.number = Number::kSingular;
    if (phrase && c.role != Role::kModifier) {
      TokenSpan extent = extent_of(doc_, name.head);
      extent.begin = std::min(extent.begin, name.tokens.begin);
      extent.end = std::max(extent.end, name.tokens.end);
      // "filed to divorce Bell", read as a noun before the name: no part of it.
      if (extent.begin > 0 && extent.begin + 1 == name.tokens.begin &&
          doc_[extent.begin].tag == "NN" && doc_[extent.begin - 1].lower == "to")
        extent.begin = name.tokens.begin;
      if (c.kind == EntityKind::kPerson) extent.end = end_of_person(name, extent);
      add(std::move(c), extent);
    } else if (phrase) {
      add(std::move(c), extent_of(doc_, name.head));
    } else {
      add(std::move(c), name.tokens);
    }
  }

  // "Ann Bell of Delta and Bob Cole of United", where Cole is read as another of Bell's firms, ends
  // before Cole; "Ann Bell of", cut off from the firm at the end of its line, takes it back.
  std::uint32_t end_of_person(const NameSpan& name, TokenSpan extent) const {
    for (std::uint32_t i = name.tokens.end; i < extent.end; ++i) {
      const std::uint32_t firm = doc_[i].head;
      if (doc_[i].dep != "conj" || doc_[i].entity_type != "PERSON" || firm <= name.head ||
          firm >= i || doc_[firm].entity_type.empty() || doc_[firm].entity_type == "PERSON")
        continue;
      return trimmed(doc_, {extent.begin, std::max(doc_[i].subtree.begin, firm + 1)}, name.head)
          .end;
    }
    const std::uint32_t last = extent.end - 1;
    if (last < name.tokens.end || doc_[last].dep != "prep") return extent.end;
    std::uint32_t next = extent.end;
    if (next < doc_.size() && doc_[next].dep == "det") ++next;
    if (next == doc_.size() || name_at_[next] == kNone) return last;
    return names_[name_at_[next]].tokens.begin == next ? names_[name_at_[next]].tokens.end : last;
  }

  // "the Joneses": the family of that name.
  void as_family(Candidate& c) const {
    c.kind = EntityKind::kGroup;
    c.family = true;
    c.number = Number::kPlural;
    c.name = {};
    if (c.key.ends_with("es") && c.key.size() > 4 && c.key[c.key.size() - 3] == 's')
      c.key.resize(c.key.size() - 2);
    else if (c.key.ends_with('s'))
      c.key.pop_back();
    const auto space = c.key.rfind(' ');
    if (space != std::string::npos) c.key.erase(0, space + 1);
  }

  void add_pronoun(std::uint32_t i) {
    const PronounSense* sense = pronoun_sense(doc_[i].lower);
    // "her" owns something in "her house" only.
    if (sense->possessive && doc_[i].lower == "her" && doc_[i].tag == "PRP" &&
        doc_[i].dep != "poss")
      sense = pronoun_sense("she");
    if (doc_[i].dep == "expl" || (sense->thing && is_pleonastic(doc_, i))) return;
    if (is_part_of_wed(doc_, i)) return;
    if (doc_[i].text == "US" || doc_[i].pos == "NOUN" || doc_[i].pos == "PROPN") return;
    Candidate c = start(i, MentionForm::kPronoun);
    c.pronoun = sense;
    c.number = sense->number;
    c.female = sense->female;
    c.kind = sense->thing ? EntityKind::kOther : EntityKind::kPerson;
    if (sense->person == 3 && sense->number == Number::kPlural) c.kind = EntityKind::kGroup;
    if (sense->possessive) c.role = Role::kPossessor;
    c.key = std::string(doc_[i].lower);
    add(std::move(c), {i, i + 1});
  }

  void add_nominal(std::uint32_t i) {
    Candidate c = start(i, MentionForm::kNominal);
    c.key = noun_at(doc_, i);
    auto sense = noun_sense(c.key);
    if (!sense) sense = noun_sense(to_lower(doc_[i].lemma));
    if (!sense) sense = noun_sense(doc_[i].lower);
    if (is_age(i) || is_demonym_of_one(doc_, {i, i + 1})) {
      sense = noun_sense("person");
      c.number = Number::kSingular;
    }
    if (sense && sense->time) return;
    if (sense) {
      c.kind = sense->kind;
      c.female = sense->female;
      c.kind_sure = true;
    }
    c.determiner = determiner_of(doc_, i);
    c.predicate = is_one_of(doc_[first_conjunct(doc_, i)].dep, "attr", "oprd");
    if (doc_[i].tag == "CD") c.kind = EntityKind::kGroup, c.number = Number::kPlural;
    if (c.kind == EntityKind::kPerson && c.number == Number::kPlural) c.kind = EntityKind::kGroup;
    if (c.kind == EntityKind::kGroup && in("together", c.key)) c.number = Number::kPlural;
    if (in("family", c.key)) family_name(c);
    add(std::move(c), extent_of(doc_, i));
  }

  // "the Jones family": a compound that is a name.
  void family_name(Candidate& c) const {
    for (const std::uint32_t child : doc_.children(c.mention.head))
      if (child < c.mention.head && doc_[child].dep == "compound" && doc_[child].pos == "PROPN") {
        c.family = true;
        c.key = std::string(doc_[child].lower);
      }
  }

  // What the candidate is an apposition to; kNone for what is none.
  std::uint32_t apposed_to(const Candidate& part) const {
    const std::uint32_t head = part.mention.head;
    if (doc_[head].dep == "appos") {
      if (is_lost_subject(doc_, head)) return kNone;
      std::uint32_t nearer = noun_before(part);
      if (nearer == kNone) nearer = office_of(part);
      return nearer == kNone ? candidate_at_[doc_[head].head] : nearer;
    }
    return second_subject_of(part);
  }

  // "Ann Bell and her husband, Ben Cole,", where the parser makes Cole an apposition to Bell: the
  // noun for a person that ends right before the comma.
  std::uint32_t noun_before(const Candidate& part) const {
    const std::uint32_t head = part.mention.head, begin = part.mention.tokens.begin;
    if (part.mention.form != MentionForm::kName || begin < 2 || doc_[begin - 1].text != ",")
      return kNone;
    for (const std::uint32_t other : doc_.children(doc_[head].head)) {
      if (doc_[other].dep != "conj" || other >= head || candidate_at_[other] == kNone) continue;
      const Candidate& whole = found_[candidate_at_[other]];
      if (whole.mention.form == MentionForm::kNominal && whole.kind_sure && is_person(whole.kind) &&
          whole.mention.tokens.end + 1 == begin && whole.determiner != Determiner::kNone)
        return candidate_at_[other];
    }
    return kNone;
  }

  // "The mayor of Graz, Ann Bell,", where the parser makes Bell an apposition to Graz: the mayor.
  std::uint32_t office_of(const Candidate& part) const {
    const std::uint32_t place = doc_[part.mention.head].head, of = doc_[place].head;
    if (part.mention.form != MentionForm::kName || part.kind != EntityKind::kPerson ||
        doc_[place].dep != "pobj" || doc_[place].pos != "PROPN" || doc_[of].lower != "of" ||
        candidate_at_[doc_[of].head] == kNone)
      return kNone;
    const Candidate& whole = found_[candidate_at_[doc_[of].head]];
    const bool office = whole.mention.form == MentionForm::kNominal && whole.kind_sure &&
                        is_person(whole.kind) && whole.number == Number::kSingular;
    return office ? candidate_at_[doc_[of].head] : kNone;
  }

  // "Mara's husband of ten years, Tobin, filed": a name between commas, read as another subject of
  // the verb that the noun for a person before it is the subject of.
  std::uint32_t second_subject_of(const Candidate& part) const {
    const std::uint32_t head = part.mention.head, begin = part.mention.tokens.begin;
    if (doc_[head].dep != "nsubj" || part.mention.form != MentionForm::kName || begin == 0 ||
        doc_[begin - 1].text != "," || part.name.end >= doc_.size() ||
        doc_[part.name.end].text != ",")
      return kNone;
    const auto siblings = doc_.children(doc_[head].head);
    auto at = std::ranges::lower_bound(siblings, head);
    for (int looked = 0; at != siblings.begin() && looked < kNearSiblings; ++looked) {
      const std::uint32_t other = *--at;
      if (doc_[other].dep != "nsubj" || candidate_at_[other] == kNone) continue;
      const Candidate& whole = found_[candidate_at_[other]];
      if (whole.mention.form == MentionForm::kNominal && whole.kind_sure &&
          whole.mention.tokens.end + 1 == begin &&
          (whole.determiner == Determiner::kPossessive ||
           whole.determiner == Determiner::kDefinite))
        return candidate_at_[other];
    }
    return kNone;
  }

  // "Moro Bell, a politician", not "Reuters Starting pitcher".
  bool is_marked_off(const Candidate& whole, const Candidate& part) const {
    for (std::uint32_t i = whole.name.end; i < part.mention.head; ++i)
      if (doc_[i].pos == "PUNCT") return true;
    return false;
  }

  // Appositions speak of what their governor speaks of and are no candidates of their own.
  void join_appositions() {
    for (std::size_t n = 0; n < found_.size(); ++n) {
      const std::uint32_t head = found_[n].mention.head;
      const std::uint32_t governor = apposed_to(found_[n]);
      if (governor == kNone || governor == n) continue;
      Candidate& whole = found_[governor];
      Candidate& part = found_[n];
      if (whole.mention.form == MentionForm::kName && whole.kind == EntityKind::kOrg &&
          !part.pronoun && part.kind == EntityKind::kPerson && part.kind_sure &&
          part.mention.form == MentionForm::kNominal && is_marked_off(whole, part)) {
        whole.kind = EntityKind::kPerson;  // "Moro Bell, a politician"
        whole.kind_sure = true;
      }
      if (!speak_of_one(whole, part)) continue;
      whole.apposed.push_back(head);
      whole.apposed.insert(whole.apposed.end(), part.apposed.begin(), part.apposed.end());
      if (part.mention.form == MentionForm::kName) take_name(whole, part);
      if (part.mention.tokens.end > whole.mention.tokens.end) {
        whole.mention.tokens.end = part.mention.tokens.end;
        whole.mention.span = doc_.bytes(whole.mention.tokens);
      }
      part.mention.tokens = {};
    }
  }

  static bool speak_of_one(const Candidate& whole, const Candidate& part) {
    const bool named = whole.mention.form == MentionForm::kName;
    const bool part_named = part.mention.form == MentionForm::kName;
    if (whole.pronoun || part.pronoun || whole.mention.tokens.size() == 0) return false;
    if (named && part_named) return false;
    if (whole.number == Number::kPlural || part.number == Number::kPlural)
      return whole.number == part.number && !named && !part_named;
    const Candidate& name = named ? whole : part;
    const Candidate& noun = named ? part : whole;
    if (!named && !part_named) return whole.kind == part.kind;
    if (!noun.kind_sure) return name.kind != EntityKind::kPerson;
    return noun.kind == name.kind ||
           (name.kind == EntityKind::kOrg && noun.kind == EntityKind::kGroup);
  }

  static void take_name(Candidate& whole, const Candidate& part) {
    whole.mention.form = MentionForm::kName;
    whole.name = part.name;
    whole.key = part.key;
    whole.kind = part.kind;
    whole.kind_sure = part.kind_sure;
    if (whole.female == 0.5F) whole.female = part.female;
  }

  // "Ann Bell and Bob Cole", where both are persons.
  void add_coordination(std::size_t first) {
    const Candidate& c = found_[first];
    const std::uint32_t head = c.mention.head;
    if (c.mention.tokens.size() == 0 || c.kind != EntityKind::kPerson || c.pronoun ||
        doc_[head].dep == "conj")
      return;
    std::uint32_t conjunction = kNone, last = kNone;
    for (const std::uint32_t child : doc_.children(head)) {
      if (child > head && doc_[child].dep == "cc" && doc_[child].lower == "and" &&
          conjunction == kNone)
        conjunction = child;
      if (child > head && doc_[child].dep == "conj") last = child;
    }
    if (conjunction == kNone || last == kNone || candidate_at_[last] == kNone) return;
    const Candidate& other = found_[candidate_at_[last]];
    if (other.kind != EntityKind::kPerson || other.mention.tokens.size() == 0) return;
    const TokenSpan tokens{c.mention.tokens.begin, other.mention.tokens.end};
    Candidate both = start(head, MentionForm::kNominal);
    both.mention.head = conjunction;
    both.kind = EntityKind::kGroup;
    both.number = Number::kPlural;
    both.coordination = true;
    both.key = "and";
    both.apposed = {head, last};
    both.mention.tokens = tokens;
    both.mention.span = doc_.bytes(tokens);
    found_.push_back(std::move(both));
  }

  const Doc& doc_;
  std::vector<NameSpan> names_;
  std::vector<std::uint32_t> quotes_, name_at_, candidate_at_;
  std::vector<bool> in_time_;
  std::vector<Candidate> found_;
};

}  // namespace

std::vector<Candidate> find_candidates(const Article& article, const Doc& doc,
                                       std::span<const TimeExpression> times) {
  std::vector<Candidate> found = Finder(doc, times).run();
  const auto lists = lists_of_articles(article.text);
  std::erase_if(found, [&](const Candidate& candidate) {
    return stands_in_boilerplate(article, candidate.mention.span) ||
           std::ranges::any_of(
               lists, [&](ByteSpan list) { return list.contains(candidate.mention.span); });
  });
  note_facts(doc, found);
  return found;
}

}  // namespace dateline::entities
