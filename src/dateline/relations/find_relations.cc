#include "dateline/relations/find_relations.h"

#include "dateline/relations/assemble.h"
#include "dateline/relations/finding.h"

namespace dateline::relations {

std::vector<Relation> find_relations(const events::EventInput& input,
                                     std::span<const Event> events) {
  return find_relations(input, events, nullptr);
}

std::vector<Relation> find_relations(const events::EventInput& input, std::span<const Event> events,
                                     const RelationModel* model) {
  const Arguments arguments(input);
  const Reading reading{input, input.doc, arguments, lexicon()};
  Findings findings = read_by_rules(reading);
  if (model != nullptr) model->read_passage(reading, findings);
  return assemble(reading, events, findings);
}

}  // namespace dateline::relations
