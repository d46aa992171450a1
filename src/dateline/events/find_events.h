#pragma once
// Step: events found in an article.
#include <span>
#include <vector>

#include "dateline/article/article.h"
#include "dateline/attributions/attribution.h"
#include "dateline/entities/entity.h"
#include "dateline/events/event.h"
#include "dateline/language/doc.h"
#include "dateline/times/time_expression.h"

namespace dateline::events {

struct EventInput {
  const Article& article;
  const Doc& doc;
  std::span<const TimeExpression> times;
  const Entities& entities;
  std::span<const Attribution> attributions;
};

// In order of the trigger. Total.
[[nodiscard]] std::vector<Event> find_events(const EventInput& input);

}  // namespace dateline::events
