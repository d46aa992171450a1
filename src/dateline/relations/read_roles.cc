#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"
#include "dateline/relations/finding.h"
#include "dateline/relations/role_use.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

constexpr double kEmployer = 0.8;

// A modifier that belongs to the name of the office: "prime", "blockchain"; not "Israeli",
// "famous".
bool is_part_of_role(const Reading& reading, std::uint32_t token) {
  const Token& word = reading.doc[token];
  if (word.text == "First" && word.head > token && is_upper(reading.doc[word.head].text.front()))
    return true;  // "First Minister"
  if (one_of(word.entity_type, "ORG|GPE|NORP|PERSON|DATE|CARDINAL|ORDINAL|LOC")) return false;
  if (find(reading.words.states, word.lower) != nullptr) return false;
  if (one_of(word.dep, "compound|nmod")) return one_of(word.pos, "NOUN|PROPN|ADJ|VERB");
  return word.dep == "amod" && reading.words.offices.contains(word.lower);
}

// "Secretary of State Ann Bell", "Speaker of the House": with capitals.
bool is_named_duty(const Reading& reading, std::uint32_t noun, std::uint32_t token) {
  const Doc& doc = reading.doc;
  const auto* duties = find(reading.words.duties, doc[noun].lower);
  return duties != nullptr && duties->contains(doc[token].lower) && doc[token].dep == "pobj" &&
         is_upper(doc[token].text.front()) && doc[token].subtree.end == token + 1;
}

// What an office is of: "chief of staff", "secretary of state"; not "head of Delta".
bool is_duty(const Doc& doc, std::uint32_t token) {
  const Token& word = doc[token];
  return word.dep == "pobj" && word.subtree.size() == 1 && word.entity_type.empty() &&
         one_of(word.tag, "NN|NNS|NNP") && is_lower(word.text.front()) &&
         (token + 1 == doc.size() ||
          !one_of(doc[token + 1].pos, "NOUN|PROPN"));  // "of payments firm"
}

TokenSpan role_tokens(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  TokenSpan out{noun, noun + 1};
  const auto kids = doc.children(noun);
  for (auto at = kids.rbegin(); at != kids.rend(); ++at) {
    if (*at >= noun) continue;
    if (doc[*at].subtree.end != out.begin || !is_part_of_role(reading, *at)) break;
    // "Chicago Cubs catcher": a name of several words that the recogniser did not know.
    if (doc[*at].subtree.size() >= 2 && doc[*at].tag.starts_with("NNP") &&
        doc[doc[*at].subtree.begin].tag.starts_with("NNP") && children(doc, *at, "conj").empty())
      break;
    const TokenList second = children(doc, *at, "conj");
    if (is_role(reading, *at) && !second.empty()) {  // "military chief and defense minister"
      out.begin = doc[second.back()].subtree.begin;
      break;
    }
    out.begin = doc[*at].subtree.begin;
  }
  // "Finance chief Ann Bell", where both words hang from the name.
  if (noun > 0 && out.size() == 1 && one_of(doc[noun].dep, "compound|nmod") &&
      doc[noun - 1].head == doc[noun].head && doc[noun - 1].dep == doc[noun].dep &&
      doc[noun - 1].tag == "NN" && is_part_of_role(reading, noun - 1))
    --out.begin;
  if (noun + 2 < doc.size() && doc[noun + 1].lower == "of") {
    const std::uint32_t the = doc[noun + 2].lower == "the" && noun + 3 < doc.size() ? 1 : 0;
    if (is_duty(doc, noun + 2) || is_named_duty(reading, noun, noun + 2 + the))
      out.end = noun + 3 + the;
  }
  return out;
}

bool is_party(const Reading& reading, const Argument& org) {
  for (std::uint32_t i = org.tokens.begin; i < org.tokens.end; ++i)
    if (reading.words.parties.contains(reading.doc[i].lower)) return true;
  return false;
}

TokenList organisations(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  const bool trade = in("loose_trade", doc[noun]);
  TokenList out = children(doc, noun, trade ? "poss" : "poss|compound|nmod");
  for (const std::uint32_t token : prepositional(doc, noun, "of|at|for|from|with|in"))
    out.push_back(token);
  if (one_of(doc[noun].dep, "compound|nmod"))
    for (const std::uint32_t token : children(doc, doc[noun].head, "compound|nmod|poss"))
      if (token < noun) out.push_back(token);
  return out;
}

Finding base_finding(const RoleUse& use) {
  Finding finding;
  finding.subject = use.person;
  finding.trigger = use.noun;
  finding.status = use.status;
  finding.said = use.said;
  finding.change = use.change;
  finding.negative = use.negative;
  finding.hedged = use.hedged;
  finding.confidence = std::min(use.confidence, kEmployer);
  return finding;
}

bool says_chief_executive(const Doc& doc, TokenSpan role) {
  for (std::uint32_t i = role.begin; i < role.end; ++i) {
    if (doc[i].lower == "ceo") return true;
    if (doc[i].lower == "chief" && i + 1 < doc.size() && doc[i + 1].lower == "executive")
      return true;
  }
  return false;
}

// The organisations of one use; true if there are any.
bool read_organisations(const Reading& reading, const RoleUse& use, TokenSpan role, Findings& out) {
  const Doc& doc = reading.doc;
  bool any = false;
  for (const std::uint32_t token : organisations(reading, use.noun)) {
    const auto org = argument_at(reading, token, "org");
    if (!org || *org == use.person || role.contains(token)) continue;
    any = true;
    const Argument& body = reading.arguments[*org];
    if (is_party(reading, body) && body.form != ArgumentForm::kName) continue;  // "the party"
    Finding finding = base_finding(use);
    finding.object = org;
    const bool politics = in("politician", doc[use.noun]);
    finding.relation =
        is_party(reading, body) || politics ? "political_affiliation" : "employer_or_member";
    if (in("founder", doc[use.noun])) {
      finding.relation = "founder";
      finding.status = Status::kUnknown;
      std::swap(finding.subject, *finding.object);
    } else if (in("graduate", doc[use.noun])) {
      finding.relation = "educated_at";
    }
    out.push_back(finding);
    if (!says_chief_executive(doc, role)) continue;
    finding.relation = "chief_executive";
    std::swap(finding.subject, *finding.object);
    out.push_back(finding);
  }
  return any;
}

void read_adjectives(const Reading& reading, const RoleUse& use, Findings& out) {
  const Doc& doc = reading.doc;
  TokenList around = children(doc, use.noun, "amod|compound|nmod");
  if (one_of(doc[use.noun].dep, "compound|nmod|amod"))
    for (const std::uint32_t token : children(doc, doc[use.noun].head, "amod|compound|nmod"))
      if (token < use.noun) around.push_back(token);
  for (const std::uint32_t token : around) {
    Finding finding = base_finding(use);
    finding.status = Status::kCurrent;
    finding.said = false;
    finding.value = std::string(doc[token].text);
    finding.value_span = doc[token].span;
    if (reading.words.demonyms.contains(doc[token].lower) && !in("of_country", doc[use.noun]))
      finding.relation = "nationality";
    else if (reading.words.adherents.contains(doc[token].lower) &&
             is_upper(doc[token].text.front()) && doc[token].entity_type != "ORG")
      finding.relation = "political_affiliation";
    else
      continue;
    out.push_back(finding);
  }
}

// "Ann Bell, a Republican who …", "Ann Bell is a Democrat".
void read_adherent(const Reading& reading, std::uint32_t noun, Findings& out) {
  const Doc& doc = reading.doc;
  if (!reading.words.adherents.contains(doc[noun].lower) || !one_of(doc[noun].tag, "NN|NNP") ||
      !one_of(doc[noun].dep, "appos|attr") || children(doc, noun, "det").empty())
    return;
  const std::uint32_t head = doc[noun].head;
  const TokenList persons = doc[noun].dep == "attr" ? subjects(doc, head) : TokenList{head};
  for (const std::uint32_t token : persons) {
    const auto person = person_at(reading, token);
    if (!person) continue;
    RoleUse use;
    use.noun = noun;
    use.person = *person;
    if (doc[noun].dep == "attr") set_status_by_verb(reading, head, use);
    set_status_by_words(reading, {noun}, use);
    Finding finding = base_finding(use);
    finding.relation = "political_affiliation";
    finding.value_span = doc[noun].span;
    finding.value = std::string(doc[noun].text);
    out.push_back(finding);
  }
}

// "Italian Bruno Bell".
void read_people(const Reading& reading, std::uint32_t number, Findings& out) {
  const Argument& person = reading.arguments[number];
  if (person.kind != ArgumentKind::kPerson || person.form != ArgumentForm::kName) return;
  const Doc& doc = reading.doc;
  for (const std::uint32_t token : children(doc, person.head, "amod|compound|nmod")) {
    if (token > person.head || doc[token].entity_type != "NORP" ||
        !reading.words.demonyms.contains(doc[token].lower))
      continue;
    Finding finding;
    finding.relation = "nationality";
    finding.subject = number;
    finding.trigger = token;
    finding.status = Status::kCurrent;
    finding.value = std::string(doc[token].text);
    finding.value_span = doc[token].span;
    finding.confidence = kNominal;
    out.push_back(finding);
  }
}

// "a Bergen native", "a native of Bergen".
void read_native(const Reading& reading, std::uint32_t noun, Findings& out) {
  const Doc& doc = reading.doc;
  TokenList places = children(doc, noun, "compound|nmod|amod|poss");
  for (const std::uint32_t token : prepositional(doc, noun, "of|from")) places.push_back(token);
  for (const std::uint32_t bearer : bearers(reading, noun).tokens)
    for (const std::uint32_t token : places) {
      const auto person = person_at(reading, bearer);
      const auto place = argument_at(reading, token, "place");
      if (!person || !place) continue;
      Finding finding;
      finding.relation = "birth_place";
      finding.subject = *person;
      finding.object = place;
      finding.trigger = noun;
      finding.confidence = kRole;
      out.push_back(finding);
    }
}

// "Governor" for "Gov.".
std::string full_title(const Token& title) {
  const std::string_view noun = entities::title_noun(title.lower);
  if (noun == title.lower) return std::string(title.text);
  std::string full(noun);
  if (!full.empty() && is_upper(title.text.front())) full[0] = static_cast<char>(full[0] - 32);
  return full;
}

void read_role(const Reading& reading, std::uint32_t noun, Findings& out) {
  const Doc& doc = reading.doc;
  const TokenSpan role = role_tokens(reading, noun);
  for (const RoleUse& use : uses_of(reading, noun)) {
    if (use.status == Status::kUnknown) continue;  // "ran for mayor": nobody says how it ended
    const bool employed = read_organisations(reading, use, role, out);
    read_adjectives(reading, use, out);
    const auto entity = reading.arguments[use.person].entity;
    if (!entity) continue;
    if (!reading.input.entities.entities[*entity].named && !employed) continue;
    if (reading.words.loose.contains(doc[noun].lemma) && role.size() == 1) continue;
    Finding finding = base_finding(use);
    finding.relation = "position";
    finding.confidence = use.confidence;
    finding.value_span = doc.bytes(role);
    finding.value = role.size() == 1 ? full_title(doc[noun])
                                     : std::string(slice(doc.text(), finding.value_span));
    out.push_back(finding);
  }
}

// The "secretary" of "secretary general"; not the "chief" of "chief and minister".
bool is_inside_role(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  return one_of(doc[noun].dep, "compound|nmod|amod") && is_role(reading, doc[noun].head) &&
         children(doc, noun, "conj").empty();
}

// "Ann Lee of the Harbour Trust".
void read_of(const Reading& reading, std::uint32_t number, Findings& out) {
  const Argument& person = reading.arguments[number];
  if (person.kind != ArgumentKind::kPerson || person.form != ArgumentForm::kName) return;
  for (const std::uint32_t token : prepositional(reading.doc, person.head, "of")) {
    const auto org = argument_at(reading, token, "org");
    if (!org || *org == number) continue;
    Finding finding;
    finding.relation =
        is_party(reading, reading.arguments[*org]) ? "political_affiliation" : "employer_or_member";
    finding.subject = number;
    finding.object = org;
    finding.trigger = person.head;
    finding.status = Status::kCurrent;
    finding.confidence = kNominal;
    out.push_back(finding);
  }
}

}  // namespace

void read_roles(const Reading& reading, Findings& out) {
  for (std::uint32_t i = 0; i < reading.doc.size(); ++i) {
    if (is_role(reading, i) && !is_inside_role(reading, i)) read_role(reading, i, out);
    if (reading.doc[i].lemma == "native") read_native(reading, i, out);
    read_adherent(reading, i, out);
  }
  for (std::uint32_t n = 0; n < reading.arguments.all().size(); ++n) {
    read_of(reading, n, out);
    read_people(reading, n, out);
  }
}

}  // namespace dateline::relations
