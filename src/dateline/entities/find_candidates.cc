#include "dateline/entities/find_candidates.h"

#include <algorithm>
#include <string>
#include <utility>

#include "dateline/base/ascii.h"
#include "dateline/entities/appositions.h"
#include "dateline/entities/facts.h"
#include "dateline/entities/find_names.h"
#include "dateline/entities/noun_phrase.h"
#include "dateline/entities/pleonastic.h"
#include "dateline/entities/quotations.h"

namespace dateline::entities {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

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
    join_appositions(doc_, found_);
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

  const Doc& doc_;
  std::vector<NameSpan> names_;
  std::vector<std::uint32_t> quotes_, name_at_;
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
