#pragma once
// Dates as sure as an interval is: a year, a month, a day or a minute, for formats that know no
// half-open intervals.
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "dateline/export/row_words.h"

namespace dateline::exporting {

// What is 0 or not there is unknown, and so is all that is finer.
struct PartialDate {
  int year = 0;
  unsigned month = 0, day = 0;
  std::optional<std::int32_t> minute;  // of the day

  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

// "2021", "2021-02", "2021-02-20", "2021-02-20T14:30:00".
[[nodiscard]] std::string iso8601(const PartialDate& date);

// The first and the last year, month, day or minute of an interval: both belong to it.
struct DateRange {
  std::optional<PartialDate> first, last;  // none: open or unknown
};

// Of a row's `interval`, ["2021-02-01", "2021-03-01"] or with null: both dates are of one grain,
// the coarsest that says just that: 2021-02 here. Where one side is open, the other is a month or a
// year when it begins or ends with one.
// An interval that ends before it begins is its beginning.
[[nodiscard]] DateRange date_range(const Json& interval);

}  // namespace dateline::exporting
