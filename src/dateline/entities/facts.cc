#include "dateline/entities/facts.h"

#include "dateline/neural/kernels.h"

namespace dateline::entities {
namespace {

bool is_clause(std::string_view dep) {
  return dep == "ccomp" || dep == "advcl" || dep == "relcl" || dep == "acl" || dep == "xcomp" ||
         dep == "csubj" || dep == "pcomp" || dep == "parataxis";
}

Depth depth_of(const Doc& doc, std::uint32_t token) {
  Depth depth;
  while (doc[token].head != token && depth.steps < 20) {
    ++depth.steps;
    depth.clauses += is_clause(doc[token].dep) ? 1U : 0U;
    const std::string_view pos = doc[doc[token].head].pos;
    depth.phrases += pos == "NOUN" || pos == "PROPN" ? 1U : 0U;
    token = doc[token].head;
  }
  return depth;
}

std::uint32_t possessor_of(const Doc& doc, const std::vector<Candidate>& candidates,
                           std::uint32_t candidate) {
  const Candidate& whole = candidates[candidate];
  for (std::uint32_t n = candidate; n-- > 0 && candidate - n < 8;) {
    const Candidate& inner = candidates[n];
    if (inner.sentence != whole.sentence) break;
    if (inner.role == Role::kPossessor && doc[inner.mention.head].head == whole.mention.head)
      return n;
  }
  return kNoCandidate;
}

std::vector<std::string_view> modifiers_of(const Doc& doc, const Candidate& c) {
  std::vector<std::string_view> words;
  for (std::uint32_t i = c.mention.tokens.begin; i < c.mention.head; ++i)
    if (doc[i].pos == "NOUN" || doc[i].pos == "PROPN" || doc[i].pos == "ADJ" || doc[i].pos == "NUM")
      words.push_back(doc[i].lemma);
  return words;
}

}  // namespace

std::uint32_t argument_governor(const Doc& doc, std::uint32_t token) {
  for (int steps = 0; steps < 4; ++steps) {
    const std::string_view dep = doc[token].dep;
    if (dep != "conj" && dep != "pobj" && dep != "prep" && dep != "agent") break;
    token = doc[token].head;
  }
  return doc[token].head;
}

void note_facts(const Doc& doc, std::vector<Candidate>& candidates) {
  const std::vector<std::uint32_t> lines = lines_of(doc);
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    const std::uint32_t head = candidates[c].mention.head;
    const auto vector = doc.vector(head);
    candidates[c].facts = {
        depth_of(doc, head), argument_governor(doc, head), possessor_of(doc, candidates, c),
        lines[head],         neural::dot(vector, vector),  modifiers_of(doc, candidates[c])};
  }
}

}  // namespace dateline::entities
