#include "dateline/article/page_date.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "dateline/base/ascii.h"
#include "dateline/base/tsv.h"

namespace dateline::data {
extern const std::string_view article_months;
extern const std::string_view article_zones;
}  // namespace dateline::data

namespace dateline::article {
namespace {

constexpr int kNoYear = 4;

using NumberOf = std::unordered_map<std::string, int>;

NumberOf load(std::string_view table) {
  NumberOf numbers;
  for (const auto& row : parse_tsv(table))
    if (row.size() >= 2) numbers.emplace(row[0], to_number(row[1]).value_or(0));
  return numbers;
}

std::optional<int> month_of(std::string_view word) {
  static const NumberOf months = load(data::article_months);
  const auto found = months.find(to_lower(word));
  return found == months.end() ? std::nullopt : std::optional<int>(found->second);
}

std::optional<int> zone_of(std::string_view word) {
  static const NumberOf zones = load(data::article_zones);
  const auto found = zones.find(to_lower(word));
  return found == zones.end() ? std::nullopt : std::optional<int>(found->second);
}

bool is_weekday(std::string_view word) {
  constexpr std::string_view kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
  const std::string lower = to_lower(word);
  return std::any_of(std::begin(kDays), std::end(kDays), [&](std::string_view day) {
    return lower == day || (lower.size() >= 3 && lower.size() <= 5 && day.starts_with(lower));
  });
}

// Reads forward over the text; every reader takes what it names or leaves the place as it was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text.substr(0, 120)) {}
  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  std::string_view word() {
    const std::size_t begin = at_;
    while (is_alpha(peek())) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  // Up to `most` digits and not one more behind them.
  std::optional<int> number(std::size_t least, std::size_t most, std::size_t* digits = nullptr) {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    const std::size_t size = at_ - begin;
    if (digits != nullptr) *digits = size;
    if (size >= least && size <= most) return to_number(text_.substr(begin, size));
    at_ = begin;
    return std::nullopt;
  }
  bool skip(std::string_view mark) {
    if (!rest().starts_with(mark)) return false;
    at_ += mark.size();
    return true;
  }
  // Spaces, no-break spaces and any of `marks`.
  void spaces(std::string_view marks = "") {
    while (at_ < text_.size()) {
      if (peek() == ' ' || peek() == '\t' || marks.find(peek()) != std::string_view::npos)
        ++at_;
      else if (!skip("\u00A0") && !skip("\u202F"))
        return;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

struct Parts {
  int year = kNoYear, month = 0, day = 0;
  bool ambiguous = false;
};

void ordinal(Scanner& in) {
  const std::size_t at = in.at();
  const std::string word = to_lower(in.word());
  if (word != "st" && word != "nd" && word != "rd" && word != "th") in.back_to(at);
}

// A year behind a day and a month: ", 2021" or " 2021" or "-2021"; 12:30 is none.
bool year(Scanner& in, Parts& parts) {
  const std::size_t at = in.at();
  in.spaces(",.-/");
  const auto number = in.number(4, 4);
  if (number && *number >= 1000 && in.peek() != ':' && !is_alpha(in.peek())) {
    parts.year = *number;
    return true;
  }
  in.back_to(at);
  return false;
}

bool month_first(Scanner& in, Parts& parts) {
  const auto month = month_of(in.word());
  if (!month) return false;
  in.skip(".");
  in.spaces("-");
  const auto day = in.number(1, 2);
  if (!day) return false;
  parts.month = *month, parts.day = *day;
  ordinal(in);
  year(in, parts);
  return true;
}

bool day_first(Scanner& in, Parts& parts) {
  const auto day = in.number(1, 2);
  if (!day) return false;
  ordinal(in);
  in.skip(".");
  in.spaces("-/");
  std::size_t at = in.at();
  std::string_view word = in.word();
  if (to_lower(word) == "of") {
    in.spaces();
    at = in.at();
    word = in.word();
  }
  const auto month = month_of(word);
  if (!month) {
    in.back_to(at);
    return false;
  }
  in.skip(".");
  parts.month = *month, parts.day = *day;
  year(in, parts);
  return true;
}

// 2021-05-03, 2021/5/3, 20210503; 05/03/2021, 3.5.2021, 05/03/21.
bool numeric(Scanner& in, Parts& parts) {
  std::size_t digits = 0;
  const auto first = in.number(1, 8, &digits);
  if (!first) return false;
  if (digits == 8) {
    parts = {*first / 10000, *first / 100 % 100, *first % 100};
    return parts.year >= 1900 && parts.year < 2100 && !is_digit(in.peek());
  }
  const char mark = in.peek();
  if ((mark != '-' && mark != '/' && mark != '.') || (digits != 4 && digits > 2)) return false;
  in.skip(std::string_view(&mark, 1));
  const auto second = in.number(1, 2);
  if (!second || in.peek() != mark) return false;
  in.skip(std::string_view(&mark, 1));
  if (digits == 4) {
    const auto day = in.number(1, 2);
    parts = {*first, *second, day.value_or(0)};
    return day.has_value();
  }
  const auto third = in.number(2, 4, &digits);
  if (!third || digits == 3 || (digits == 2 && mark != '/')) return false;
  parts.year = digits == 4 ? *third : *third < 70 ? 2000 + *third : 1900 + *third;
  const bool day_leads = mark == '.' || *first > 12;
  parts.month = day_leads ? *second : *first;
  parts.day = day_leads ? *first : *second;
  parts.ambiguous = mark != '.' && *first <= 12 && *second <= 12 && *first != *second;
  return true;
}

void zone(Scanner& in, TimePoint& point) {
  const std::size_t at = in.at();
  in.spaces("(");
  const auto named = zone_of(in.word());
  if (named) point.zone = named;
  const char sign = in.peek();
  if ((!named || *named == 0) && (sign == '+' || sign == '-')) {
    const std::size_t before = in.at();
    in.skip(std::string_view(&sign, 1));
    std::size_t digits = 0;
    auto hours = in.number(1, 4, &digits);
    int minutes = 0;
    if (hours && digits > 2) minutes = *hours % 100, hours = *hours / 100;
    if (hours && digits <= 2 && in.skip(":")) minutes = in.number(2, 2).value_or(0);
    if (hours && *hours <= 14 && minutes < 60)
      point.zone = (sign == '-' ? -1 : 1) * (*hours * 60 + minutes);
    else
      in.back_to(before);
  }
  if (!point.zone)
    in.back_to(at);
  else
    in.skip(")");
}

// Takes "a.m.", "pm": 0 or 12 hours to add; nothing when there is none.
std::optional<int> half_of_day(Scanner& in) {
  const std::size_t at = in.at();
  in.spaces();
  const char first = to_lower(in.peek());
  std::string mark = to_lower(in.rest().substr(0, 4));
  const bool dotted = mark == "a.m." || mark == "p.m.";
  if (dotted) {
    in.skip(in.rest().substr(0, 4));
    return first == 'p' ? 12 : 0;
  }
  mark = to_lower(in.word());
  if (mark == "am" || mark == "pm") return first == 'p' ? 12 : 0;
  in.back_to(at);
  return std::nullopt;
}

bool clock(Scanner& in, TimePoint& point) {
  const std::size_t begin = in.at();
  std::size_t digits = 0;
  auto hour = in.number(1, 4, &digits);
  std::optional<int> minute;
  if (hour && digits == 4) minute = *hour % 100, hour = *hour / 100;
  std::optional<int> second;
  const bool marked = digits <= 2 && (in.peek() == ':' || in.peek() == '.');
  if (hour && marked) {
    const char mark = in.peek();
    in.skip(std::string_view(&mark, 1));
    minute = in.number(2, 2);
    if (minute && in.skip(":")) second = in.number(2, 2);
    if (second && in.skip(".")) in.number(1, 9);
  }
  const auto half = hour ? half_of_day(in) : std::nullopt;
  if (!minute && half) minute = 0;
  const bool bare = digits == 4 || (!marked && !half);
  if (half && hour && *hour <= 12) hour = *hour % 12 + *half;
  if (!hour || !minute || *hour > 23 || *minute > 59 || second.value_or(0) > 60) {
    in.back_to(begin);
    return false;
  }
  TimePoint read = point;
  read.minute = *hour * 60 + *minute;
  read.second = second;
  zone(in, read);
  if (bare && !read.zone) {  // "2021 1030" is no clock, "2021 1030 GMT" is one
    in.back_to(begin);
    return false;
  }
  point = read;
  return true;
}

bool trailing_clock(Scanner& in, TimePoint& point) {
  const std::size_t end = in.at();
  if (in.peek() == 'T' && is_digit(in.rest().size() > 1 ? in.rest()[1] : ' ')) {
    in.skip("T");
  } else {
    in.spaces(",|-");
    in.skip("\u2013");
    in.skip("\u2014");
    in.skip("\u00B7");
    in.spaces();
    if (in.skip("at ") || in.skip("AT ")) in.spaces();
  }
  if (in.at() != end && clock(in, point)) return true;
  in.back_to(end);
  return false;
}

void weekday(Scanner& in) {
  const std::size_t at = in.at();
  const std::string_view word = in.word();
  if (!word.empty() && is_weekday(word))
    in.spaces(",.");
  else
    in.back_to(at);
}

}  // namespace

std::optional<PageDate> read_page_date(std::string_view text) {
  Scanner in(text);
  PageDate date;
  if (text.substr(0, 3).find(':') != std::string_view::npos && clock(in, date.point))
    in.spaces(",|-");
  const std::size_t led = in.at();
  weekday(in);
  const std::size_t begin = in.at();
  Parts parts;
  bool found = false;
  for (const auto reader : {month_first, day_first, numeric}) {
    in.back_to(begin);
    parts = {};
    if ((found = reader(in, parts))) break;
  }
  if (!found || is_digit(in.peek())) return std::nullopt;
  if (is_alpha(in.peek()) && in.peek() != 'T') return std::nullopt;
  const auto day = make_day(parts.year, parts.month, parts.day);
  if (!day) return std::nullopt;
  if (led > 0 && parts.year == kNoYear) return std::nullopt;
  date.point.day = *day;
  date.has_year = parts.year != kNoYear;
  date.ambiguous = parts.ambiguous;
  if (!date.point.minute) trailing_clock(in, date.point);
  date.size = static_cast<std::uint32_t>(in.at());
  return date;
}

std::optional<FoundDate> find_page_date(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_alpha(text[at]) && !is_digit(text[at])) continue;
    if (at > 0 && (is_alpha(text[at - 1]) || is_digit(text[at - 1]))) continue;
    const auto date = read_page_date(text.substr(at));
    if (date && date->has_year) return FoundDate{*date, static_cast<std::uint32_t>(at)};
  }
  return std::nullopt;
}

}  // namespace dateline::article
