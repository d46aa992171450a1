#include "dateline/reader/reader.h"

#include "dateline/attributions/find_attributions.h"
#include "dateline/entities/find_entities.h"
#include "dateline/events/find_events.h"
#include "dateline/relations/find_relations.h"
#include "dateline/timeline/make_timeline.h"
#include "dateline/times/find_times.h"

namespace dateline {

Record read(const Article& article, const Doc& doc, const ReadOptions& options) {
  Record record;
  record.article = article;
  for (const TokenSpan sentence : doc.sentences()) record.sentences.push_back(doc.bytes(sentence));
  if (options.times) record.times = times::find_times(article, doc);
  if (options.entities) record.entities = entities::find_entities(article, doc, record.times);
  if (options.attributions)
    record.attributions = attributions::find_attributions(article, doc, record.entities);
  const events::EventInput input{article, doc, record.times, record.entities, record.attributions};
  if (options.events) record.events = events::find_events(input);
  if (options.relations) record.relations = relations::find_relations(input, record.events);
  if (options.timeline)
    record.timeline = timeline::make_timeline(input, record.events, record.relations);
  return record;
}

}  // namespace dateline
