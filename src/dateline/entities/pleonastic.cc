#include "dateline/entities/pleonastic.h"

#include <algorithm>
#include <string_view>

#include "dateline/base/ascii.h"
#include "dateline/entities/lexicon.h"

namespace dateline::entities {
namespace {

// A clause that the "it" stands for.
bool has_extraposed_clause(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
    return child > verb &&
           is_one_of(doc[child].dep, "ccomp", "xcomp", "advcl", "csubj", "acl", "relcl");
  });
}

bool clause_below(const Doc& doc, std::uint32_t verb, std::string_view dep) {
  for (const std::uint32_t child : doc.children(verb))
    if (child > verb && doc[child].dep == dep && has_extraposed_clause(doc, child)) return true;
  return false;
}

bool has_time(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
    return doc[child].dep == "attr" && is_one_of(doc[child].entity_type, "TIME", "DATE");
  });
}

}  // namespace

bool is_pleonastic(const Doc& doc, std::uint32_t it) {
  const Token& token = doc[it];
  if (token.lower != "it" || !is_one_of(token.dep, "nsubj", "nsubjpass", "expl")) return false;
  const std::uint32_t verb = token.head;
  const std::string_view lemma = doc[verb].lemma;
  if (in("weather", lemma)) return true;
  if (lemma == "be")
    return has_time(doc, verb) || has_extraposed_clause(doc, verb) ||
           clause_below(doc, verb, "acomp") || clause_below(doc, verb, "attr");
  if (in("impersonal", lemma))
    return has_extraposed_clause(doc, verb) || clause_below(doc, verb, "oprd") ||
           clause_below(doc, verb, "acomp");
  if (token.dep == "nsubjpass") return has_extraposed_clause(doc, verb);
  return lemma == "take" && has_extraposed_clause(doc, verb);
}

}  // namespace dateline::entities
