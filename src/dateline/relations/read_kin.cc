#include <algorithm>

#include "dateline/relations/finding.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr double kKin = 0.9, kKinShared = 0.7;

const KinWord* kin_word(const Reading& reading, std::uint32_t token) {
  const Token& word = reading.doc[token];
  if (word.pos != "NOUN" && word.pos != "PROPN") return nullptr;
  if (one_of(word.entity_type, "ORG|WORK_OF_ART|PRODUCT|GPE")) return nullptr;
  if (const KinWord* found = find(reading.words.kin, hyphenated(reading.doc, token))) return found;
  if (const KinWord* found = find(reading.words.kin, word.lower)) return found;
  return find(reading.words.kin, word.lemma);
}

// The names behind a plural noun that the parser did not hang on it as such: "two sons, Al and Ben"
// within a list, "three children: Al, Ben and Cy".
TokenList listed_behind(const Doc& doc, std::uint32_t noun) {
  TokenList out;
  if (doc[noun].tag != "NNS") return out;
  for (const std::uint32_t child : children(doc, noun, "conj"))
    if (child > noun && doc[child].pos == "PROPN") out.push_back(child);
  if (noun + 2 >= doc.size() || doc[noun + 1].text != ":") return out;
  std::uint32_t first = noun + 2;
  if (doc[first].dep == "compound") first = doc[first].head;
  if (doc[first].pos == "PROPN") out.push_back(first);
  return out;
}

// The name that the noun describes stands beside it: "wife Kim", "Kim, his wife", "Kim is his
// wife".
TokenList names_beside(const Doc& doc, std::uint32_t noun) {
  TokenList out;
  TokenList hung = children(doc, noun, "appos");
  for (const std::uint32_t span :
       prepositional(doc, noun, "of"))  // "her husband of ten years, Ben"
    if (one_of(doc[span].lemma, "year|month|decade|week|day"))
      for (const std::uint32_t child : children(doc, span, "appos")) hung.push_back(child);
  for (const std::uint32_t name : listed_behind(doc, noun)) hung.push_back(name);
  const bool one = doc[noun].tag == "NN";  // "her father, Fred, and sister, Kim"
  for (const std::uint32_t child : hung)
    for (const std::uint32_t name : with_conjuncts(doc, child))
      if (name == child || !one || doc[name].pos == "PROPN") out.push_back(name);
  const bool named =
      std::ranges::any_of(out, [&](std::uint32_t name) { return doc[name].pos == "PROPN"; });
  for (const std::uint32_t clause : children(doc, noun, "acl"))  // "a son named Ben"
    if (one_of(doc[clause].lower, "named|called"))
      for (const std::uint32_t name : children(doc, clause, "oprd|dobj|attr")) out.push_back(name);
  const std::uint32_t head = doc[noun].head;
  if (head == noun) return out;
  if (!named && doc[noun].dep == "conj" && doc[head].dep == "appos" && doc[noun].tag == "NN")
    if (doc[doc[head].head].pos == "PROPN")  // "Ann Bell, his friend and the widow of Ben"
      out.push_back(doc[head].head);
  if (named && doc[noun].dep == "appos") return out;  // "his lawyer, Al Roe, his daughter Bea"
  if (one_of(doc[noun].dep, "compound|nmod|appos|nn") && !is_verb(doc, head)) {
    const bool several = doc[noun].tag == "NNS";
    for (const std::uint32_t name : several ? with_conjuncts(doc, head) : TokenList{head})
      out.push_back(name);
  }
  if (doc[noun].dep == "attr" && doc[head].lemma == "be")
    for (const std::uint32_t subject : subjects(doc, head)) out.push_back(subject);
  return out;
}

// Whose kin: "Ann's brother", "the brother of Ann"; one owner for "his wife and children".
TokenList owners(const Doc& doc, std::uint32_t noun) {
  TokenList out;
  for (const std::uint32_t poss : children(doc, noun, "poss"))
    for (const std::uint32_t owner : with_conjuncts(doc, poss)) out.push_back(owner);
  if (!out.empty()) return out;
  if (noun > 0 && one_of(doc[noun - 1].lower, "his|her|my|their|our|your|its")) return {noun - 1};
  if (noun > 2 && doc[noun - 1].text == "-" && one_of(doc[noun - 3].lower, "his|her|my|their|our"))
    return {noun - 3};
  out = prepositional(doc, noun, "of|to");
  const std::uint32_t head = doc[noun].head;
  const bool shares = one_of(doc[noun].dep, "compound|nmod") ||
                      (doc[noun].dep == "conj" && children(doc, noun, "det").empty());
  if (out.empty() && head != noun && shares && !is_verb(doc, head))
    out = children(doc, head, "poss");
  // "her partner and former boyfriend Ben"
  if (out.empty() && one_of(doc[noun].dep, "compound|nmod") && doc[head].dep == "conj" &&
      doc[doc[head].head].pos == "NOUN")
    out = children(doc, doc[head].head, "poss");
  return out;
}

// "Ann and husband Ben": without an owner, the one it is coordinated with.
TokenList coordinated(const Doc& doc, std::uint32_t noun) {
  std::uint32_t at = noun;
  if (one_of(doc[at].dep, "compound|nmod|appos") && !is_verb(doc, doc[at].head)) at = doc[at].head;
  if (doc[at].dep == "conj" && !is_verb(doc, doc[at].head)) return {doc[at].head};
  return {};
}

// "her split from husband Ben", "Ann lives with husband Ben": without an owner, an article or
// anything of its own, the one whose noun or clause it stands in.
TokenList around(const Doc& doc, std::uint32_t noun) {
  if (!one_of(doc[noun].dep, "compound|nmod") || is_verb(doc, doc[noun].head)) return {};
  const std::uint32_t name = doc[noun].head;
  if (!children(doc, noun, "det|poss|prep").empty() || !children(doc, name, "det|poss").empty())
    return {};
  const std::uint32_t over = over_prepositions(doc, name);
  if (over == name || doc[name].dep != "pobj") return {};
  if (!is_verb(doc, over)) {
    TokenList own = children(doc, over, "poss");
    if (!own.empty()) return own;
  }
  const auto verb = governing_verb(doc, over);
  return verb ? subjects(doc, *verb) : TokenList{};
}

// Where the noun goes with a name, the name is the argument.
void keep_names(const Reading& reading, ArgumentList& list) {
  const auto named = [&](std::uint32_t n) {
    return reading.arguments[n].form == ArgumentForm::kName;
  };
  if (std::ranges::any_of(list, named))
    std::erase_if(list, [&](std::uint32_t n) { return !named(n); });
}

bool share_entity(const Reading& reading, const ArgumentList& some, const ArgumentList& others) {
  return std::ranges::any_of(some, [&](std::uint32_t a) {
    return reading.arguments[a].entity && std::ranges::any_of(others, [&](std::uint32_t b) {
             return a != b && reading.arguments[a].entity == reading.arguments[b].entity;
           });
  });
}

bool is_business(const Doc& doc, std::uint32_t noun) {
  return std::ranges::any_of(children(doc, noun, "compound|amod|nmod"), [&](std::uint32_t child) {
    return lexicon().sets.in("of_work", doc[child].lower);
  });
}

// "Her boyfriend at the time".
bool is_of_then(const Doc& doc, std::uint32_t noun) {
  const TokenList told = prepositional(doc, noun, "at");
  return std::ranges::any_of(told, [&](std::uint32_t time) {
    return doc[time].lower == "time" && doc[time].subtree.size() == 2;
  });
}

Finding kin_finding(const Reading& reading, const KinWord& word, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  Finding finding;
  finding.relation = word.relation;
  finding.trigger = noun;
  finding.status = word.status;
  finding.said = word.status != Status::kCurrent;
  const bool predicate = doc[noun].dep == "attr";
  const bool love = word.relation == "spouse" || word.relation == "partner";
  if (const auto status = status_before(reading, noun);
      status && (love || *status != Status::kFormer)) {
    if (*status != Status::kUnknown) finding.status = *status;
    finding.said = *status != Status::kUnknown;
  } else if (love && ((predicate && is_past(doc, noun)) || is_of_then(doc, noun))) {
    finding.status = Status::kFormer;
  }
  if (word.relation == "partner" && is_business(doc, noun)) finding.relation = "associate";
  finding.negative = predicate && is_negated(doc, doc[noun].head);
  finding.hedged = predicate && is_hedged(doc, doc[noun].head);
  return finding;
}

// "Split", "separated": by frames.tsv.
bool ends_love(const Reading& reading, std::uint32_t verb) {
  const auto* frames = find(reading.words.frames, reading.doc[verb].lemma);
  return frames != nullptr && std::ranges::any_of(*frames, [](const Frame& frame) {
           return one_of(frame.relation, "spouse|couple") && frame.change == Change::kEnd &&
                  frame.needs.empty();
         });
}

// "her split from husband Ben", "he split from his fiancée, Ann": the noun for the tie that the
// name hangs on says how it stands.
void set_state_by_tie(const Reading& reading, std::uint32_t noun, Finding& finding) {
  const Doc& doc = reading.doc;
  std::uint32_t name = noun;  // "from husband Ben", "from the rapper Ben Cole, her boyfriend"
  for (int steps = 0; steps < 3 && one_of(doc[name].dep, "compound|nmod|appos"); ++steps)
    name = doc[name].head;
  if (doc[name].dep != "pobj" || doc[doc[name].head].lower != "from") return;
  const std::uint32_t over = over_prepositions(doc, name);
  if (is_verb(doc, over) && ends_love(reading, over) && !is_negated(doc, over)) {
    finding.status = finding.relation == "partner" ? Status::kFormer : Status::kSeparated;
    finding.said = true;
    return;
  }
  const TieWord* tie = find(reading.words.ties, doc[over].lemma);
  if (tie == nullptr || tie->status == Status::kCurrent) return;
  finding.status = tie->status;
  finding.said = true;
}

// "His sisters Ann, Bea and Cy": siblings of one another too.
void pair_siblings(const ArgumentList& kin, Finding finding, Findings& out) {
  finding.confidence = kKinShared;
  for (std::size_t a = 0; a < kin.size(); ++a)
    for (std::size_t b = a + 1; b < kin.size(); ++b)
      pair_up({kin[a]}, {kin[b]}, /*forward=*/true, finding, out);
}

void read_kin_noun(const Reading& reading, std::uint32_t noun, const KinWord& word, Findings& out) {
  const TokenList plain = owners(reading.doc, noun);
  ArgumentList owner, kin;
  add_people(reading, plain, owner);
  add_people(reading, names_beside(reading.doc, noun), kin);
  if (owner.empty() && !kin.empty()) add_people(reading, coordinated(reading.doc, noun), owner);
  if (owner.empty() && !kin.empty()) add_people(reading, around(reading.doc, noun), owner);
  if (kin.empty() && !plain.empty()) add_people(reading, {noun}, kin);
  if (kin.empty() && !plain.empty() && noun >= 2 && reading.doc[noun - 1].text == "-")
    add_people(reading, {noun - 2}, kin);
  keep_names(reading, kin);
  Finding finding = kin_finding(reading, word, noun);
  const bool love = one_of(finding.relation, "spouse|partner");
  if (love && (!finding.said || finding.status == Status::kEngaged))
    set_state_by_tie(reading, noun, finding);
  finding.confidence = plain.empty() ? kKinShared : kKin;
  if (!share_entity(reading, owner, kin))  // "her sons, Al and Ben": she is neither
    pair_up(owner, kin, word.forward, finding, out);
  if (word.relation == "sibling" && reading.doc[noun].tag == "NNS")
    pair_siblings(kin, finding, out);
}

// The nouns of those whom the verb makes or says to be somebody's children: "share two sons", "gave
// birth to a boy".
TokenList children_told(const Doc& doc, std::uint32_t verb) {
  if (in("having_child", doc[verb])) return children(doc, verb, "dobj");
  TokenList out;
  if (doc[verb].lemma != "give") return out;
  for (const std::uint32_t birth : children(doc, verb, "dobj")) {
    if (doc[birth].lemma != "birth") continue;
    out = prepositional(doc, verb, "to");
    for (const std::uint32_t child : prepositional(doc, birth, "to")) out.push_back(child);
  }
  return out;
}

// Also both of "Ann and Ben, who share a son", where the clause hangs on Ben.
TokenList parents(const Doc& doc, std::uint32_t verb) {
  TokenList out = subjects(doc, verb);
  if (out.size() == 1 && doc[verb].dep == "relcl" && doc[verb].tag == "VBP" &&
      doc[out[0]].dep == "conj")
    out = with_conjuncts(doc, doc[out[0]].head);
  for (const std::uint32_t other : prepositional(doc, verb, "with")) out.push_back(other);
  return out;
}

bool is_child_word(const Reading& reading, std::uint32_t noun) {
  if (in("child", reading.doc[noun])) return true;
  const KinWord* word = find(reading.words.kin, reading.doc[noun].lemma);
  return word != nullptr && word->relation == "child" && word->forward;
}

// A tie that stands, which `verb` tells of by `noun`.
Finding told_by(const Doc& doc, std::uint32_t verb, std::string_view relation, std::uint32_t noun) {
  Finding finding;
  finding.relation = relation;
  finding.trigger = noun;
  finding.status = Status::kCurrent;
  finding.hedged = is_hedged(doc, verb);
  finding.confidence = kKinShared;
  return finding;
}

// "Ann and Ben share two sons", "Ann had a daughter with Ben": whose child.
void read_children(const Reading& reading, std::uint32_t verb, Findings& out) {
  const Doc& doc = reading.doc;
  if (is_negated(doc, verb) || is_passive(doc, verb)) return;
  for (const std::uint32_t noun : children_told(doc, verb)) {
    if (!is_child_word(reading, noun) || !children(doc, noun, "poss").empty()) continue;
    const TokenList named = names_beside(doc, noun);
    ArgumentList owner, kin;
    add_people(reading, parents(doc, verb), owner);
    add_people(reading, prepositional(doc, noun, "with"), owner);
    for (const std::uint32_t clause : children(doc, noun, "acl"))  // "a son named Al with Ben"
      add_people(reading, prepositional(doc, clause, "with"), owner);
    const bool kin_word = find(reading.words.kin, doc[noun].lemma) != nullptr;
    add_people(reading, named.empty() && kin_word ? TokenList{noun} : named, kin);
    keep_names(reading, kin);  // "Jack, 21, a wrestler, and Sophie"
    pair_up(owner, kin, /*forward=*/true, told_by(doc, verb, "child", noun), out);
  }
}

// "Ann and Ben are expecting their first child": the two are a couple.
void read_expecting(const Reading& reading, std::uint32_t verb, Findings& out) {
  const Doc& doc = reading.doc;
  if (!one_of(doc[verb].lemma, "expect|await") || is_negated(doc, verb)) return;
  for (const std::uint32_t child : children(doc, verb, "dobj")) {
    if (!is_child_word(reading, child)) continue;
    ArgumentList two;
    add_people(reading, subjects(doc, verb), two);
    if (two.size() != 2) return;
    pair_up({two[0]}, {two[1]}, /*forward=*/true, told_by(doc, verb, "couple", child), out);
  }
}

}  // namespace

void read_kin(const Reading& reading, Findings& out) {
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) {
    if (const KinWord* word = kin_word(reading, i)) read_kin_noun(reading, i, *word, out);
    if (!is_verb(reading.doc, i)) continue;
    read_children(reading, i, out);
    read_expecting(reading, i, out);
  }
}

}  // namespace dateline::relations
