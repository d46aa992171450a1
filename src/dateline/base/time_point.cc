#include "dateline/base/time_point.h"

#include <fmt/format.h>

#include "dateline/base/ascii.h"

namespace dateline {
namespace {

// Takes exactly `digits` digits off the front of `rest`.
std::optional<int> take(std::string_view& rest, std::size_t digits) {
  if (rest.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (!is_digit(rest[i])) return std::nullopt;
    value = value * 10 + (rest[i] - '0');
  }
  rest.remove_prefix(digits);
  return value;
}

bool skip(std::string_view& rest, char mark) {
  if (!rest.starts_with(mark)) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& rest) {
  const auto year = take(rest, 4);
  const bool dashed = skip(rest, '-');
  const auto month = year ? take(rest, 2) : std::nullopt;
  if (dashed && !skip(rest, '-')) return std::nullopt;
  const auto day = month ? take(rest, 2) : std::nullopt;
  if (!day) return std::nullopt;
  return make_day(*year, *month, *day);
}

bool take_zone(std::string_view& rest, TimePoint& point) {
  rest = trim(rest);
  if (rest.empty()) return true;
  if (rest == "Z" || rest == "z" || rest == "UTC" || rest == "GMT") {
    point.zone = 0;
    rest = {};
    return true;
  }
  const int sign = rest.front() == '-' ? -1 : 1;
  if (rest.front() != '+' && rest.front() != '-') return false;
  rest.remove_prefix(1);
  const auto hours = take(rest, 2);
  skip(rest, ':');
  const auto minutes = rest.empty() ? std::optional<int>(0) : take(rest, 2);
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return false;
  point.zone = sign * (*hours * 60 + *minutes);
  return rest.empty();
}

bool take_clock(std::string_view& rest, TimePoint& point) {
  const auto hour = take(rest, 2);
  skip(rest, ':');
  const auto minute = take(rest, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return false;
  point.minute = *hour * 60 + *minute;
  if (skip(rest, ':') || (!rest.empty() && is_digit(rest.front()))) {
    const auto second = take(rest, 2);
    if (!second || *second > 60) return false;
    point.second = *second;
    if (skip(rest, '.'))
      while (!rest.empty() && is_digit(rest.front())) rest.remove_prefix(1);
  }
  return take_zone(rest, point);
}

}  // namespace

std::optional<std::chrono::sys_days> make_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::string iso8601(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string iso8601(const TimePoint& point) {
  std::string out = iso8601(point.day);
  if (!point.minute) return out;
  out += fmt::format("T{:02}:{:02}", *point.minute / 60, *point.minute % 60);
  if (point.second) out += fmt::format(":{:02}", *point.second);
  if (point.zone) {
    const int minutes = *point.zone < 0 ? -*point.zone : *point.zone;
    out += *point.zone == 0 ? "Z"
                            : fmt::format("{}{:02}:{:02}", *point.zone < 0 ? '-' : '+',
                                          minutes / 60, minutes % 60);
  }
  return out;
}

Result<TimePoint> parse_time_point(std::string_view text) {
  std::string_view rest = trim(text);
  TimePoint point;
  const auto day = take_day(rest);
  if (day) {
    point.day = *day;
    if (rest.empty()) return point;
    if ((skip(rest, 'T') || skip(rest, ' ')) && take_clock(rest, point)) return point;
  }
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is not a date: want YYYY-MM-DD, or YYYY-MM-DDThh:mm with a zone or "
                          "without",
                          text));
}

}  // namespace dateline
