#include "dateline/language/relative.h"

#include <algorithm>

namespace dateline {
namespace {

bool asks_for_a_thing(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
    return child < verb && doc[child].tag == "WDT" && doc[child].lower == "which";
  });
}

// A name, or a noun with a name in apposition: "a singer, Ann Bell".
bool is_person(const Doc& doc, std::uint32_t token) {
  const auto is_name = [&](std::uint32_t at) { return doc[at].entity_type == "PERSON"; };
  return is_name(token) || std::ranges::any_of(doc.children(token), [&](std::uint32_t child) {
           return doc[child].dep == "appos" && is_name(child);
         });
}

}  // namespace

std::uint32_t relative_antecedent(const Doc& doc, std::uint32_t verb) {
  constexpr int kMostSteps = 6;
  const std::uint32_t head = doc[verb].head;
  if (!is_person(doc, head) || !asks_for_a_thing(doc, verb)) return head;
  std::uint32_t at = head;
  for (int steps = 0; steps < kMostSteps && doc[at].head != at; ++steps) {
    const bool behind = doc[at].dep == "prep";
    at = doc[at].head;
    if (behind) return doc[at].pos == "NOUN" ? at : head;
  }
  return head;
}

}  // namespace dateline
