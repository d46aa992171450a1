#include "dateline/times/shapes.h"

#include <algorithm>
#include <array>

#include "dateline/base/ascii.h"
#include "dateline/base/time_point.h"

namespace dateline::times {
namespace {

// Reads atoms from one place on; every member function is total for any place.
class Reader {
 public:
  Reader(const Scan& scan, std::uint32_t at) : scan_(scan), at_(at) {}

  // The number of the digits at `i`, when there are at least `least` and at most `most` of them.
  [[nodiscard]] std::optional<int> digits(std::uint32_t i, std::size_t least,
                                          std::size_t most) const {
    const std::string_view text = scan_.text(i);
    if (text.size() < least || text.size() > most || text.empty() || !is_digit(text.front()))
      return std::nullopt;
    return to_number<int>(text);
  }
  [[nodiscard]] bool glued_sign(std::uint32_t i, char sign) const {
    const std::string_view text = scan_.text(i);
    return text.size() == 1 && text.front() == sign && scan_[i].glued;
  }
  [[nodiscard]] bool glued_digits(std::uint32_t i) const {
    return i < scan_.size() && scan_[i].glued && is_digit(scan_.text(i).front());
  }
  [[nodiscard]] bool glued_letters(std::uint32_t i) const {
    return i < scan_.size() && scan_[i].glued && is_alpha(scan_.text(i).front());
  }
  // The digits before `end` are the last ones of a larger number or of a sum of money.
  [[nodiscard]] bool number_goes_on(std::uint32_t end) const {
    if ((glued_sign(end, ',') || glued_sign(end, '.') || glued_sign(end, '/')) &&
        glued_digits(end + 1))
      return true;
    return glued_sign(end, '%');
  }
  [[nodiscard]] bool number_before() const {
    if (at_ == 0 || !scan_[at_].glued) return false;
    const std::string_view before = scan_.text(at_ - 1);
    if (before == "$" || before == "#" || before == "\xC2\xA3" || before == "\xE2\x82\xAC" ||
        before == "/" || before == "@" || before == "_" || before == "=")
      return true;
    if (before == "." || before == "," || before == ":")
      return at_ >= 2 && scan_[at_ - 1].glued && is_digit(scan_.text(at_ - 2).front());
    return is_alpha(before.front()) || is_digit(before.front());
  }

  const Scan& scan_;
  std::uint32_t at_;
};

bool plural_or_more(std::string_view text) { return text == "s"; }

// ---- numbers ---------------------------------------------------------------------------------

struct Number {
  double value;
  std::uint32_t end;
};

// "twenty", "twenty-four", "five".
std::optional<Number> small_number(const Scan& scan, std::uint32_t i) {
  const auto first = scan.match(Symbol::kCardinal, i);
  if (!first) return std::nullopt;
  const int tens = first->value.a;
  if (tens < 20 || tens % 10 != 0) return Number{first->value.number, i + 1};
  std::uint32_t next = i + 1;
  if (scan.text(next) == "-") ++next;
  const auto ones = scan.match(Symbol::kCardinal, next);
  if (ones && ones->value.a < 10) return Number{first->value.number + ones->value.number, next + 1};
  return Number{first->value.number, i + 1};
}

// "two", "a hundred", "one hundred and ten", "three thousand".
std::optional<Number> spelled_number(const Scan& scan, std::uint32_t i) {
  std::uint32_t at = i;
  const bool article = scan.text(at) == "a";
  if (article) ++at;
  auto part = small_number(scan, at);
  if (article && !(part && scan.text(at) == "dozen") && !scan.is(at, Symbol::kScale))
    return std::nullopt;
  double total = 0, current = part ? part->value : 1;
  if (part) at = part->end;
  if (!part && !article) return std::nullopt;
  while (const auto scale = scan.match(Symbol::kScale, at)) {
    current *= scale->value.number;
    ++at;
    if (current >= 1000) {
      total += current;
      current = 0;
    }
    std::uint32_t next = at;
    if (scan.text(next) == "and") ++next;
    const auto more = small_number(scan, next);
    if (!more || more->value >= 100 || (current == 0 && total == 0)) continue;
    current += more->value;
    at = more->end;
  }
  return Number{total + current, at};
}

// "15", "1,500", "2.5", "2 1/2", with "million" after it.
std::optional<Number> digit_number(const Scan& scan, std::uint32_t i) {
  const Reader reader(scan, i);
  if (reader.number_before()) return std::nullopt;
  const auto whole = reader.digits(i, 1, 9);
  if (!whole) return std::nullopt;
  double value = *whole;
  std::uint32_t end = i + 1;
  while (reader.glued_sign(end, ',') && reader.glued_digits(end + 1) &&
         reader.digits(end + 1, 3, 3) && value < 1e12) {
    value = value * 1000 + *reader.digits(end + 1, 3, 3);
    end += 2;
  }
  if (reader.glued_sign(end, '.') && reader.glued_digits(end + 1) && reader.digits(end + 1, 1, 6)) {
    double unit = 1;
    for (std::size_t k = 0; k < scan.text(end + 1).size(); ++k) unit /= 10;
    value += unit * *reader.digits(end + 1, 1, 6);
    end += 2;
  }
  std::uint32_t fraction = end;
  if (scan.text(fraction) == "-") ++fraction;
  if (scan.text(fraction) == "1" && reader.glued_sign(fraction + 1, '/') &&
      scan.text(fraction + 2) == "2") {
    value += 0.5;
    end = fraction + 3;
  } else if (scan.text(end) == "\xC2\xBD") {
    value += 0.5;
    ++end;
  }
  if (reader.number_goes_on(end)) return std::nullopt;
  if (const auto scale = scan.match(Symbol::kScale, end)) {
    value *= scale->value.number;
    ++end;
  }
  return Number{value, end};
}

void add_vague(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const std::string_view text = scan.text(i);
  const auto put = [&](std::uint32_t end, double number) {
    Value value{.number = number};
    value.vague = number == 0;
    value.approx = number != 0;
    out.push_back({Symbol::kNum, end, value});
  };
  std::uint32_t at = i;
  if (text == "a" || text == "the" || text == "those" || text == "these") ++at;
  if (scan.text(at) == "couple") {
    put(scan.text(at + 1) == "of" ? at + 2 : at + 1, 2);
    return;
  }
  if (text == "a") {
    if (scan.text(at) == "few") put(at + 1, 0);
    if (scan.text(at) == "number" && scan.text(at + 1) == "of") put(at + 2, 0);
    return;
  }
  if (scan.is(i, Symbol::kVague)) put(i + 1, 0);
  constexpr std::array kHeaps{"dozens", "hundreds", "thousands", "scores", "millions", "tens"};
  if (std::find(kHeaps.begin(), kHeaps.end(), text) != kHeaps.end() && scan.text(i + 1) == "of") {
    const bool more = scan.text(i + 3) == "of";
    put(more ? i + 4 : i + 2, 0);
  }
}

void add_number(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  auto number = digit_number(scan, i);
  if (!number) number = spelled_number(scan, i);
  if (!number) return add_vague(scan, i, out);
  // "one and a half years" is read by a rule; "two or three" too.
  out.push_back({Symbol::kNum, number->end, {.number = number->value}});
}

// ---- years, days, decades ---------------------------------------------------------------------

void add_year_digits(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const Reader reader(scan, i);
  if (reader.number_before() || reader.number_goes_on(i + 1) || reader.glued_letters(i + 1)) return;
  if (const auto year = reader.digits(i, 4, 4); year && *year >= 1000 && *year < 2200) {
    out.push_back({Symbol::kYear, i + 1, {.number = double(*year), .a = *year}});
  }
  if (const auto year = reader.digits(i, 2, 2); year && i > 0 && scan.text(i - 1) == "'")
    out.push_back({Symbol::kShortYear, i + 1, {.a = *year < 30 ? 2000 + *year : 1900 + *year}});
}

// "nineteen ninety-six", "two thousand five", "twenty twelve".
void add_year_words(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const auto first = small_number(scan, i);
  if (!first) return;
  if (first->value == 2 && scan.text(i + 1) == "thousand") {
    std::uint32_t at = i + 2;
    int year = 2000;
    const std::uint32_t next = scan.text(at) == "and" ? at + 1 : at;
    if (const auto more = small_number(scan, next); more && more->value < 100) {
      year += static_cast<int>(more->value);
      at = more->end;
    }
    out.push_back({Symbol::kYear, at, {.a = year}});
    return;
  }
  const auto century = scan.match(Symbol::kCardinal, i);
  const int hundreds = century ? century->value.a : 0;
  if (hundreds < 15 || hundreds > 20) return;
  std::uint32_t at = i + 1;
  const bool oh = scan.text(at) == "oh" || scan.text(at) == "o";
  if (oh) ++at;
  const auto rest = small_number(scan, at);
  const bool fits = rest && (oh ? rest->value < 10 : rest->value >= 10 && rest->value < 100);
  if (fits)
    out.push_back(
        {Symbol::kYear, rest->end, {.a = hundreds * 100 + static_cast<int>(rest->value)}});
}

void add_day(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const Reader reader(scan, i);
  const auto day = reader.digits(i, 1, 2);
  if (!day || reader.number_before() || reader.number_goes_on(i + 1)) return;
  if (*day >= 1 && *day <= 31 && !reader.glued_letters(i + 1))
    if (!(reader.glued_sign(i + 1, ':') && reader.glued_digits(i + 2)))
      out.push_back({Symbol::kDay, i + 1, {.number = double(*day), .a = *day}});
}

void add_ordinal(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const Reader reader(scan, i);
  if (const auto number = reader.digits(i, 1, 2); number && reader.glued_letters(i + 1)) {
    const std::string_view suffix = scan.text(i + 1);
    if (suffix == "th" || suffix == "st" || suffix == "nd" || suffix == "rd")
      out.push_back({Symbol::kOrdinal, i + 2, {.number = double(*number), .a = *number}});
    return;
  }
  if (const auto word = scan.match(Symbol::kOrdWord, i)) {
    out.push_back({Symbol::kOrdinal, i + 1, word->value});
    return;
  }
  const auto tens = scan.match(Symbol::kCardinal, i);
  if (!tens || tens->value.a < 20 || tens->value.a > 30) return;
  const std::uint32_t next = scan.text(i + 1) == "-" ? i + 2 : i + 1;
  const auto ones = scan.match(Symbol::kOrdWord, next);
  if (ones && ones->value.a < 10) {
    const int sum = tens->value.a + ones->value.a;
    out.push_back({Symbol::kOrdinal, next + 1, {.number = double(sum), .a = sum}});
  }
}

// "1990s", "1990's", "'80s", "80s", "nineties". a: the first year.
void add_decade(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  if (const auto word = scan.match(Symbol::kDecadeWord, i)) {
    const int year = word->value.a < 20 ? 2000 + word->value.a : 1900 + word->value.a;
    out.push_back({Symbol::kDecade, i + 1, {.a = year}});
    return;
  }
  std::uint32_t at = scan.text(i) == "'" ? i + 1 : i;
  const Reader reader(scan, at);
  const std::uint32_t next = at + 1;
  const bool plural = scan.text(next) == "'s" || plural_or_more(scan.text(next));
  if (!plural || !scan[next].glued || (at == i && reader.number_before())) return;
  if (const auto year = reader.digits(at, 4, 4);
      year && *year % 10 == 0 && *year >= 1000 && *year < 2200)
    out.push_back({Symbol::kDecade, next + 1, {.a = *year}});
  if (const auto year = reader.digits(at, 2, 2); year && *year % 10 == 0)
    out.push_back({Symbol::kDecade, next + 1, {.a = *year < 30 ? 2000 + *year : 1900 + *year}});
}

// ---- numeric dates, clocks ---------------------------------------------------------------------

int full_year(int year, std::size_t digits) {
  if (digits == 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

void add_numeric_date(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const Reader reader(scan, i);
  if (reader.number_before() || !scan.glued(i, 5)) return;
  const std::string_view sign = scan.text(i + 1);
  if (sign.size() != 1 || scan.text(i + 3) != sign) return;
  const char separator = sign.front();
  if (separator != '/' && separator != '-' && separator != '.') return;
  const auto a = reader.digits(i, 1, 4), b = reader.digits(i + 2, 1, 2),
             c = reader.digits(i + 4, 1, 4);
  if (!a || !b || !c) return;
  const auto a_size = scan.text(i).size(), c_size = scan.text(i + 4).size();
  const bool iso = a_size == 4 && c_size <= 2;
  const bool short_form = a_size <= 2 && (c_size == 4 || c_size == 2);
  if (!iso && !short_form) return;
  if (iso && (*a < 1000 || *a > 2200)) return;
  if (c_size == 4 && (*c < 1000 || *c > 2200)) return;
  if (short_form && (*a > 31 || *b > 31)) return;
  if (iso && (*b > 12 || *c > 31)) return;
  if (reader.glued_sign(i + 5, separator) && reader.glued_digits(i + 6)) return;
  if (reader.glued_digits(i + 5)) return;
  Value value{.a = iso ? *a : *a, .b = *b, .c = iso ? *c : full_year(*c, c_size)};
  value.number = separator;
  value.other = c_size == 2 && !iso ? 1 : 0;
  out.push_back({Symbol::kNumericDate, i + 5, value});
}

bool is_minute(const Reader& reader, std::uint32_t i) {
  const auto minute = reader.digits(i, 2, 2);
  return minute && *minute < 60 && reader.glued_digits(i);
}

bool clock_may_follow(std::string_view before) {
  constexpr std::array<std::string_view, 21> kWords{
      "at", "by",  "from", "until",  "till", "to", "around", "about",   "before", "after", "since",
      "-",  "and", "past", "closed", "of",   ",",  "(",      "between", "t",      "on"};
  return std::find(kWords.begin(), kWords.end(), before) != kWords.end();
}

Value clock_value(int hour, int minute, int second) {
  return {.a = hour * 60 + minute, .b = second, .c = 0};
}

int with_half(int hour, const Value& half) {
  return half.a == 12 ? (hour < 12 ? hour + 12 : hour) : (hour == 12 ? 0 : hour);
}

// "10:35", "6.44am", "7 p.m.", "22:30", "1600 GMT".
void add_digit_clock(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const Reader reader(scan, i);
  if (reader.number_before() && scan.text(i - 1) != "t") return;
  const auto hour = reader.digits(i, 1, 2);
  if (!hour) {
    const auto both = reader.digits(i, 4, 4);
    if (both && *both / 100 < 24 && *both % 100 < 60 && scan.is(i + 1, Symbol::kZone))
      out.push_back({Symbol::kClock, i + 1, clock_value(*both / 100, *both % 100, 0)});
    return;
  }
  std::uint32_t end = i + 1;
  int minute = 0, second = 0;
  const bool colon = reader.glued_sign(end, ':') && is_minute(reader, end + 1);
  const bool dot = reader.glued_sign(end, '.') && is_minute(reader, end + 1);
  if (colon || dot) {
    minute = *reader.digits(end + 1, 2, 2);
    end += 2;
  }
  if (colon && reader.glued_sign(end, ':') && is_minute(reader, end + 1)) {
    second = *reader.digits(end + 1, 2, 2);
    end += 2;
  }
  if (const auto half = scan.match(Symbol::kAmPm, end); half && *hour >= 1 && *hour <= 23) {
    out.push_back(
        {Symbol::kClock, end + 1,
         clock_value(*hour > 12 ? *hour : with_half(*hour, half->value), minute, second)});
    return;
  }
  const std::string_view before = i > 0 ? scan.text(i - 1) : std::string_view{};
  const bool placed = clock_may_follow(before) || scan.is(end, Symbol::kZone) || i == 0;
  if (colon && *hour < 24 && placed && !reader.glued_sign(end, '.') && !reader.glued_sign(end, ':'))
    out.push_back({Symbol::kClock, end, clock_value(*hour, minute, second)});
}

// "five o'clock", "4 in the morning", "half past two", "seven a.m.".
void add_spoken_clock(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const std::string_view text = scan.text(i);
  const Reader reader(scan, i);
  if (text == "half" && scan.text(i + 1) == "past") {
    const auto hour = small_number(scan, i + 2);
    if (hour && hour->value <= 12)
      out.push_back({Symbol::kClock, hour->end, clock_value(static_cast<int>(hour->value), 30, 0)});
    return;
  }
  auto hour = small_number(scan, i);
  if (const auto number = reader.digits(i, 1, 2); number && !reader.number_before())
    hour = Number{double(*number), i + 1};
  if (!hour || hour->value < 1 || hour->value > 12) return;
  const int value = static_cast<int>(hour->value);
  std::uint32_t end = hour->end;
  const std::string_view next = scan.text(end);
  if (next == "o'clock" ||
      (next == "o" && scan.text(end + 1) == "'" && scan.text(end + 2) == "clock")) {
    end += next == "o" ? 3 : 1;
    out.push_back({Symbol::kClock, end, clock_value(value, 0, 0)});
  } else if (const auto half = scan.match(Symbol::kAmPm, end); half && !is_digit(text.front())) {
    out.push_back({Symbol::kClock, end + 1, clock_value(with_half(value, half->value), 0, 0)});
  }
  const bool of_day =
      next == "in" && scan.text(end + 1) == "the" && scan.is(end + 2, Symbol::kPart);
  if (of_day) {
    const bool late = scan.match(Symbol::kPart, end + 2)->value.code != "MO";
    out.push_back(
        {Symbol::kClock, end + 3, clock_value(with_half(value, {.a = late ? 12 : 0}), 0, 0)});
  }
}

// ---- names -------------------------------------------------------------------------------------

// "Q3", "3Q", "H1", "1H".
void add_quarter_name(const Scan& scan, std::uint32_t i, std::vector<Shape>& out) {
  const std::string_view a = scan.text(i), b = scan.text(i + 1);
  if (a.size() != 1 || b.size() != 1 || !scan.glued(i, 2)) return;
  if (i + 2 < scan.size() && scan[i + 2].glued && !scan.is(i + 2, Symbol::kPunct)) return;
  const bool letter_first = is_alpha(a.front());
  const char letter = letter_first ? a.front() : b.front(),
             digit = letter_first ? b.front() : a.front();
  if (letter == 'q' && digit >= '1' && digit <= '4')
    out.push_back({Symbol::kQuarterName, i + 2, {.a = digit - '0'}});
  if (letter == 'h' && digit >= '1' && digit <= '2')
    out.push_back({Symbol::kHalfName, i + 2, {.a = digit - '0'}});
}

void add_holiday(const Scan& scan, std::uint32_t i, const Lexicon& lexicon,
                 std::vector<Shape>& out) {
  const auto* candidates = lexicon.holidays_from(scan.text(i));
  if (!candidates || !scan[i].capital) return;
  for (const std::uint32_t index : *candidates) {
    const auto& words = lexicon.holidays()[index].words;
    std::uint32_t at = i;
    for (const std::string& word : words) {
      if (scan.text(at) != word) break;
      ++at;
    }
    if (at - i != words.size()) continue;
    out.push_back({Symbol::kHoliday, at, {.a = static_cast<int>(index)}});
    return;
  }
}

}  // namespace

void find_shapes(const Scan& scan, std::uint32_t i, const Lexicon& lexicon,
                 std::vector<Shape>& out) {
  const std::string_view text = scan.text(i);
  if (text.empty()) return;
  if (text == "a" || text == "an") out.push_back({Symbol::kArt, i + 1, {.number = 1}});
  const bool digit = is_digit(text.front());
  if (digit) {
    add_year_digits(scan, i, out);
    add_day(scan, i, out);
    add_numeric_date(scan, i, out);
    add_digit_clock(scan, i, out);
    add_quarter_name(scan, i, out);
  } else if (text.size() == 1) {
    add_quarter_name(scan, i, out);
  }
  if (digit || text == "'" || scan.is(i, Symbol::kDecadeWord)) add_decade(scan, i, out);
  if (digit || scan.is(i, Symbol::kCardinal) || text == "half") add_spoken_clock(scan, i, out);
  if (scan.is(i, Symbol::kCardinal)) add_year_words(scan, i, out);
  if (digit || scan.is(i, Symbol::kOrdWord) || scan.is(i, Symbol::kCardinal))
    add_ordinal(scan, i, out);
  add_number(scan, i, out);
  add_holiday(scan, i, lexicon, out);
}

std::vector<NumericDate> numeric_readings(int a, int b, int c, char separator) {
  std::vector<NumericDate> readings;
  const auto add = [&](int year, int month, int day) {
    if (!make_day(year, month, day)) return;
    for (const NumericDate& known : readings)
      if (known.year == year && known.month == month && known.day == day) return;
    readings.push_back({year, month, day});
  };
  if (a > 31) {
    add(a, b, c);
    return readings;
  }
  if (separator == '.') {
    add(c, b, a);
    add(c, a, b);
  } else {
    add(c, a, b);
    add(c, b, a);
  }
  return readings;
}

}  // namespace dateline::times
