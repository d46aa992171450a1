#include "dateline/timeline/order.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace dateline::timeline {
namespace {

enum class Side { kBefore, kAfter };

std::optional<Side> side_of(std::string_view word) {
  if (word == "after" || word == "following" || word == "since") return Side::kAfter;
  if (word == "before" || word == "until" || word == "till") return Side::kBefore;
  return std::nullopt;
}

// The conjunction of a clause: "after she had left".
std::optional<Side> side_of_clause(const Doc& doc, std::uint32_t verb) {
  for (const std::uint32_t c : doc.children(verb))
    if (doc[c].dep == "mark")
      if (const auto side = side_of(doc[c].lower)) return side;
  return std::nullopt;
}

// What a verb is said to come before or after: tokens of clauses and of nouns below it.
std::vector<std::pair<std::uint32_t, Side>> anchors_of(const Doc& doc, std::uint32_t verb) {
  std::vector<std::pair<std::uint32_t, Side>> anchors;
  for (const std::uint32_t c : doc.children(verb)) {
    if (doc[c].dep == "advcl")
      if (const auto side = side_of_clause(doc, c)) anchors.emplace_back(c, *side);
    if (doc[c].dep != "prep") continue;
    const auto side = side_of(doc[c].lower);
    if (!side) continue;
    for (const std::uint32_t noun : doc.children(c))
      if (doc[noun].dep == "pobj" || doc[noun].dep == "pcomp") anchors.emplace_back(noun, *side);
  }
  return anchors;
}

// Whether the two may change places: one has no date, or both have the same.
bool are_free(const Line& a, const Line& b) {
  return !a.interval || !b.interval || *a.interval == *b.interval;
}

// Puts line `from` just before or after line `to`.
void move_beside(std::vector<Line>& lines, std::size_t from, std::size_t to, Side side) {
  const bool right = side == Side::kBefore ? from < to : from > to;
  if (right) return;
  Line line = std::move(lines[from]);
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(from));
  if (from < to) --to;
  const std::size_t place = side == Side::kBefore ? to : to + 1;
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(place), std::move(line));
}

}  // namespace

void order_by_words(const Doc& doc, std::span<const Event> events, std::vector<Line>& lines) {
  std::vector<std::uint32_t> order;
  for (const Line& line : lines) order.push_back(line.event);
  std::sort(order.begin(), order.end());
  const auto place_of = [&](std::uint32_t event) {
    return static_cast<std::size_t>(
        std::find_if(lines.begin(), lines.end(),
                     [&](const Line& line) { return line.event == event; }) -
        lines.begin());
  };
  for (const std::uint32_t number : order)
    for (const auto& [token, side] : anchors_of(doc, events[number].trigger))
      for (const std::uint32_t other : order) {
        if (events[other].trigger != token) continue;
        const std::size_t from = place_of(number), to = place_of(other);
        if (!are_free(lines[from], lines[to])) continue;
        if (!lines[from].interval || lines[to].interval)
          move_beside(lines, from, to, side);
        else
          move_beside(lines, to, from, side == Side::kBefore ? Side::kAfter : Side::kBefore);
      }
}

}  // namespace dateline::timeline
