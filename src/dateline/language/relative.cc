#include "dateline/language/relative.h"

#include <algorithm>

namespace dateline {
namespace {

bool asks_for_a_thing(const Doc& doc, std::uint32_t verb) {
  return std::ranges::any_of(doc.children(verb), [&](std::uint32_t child) {
    return child < verb && doc[child].tag == "WDT" && doc[child].lower == "which";
  });
}

}  // namespace

std::uint32_t relative_antecedent(const Doc& doc, std::uint32_t verb) {
  constexpr int kMostSteps = 6;
  const std::uint32_t head = doc[verb].head;
  if (doc[head].entity_type != "PERSON" || !asks_for_a_thing(doc, verb)) return head;
  std::uint32_t at = head;
  for (int steps = 0; steps < kMostSteps && doc[at].head != at; ++steps) {
    const bool behind = doc[at].dep == "prep";
    at = doc[at].head;
    if (behind) return doc[at].pos == "NOUN" ? at : head;
  }
  return head;
}

}  // namespace dateline
