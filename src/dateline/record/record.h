#pragma once
// Record: everything Dateline says of one article; docs/record.md is its public form.
#include <string>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/attributions/attribution.h"
#include "dateline/entities/entity.h"
#include "dateline/events/event.h"
#include "dateline/relations/relation.h"
#include "dateline/timeline/line.h"
#include "dateline/times/time_expression.h"

namespace dateline {

struct Record {
  Article article;
  std::vector<ByteSpan> sentences;
  std::vector<TimeExpression> times;
  Entities entities;
  std::vector<Attribution> attributions;
  std::vector<Event> events;
  std::vector<Relation> relations;
  std::vector<Line> timeline;
};

}  // namespace dateline
