#include "dateline/relations/role_use.h"

#include <string>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"
#include "dateline/relations/syntax.h"

namespace dateline::relations {
namespace {

// "Singer Ayla Demir" in a title, taken for a name of three words.
bool is_word_before_name(const Doc& doc, std::uint32_t token) {
  return doc[token].entity_tag == EntityTag::kBegin && token + 2 < doc.size() &&
         doc[token + 1].entity_tag == EntityTag::kInside &&
         doc[token + 2].entity_tag == EntityTag::kInside && doc[token].dep == "compound" &&
         !entities::is_given_name(doc[token].lower);
}

// "The Chief Constable, Ann Bell", taken for a name.
bool is_lone_title(const Doc& doc, std::uint32_t token) {
  const bool alone = doc[token].entity_tag == EntityTag::kBegin &&
                     (token + 1 == doc.size() || doc[token + 1].entity_tag != EntityTag::kInside);
  if (!alone || token == 0 || children(doc, token, "appos").empty()) return false;
  const std::string_view before = doc[token - 1].lower;
  return entities::title_share(doc[token].lower) &&
         (before == "the" || entities::title_share(before));
}

// "Ann replaced Ben", "Ben was succeeded by Ann": the doer comes, whom it is done to goes.
bool is_succession(const Doc& doc, std::uint32_t verb) {
  return one_of(doc[verb].lemma, "replace|succeed") && !undergoers(doc, verb).empty();
}

// Who held before what another now holds; also "took over from Ben".
TokenList predecessors(const Doc& doc, std::uint32_t verb) {
  if (is_succession(doc, verb)) return undergoers(doc, verb);
  return doc[verb].lemma == "take" ? prepositional(doc, verb, "from") : TokenList{};
}

// "Disqualified from serving as a director".
bool is_kept_from(const Doc& doc, std::uint32_t verb) {
  return doc[verb].dep == "pcomp" && doc[doc[verb].head].lower == "from";
}

Bearers bearers_by_verb(const Doc& doc, std::uint32_t noun) {
  const std::uint32_t head = doc[noun].head;
  const std::string_view dep = doc[noun].dep;
  if (one_of(dep, "attr|oprd") && is_verb(doc, head) && !in("calling", doc[head])) {
    const TokenList objects = children(doc, head, "dobj");
    if (dep == "oprd" && !objects.empty()) return {objects, head};
    return {subjects(doc, head), head};
  }
  if (dep != "pobj" || !one_of(doc[head].lower, "as|for")) return {};
  const auto verb = governing_verb(doc, head);
  if (!verb) return {};
  if (doc[head].lower == "for" && doc[*verb].lemma != "run") return {};
  if (is_kept_from(doc, *verb)) return {};
  if (doc[head].lower == "as" && !in("serving", doc[*verb]) && !in("leaving", doc[*verb]))
    return {};
  if (is_succession(doc, *verb)) return {doers(doc, *verb), verb};
  const TokenList objects = children(doc, *verb, "dobj");
  if (in("ousting", doc[*verb]) && doc[*verb].lemma != "dismiss" && !objects.empty() &&
      !is_passive(doc, *verb))
    return {objects, verb};  // "fired Ann Bell as her manager"; "dismissed her as a fool" is talk
  if (in("appointing", doc[*verb])) {
    if (!objects.empty()) return {objects, verb};
    // "named Ann Bell, a banker, as minister": read as what is named so, not who
    const TokenList named = children(doc, *verb, "oprd");
    if (!named.empty() && !is_passive(doc, *verb)) return {named, verb};
  }
  return {subjects(doc, *verb), verb};
}

// One who leaves, at `verb`, what was held until then.
void set_left(const Doc& doc, std::uint32_t verb, RoleUse& use) {
  use.status = is_future(doc, verb) ? Status::kCurrent : Status::kFormer;
  use.change = Change::kEnd;
  use.said = use.status != Status::kCurrent;
}

// "Fired its chief executive, Ann Lee", "sacked manager Ann Lee", "her chief of staff, Ann Lee,
// resigned": the verb by which the one so called leaves. Not "resigned from the committee".
std::optional<std::uint32_t> leaving_verb(const Doc& doc, std::uint32_t noun) {
  const bool beside = one_of(doc[noun].dep, "compound|nmod") && doc[noun].head != noun;
  const std::uint32_t phrase = beside ? doc[noun].head : noun, verb = doc[phrase].head;
  if (!is_verb(doc, verb) || is_negated(doc, verb)) return std::nullopt;
  const std::string_view dep = doc[phrase].dep, lemma = doc[verb].lemma;
  const bool ousts = in("ousting", doc[verb]);
  if (ousts && (dep == "dobj" || (dep == "nsubjpass" && prepositional(doc, verb, "from").empty())))
    return verb;
  const bool goes =
      in("going", doc[verb]) || (lemma == "step" && !children(doc, verb, "prt|advmod").empty());
  if (!goes || dep != "nsubj" || !children(doc, verb, "dobj").empty() ||
      !prepositional(doc, verb, "from|as").empty())
    return std::nullopt;
  return verb;
}

// The noun whose bearer, modifiers and verb a coordinated role shares.
std::uint32_t leading_role(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  if (doc[noun].dep == "conj" && !is_role(reading, doc[noun].head)) {
    // The parser hung it on a noun inside the first role: "a deputy of Hope and a former mayor".
    std::uint32_t up = doc[noun].head;
    for (int i = 0; i < 4 && one_of(doc[up].dep, "pobj|prep|compound"); ++i) {
      up = doc[up].head;
      if (is_role(reading, up)) return leading_role(reading, up);
    }
  }
  while (doc[noun].dep == "conj" && doc[noun].head != noun && is_role(reading, doc[noun].head))
    noun = doc[noun].head;
  return noun;
}

// A person, or a name that the recogniser took for something else, though an office stands with it.
std::optional<std::uint32_t> bearer_at(const Reading& reading, std::uint32_t token) {
  if (const auto person = person_at(reading, token)) return person;
  const auto found = reading.arguments.at(token);
  if (!found) return std::nullopt;
  const Argument& it = reading.arguments[*found];
  const bool odd = it.kind == ArgumentKind::kOrg || it.kind == ArgumentKind::kOther;
  if (!odd || !it.entity || it.form != ArgumentForm::kName || it.tokens.size() != 2)
    return std::nullopt;
  for (std::uint32_t i = it.tokens.begin; i < it.tokens.end; ++i)
    if (reading.doc[i].tag != "NNP") return std::nullopt;
  return found;
}

}  // namespace

bool is_role(const Reading& reading, std::uint32_t token) {
  const Token& word = reading.doc[token];
  if (word.pos != "NOUN" && word.pos != "PROPN") return false;
  if (one_of(word.entity_type, "PERSON|GPE|PRODUCT") && !is_lone_title(reading.doc, token) &&
      !is_word_before_name(reading.doc, token))
    return false;
  if (reading.words.roles.contains(word.lower) || reading.words.roles.contains(word.lemma) ||
      reading.words.roles.contains(entities::title_noun(word.lower)))
    return true;
  const std::string lowered = to_lower(word.lemma);
  if (reading.words.roles.contains(lowered)) return true;
  const std::size_t hyphen = lowered.rfind('-');
  return hyphen != std::string::npos &&
         reading.words.roles.contains(std::string_view(lowered).substr(hyphen + 1));
}

Bearers bearers(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  const std::uint32_t head = doc[noun].head;
  Bearers out;
  if (head != noun && one_of(doc[noun].dep, "compound|nmod|appos|amod") && !is_verb(doc, head))
    out.tokens.push_back(head);
  for (const std::uint32_t name : children(doc, noun, "appos"))
    if (const auto person = person_at(reading, name);
        person && reading.arguments[*person].form == ArgumentForm::kName)
      out.tokens.push_back(name);
  if (out.tokens.empty()) out = bearers_by_verb(doc, noun);
  return out;
}

void set_status_by_verb(const Reading& reading, std::uint32_t verb, RoleUse& use) {
  const Doc& doc = reading.doc;
  use.negative = is_negated(doc, verb);
  use.hedged = is_hedged(doc, verb);
  if (in("leaving", doc[verb])) {
    set_left(doc, verb, use);
  } else if (doc[verb].lemma == "run") {
    use.status = is_past(doc, verb) ? Status::kUnknown : Status::kIntended;
  } else if (in("taking", doc[verb])) {
    if (is_future(doc, verb)) use.status = Status::kIntended;
    use.change = Change::kBegin;
  } else if (is_past(doc, verb)) {
    use.status = Status::kFormer;
    use.change = Change::kHold;
  }
  use.said = use.status != Status::kCurrent;
}

void set_status_by_words(const Reading& reading, const TokenList& nouns, RoleUse& use) {
  const auto is_counted = [&](std::uint32_t word) {  // "the first ambassador to be expelled"
    return reading.doc[word].entity_type == "ORDINAL";
  };
  for (const std::uint32_t noun : nouns)
    if (const auto status = status_before(reading, noun);
        status && *status != Status::kUnknown &&
        std::ranges::none_of(children(reading.doc, noun, "amod"), is_counted)) {
      use.status = *status;
      use.said = true;
      return;
    }
}

std::vector<RoleUse> uses_of(const Reading& reading, std::uint32_t noun) {
  const Doc& doc = reading.doc;
  std::uint32_t lead = leading_role(reading, noun);
  if (one_of(doc[lead].dep, "nmod|compound") && is_role(reading, doc[lead].head))
    lead = doc[lead].head;
  const Bearers found = bearers(reading, lead);
  RoleUse use;
  use.noun = noun;
  if (found.verb) set_status_by_verb(reading, *found.verb, use);
  const auto is_would = [&](std::uint32_t aux) { return doc[aux].lower == "would"; };
  if (found.verb && std::ranges::any_of(children(doc, *found.verb, "aux"), is_would) &&
      !children(doc, *found.verb, "advcl").empty())
    return {};  // "if it had been in May, I would be your president"
  if (!found.verb)
    if (const auto verb = leaving_verb(doc, lead)) {
      if (!is_future(doc, *verb)) set_status_by_verb(reading, *verb, use);  // held until then
      set_left(doc, *verb, use);
    }
  TokenList modified = {noun};
  if (lead != noun && children(doc, noun, "det|amod").empty()) modified.push_back(lead);
  for (const std::uint32_t token : found.tokens)
    if (doc[lead].dep != "appos" && (!found.verb || doc[token].pos == "PROPN"))
      modified.push_back(token);
  set_status_by_words(reading, modified, use);
  if (!found.verb && has_past_date(reading, noun, "until|till")) {
    use.status = Status::kFormer;
    use.change = Change::kEnd;
    use.said = true;
  }
  std::vector<RoleUse> out;
  for (const std::uint32_t token : found.tokens)
    if (const auto person = bearer_at(reading, token)) {
      use.person = *person;
      out.push_back(use);
    }
  if (found.verb && doc[lead].dep == "pobj") {
    set_left(doc, *found.verb, use);
    for (const std::uint32_t token : predecessors(doc, *found.verb))
      if (const auto person = bearer_at(reading, token)) {
        use.person = *person;
        out.push_back(use);
      }
  }
  if (!out.empty()) return out;
  const auto self = reading.arguments.at(noun);
  if (!self || reading.arguments[*self].head != noun || !reading.arguments[*self].entity)
    return out;
  if (reading.arguments[*self].kind != ArgumentKind::kPerson) return out;
  use.person = *self;
  use.confidence = kNominal;
  out.push_back(use);
  return out;
}

}  // namespace dateline::relations
