#include "dateline/entities/appositions.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "dateline/entities/noun_phrase.h"

namespace dateline::entities {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;
constexpr int kNearSiblings = 4;

class Joiner {
 public:
  Joiner(const Doc& doc, std::vector<Candidate>& found)
      : doc_(doc), found_(found), candidate_at_(doc.size(), kNone), into_(found.size()) {
    std::iota(into_.begin(), into_.end(), 0U);
    for (std::uint32_t n = 0; n < found.size(); ++n) candidate_at_[found[n].mention.head] = n;
  }

  void join_appositions() {
    for (std::size_t n = 0; n < found_.size(); ++n) {
      const std::uint32_t head = found_[n].mention.head;
      std::uint32_t governor = apposed_to(found_[n]);
      if (governor == kNone) {
        if (is_of_another_clause(found_[n])) leave_out_of_parent(found_[n], kNone);
        continue;
      }
      while (into_[governor] != governor) governor = into_[governor];
      if (governor == n) continue;
      Candidate& whole = found_[governor];
      Candidate& part = found_[n];
      leave_out_of_parent(part, governor);
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
      into_[n] = governor;
    }
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
    Candidate both;
    both.mention.form = MentionForm::kNominal;
    both.mention.head = conjunction;
    both.sentence = c.sentence;
    both.quote = c.quote;
    both.role = c.role;
    both.kind = EntityKind::kGroup;
    both.number = Number::kPlural;
    both.coordination = true;
    both.key = "and";
    both.apposed = {head, last};
    both.mention.tokens = tokens;
    both.mention.span = doc_.bytes(tokens);
    found_.push_back(std::move(both));
  }

 private:
  // "A spokesman for Cole, Ann Bell,": she is no part of what names him.
  void leave_out_of_parent(const Candidate& part, std::uint32_t governor) {
    const std::uint32_t parent = candidate_at_[doc_[part.mention.head].head];
    if (parent == kNone || parent == governor) return;
    Mention& mention = found_[parent].mention;
    const std::uint32_t end = part.mention.tokens.begin;
    if (!mention.tokens.contains(end) || end <= mention.head) return;
    mention.tokens.end = doc_[end - 1].text == "," && end - 1 > mention.head ? end - 1 : end;
    mention.span = doc_.bytes(mention.tokens);
  }

  // What the candidate is an apposition to; kNone for what is none.
  std::uint32_t apposed_to(const Candidate& part) const {
    const std::uint32_t head = part.mention.head;
    if (doc_[head].dep == "appos") {
      if (is_lost_subject(doc_, head) || is_of_another_clause(part)) return kNone;
      std::uint32_t nearer = noun_before(part);
      if (nearer == kNone) nearer = office_of(part);
      return nearer == kNone ? candidate_at_[doc_[head].head] : nearer;
    }
    if (doc_[head].dep == "npadvmod") return kin_before(part);
    if (const std::uint32_t calling = calling_before(part); calling != kNone) return calling;
    return second_subject_of(part);
  }

  // "Has confidence in her minister, her spokesman, Ann Bell, said": two words for somebody's, each
  // with its owner, are two people.
  bool is_of_another_clause(const Candidate& part) const {
    const std::uint32_t other = candidate_at_[doc_[part.mention.head].head];
    return other != kNone && doc_[part.mention.head].dep == "appos" &&
           doc_[part.mention.head].pos == "NOUN" &&
           found_[other].mention.form == MentionForm::kNominal && is_person(part.kind) &&
           part.determiner == Determiner::kPossessive &&
           found_[other].determiner == Determiner::kPossessive;
  }

  // "A divorce from the model Ann Bell was …", where the parser makes Bell a subject.
  std::uint32_t calling_before(const Candidate& part) const {
    const std::uint32_t begin = part.mention.tokens.begin;
    if (part.mention.form != MentionForm::kName || !is_person(part.kind) || begin == 0 ||
        candidate_at_[begin - 1] == kNone || !doc_[part.mention.head].dep.starts_with("nsubj"))
      return kNone;
    const Candidate& whole = found_[candidate_at_[begin - 1]];
    return whole.mention.form == MentionForm::kNominal &&
                   whole.determiner == Determiner::kDefinite && whole.kind_sure &&
                   is_person(whole.kind) && whole.mention.head == begin - 1
               ? candidate_at_[begin - 1]
               : kNone;
  }

  // "Split from his fiancée, the presenter Ann Bell,", where the parser makes Bell an adjunct of
  // the verb: the fiancée.
  std::uint32_t kin_before(const Candidate& part) const {
    const std::uint32_t begin = part.mention.tokens.begin;
    if (!is_person(part.kind) || part.determiner == Determiner::kIndefinite || begin < 2 ||
        doc_[begin - 1].text != ",")
      return kNone;
    const std::uint32_t other = candidate_at_[begin - 2];
    if (other == kNone) return kNone;
    const Candidate& whole = found_[other];
    return whole.mention.form == MentionForm::kNominal && whole.kind_sure &&
                   is_person(whole.kind) && whole.number == Number::kSingular &&
                   whole.determiner == Determiner::kPossessive
               ? other
               : kNone;
  }

  // "Ann Bell and her husband, Ben Cole,", where the parser makes Cole an apposition to Bell: the
  // noun for a person that ends right before the comma.
  std::uint32_t noun_before(const Candidate& part) const {
    const std::uint32_t head = part.mention.head, begin = part.mention.tokens.begin;
    if (part.mention.form != MentionForm::kName || begin < 2 || doc_[begin - 1].text != ",")
      return kNone;
    for (const std::uint32_t other : doc_.children(doc_[head].head)) {
      if ((doc_[other].dep != "conj" && doc_[other].dep != "appos") || other >= head ||
          candidate_at_[other] == kNone)
        continue;
      const Candidate& whole = found_[candidate_at_[other]];
      if (whole.mention.form == MentionForm::kNominal && whole.kind_sure && is_person(whole.kind) &&
          whole.mention.tokens.end + 1 == begin && whole.determiner != Determiner::kNone)
        return candidate_at_[other];
    }
    return kNone;
  }

  // "The mayor of Graz, Ann Bell,", "a spokesman for Graz, Ann Bell,", where the parser makes Bell
  // an apposition to Graz: the mayor.
  std::uint32_t office_of(const Candidate& part) const {
    const std::uint32_t place = doc_[part.mention.head].head, of = doc_[place].head;
    if (part.mention.form != MentionForm::kName || part.kind != EntityKind::kPerson ||
        doc_[place].dep != "pobj" ||
        (doc_[of].lower != "for" && (doc_[of].lower != "of" || doc_[place].pos != "PROPN")) ||
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

  const Doc& doc_;
  std::vector<Candidate>& found_;
  std::vector<std::uint32_t> candidate_at_;
  std::vector<std::uint32_t> into_;  // by candidate: which it has been joined to, or itself
};

}  // namespace

void join_appositions(const Doc& doc, std::vector<Candidate>& found) {
  Joiner joiner(doc, found);
  joiner.join_appositions();
  const std::size_t plain = found.size();
  for (std::size_t c = 0; c < plain; ++c) joiner.add_coordination(c);
  std::erase_if(found, [](const Candidate& c) { return c.mention.tokens.size() == 0; });
}

}  // namespace dateline::entities
