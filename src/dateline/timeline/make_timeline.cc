#include "dateline/timeline/make_timeline.h"

#include <algorithm>

#include "dateline/base/ascii.h"
#include "dateline/events/lexicon.h"
#include "dateline/timeline/choose.h"
#include "dateline/timeline/order.h"
#include "dateline/timeline/wording.h"

namespace dateline::timeline {
namespace {

// Of the TIMEX3 value where it is a calendar date, so that "spring" is a season.
std::string grain_of_value(std::string_view value) {
  if (value.size() == 3 && to_number(value)) return "decade";
  if (value.size() == 2 && to_number(value)) return "century";
  if (value.size() < 4 || !to_number(value.substr(0, 4))) return {};
  if (value.size() == 4) return "year";
  const std::string_view part = value.substr(5);
  if (part.starts_with("W")) return part.ends_with("WE") ? "weekend" : "week";
  if (part.starts_with("H")) return "half";
  if (part.starts_with("Q")) return "quarter";
  if (part.size() == 2) return is_digit(part[0]) ? "month" : "season";
  return part.find('T') == std::string_view::npos ? "day" : "time";
}

std::string grain_of_interval(const Interval& interval) {
  if (!interval.begin || !interval.end) return {};
  const auto length = (interval.end->day - interval.begin->day).count();
  if (length <= 1) return "day";
  if (length <= 7) return "week";
  if (length <= 31) return "month";
  return length <= 93 ? "quarter" : length <= 366 ? "year" : "decade";
}

std::string grain_of(const events::EventInput& input, const EventTime& time) {
  if (!time.interval) return {};
  std::string grain;
  if (time.expression && *time.expression < input.times.size())
    grain = grain_of_value(input.times[*time.expression].value);
  return grain.empty() ? grain_of_interval(*time.interval) : grain;
}

// "gave an interview": the line of the interview has the words of its light verb's clause.
const Event& event_to_word(const events::EventInput& input, std::span<const Event> events,
                           const Event& event) {
  const Token& token = input.doc[event.trigger];
  if (token.dep != "dobj") return event;
  for (const Event& verb : events)
    if (verb.trigger == token.head && events::Lexicon::get().in("light", verb.lemma)) return verb;
  return event;
}

Line make_line(const events::EventInput& input, std::span<const Event> events, std::uint32_t number,
               double score) {
  const Event& event = events[number];
  Line line;
  line.event = number;
  line.interval = event.time.interval;
  line.grain = grain_of(input, event.time);
  line.text = word_line(input, event_to_word(input, events, event));
  for (const Participant& participant : event.participants)
    if (participant.entity && std::find(line.entities.begin(), line.entities.end(),
                                        *participant.entity) == line.entities.end())
      line.entities.push_back(*participant.entity);
  line.attribution = event.attribution;
  line.score = score;
  return line;
}

std::optional<TimePoint> start_of(const Line& line) {
  if (!line.interval) return std::nullopt;
  return line.interval->begin ? line.interval->begin : line.interval->end;
}

// "Ada Brandt announced": what was announced stands elsewhere.
bool says_nothing(const events::EventInput& input, const Event& event, std::string_view words) {
  return events::Lexicon::get().in("say", event.lemma) &&
         words.ends_with(input.doc[event.trigger].text);
}

// `lines` come in text order. Dated ones are sorted; an undated one follows the latest of those
// that the text tells before it, one still to come stands last.
std::vector<Line> ordered(std::vector<Line> lines, std::span<const Event> events) {
  std::vector<Line> out;
  for (const Line& line : lines)
    if (start_of(line)) out.push_back(line);
  std::stable_sort(out.begin(), out.end(),
                   [](const Line& a, const Line& b) { return *start_of(a) < *start_of(b); });
  for (Line& line : lines) {
    if (start_of(line)) continue;
    std::size_t place = 0;
    for (std::size_t i = 0; i < out.size(); ++i)
      if (out[i].event < line.event) place = i + 1;
    if (events[line.event].tense == Tense::kFuture) place = out.size();
    out.insert(out.begin() + static_cast<std::ptrdiff_t>(place), std::move(line));
  }
  return out;
}

}  // namespace

std::vector<Line> make_timeline(const events::EventInput& input, std::span<const Event> events,
                                std::span<const Relation>) {
  std::vector<double> scores;
  for (const Event& event : events) scores.push_back(score_of(input, event));
  std::vector<Line> lines;
  for (const std::uint32_t number : choose(input, events, scores)) {
    Line line = make_line(input, events, number, scores[number]);
    if (!line.text.empty() && !says_nothing(input, events[number], line.text))
      lines.push_back(std::move(line));
  }
  lines = ordered(std::move(lines), events);
  order_by_words(input.doc, events, lines);
  return lines;
}

}  // namespace dateline::timeline
