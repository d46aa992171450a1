#include "dateline/record/invariants.h"

#include <fmt/format.h>

namespace dateline::record {
namespace {

class Checker {
 public:
  explicit Checker(const Record& record) : record_(record) {}

  std::vector<std::string> run() {
    blocks_and_sentences();
    times();
    entities();
    attributions();
    events();
    relations();
    timeline();
    return std::move(broken_);
  }

 private:
  template <class... Args>
  void require(bool holds, fmt::format_string<Args...> message, Args&&... args) {
    if (!holds) broken_.push_back(fmt::format(message, std::forward<Args>(args)...));
  }

  void in_text(ByteSpan span, const char* what, std::size_t index) {
    require(span.begin <= span.end && span.end <= record_.article.text.size(),
            "{} {}: [{}, {}) is not in the text", what, index, span.begin, span.end);
  }
  void ordered(const std::optional<Interval>& interval, const char* what, std::size_t index) {
    if (interval && interval->begin && interval->end)
      require(!(*interval->end < *interval->begin), "{} {}: interval ends before it begins", what,
              index);
  }
  void probability(double value, const char* what, std::size_t index) {
    require(value >= 0 && value <= 1, "{} {}: {} is no probability", what, index, value);
  }
  void entity(std::optional<std::uint32_t> number, const char* what, std::size_t index) {
    if (number)
      require(*number < record_.entities.entities.size(), "{} {}: no entity {}", what, index,
              *number);
  }
  void attribution(std::optional<std::uint32_t> number, const char* what, std::size_t index) {
    if (number)
      require(*number < record_.attributions.size(), "{} {}: no attribution {}", what, index,
              *number);
  }

  void blocks_and_sentences() {
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < record_.article.blocks.size(); ++i) {
      const ByteSpan span = record_.article.blocks[i].span;
      in_text(span, "block", i);
      require(span.begin >= last, "block {} begins before the last one ends", i);
      last = span.end;
    }
    last = 0;
    for (std::size_t i = 0; i < record_.sentences.size(); ++i) {
      in_text(record_.sentences[i], "sentence", i);
      require(record_.sentences[i].begin >= last, "sentence {} begins before the last one ends", i);
      last = record_.sentences[i].end;
    }
  }

  void times() {
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < record_.times.size(); ++i) {
      const TimeExpression& time = record_.times[i];
      in_text(time.span, "time", i);
      require(!time.span.empty() && time.span.begin >= last,
              "time {} is empty or overlaps the last one", i);
      last = time.span.end;
      ordered(time.interval, "time", i);
      require(time.anchor < static_cast<int>(record_.times.size()), "time {}: no anchor {}", i,
              time.anchor);
    }
  }

  void entities() {
    const auto& mentions = record_.entities.mentions;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      in_text(mentions[i].span, "mention", i);
      entity(mentions[i].entity, "mention", i);
      require(i == 0 || mentions[i - 1].span.begin <= mentions[i].span.begin,
              "mention {} is out of order", i);
    }
    for (std::size_t i = 0; i < record_.entities.entities.size(); ++i) {
      const Entity& item = record_.entities.entities[i];
      require(!item.mentions.empty(), "entity {} has no mention", i);
      for (const std::uint32_t number : item.mentions)
        require(number < mentions.size() && mentions[number].entity == i,
                "entity {}: mention {} is not its own", i, number);
      for (const std::uint32_t member : item.members) entity(member, "entity", i);
    }
  }

  void attributions() {
    for (std::size_t i = 0; i < record_.attributions.size(); ++i) {
      const Attribution& item = record_.attributions[i];
      require(!item.content.empty(), "attribution {} has no content", i);
      for (const auto* list : {&item.content, &item.cue, &item.source})
        for (const ByteSpan span : *list) in_text(span, "attribution", i);
      entity(item.speaker, "attribution", i);
      attribution(item.parent, "attribution", i);
      require(item.parent != i, "attribution {} is its own parent", i);
      probability(item.confidence, "attribution", i);
    }
  }

  void events() {
    for (std::size_t i = 0; i < record_.events.size(); ++i) {
      const Event& event = record_.events[i];
      in_text(event.span, "event", i);
      in_text(event.clause, "event", i);
      ordered(event.time.interval, "event", i);
      require(!event.time.expression || *event.time.expression < record_.times.size(),
              "event {}: no such time", i);
      attribution(event.attribution, "event", i);
      probability(event.confidence, "event", i);
      for (const Participant& participant : event.participants) {
        in_text(participant.span, "event", i);
        entity(participant.entity, "event", i);
      }
    }
  }

  void relations() {
    for (std::size_t i = 0; i < record_.relations.size(); ++i) {
      const Relation& item = record_.relations[i];
      for (const ByteSpan span : {item.subject_span, item.object_span, item.evidence})
        in_text(span, "relation", i);
      entity(item.subject, "relation", i);
      entity(item.object, "relation", i);
      require(item.object.has_value() != !item.value.empty(),
              "relation {} needs an object or a value", i);
      ordered(item.interval, "relation", i);
      attribution(item.attribution, "relation", i);
      probability(item.confidence, "relation", i);
    }
  }

  void timeline() {
    for (std::size_t i = 0; i < record_.timeline.size(); ++i) {
      const Line& line = record_.timeline[i];
      require(line.event < record_.events.size(), "line {}: no event {}", i, line.event);
      ordered(line.interval, "line", i);
      for (const std::uint32_t number : line.entities) entity(number, "line", i);
      attribution(line.attribution, "line", i);
      probability(line.score, "line", i);
    }
  }

  const Record& record_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> broken_invariants(const Record& record) { return Checker(record).run(); }

}  // namespace dateline::record
