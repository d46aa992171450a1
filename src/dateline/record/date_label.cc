#include "dateline/record/date_label.h"

#include <fmt/format.h>

#include <array>

#include "dateline/base/ascii.h"

namespace dateline::record {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Named {
  std::string_view key, words;
};

constexpr std::array<Named, 8> kParts = {{{"SP", "spring "},
                                          {"SU", "summer "},
                                          {"FA", "autumn "},
                                          {"WI", "winter "},
                                          {"H1", "first half of "},
                                          {"H2", "second half of "},
                                          {"WE", "weekend "},
                                          {"FY", "fiscal year "}}};

constexpr std::array<Named, 7> kMods = {{{"START", "early "},
                                         {"MID", "mid-"},
                                         {"END", "late "},
                                         {"APPROX", "about "},
                                         {"BEFORE", "before "},
                                         {"AFTER", "after "},
                                         {"ON_OR_AFTER", "from "}}};

template <std::size_t N>
std::string_view words_of(const std::array<Named, N>& table, std::string_view key) {
  for (const Named& entry : table)
    if (entry.key == key) return entry.words;
  return {};
}

std::string month_label(unsigned month, int year) {
  return fmt::format("{} {}", kMonths[(month + 11) % 12], year);
}

// "Week of 1 Jan 2024", by its Monday (ISO 8601).
std::string week_label(int week, int year) {
  const sys_days fourth = sys_days{std::chrono::year{year} / std::chrono::January / 4};
  const std::chrono::weekday day{fourth};
  const sys_days monday = fourth - std::chrono::days{day.iso_encoding() - 1};
  return "week of " + day_label(monday + std::chrono::days{7 * (week - 1)});
}

// The part after "YYYY-": a month, season, half, quarter or week.
std::string part_label(std::string_view part, int year) {
  if (const auto words = words_of(kParts, part); !words.empty())
    return fmt::format("{}{}", words, year);
  if (part.size() == 2 && part[0] == 'Q') return fmt::format("{} {}", part, year);
  if (part.size() == 3 && part[0] == 'W')
    if (const auto week = to_number(part.substr(1))) return week_label(*week, year);
  const auto month = to_number(part);
  return month && *month >= 1 && *month <= 12 ? month_label(static_cast<unsigned>(*month), year)
                                              : std::string();
}

std::string date_value_label(std::string_view value) {
  if (value.size() == 3 && to_number(value)) return fmt::format("{}0s", value);
  if (value.size() < 4) return {};
  const auto year = to_number(value.substr(0, 4));
  if (!year) return {};
  if (value.size() == 4) return fmt::format("{}", *year);
  if (value[4] != '-') return {};
  const std::string_view rest = value.substr(5);
  if (rest.size() < 5 || rest[0] == 'W') return part_label(rest.substr(0, rest.find('-')), *year);
  const auto month = to_number(rest.substr(0, 2)), day = to_number(rest.substr(3, 2));
  const auto known = month && day ? make_day(*year, *month, *day) : std::nullopt;
  return known ? day_label(*known) : std::string();
}

bool is_month_start(const year_month_day& date) { return date.day() == std::chrono::day{1}; }

std::string closed_label(sys_days begin, sys_days end) {
  const sys_days last = end - std::chrono::days{1};
  if (last <= begin) return day_label(begin);
  const year_month_day first{begin}, next{end}, until{last};
  if (is_month_start(first) && is_month_start(next)) {
    if (first.month() == std::chrono::January && next.month() == std::chrono::January)
      return next.year() - first.year() == std::chrono::years{1}
                 ? fmt::format("{}", static_cast<int>(first.year()))
                 : fmt::format("{}–{}", static_cast<int>(first.year()),
                               static_cast<int>(until.year()));
    const std::string to =
        month_label(static_cast<unsigned>(until.month()), static_cast<int>(until.year()));
    if (first.year() == until.year() && first.month() == until.month()) return to;
    return fmt::format("{}–{}", kMonths[static_cast<unsigned>(first.month()) - 1], to);
  }
  if (first.year() == until.year() && first.month() == until.month())
    return fmt::format("{}–{}", static_cast<unsigned>(first.day()), day_label(last));
  if (first.year() == until.year())
    return fmt::format("{} {}–{}", static_cast<unsigned>(first.day()),
                       kMonths[static_cast<unsigned>(first.month()) - 1], day_label(last));
  return fmt::format("{}–{}", static_cast<int>(first.year()), static_cast<int>(until.year()));
}

// What a preposition made of the expression's interval: "by June" ends with June.
std::string_view bound_words(const EventTime& time, const TimeExpression& expression,
                             std::string_view text) {
  if (!time.interval || !expression.interval || *time.interval == *expression.interval) return "";
  if (!time.interval->begin && time.interval->end == expression.interval->begin) return "before ";
  const bool earlier =
      !time.interval->begin ||
      (expression.interval->begin && *time.interval->begin < *expression.interval->begin);
  if (!earlier || time.interval->end != expression.interval->end) return "";
  const std::string_view before =
      trim(text.substr(0, std::min<std::size_t>(expression.span.begin, text.size())));
  return before.ends_with("until") || before.ends_with("till") ? "until " : "by ";
}

}  // namespace

std::string day_label(sys_days day) {
  const year_month_day date{day};
  return fmt::format(
      "{} {}", static_cast<unsigned>(date.day()),
      month_label(static_cast<unsigned>(date.month()), static_cast<int>(date.year())));
}

std::string value_label(std::string_view value, std::string_view mod) {
  const std::string label = date_value_label(value);
  if (label.empty() || value.find(':') != std::string_view::npos) return label;  // "about 4 p.m."
  return fmt::format("{}{}", words_of(kMods, mod), label);
}

std::string interval_label(const Interval& interval) {
  if (interval.begin && interval.end) return closed_label(interval.begin->day, interval.end->day);
  if (interval.begin) return "from " + day_label(interval.begin->day);
  if (interval.end) return "before " + day_label(interval.end->day);
  return {};
}

std::string event_label(const EventTime& time, std::span<const TimeExpression> times,
                        std::string_view text) {
  std::string label;
  if (time.expression && *time.expression < times.size() && time.basis == TimeBasis::kExpression)
    label = value_label(times[*time.expression].value, times[*time.expression].mod);
  if (!label.empty()) label.insert(0, bound_words(time, times[*time.expression], text));
  if (label.empty() && time.interval) label = interval_label(*time.interval);
  if (label.empty()) return "no date";
  return time.basis == TimeBasis::kContext || time.basis == TimeBasis::kTense ? label + "?" : label;
}

}  // namespace dateline::record
