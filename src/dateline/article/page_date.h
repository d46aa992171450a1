#pragma once
// Dates as pages, headers, feeds and datelines print them: "2021-05-03", "3 May 2021", "Monday, May
// 3rd, 2021 at 10:30 am EDT", "Mon, 03 May 2021 10:30:00 GMT", "03.05.2021". English month names.
#include <cstdint>
#include <optional>
#include <string_view>

#include "dateline/base/time_point.h"

namespace dateline::article {

struct PageDate {
  TimePoint point;         // without a year: year 4, a leap year
  std::uint32_t size = 0;  // bytes read
  bool has_year = true;
  bool ambiguous = false;  // "03/05/2021": read as month/day, could be day/month
};

// The date that begins at the front of `text` (no white space before it). A clock time and a zone
// are read when they stand beside the date. Total; looks at no more than some 100 bytes.
[[nodiscard]] std::optional<PageDate> read_page_date(std::string_view text);

struct FoundDate {
  PageDate date;
  std::uint32_t begin = 0;  // where it stands in the text searched
};
// The first date with a year anywhere in `text`, beginning at the front of a word.
[[nodiscard]] std::optional<FoundDate> find_page_date(std::string_view text);

}  // namespace dateline::article
